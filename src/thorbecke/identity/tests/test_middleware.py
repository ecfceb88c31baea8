"""Nobody comes in where the route does not say that they may, and a refusal says what to do."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client

from thorbecke.identity.models import Official
from thorbecke.identity.public import current_actor
from thorbecke.kernel.access import AssuranceLevel

from .logins import log_in_official, log_in_resident

pytestmark = [pytest.mark.django_db, pytest.mark.urls("thorbecke.identity.tests.routes")]


def test_a_route_that_declares_nothing_is_closed_for_everyone(client: Client, caplog: Any) -> None:
    log_in_official(client, roles=["administrator"])
    with caplog.at_level(logging.ERROR):
        response = client.get("/proef/niets/")
    assert response.status_code == 403
    assert b"secret" not in response.content
    assert "routes.undeclared" in caplog.text


def test_an_open_route_asks_nothing_of_the_session(client: Client, django_assert_num_queries: Any) -> None:
    log_in_resident(client)
    with django_assert_num_queries(0):
        response = client.get("/proef/open/")
    assert response.content == b"open"
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_actor_is_that_of_the_request_and_gone_after_it(client: Client) -> None:
    assert client.get("/proef/wie/").content == b"anyone"
    actor = log_in_resident(client)
    assert client.get("/proef/wie/").content.decode() == actor.id
    assert current_actor().id == "anyone"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/proef/inwoner/?a=1&b=2", "/inloggen/?next=%2Fproef%2Finwoner%2F%3Fa%3D1%26b%3D2&niveau=substantial"),
        ("/proef/medewerker/", "/medewerkers/inloggen/?next=%2Fproef%2Fmedewerker%2F"),
    ],
)
def test_without_login_the_visitor_goes_to_the_right_login_page(client: Client, path: str, target: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (302, target)


def test_too_low_a_level_goes_up_a_step(client: Client) -> None:
    log_in_resident(client, level=AssuranceLevel.LOW)
    response = client.get("/proef/inwoner/", follow=True)
    assert response.redirect_chain == [("/inloggen/?next=%2Fproef%2Finwoner%2F&niveau=substantial", 302)]
    assert "niveau substantieel" in response.content.decode()
    log_in_resident(client, level=AssuranceLevel.SUBSTANTIAL)
    assert client.get("/proef/inwoner/").content == b"person:toetser"


def test_a_resident_is_no_official_and_the_other_way_round(client: Client) -> None:
    log_in_resident(client, level=AssuranceLevel.HIGH)
    assert client.get("/proef/medewerker/").headers["Location"].startswith("/medewerkers/inloggen/")
    log_in_official(client, roles=["returning-officer"])
    assert client.get("/proef/inwoner/").headers["Location"].startswith("/inloggen/")


def test_a_missing_permission_is_named(client: Client) -> None:
    log_in_official(client, roles=["administrator"])
    response = client.get("/proef/medewerker/")
    assert response.status_code == 403
    assert "elections.import" in response.content.decode()
    assert "beheerder" in response.content.decode()


def test_a_role_that_is_taken_away_stops_at_once(client: Client) -> None:
    log_in_official(client, roles=["returning-officer"])
    assert client.get("/proef/medewerker/").status_code == 200
    Official.objects.update(roles=[])
    assert client.get("/proef/medewerker/").status_code == 403
    Official.objects.update(roles=["returning-officer"], is_active=False)
    assert client.get("/proef/medewerker/").status_code == 302
    Official.objects.update(is_active=True)
    assert client.get("/proef/medewerker/").status_code == 302, "the login itself has ended"


def test_a_login_from_before_a_reset_has_ended(client: Client) -> None:
    log_in_official(client, roles=["returning-officer"])
    Official.objects.update(means_version=2)
    assert client.get("/proef/medewerker/").status_code == 302


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [("forbidden", 403, "elections.publish"), ("absent", 404, "medewerker"), ("often", 429, "42 seconden")],
)
def test_errors_become_pages_that_help(client: Client, error: str, status: int, text: str) -> None:
    response = client.get(f"/proef/fout/{error}/")
    assert response.status_code == status
    assert text in response.content.decode()
    assert response.headers.get("Retry-After") == ("42" if error == "often" else None)


@pytest.mark.parametrize(
    ("referer", "path"),
    [
        ("http://testserver/proef/?a=1", "%2Fproef%2F%3Fa%3D1"),
        ("https://evil.example/proef/", "%2F"),
        ("", "%2F"),
    ],
)
def test_after_a_form_the_visitor_comes_back_on_its_page(client: Client, referer: str, path: str) -> None:
    response = client.post("/proef/inwoner/", headers={"Referer": referer})
    assert response.headers["Location"] == f"/inloggen/?next={path}&niveau=substantial"
