"""Officials set up a login, log in with a password and a code, and are managed by an administrator."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from io import StringIO
from typing import Any

import pyotp
import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from thorbecke.identity.domain import demo
from thorbecke.identity.domain.actor import COMMAND_LINE, Actor, ActorKind
from thorbecke.identity.domain.officials import LastAdministrator, OfficialRefused, OfficialUnknown, SetupLinkSpent
from thorbecke.identity.domain.totp import step_at
from thorbecke.identity.models import IdentityEvent, Official
from thorbecke.identity.operations import means, officials
from thorbecke.identity.operations.means import Origin, log_in_with_password
from thorbecke.identity.operations.sealing import seal
from thorbecke.kernel.access import AssuranceLevel
from thorbecke.kernel.errors import NotEntitled

from .logins import log_in_official

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PASSWORD = "vier losse woorden hier"
HOME = Origin("203.0.113.7")


@pytest.fixture
def otto() -> Official:
    return Official.objects.create(
        username="otto",
        name="Otto",
        roles=["returning-officer"],
        password=make_password(PASSWORD),
        sealed_totp_secret=seal(SECRET),
    )


def code_at(at: datetime) -> str:
    return pyotp.TOTP(SECRET).generate_otp(step_at(at))


def log_in(
    *, username: str = "otto", password: str = PASSWORD, code: str | None = None, at: datetime = NOON
) -> Official:
    return log_in_with_password(
        username=username, password=password, code=code_at(at) if code is None else code, origin=HOME, at=at
    )


def test_the_right_three_log_in(otto: Official) -> None:
    assert log_in(username=" Otto ") == otto
    event = IdentityEvent.objects.get()
    assert (event.verb, event.actor_id, event.level) == ("official-login", otto.actor_id, AssuranceLevel.SUBSTANTIAL)


@pytest.mark.parametrize(
    "wrong", [{"username": "anna"}, {"password": "wrong"}, {"code": "000000"}, {"code": ""}, {"password": ""}]
)
def test_one_wrong_and_the_answer_is_the_same(otto: Official, wrong: dict[str, str]) -> None:
    with pytest.raises(OfficialRefused):
        log_in(**wrong)
    assert IdentityEvent.objects.get().verb == "official-login-refused"


def test_a_code_works_once(otto: Official) -> None:
    log_in()
    with pytest.raises(OfficialRefused):
        log_in()
    with pytest.raises(OfficialRefused):
        log_in(code=code_at(NOON - timedelta(seconds=30)))
    log_in(at=NOON + timedelta(seconds=30))


def test_a_wrong_password_does_not_spend_the_code(otto: Official) -> None:
    with pytest.raises(OfficialRefused):
        log_in(password="wrong")
    log_in()


def test_who_is_stopped_or_has_no_means_is_refused(otto: Official) -> None:
    Official.objects.create(username="new", name="Nieuw")
    with pytest.raises(OfficialRefused):
        log_in(username="new", password="")
    Official.objects.update(is_active=False)
    with pytest.raises(OfficialRefused):
        log_in()


def test_the_secret_is_sealed_in_the_database(otto: Official) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_totp_secret, password FROM identity_official")
        assert SECRET not in str(cursor.fetchall())


def test_a_new_key_of_the_site_keeps_codes_working_while_it_knows_the_old_one(otto: Official, settings: Any) -> None:
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-of-the-site-that-is-long-enough-to-be-one"
    with pytest.raises(OfficialRefused):
        log_in()
    settings.SECRET_KEY_FALLBACKS = [old]
    log_in()


def test_the_login_page(client: Client, otto: Official) -> None:
    form = {"username": "otto", "password": "wrong", "code": "123456", "next": "/verkiezingen/"}
    refused = client.post("/medewerkers/inloggen/", form)
    assert "De gebruikersnaam, het wachtwoord of de code klopt niet" in refused.content.decode()
    assert "wrong" not in refused.content.decode()
    right = {**form, "password": PASSWORD, "code": code_at(timezone.now())}
    response = client.post("/medewerkers/inloggen/", right)
    assert (response.status_code, response.headers["Location"]) == (302, "/verkiezingen/")
    shown = client.get("/medewerkers/mijn/").content.decode()
    assert "Otto" in shown
    assert "medewerker verkiezingsuitslag" in shown


def test_the_way_back_of_officials_stays_on_this_site(client: Client, otto: Official) -> None:
    right = {"username": "otto", "password": PASSWORD, "code": code_at(timezone.now()), "next": "//evil.example"}
    assert client.post("/medewerkers/inloggen/", right).headers["Location"] == "/medewerkers/mijn/"


def test_too_many_attempts_get_a_page_with_the_wait(client: Client, otto: Official) -> None:
    form = {"username": "otto", "password": "wrong", "code": "123456"}
    responses = [client.post("/medewerkers/inloggen/", form) for _ in range(6)]
    assert [response.status_code for response in responses] == [200] * 5 + [429]
    assert 1 <= int(responses[-1].headers["Retry-After"]) <= 60
    assert "seconden" in responses[-1].content.decode()


def test_a_device_that_logged_in_before_is_not_locked_out(client: Client, otto: Official) -> None:
    right = {"username": "otto", "password": PASSWORD, "code": code_at(timezone.now())}
    client.post("/medewerkers/inloggen/", right)
    stranger = Client()
    form = {"username": "otto", "password": "wrong", "code": "123456"}
    assert [stranger.post("/medewerkers/inloggen/", form).status_code for _ in range(6)][-1] == 429
    Official.objects.update(last_totp_step=0)
    client.post("/uitloggen/")
    assert client.post("/medewerkers/inloggen/", right).status_code == 302


def test_the_mark_of_a_known_device_counts_for_one_official_only(client: Client, otto: Official) -> None:
    client.post("/medewerkers/inloggen/", {"username": "otto", "password": PASSWORD, "code": code_at(timezone.now())})
    assert "otto" not in client.cookies["known_device"].value
    form = {"username": "anna", "password": "wrong", "code": "123456"}
    assert [client.post("/medewerkers/inloggen/", form).status_code for _ in range(6)][-1] == 429


ADMINISTRATOR = Actor(
    ActorKind.OFFICIAL,
    "official:0",
    "Ada",
    AssuranceLevel.SUBSTANTIAL,
    frozenset({"identity.manage-officials"}),
)


@pytest.mark.parametrize(
    "operation",
    [
        lambda actor: officials.create_official(actor=actor, username="xx", name="X", roles=[], at=NOON),
        lambda actor: officials.set_roles(actor=actor, official_id=1, roles=[], at=NOON),
        lambda actor: officials.deactivate_official(actor=actor, official_id=1, at=NOON),
        lambda actor: officials.activate_official(actor=actor, official_id=1, at=NOON),
        lambda actor: officials.reset_means(actor=actor, official_id=1, at=NOON),
    ],
)
def test_only_an_administrator_manages_officials(operation: Any) -> None:
    official = Actor(ActorKind.OFFICIAL, "official:9", "Otto", AssuranceLevel.HIGH, frozenset({"elections.import"}))
    with pytest.raises(NotEntitled):
        operation(official)
    assert not IdentityEvent.objects.exists()


def create(username: str, *roles: str) -> tuple[Official, str]:
    pk, token = officials.create_official(actor=COMMAND_LINE, username=username, name="Naam", roles=roles, at=NOON)
    return Official.objects.get(pk=pk), token


def set_up(token: str, *, at: datetime = NOON) -> Official:
    return means.set_up_official(token=token, password=PASSWORD, totp_secret=SECRET, code=code_at(at), at=at)


def test_a_set_up_link_works_once_and_three_days(client: Client) -> None:
    official, token = create("new")
    assert token not in str(Official.objects.values())
    assert set_up(token, at=NOON + timedelta(days=3)) == official
    with pytest.raises(SetupLinkSpent):
        set_up(token)
    _, late = create("late")
    with pytest.raises(SetupLinkSpent):
        set_up(late, at=NOON + timedelta(days=3, seconds=1))


def test_the_code_of_the_set_up_can_not_be_used_again_to_log_in() -> None:
    _, token = create("new")
    set_up(token)
    with pytest.raises(OfficialRefused):
        log_in(username="new")
    log_in(username="new", at=NOON + timedelta(seconds=30))


def test_a_reset_ends_the_old_means(otto: Official) -> None:
    token = officials.reset_means(actor=ADMINISTRATOR, official_id=otto.pk, at=NOON)
    with pytest.raises(OfficialRefused):
        log_in()
    assert set_up(token).means_version > otto.means_version


def test_the_last_administrator_stays(otto: Official) -> None:
    administrator, _ = create("ada", "administrator")
    for attempt in (
        lambda: officials.set_roles(actor=ADMINISTRATOR, official_id=administrator.pk, roles=[], at=NOON),
        lambda: officials.deactivate_official(actor=ADMINISTRATOR, official_id=administrator.pk, at=NOON),
    ):
        with pytest.raises(LastAdministrator):
            attempt()
    administrator.refresh_from_db()
    assert (administrator.is_active, administrator.roles) == (True, ["administrator"])


def test_each_change_is_on_the_audit_trail(otto: Official) -> None:
    create("ada", "administrator")
    officials.set_roles(actor=ADMINISTRATOR, official_id=otto.pk, roles=["administrator"], at=NOON)
    officials.deactivate_official(actor=ADMINISTRATOR, official_id=otto.pk, at=NOON)
    officials.activate_official(actor=ADMINISTRATOR, official_id=otto.pk, at=NOON)
    officials.reset_means(actor=ADMINISTRATOR, official_id=otto.pk, at=NOON)
    rows = IdentityEvent.objects.order_by("pk").values_list("verb", "actor_id", "subject_id")[1:]
    assert list(rows) == [
        (verb, "official:0", otto.actor_id)
        for verb in ("roles-set", "official-deactivated", "official-activated", "means-reset")
    ]
    assert IdentityEvent.objects.get(verb="roles-set").facts == {"roles": ["administrator"]}


def test_an_official_that_does_not_exist() -> None:
    with pytest.raises(OfficialUnknown):
        officials.set_roles(actor=ADMINISTRATOR, official_id=77, roles=[], at=NOON)


def test_from_new_official_to_first_login_in_the_browser(client: Client) -> None:
    log_in_official(client, roles=["administrator"])
    created = client.post(
        "/medewerkers/nieuw/", {"username": "Nina", "name": "Nina Nieuw", "roles": ["returning-officer"]}
    )
    [link] = re.findall(r"http://testserver(/medewerkers/beginnen/[^<]+)<", created.content.decode())
    nina = Client()
    shown = unescape(nina.get(link).content.decode())
    assert "data:image/svg+xml" in shown
    secret = re.search(r'id="totp-key">([A-Z2-7 ]+)<', shown)
    assert secret
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    short = nina.post(link, {"password": "short", "again": "short", "code": code})
    assert "minimaal" in short.content.decode() or "12" in short.content.decode()
    differ = nina.post(link, {"password": PASSWORD, "again": "another password", "code": code})
    assert "niet hetzelfde" in differ.content.decode()
    wrong = nina.post(link, {"password": PASSWORD, "again": PASSWORD, "code": "000000"})
    assert "Deze code klopt niet" in wrong.content.decode()
    done = nina.post(link, {"password": PASSWORD, "again": PASSWORD, "code": code}, follow=True)
    assert "Uw login is klaar" in done.content.decode()
    assert Client().get(link).status_code == 403


def test_the_pages_of_an_administrator(client: Client) -> None:
    log_in_official(client, roles=["administrator"])
    official, _ = create("otto")
    assert "heeft de login nog niet gemaakt" in client.get("/medewerkers/").content.decode()
    page = f"/medewerkers/{official.pk}/"
    client.post(f"{page}rollen/", {"roles": ["returning-officer"]})
    client.post(f"{page}stoppen/")
    official.refresh_from_db()
    assert (official.roles, official.is_active) == (["returning-officer"], False)
    shown = client.get(page).content.decode()
    assert "is gestopt" in shown
    assert "rollen zijn gewijzigd" in shown
    assert "command-line" in shown
    client.post(f"{page}hervatten/")
    assert "/medewerkers/beginnen/" in client.post(f"{page}nieuwe-inlog/").content.decode()
    assert client.post(f"{page}rollen/", {"roles": ["king"]}).status_code == 400
    assert client.get("/medewerkers/999/").status_code == 404
    taken = client.post("/medewerkers/nieuw/", {"username": "otto", "name": "O"})
    assert "Een andere medewerker heeft deze gebruikersnaam" in taken.content.decode()
    last = client.post(f"/medewerkers/{Official.objects.get(username='toetser').pk}/stoppen/", follow=True)
    assert "laatste medewerker" in last.content.decode()


@pytest.mark.parametrize("path", ["", "nieuw/", "1/", "mijn/"])
def test_the_pages_of_officials_are_for_officials(client: Client, path: str) -> None:
    assert client.get(f"/medewerkers/{path}").headers["Location"].startswith("/medewerkers/inloggen/")


def test_who_does_not_manage_sees_no_officials(client: Client) -> None:
    log_in_official(client, roles=["returning-officer"])
    assert client.get("/medewerkers/").status_code == 403
    assert "Medewerkers beheren" not in client.get("/medewerkers/mijn/").content.decode()


def run(*words: str) -> str:
    output = StringIO()
    call_command(*words, stdout=output)
    return output.getvalue()


def test_create_official_prints_the_link(client: Client) -> None:
    link = run("create_official", "Ada", "--name", "Ada", "--role", "administrator").strip()
    assert client.get(link.removeprefix("http://localhost:8000")).status_code == 200
    assert IdentityEvent.objects.get().actor_id == "command-line"
    with pytest.raises(CommandError, match="Another official"):
        run("create_official", "ada")
    with pytest.raises(CommandError, match="king"):
        run("create_official", "eva", "--role", "king")
    assert run("create_official", "ada", "--reset").strip() != link
    with pytest.raises(CommandError, match="no official eva"):
        run("create_official", "eva", "--reset")


def test_a_visitor_of_the_demo_can_log_in_as_an_official(client: Client) -> None:
    assert "demo" not in client.get("/medewerkers/inloggen/").content.decode()
    assert "stembureau, beheer" in run("load_demo_officials")
    assert "all there already" in run("load_demo_officials")
    for username in ("stembureau", "beheer"):
        shown = client.get("/medewerkers/inloggen/").content.decode()
        code = re.search(rf"{username}</code>, code <code[^>]*>(\d{{6}})<", shown)
        assert code
        given = {"username": username, "password": demo.PASSWORD, "code": code[1]}
        assert client.post("/medewerkers/inloggen/", given).status_code == 302


def test_demo_officials_do_not_exist_in_production(client: Client, settings: Any) -> None:
    run("load_demo_officials")
    settings.PRODUCTION = True
    assert demo.PASSWORD not in client.get("/medewerkers/inloggen/").content.decode()
    with pytest.raises(CommandError):
        run("load_demo_officials")
    at = timezone.now()
    code = pyotp.TOTP(demo.OFFICIALS[0].totp_secret).at(at)
    with pytest.raises(OfficialRefused):
        log_in(username="stembureau", password=demo.PASSWORD, code=code, at=at)


def at_once(*actions: Callable[[], object]) -> list[str]:
    """Do the actions in threads at the same time; returns "done" or the name of the error for each."""
    results: list[str] = []
    ready = threading.Barrier(len(actions))

    def run_one(action: Callable[[], object]) -> None:
        try:
            ready.wait()
            action()
            results.append("done")
        except (OfficialRefused, LastAdministrator, SetupLinkSpent) as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run_one, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


@pytest.mark.django_db(transaction=True)
def test_one_code_in_two_requests_at_once_counts_once(otto: Official) -> None:
    assert at_once(*[log_in] * 4) == ["OfficialRefused"] * 3 + ["done"]


@pytest.mark.django_db(transaction=True)
def test_a_set_up_link_in_two_requests_at_once_counts_once() -> None:
    _, token = create("new")
    assert at_once(*[lambda: set_up(token)] * 3) == ["SetupLinkSpent"] * 2 + ["done"]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_stop_each_other_at_once_do_not_both_succeed() -> None:
    both = [create(name, "administrator")[0].pk for name in ("ada", "eva")]

    def stop(pk: int) -> Callable[[], None]:
        return lambda: officials.deactivate_official(actor=ADMINISTRATOR, official_id=pk, at=NOON)

    assert at_once(*map(stop, both)) == ["LastAdministrator", "done"]
