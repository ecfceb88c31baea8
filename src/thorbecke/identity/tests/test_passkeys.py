"""Officials add a passkey and log in with it; a copied, unverified or foreign one is refused."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from thorbecke.identity.domain.throttle import TooManyAttempts
from thorbecke.identity.models import IdentityEvent, Official, Passkey
from thorbecke.identity.operations.means import Origin, count_login

from .authenticator import USER_PRESENT, Authenticator
from .logins import log_in_official

pytestmark = pytest.mark.django_db


def add(client: Client, device: Authenticator, label: str = "laptop") -> str:
    options = client.post("/medewerkers/mijn/sleutels/vraag/").json()
    form = {"credential": device.make(options), "label": label}
    return client.post("/medewerkers/mijn/sleutels/", form, follow=True).content.decode()


def log_in(client: Client, device: Authenticator) -> int:
    options = client.post("/medewerkers/inloggen/sleutel/vraag/").json()
    return client.post("/medewerkers/inloggen/sleutel/", {"credential": device.use(options)}).status_code


@pytest.fixture
def device(client: Client) -> Authenticator:
    device = Authenticator()
    log_in_official(client, roles=["administrator"])
    assert "De passkey is toegevoegd" in add(client, device)
    client.post("/uitloggen/")
    return device


def test_an_official_logs_in_with_a_passkey_at_level_high(client: Client, device: Authenticator) -> None:
    assert log_in(client, device) == 302
    assert "hoog" in client.get("/medewerkers/mijn/").content.decode()
    assert log_in(Client(), device) == 302
    assert Passkey.objects.get().sign_count == 2
    assert IdentityEvent.objects.filter(verb="official-login", facts={"means": "passkey"}).count() == 2


def copied(device: Authenticator) -> None:
    device.sign_count -= 1


def unverified(device: Authenticator) -> None:
    device.flags = USER_PRESENT


def phished(device: Authenticator) -> None:
    device.origin = "https://testserver.evil.example"


def another_key(device: Authenticator) -> None:
    device.key = Authenticator().key


def unknown(device: Authenticator) -> None:
    device.credential_id = b"unknown"


@pytest.mark.parametrize("misbehave", [copied, unverified, phished, another_key, unknown])
def test_a_passkey_that_is_not_right_is_refused(
    client: Client, device: Authenticator, misbehave: Callable[[Authenticator], None]
) -> None:
    assert log_in(Client(), device) == 302
    misbehave(device)
    assert log_in(client, device) == 400
    assert client.get("/medewerkers/mijn/").status_code == 302
    assert IdentityEvent.objects.filter(verb="official-login-refused").count() == 1


def test_an_answer_counts_once(client: Client, device: Authenticator) -> None:
    options = client.post("/medewerkers/inloggen/sleutel/vraag/").json()
    answer = {"credential": device.use(options)}
    assert client.post("/medewerkers/inloggen/sleutel/", answer).status_code == 302
    assert client.post("/medewerkers/inloggen/sleutel/", answer).status_code == 400


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", "1", '{"id": "a"}', "\0"])
def test_nonsense_is_refused_politely(client: Client, device: Authenticator, credential: str) -> None:
    client.post("/medewerkers/inloggen/sleutel/vraag/")
    assert client.post("/medewerkers/inloggen/sleutel/", {"credential": credential}).status_code == 400


def test_a_stopped_official_has_no_passkey(client: Client, device: Authenticator) -> None:
    Official.objects.update(is_active=False)
    assert log_in(client, device) == 400


def test_a_passkey_is_made_only_with_its_user_verified(client: Client) -> None:
    log_in_official(client, roles=[])
    device = Authenticator()
    device.flags = USER_PRESENT
    assert "We konden deze passkey niet controleren" in add(client, device)
    assert not Passkey.objects.exists()


def test_a_passkey_belongs_to_one_official(client: Client, device: Authenticator) -> None:
    log_in_official(client, roles=[], username="ander")
    assert "We konden deze passkey niet controleren" in add(client, device)
    passkey = Passkey.objects.get()
    client.post(f"/medewerkers/mijn/sleutels/{passkey.pk}/weg/")
    assert Passkey.objects.exists(), "it is not theirs to remove"
    assert log_in(client, device) == 302
    client.post(f"/medewerkers/mijn/sleutels/{passkey.pk}/weg/")
    assert not Passkey.objects.exists()


def test_known_passkeys_are_not_made_again(client: Client, device: Authenticator) -> None:
    log_in(client, device)
    options = client.post("/medewerkers/mijn/sleutels/vraag/").json()
    assert [one["id"] for one in options["excludeCredentials"]] == [Passkey.objects.get().credential_id]
    assert "toetser" not in json.dumps(options["user"]["id"])


def test_a_passkey_works_while_the_password_is_throttled(client: Client, device: Authenticator) -> None:
    at = timezone.now()
    for _ in range(5):
        count_login(username="toetser", origin=Origin("127.0.0.1"), at=at)
    with pytest.raises(TooManyAttempts):
        count_login(username="toetser", origin=Origin("127.0.0.1"), at=at)
    assert log_in(client, device) == 302
