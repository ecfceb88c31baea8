"""The development eID: gives out codes for fictitious people, exchanges them for signed ID tokens."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from joserfc import jwt
from joserfc.jwk import ECKey

from thorbecke.identity.domain.levels import ADDRESS_BY_LEVEL
from thorbecke.identity.domain.practice import PracticeCompany, PracticePerson, matches_challenge
from thorbecke.identity.models import PracticeGrant, PracticeKey
from thorbecke.kernel.access import AssuranceLevel

CODE_LIFETIME = timedelta(minutes=1)
TOKEN_LIFETIME = timedelta(minutes=5)


class GrantRefused(Exception):
    """The code is unknown, used before, too old, or asked for by another (RFC 6749, section 5.2: invalid_grant)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """As whom and how someone logs in at the development eID."""

    person: PracticePerson
    level: AssuranceLevel
    company: PracticeCompany | None = None


def issue_code(*, choice: Choice, client_id: str, redirect_uri: str, nonce: str, challenge: str, at: datetime) -> str:
    """Return a code that is good for one exchange within a minute."""
    code = secrets.token_urlsafe(32)
    claims = {
        "sub": f"oefen-{choice.person.key}",
        "name": choice.person.name,
        "aud": client_id,
        "acr": ADDRESS_BY_LEVEL[choice.level],
        "nonce": nonce,
        "auth_time": int(at.timestamp()),
        "representations": [{"kvk": one.kvk, "name": one.name} for one in choice.person.companies],
    }
    if choice.company:
        claims["acting_for"] = choice.company.kvk
    with transaction.atomic():
        PracticeGrant.objects.filter(until__lt=at).delete()
        PracticeGrant.objects.create(
            code_digest=_digest(code),
            claims=claims,
            redirect_uri=redirect_uri,
            challenge=challenge,
            until=at + CODE_LIFETIME,
        )
    return code


def redeem_code(*, code: str, verifier: str, client_id: str, redirect_uri: str, issuer: str, at: datetime) -> str:
    """Return the signed ID token for `code`; the code is spent, whatever the answer. Raises GrantRefused."""
    grant = PracticeGrant.objects.filter(code_digest=_digest(code)).first()
    if grant is None or PracticeGrant.objects.filter(pk=grant.pk).delete()[0] != 1:
        raise GrantRefused
    fits = (
        at <= grant.until
        and grant.redirect_uri == redirect_uri
        and grant.claims["aud"] == client_id
        and matches_challenge(verifier=verifier, challenge=grant.challenge)
    )
    if not fits:
        raise GrantRefused
    return sign_id_token(claims={**grant.claims, "iss": issuer}, at=at)


def sign_id_token(*, claims: dict[str, Any], at: datetime) -> str:
    """Return `claims` with their times, signed by the key of the development eID (ES256)."""
    key = get_or_make_signing_key()
    times = {"iat": int(at.timestamp()), "exp": int((at + TOKEN_LIFETIME).timestamp())}
    return jwt.encode({"alg": "ES256", "kid": key.kid}, {**claims, **times}, key, algorithms=["ES256"])


def get_or_make_signing_key() -> ECKey:
    """Return the signing key of the development eID, made at its first use and shared by all workers."""
    row = PracticeKey.objects.filter(name="signing").first()
    if row is None:
        fresh = ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True)
        row, _ = PracticeKey.objects.get_or_create(name="signing", defaults={"jwk": fresh})
    return ECKey.import_key(row.jwk)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
