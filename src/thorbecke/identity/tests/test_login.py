"""Residents log in with the eID, act for a company, go up a step, and log out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from thorbecke.identity.domain.actor import ActorKind, Representee
from thorbecke.identity.models import IdentityEvent
from thorbecke.kernel.access import AssuranceLevel

from . import eid
from .logins import log_in_resident

pytestmark = pytest.mark.django_db

LOW, SUBSTANTIAL, HIGH = AssuranceLevel.LOW, AssuranceLevel.SUBSTANTIAL, AssuranceLevel.HIGH


def page(client: Client, path: str = "/mijn/inloggen/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def events() -> list[tuple[str, str, str]]:
    rows = IdentityEvent.objects.order_by("pk")
    return [(row.verb, row.actor_id.partition(":")[0], row.subject_id.partition(":")[0]) for row in rows]


def test_a_resident_logs_in_and_sees_who_they_are(client: Client) -> None:
    assert eid.log_in(client, level=SUBSTANTIAL) == "/mijn/inloggen/"
    shown = page(client)
    assert "Jasmijn de Wit" in shown
    assert "substantieel" in shown
    assert events() == [("resident-login", "person", "person")]


def test_the_same_in_english(client: Client) -> None:
    address = eid.start(client, prefix="/en")
    assert "ui_locales=en" in address
    to_english = client.get(eid.path_and_query(address))
    assert to_english.headers["Location"].startswith("/en/oefen-eid/inloggen/?")
    assert "who are you?" in page(client, to_english.headers["Location"])
    back = eid.choose(client, to_english.headers["Location"], person="jasmijn", level=HIGH)
    assert client.get(eid.path_and_query(back)).headers["Location"] == "/en/mijn/inloggen/"
    assert "Level of the login" in page(client, "/en/mijn/inloggen/")


def test_the_eid_offers_no_level_above_the_means(client: Client) -> None:
    address = eid.path_and_query(eid.start(client))
    response = client.post(f"{address}&persoon=willem", {"level": int(HIGH)})
    assert response.status_code == 200
    assert "Location" not in response.headers


def test_the_list_says_who_can_not_reach_the_level(client: Client) -> None:
    shown = page(client, eid.path_and_query(eid.start(client, level="high")))
    assert shown.count("te laag voor wat de site vraagt") == 4


def test_a_person_without_company_can_not_act_for_one(client: Client) -> None:
    address = eid.path_and_query(eid.start(client))
    back = client.post(f"{address}&persoon=jasmijn", {"level": int(LOW), "company": "90000011"}).headers["Location"]
    client.get(eid.path_and_query(back))
    assert "Gouden Halm" not in page(client)


def test_the_visitor_comes_back_where_they_were(client: Client) -> None:
    assert eid.log_in(client, next_path="/mijn/inloggen/?a=b&c=d") == "/mijn/inloggen/?a=b&c=d"


@pytest.mark.parametrize(
    "next_path",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "/" + "a" * 3000,
        "/\n/x",
    ],
)
def test_the_way_back_stays_on_this_site(client: Client, next_path: str) -> None:
    assert eid.log_in(client, next_path=next_path) == "/mijn/inloggen/"
    assert "evil" not in page(Client(), "/inloggen/")


def test_the_session_of_before_the_login_is_worth_nothing(client: Client) -> None:
    back = eid.choose(client, eid.start(client), person="jasmijn", level=LOW)
    planted = client.cookies["sessionid"].value
    client.get(eid.path_and_query(back))
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/mijn/inloggen/").status_code == 302


def test_someone_else_can_not_finish_my_login(client: Client) -> None:
    back = eid.choose(client, eid.start(client), person="jasmijn", level=LOW)
    response = Client().get(eid.path_and_query(back))
    assert response.status_code == 400
    assert "Begin opnieuw met inloggen" in response.content.decode()
    assert events() == [("resident-login-refused", "anyone", "")]


def test_an_answer_counts_once(client: Client) -> None:
    back = eid.path_and_query(eid.choose(client, eid.start(client), person="jasmijn", level=LOW))
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 400


def test_two_tabs_can_log_in_at_once(client: Client) -> None:
    first, second = eid.start(client), eid.start(client)
    back = eid.choose(client, first, person="jasmijn", level=LOW)
    assert eid.query_of(second)["state"] != eid.query_of(first)["state"]
    assert client.get(eid.path_and_query(back)).status_code == 302


def test_stopping_at_the_eid_is_not_an_error_of_the_visitor(client: Client) -> None:
    address = eid.path_and_query(eid.start(client))
    back = client.post(address, {"stop": "1"}).headers["Location"]
    response = client.get(eid.path_and_query(back))
    assert response.status_code == 400
    assert "U bent gestopt met inloggen" in response.content.decode()


def test_log_out_ends_the_session(client: Client) -> None:
    eid.log_in(client)
    key = client.cookies["sessionid"].value
    assert client.get("/uitloggen/").status_code == 405
    assert client.post("/uitloggen/").status_code == 302
    client.cookies["sessionid"] = key
    assert client.get("/mijn/inloggen/").status_code == 302
    assert events()[-1][0] == "logout"


def test_logging_out_needs_the_form_of_this_site() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/uitloggen/").status_code == 403


def test_a_representative_switches_to_the_company_and_back(client: Client) -> None:
    eid.log_in(client, person="ingrid", level=HIGH, company="90000022")
    shown = page(client)
    assert "Ingrid Sluiswachter, namens Scheepswerf Noorderhaven B.V." in shown
    others = dict(representees(client))
    assert set(others) == {"Scheepswerf Noorderhaven B.V.", "Woonstichting Onder Dak"}
    client.post("/mijn/namens/", {"representee": others["Woonstichting Onder Dak"]})
    assert "namens Woonstichting Onder Dak" in page(client)
    back = client.post("/mijn/namens/", {"representee": "", "next": "/verkiezingen/?a=b"})
    assert back.headers["Location"] == "/verkiezingen/?a=b"
    assert "U handelt nu namens uzelf" in page(client)
    verbs = [row[0] for row in events()]
    assert verbs == ["resident-login", "act-as", "act-as"]
    assert events()[0][2] == "company"


def representees(client: Client) -> list[tuple[str, str]]:
    return [(name, id) for _, id, name in client.session["resident"]["may_act_for"]]


def test_nobody_acts_for_who_did_not_allow_it(client: Client) -> None:
    eid.log_in(client, person="pieter")
    response = client.post("/mijn/namens/", {"representee": "company:someone-else"})
    assert response.status_code == 403
    assert "U mag niet handelen namens" in response.content.decode()


def test_someone_with_less_is_taken_up_a_step(client: Client) -> None:
    eid.log_in(client, level=LOW)
    shown = page(client, "/inloggen/?next=/ergens/&niveau=high")
    assert "U bent ingelogd op niveau laag" in shown
    assert "/inloggen/eid/?next=%2Fergens%2F&amp;niveau=high" in shown
    address = eid.start(client, next_path="/mijn/inloggen/", level="high")
    assert eid.query_of(address)["acr_values"] == "http://eidas.europa.eu/LoA/high"
    back = eid.choose(client, address, person="jasmijn", level=HIGH)
    assert client.get(eid.path_and_query(back)).headers["Location"] == "/mijn/inloggen/"
    assert "hoog" in page(client)


def test_a_login_ends_when_nothing_is_done(client: Client, settings: Any) -> None:
    eid.log_in(client)
    session = client.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=settings.SESSION_MINUTES, seconds=1)).isoformat()
    session.save()
    response = client.get("/mijn/inloggen/", follow=True)
    assert response.redirect_chain
    assert "U bent uitgelogd omdat u een tijd niets deed" in response.content.decode()


def test_using_the_site_keeps_the_login(client: Client) -> None:
    eid.log_in(client)
    session = client.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=14)).isoformat()
    session.save()
    page(client)
    assert client.session["seen_at"] > (timezone.now() - timedelta(minutes=1)).isoformat()


def test_without_eid_the_login_page_says_so(client: Client, settings: Any) -> None:
    settings.DEVELOPMENT_EID = False
    response = client.get("/inloggen/eid/")
    assert response.status_code == 503
    assert "De eID geeft nu geen antwoord" in response.content.decode()


def test_a_login_page_asks_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(0):
        client.get("/inloggen/")
    eid.log_in(client)
    with django_assert_max_num_queries(1):
        client.get("/mijn/inloggen/")


def test_the_menu_leads_to_a_list_when_there_are_many_to_act_for(client: Client) -> None:
    others = tuple(Representee(ActorKind.COMPANY, f"company:{number}", f"Bedrijf {number}") for number in range(3))
    log_in_resident(client, may_act_for=others)
    header, _, main = page(client).partition("<main")
    assert "/mijn/inloggen/#act-as" in header
    assert "Bedrijf" not in header
    assert main.count("Handel namens Bedrijf") == 3


def test_a_login_gives_a_new_form_token(client: Client) -> None:
    address = eid.start(client)
    client.get(eid.path_and_query(address))
    before = client.cookies["csrftoken"].value
    client.get(eid.path_and_query(eid.choose(client, address, person="jasmijn", level=LOW)))
    assert client.cookies["csrftoken"].value != before


def test_old_sessions_do_not_stay(client: Client) -> None:
    eid.log_in(Client())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    eid.log_in(client)
    assert Session.objects.count() == 1
