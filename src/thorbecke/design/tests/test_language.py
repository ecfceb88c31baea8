"""The address decides the language, whatever the browser asks for."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "asked", "language"),
    [("/privacy/", "en", "nl"), ("/en/privacy/", "nl", "en"), ("/robots.txt", "en", "nl")],
)
def test_the_address_decides(client: Client, address: str, asked: str, language: str) -> None:
    response = client.get(address, headers={"Accept-Language": asked})
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" not in response.headers.get("Vary", "")
