"""Strangers share a page of a published result; a publication shows at once; who is logged in shares nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from thorbecke.elections.demo.generate import FOLDER
from thorbecke.elections.models import Revision
from thorbecke.elections.operations.results import publish_result
from thorbecke.identity.public import command_line_actor

pytestmark = pytest.mark.django_db
PAGE = "/verkiezingen/GR2026_Voorbeeldstad/"


@pytest.fixture(autouse=True)
def memory(settings: Any) -> Any:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert FOLDER.is_dir()
    call_command("load_demo_election", verbosity=0)
    yield
    cache.clear()


def rename(name: str) -> None:
    Revision.objects.filter(election__eml_id="GR2026_Voorbeeldstad").update(name=name)


def test_strangers_share_a_page_per_language(client: Client, django_assert_num_queries: Any) -> None:
    first = client.get(PAGE)
    with django_assert_num_queries(1):
        again = client.get(PAGE)
    assert again.content == first.content
    assert "Cookie" in again.headers["Vary"]
    assert client.get(f"/en{PAGE}").content != first.content
    assert client.get("/verkiezingen/GR2022_Voorbeeldstad/").content != first.content


def test_who_brings_a_cookie_gets_a_page_of_its_own(client: Client) -> None:
    client.get(PAGE)
    rename("Renamed")
    assert "Renamed" not in client.get(PAGE).content.decode()
    client.cookies["sessionid"] = "abc"
    assert "Renamed" in client.get(PAGE).content.decode()


def test_a_publication_shows_at_once(client: Client) -> None:
    client.get(PAGE)
    rename("Renamed")
    call_command("load_demo_election", verbosity=0)
    assert "Renamed" not in client.get(PAGE).content.decode(), "nothing was published by that"
    revision = Revision.objects.get(election__eml_id="GR2022_Voorbeeldstad")
    revision.computed.ledger_index = revision.computed.published_at = None
    revision.computed.state, revision.computed.published_by = "complete", ""
    revision.computed.save()
    publish_result(actor=command_line_actor(), election_id="GR2022_Voorbeeldstad", at=timezone.now())
    assert "Renamed" in client.get(PAGE).content.decode()


def test_a_page_that_is_not_there_is_not_kept(client: Client) -> None:
    assert client.get("/verkiezingen/GR1900_Nergens/").status_code == 404
    assert client.get("/verkiezingen/GR1900_Nergens/").status_code == 404
