"""Log residents in and out, and let them act for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings

from thorbecke.identity.domain.actor import ANYONE, Actor, ActorKind, require
from thorbecke.identity.domain.events import Verb
from thorbecke.identity.domain.login_errors import AnswerUntrusted
from thorbecke.identity.domain.proof import UnusableClaims, actor_from_claims
from thorbecke.kernel.access import Audience
from thorbecke.kernel.errors import NotEntitled
from thorbecke.kernel.messages import Message, gettext_noop

from .audit import note


class NotYourRepresentee(NotEntitled):
    """Someone asks to act for one who did not allow that."""

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("You may not act for this person or company.")),
            Message(gettext_noop("Choose someone from the list on your login page.")),
        )


def log_in_resident(*, claims: Mapping[str, Any], issuer: str, at: datetime) -> Actor:
    """Return the actor that verified `claims` of `issuer` prove, and record the login.

    Raises AnswerUntrusted when the claims do not say who this is.
    """
    key = (settings.PSEUDONYM_KEY or settings.SECRET_KEY).encode()
    try:
        actor = actor_from_claims(claims, issuer=issuer, key=key)
    except UnusableClaims as error:
        raise AnswerUntrusted("unusable-claims") from error
    note(verb=Verb.RESIDENT_LOGIN, actor_id=actor.id, subject_id=actor.beneficiary_id, level=actor.level, at=at)
    return actor


def note_refused_login(*, reason: str, at: datetime) -> None:
    """Record that a login with an eID did not succeed, and which check it failed."""
    note(verb=Verb.RESIDENT_LOGIN_REFUSED, actor_id=ANYONE.id, at=at, reason=reason)


def act_as(*, actor: Actor, representee_id: str | None, at: datetime) -> Actor:
    """Return `actor` acting for the representee, or for themselves again (None), and record it.

    Raises NotYourRepresentee.
    """
    require(actor=actor, audience=Audience.RESIDENT)
    representee = next((other for other in actor.may_act_for if other.id == representee_id), None)
    if representee_id is not None and representee is None:
        raise NotYourRepresentee
    changed = replace(actor, kind=representee.kind if representee else ActorKind.PERSON, acting_for=representee)
    note(verb=Verb.ACT_AS, actor_id=changed.id, subject_id=changed.beneficiary_id, level=changed.level, at=at)
    return changed


def log_out(*, actor: Actor, at: datetime) -> None:
    """Record that `actor` logged out."""
    if actor.is_logged_in:
        note(verb=Verb.LOGOUT, actor_id=actor.id, at=at)
