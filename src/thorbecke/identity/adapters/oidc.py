"""OpenID Connect as relying party: authorization code with PKCE, state and nonce, and a checked ID token."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from authlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]  # authlib ships no types
from authlib.oauth2.client import OAuth2Client  # type: ignore[import-untyped]  # authlib ships no types
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from thorbecke.identity.domain.levels import ADDRESS_BY_LEVEL
from thorbecke.identity.domain.login_errors import AnswerUntrusted, EidUnreachable
from thorbecke.kernel.access import AssuranceLevel

SIGNATURES = ["ES256", "ES384", "PS256", "RS256", "EdDSA", "Ed25519"]
"""Public-key signatures only: neither `none` nor a shared secret can sign a login."""

CLOCK_SKEW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Client:
    """How the eID knows this site."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Provider:
    """What the eID says of itself (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


@dataclass(frozen=True, slots=True)
class StartedLogin:
    """What the browser's session keeps between leaving for the eID and coming back."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


def new_login(redirect_uri: str) -> StartedLogin:
    """Return a login with fresh state, nonce and PKCE verifier (RFC 7636, section 4.1: 43 characters or more)."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    return StartedLogin(state, nonce, verifier, redirect_uri)


def discover(line: httpx.Client, issuer: str) -> Provider:
    """Ask the eID for its addresses. Raises EidUnreachable, also when it calls itself otherwise than `issuer`."""
    if not issuer:
        raise EidUnreachable
    stated = _get_json(line, f"{issuer}/.well-known/openid-configuration")
    try:
        provider = Provider(**{name: str(stated[name]) for name in Provider.__slots__})
    except KeyError as error:
        raise EidUnreachable from error
    if provider.issuer != issuer:
        raise EidUnreachable
    return provider


def authorization_address(
    provider: Provider, client: Client, login: StartedLogin, *, level: AssuranceLevel, language: str
) -> str:
    """Return the address at the eID to which the browser goes, asking for at least `level`."""
    address, _ = _oauth(client, login).create_authorization_url(
        provider.authorization_endpoint,
        state=login.state,
        code_verifier=login.verifier,
        nonce=login.nonce,
        acr_values=ADDRESS_BY_LEVEL[max(level, AssuranceLevel.LOW)],
        ui_locales=language,
    )
    return str(address)


def exchange(
    line: httpx.Client, provider: Provider, client: Client, login: StartedLogin, *, code: str, at: datetime
) -> Mapping[str, Any]:
    """Exchange `code` for an ID token and return its claims, after every check of section 3.1.3.7.

    Raises EidUnreachable, or AnswerUntrusted with the check that failed.
    """
    try:
        token = _oauth(client, login, session=line).fetch_token(
            provider.token_endpoint,
            grant_type="authorization_code",
            code=code,
            code_verifier=login.verifier,
            redirect_uri=login.redirect_uri,
            auth=httpx.BasicAuth(client.client_id, client.client_secret),
        )
    except OAuth2Error as error:
        raise AnswerUntrusted(f"token-{error.error}") from error
    except (httpx.HTTPError, ValueError) as error:
        raise EidUnreachable from error
    keys = _get_json(line, provider.jwks_uri)
    return verify_id_token(str(token.get("id_token", "")), keys, client, nonce=login.nonce, at=at)


def verify_id_token(
    token: str, keys: Mapping[str, Any], client: Client, *, nonce: str, at: datetime
) -> Mapping[str, Any]:
    """Return the claims of an ID token whose signature, issuer, audience, times and nonce are right.

    OpenID Connect Core 1.0, section 3.1.3.7. Raises AnswerUntrusted.
    """
    registry = jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=CLOCK_SKEW_SECONDS,
        iss={"essential": True, "value": client.issuer},
        aud={"essential": True, "value": client.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        claims = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=SIGNATURES).claims  # type: ignore[arg-type]  # the set comes from the eID; joserfc checks its shape
        registry.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise AnswerUntrusted(f"id-token-{type(error).__name__}") from error
    if not isinstance(claims.get("nonce"), str) or not secrets.compare_digest(claims["nonce"].encode(), nonce.encode()):
        raise AnswerUntrusted("id-token-nonce")
    if claims.get("azp", client.client_id) != client.client_id:
        raise AnswerUntrusted("id-token-azp")
    return claims


def _oauth(client: Client, login: StartedLogin, session: httpx.Client | None = None) -> Any:
    return OAuth2Client(
        session,
        client_id=client.client_id,
        client_secret=client.client_secret,
        scope="openid profile",
        redirect_uri=login.redirect_uri,
        code_challenge_method="S256",
    )


def _get_json(line: httpx.Client, address: str) -> dict[str, Any]:
    try:
        response = line.get(address)
        response.raise_for_status()
        stated = response.json()
    except (httpx.HTTPError, ValueError) as error:
        raise EidUnreachable from error
    if not isinstance(stated, dict):
        raise EidUnreachable
    return stated
