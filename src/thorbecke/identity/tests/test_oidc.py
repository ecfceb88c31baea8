"""The relying party believes only what the eID signed for this login, and the eID gives only what is asked rightly."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from thorbecke.identity.adapters import oidc
from thorbecke.identity.domain.login_errors import AnswerUntrusted, EidUnreachable
from thorbecke.identity.models import IdentityEvent, PracticeGrant
from thorbecke.identity.operations.practice import get_or_make_signing_key
from thorbecke.kernel.access import AssuranceLevel

from . import eid

NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
NOW = int(NOON.timestamp())
ISSUER = "https://eid.example"
CLIENT = oidc.Client(ISSUER, "thorbecke", "secret")
KEY = ECKey.generate_key("P-256", auto_kid=True)
OTHER_KEY = ECKey.generate_key("P-256", auto_kid=True)
JWKS = {"keys": [KEY.as_dict(private=False)]}
CLAIMS = {
    "iss": ISSUER,
    "aud": "thorbecke",
    "sub": "1",
    "name": "Anna",
    "acr": "http://eidas.europa.eu/LoA/low",
    "nonce": "nonce",
    "iat": NOW,
    "exp": NOW + 300,
}


def sign(claims: dict[str, Any], key: Any = KEY, alg: str = "ES256", kid: str | None = None) -> str:
    return jwt.encode({"alg": alg, "kid": kid or key.kid}, claims, key, algorithms=[alg])


def unsigned(claims: dict[str, Any]) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT", "kid": KEY.kid}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


def verify(token: str) -> Any:
    return oidc.verify_id_token(token, JWKS, CLIENT, nonce="nonce", at=NOON)


def test_a_right_token_gives_its_claims() -> None:
    assert verify(sign(CLAIMS))["name"] == "Anna"
    assert verify(sign({**CLAIMS, "aud": ["thorbecke"], "azp": "thorbecke"}))["name"] == "Anna"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-site"},
        {"aud": []},
        {"aud": None},
        {"sub": None},
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": ["nonce"]},
        {"exp": NOW - 61},
        {"exp": None},
        {"exp": "never"},
        {"iat": NOW + 61},
        {"iat": None},
        {"nbf": NOW + 61},
        {"azp": "another-site"},
    ],
)
def test_a_token_for_another_time_site_or_login_is_refused(changed: dict[str, Any]) -> None:
    claims = {name: value for name, value in {**CLAIMS, **changed}.items() if value is not None}
    with pytest.raises(AnswerUntrusted):
        verify(sign(claims))


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        unsigned(CLAIMS),
        sign(CLAIMS)[:-6] + "AAAAAA",
        sign(CLAIMS, OTHER_KEY),
        sign(CLAIMS, OTHER_KEY, kid=KEY.kid),
        sign(CLAIMS, OctKey.import_key(json.dumps(KEY.as_dict(private=False))), alg="HS256", kid=KEY.kid),
        sign(CLAIMS, RSAKey.generate_key(2048, auto_kid=True), alg="RS256", kid=KEY.kid),
    ],
    ids=[
        "empty",
        "nonsense",
        "alg-none",
        "cut",
        "wrong-key",
        "stolen-kid",
        "public-key-as-secret",
        "other-kind-of-key",
    ],
)
def test_a_forged_signature_is_refused(token: str) -> None:
    with pytest.raises(AnswerUntrusted):
        verify(token)


class FakeEid(httpx.BaseTransport):
    """An eID that answers what the test says."""

    def __init__(self, **answers: httpx.Response) -> None:
        self.answers = answers

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.answers[request.url.path.rsplit("/", 1)[-1].replace("-", "_")]


PROVIDER = oidc.Provider(ISSUER, f"{ISSUER}/authorize", f"{ISSUER}/token", f"{ISSUER}/keys")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"issuer": ISSUER}),
        httpx.Response(302, headers={"Location": "https://evil.example"}),
        httpx.Response(
            200,
            json={
                "issuer": "https://evil.example",
                "authorization_endpoint": "https://evil.example",
                "token_endpoint": "https://evil.example",
                "jwks_uri": "https://evil.example",
            },
        ),
    ],
)
def test_an_eid_that_answers_wrongly_is_unreachable(answer: httpx.Response) -> None:
    with httpx.Client(transport=FakeEid(openid_configuration=answer)) as line, pytest.raises(EidUnreachable):
        oidc.discover(line, ISSUER)


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (httpx.Response(500), EidUnreachable),
        (httpx.Response(200, text="<html>"), EidUnreachable),
        (httpx.Response(400, json={"error": "invalid_grant"}), AnswerUntrusted),
        (httpx.Response(200, json={"access_token": "a", "token_type": "Bearer"}), AnswerUntrusted),
    ],
)
def test_a_token_endpoint_that_refuses(token: httpx.Response, error: type[Exception]) -> None:
    started = oidc.new_login("https://site.example/back")
    transport = FakeEid(token=token, keys=httpx.Response(200, json=JWKS))
    with httpx.Client(transport=transport) as line, pytest.raises(error):
        oidc.exchange(line, PROVIDER, CLIENT, started, code="c", at=NOON)


def test_the_exchange_sends_verifier_and_credentials_to_the_token_endpoint_only() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        token = sign({**CLAIMS, "nonce": started.nonce})
        return httpx.Response(200, json=JWKS if request.url.path == "/keys" else {"id_token": token})

    started = oidc.new_login("https://site.example/back")
    with httpx.Client(transport=httpx.MockTransport(answer)) as line:
        assert oidc.exchange(line, PROVIDER, CLIENT, started, code="c", at=NOON)["sub"] == "1"
    assert f"code_verifier={started.verifier}" in seen[0].content.decode()
    assert "Authorization" in seen[0].headers
    assert [request.url.path for request in seen if "Authorization" in request.headers] == ["/token"]


def test_the_address_at_the_eid_carries_a_challenge_and_no_secret() -> None:
    started = oidc.new_login("https://site.example/back")
    address = oidc.authorization_address(PROVIDER, CLIENT, started, level=AssuranceLevel.HIGH, language="nl")
    query = eid.query_of(address)
    assert query["code_challenge_method"] == "S256"
    assert query["acr_values"] == "http://eidas.europa.eu/LoA/high"
    assert started.verifier not in address
    assert CLIENT.client_secret not in address


@pytest.fixture
def grant(client: Client) -> dict[str, str]:
    """What a client would send to the token endpoint for a code that was just given out."""
    address = eid.start(client)
    started = client.session["started_logins"][eid.query_of(address)["state"]]["login"]
    code = eid.query_of(eid.choose(client, address, person="jasmijn", level=AssuranceLevel.LOW))["code"]
    return {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": started["verifier"],
        "redirect_uri": started["redirect_uri"],
    }


def ask(client: Client, grant: dict[str, str], credentials: str = "thorbecke:") -> Any:
    basic = base64.b64encode(credentials.encode()).decode()
    return client.post("/oefen-eid/token", grant, headers={"Authorization": f"Basic {basic}"})


@pytest.mark.django_db
def test_a_code_is_good_for_one_token(client: Client, grant: dict[str, str]) -> None:
    assert "id_token" in ask(client, grant).json()
    assert ask(client, grant).json() == {"error": "invalid_grant"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [{"code": "guess"}, {"code_verifier": "guess"}, {"code_verifier": ""}, {"redirect_uri": "https://evil.example"}],
)
def test_a_code_needs_its_verifier_and_address(client: Client, grant: dict[str, str], changed: dict[str, str]) -> None:
    response = ask(client, {**grant, **changed})
    assert (response.status_code, response.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.django_db
def test_a_code_is_spent_by_a_wrong_try(client: Client, grant: dict[str, str]) -> None:
    ask(client, {**grant, "code_verifier": "guess"})
    assert ask(client, grant).status_code == 400


@pytest.mark.django_db
def test_a_code_is_good_for_a_minute(client: Client, grant: dict[str, str]) -> None:
    row = PracticeGrant.objects.get()
    row.until -= timedelta(minutes=2)
    row.save()
    assert ask(client, grant).json() == {"error": "invalid_grant"}


@pytest.mark.django_db
@pytest.mark.parametrize("credentials", ["thorbecke:wrong", "other:", ""])
def test_a_stranger_gets_no_token(client: Client, grant: dict[str, str], credentials: str) -> None:
    response = ask(client, grant, credentials)
    assert (response.status_code, response.json()) == (401, {"error": "invalid_client"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "other"},
        {"redirect_uri": "https://evil.example/inloggen/terug/"},
        {"redirect_uri": "http://testserver/inloggen/terug/?x=1"},
        {"response_type": "token"},
        {"scope": "profile"},
        {"state": ""},
        {"nonce": ""},
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
    ],
)
def test_a_wrong_request_is_refused_and_goes_nowhere(client: Client, changed: dict[str, str]) -> None:
    query = {**eid.query_of(eid.start(client)), **changed}
    for method in (client.get, client.post):
        response = method(f"/oefen-eid/inloggen/?{urlencode({**query, 'persoon': 'jasmijn'})}")
        assert response.status_code == 400
        assert next(iter(changed)) in response.content.decode()


@pytest.mark.django_db
def test_the_answer_of_another_login_is_refused(client: Client) -> None:
    """A code that a thief got for their own login is planted in the victim's browser, with the victim's state."""
    thief = Client()
    stolen = eid.query_of(eid.choose(thief, eid.start(thief), person="willem", level=AssuranceLevel.LOW))["code"]
    state = eid.query_of(eid.start(client))["state"]
    response = client.get("/inloggen/terug/", {"code": stolen, "state": state})
    assert response.status_code == 400
    assert IdentityEvent.objects.get().facts == {"reason": "token-invalid_grant"}
    assert client.get("/mijn/inloggen/").status_code == 302


@pytest.mark.django_db
def test_the_signing_key_never_leaves_with_its_secret(client: Client) -> None:
    key = get_or_make_signing_key()
    [public] = client.get("/oefen-eid/sleutels").json()["keys"]
    assert public["kid"] == key.kid
    assert "d" not in public


@pytest.mark.django_db
@pytest.mark.parametrize("path", [".well-known/openid-configuration", "inloggen/", "sleutels"])
@pytest.mark.parametrize("change", [{"PRODUCTION": True}, {"DEVELOPMENT_EID": False}, {"EID_ISSUER": ISSUER}])
def test_the_development_eid_exists_for_practice_only(
    client: Client, settings: Any, path: str, change: dict[str, Any]
) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    assert client.get(f"/oefen-eid/{path}").status_code == 404
