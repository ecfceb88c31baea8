"""What an eID proves about someone: the claims of a verified ID token, made into an actor under a pseudonym."""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Mapping
from typing import Any

from thorbecke.kernel.access import AssuranceLevel

from .actor import Actor, ActorKind, Representee
from .levels import LEVEL_BY_ADDRESS


class UnusableClaims(ValueError):
    """The claims say too little to know who this is."""


def actor_from_claims(claims: Mapping[str, Any], *, issuer: str, key: bytes) -> Actor:
    """Return the actor that verified `claims` of `issuer` describe.

    Reads sub, name, acr (an eIDAS level; no known level means no login) and, for who represents companies,
    `representations` (a list of objects with kvk and name) and `acting_for` (a kvk from that list). Subjects
    and numbers become pseudonyms made with `key`. Raises UnusableClaims.
    """
    level = LEVEL_BY_ADDRESS.get(str(claims.get("acr")), AssuranceLevel.NONE)
    subject, name = _text(claims, "sub"), _text(claims, "name")
    if level is AssuranceLevel.NONE:
        raise UnusableClaims("acr names no known assurance level")
    companies = {_text(one, "kvk"): _company(one, issuer, key) for one in _representations(claims)}
    acting_for = companies.get(str(claims.get("acting_for", "")))
    return Actor(
        kind=acting_for.kind if acting_for else ActorKind.PERSON,
        id=pseudonym("person", issuer, subject, key=key),
        name=name,
        level=level,
        acting_for=acting_for,
        may_act_for=tuple(companies.values()),
    )


def pseudonym(kind: str, issuer: str, subject: str, *, key: bytes) -> str:
    """Return a stable identifier that tells nothing about `subject` to who lacks `key` (HMAC-SHA256, 130 bits)."""
    digest = hmac.digest(key, f"{kind}\0{issuer}\0{subject}".encode(), "sha256")
    return f"{kind}:{b32encode(digest).decode().lower()[:26]}"


def _company(claim: Mapping[str, Any], issuer: str, key: bytes) -> Representee:
    number, name = _text(claim, "kvk"), _text(claim, "name")
    return Representee(ActorKind.COMPANY, pseudonym("company", issuer, number, key=key), name)


def _representations(claims: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    stated = claims.get("representations", [])
    if not isinstance(stated, list) or not all(isinstance(one, Mapping) for one in stated):
        raise UnusableClaims("representations is not a list of objects")
    return stated


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value.strip():
        raise UnusableClaims(f"{name} is missing")
    return value.strip()
