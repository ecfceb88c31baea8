"""Residents log in with the eID, act for a company, go up a step, and log out."""

from __future__ import annotations

import pytest
from django.test import Client

from thorbecke.kernel.access import AssuranceLevel

from . import eid

pytestmark = pytest.mark.django_db

LOW, SUBSTANTIAL, HIGH = AssuranceLevel.LOW, AssuranceLevel.SUBSTANTIAL, AssuranceLevel.HIGH


def test_a_resident_logs_in_and_sees_who_they_are(client: Client) -> None:
    assert eid.log_in(client, level=SUBSTANTIAL) == "/mijn/inloggen/"
    page = client.get("/mijn/inloggen/").content.decode()
    assert "Jasmijn de Wit" in page
    assert "substantieel" in page
