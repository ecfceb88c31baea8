"""Manage officials: create, give roles, stop, resume, and let them set up their login anew."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from thorbecke.identity.domain.actor import Actor, require
from thorbecke.identity.domain.events import Verb
from thorbecke.identity.domain.officials import (
    MANAGE,
    LastAdministrator,
    OfficialUnknown,
    check_roles,
    clean_username,
    username_taken,
)
from thorbecke.identity.models import Official, Passkey
from thorbecke.identity.queries import permissions_of

from .audit import note

SETUP_LIFETIME = timedelta(days=3)


def create_official(*, actor: Actor, username: str, name: str, roles: Iterable[str], at: datetime) -> tuple[int, str]:
    """Create an official; return their number and the token of the one-time link to set up their login.

    Raises NotEntitled, UsernameUnusable or RoleUnknown.
    """
    require(actor=actor, permission=MANAGE)
    username, given = clean_username(username), _known_roles(roles)
    with transaction.atomic():
        official, is_new = Official.objects.get_or_create(
            username=username, defaults={"name": name.strip(), "roles": given}
        )
        if not is_new:
            raise username_taken()
        token = _open_setup(official, at)
        note(verb=Verb.OFFICIAL_CREATED, actor_id=actor.id, subject_id=official.actor_id, at=at, roles=given)
    return official.pk, token


def set_roles(*, actor: Actor, official_id: int, roles: Iterable[str], at: datetime) -> None:
    """Give the official these roles and no others. Raises NotEntitled, RoleUnknown or LastAdministrator."""
    require(actor=actor, permission=MANAGE)
    given = _known_roles(roles)
    with transaction.atomic():
        official = _locked(official_id)
        official.roles = given
        official.save(update_fields=["roles"])
        _refuse_without_administrator()
        note(verb=Verb.ROLES_SET, actor_id=actor.id, subject_id=official.actor_id, at=at, roles=given)


def deactivate_official(*, actor: Actor, official_id: int, at: datetime) -> None:
    """Let the official log in no more and end every login now. Raises NotEntitled or LastAdministrator."""
    require(actor=actor, permission=MANAGE)
    with transaction.atomic():
        official = _locked(official_id)
        official.is_active = False
        official.save(update_fields=["is_active"])
        _refuse_without_administrator()
        note(verb=Verb.OFFICIAL_DEACTIVATED, actor_id=actor.id, subject_id=official.actor_id, at=at)


def activate_official(*, actor: Actor, official_id: int, at: datetime) -> None:
    """Let the official log in again. Raises NotEntitled."""
    require(actor=actor, permission=MANAGE)
    with transaction.atomic():
        official = _locked(official_id)
        official.is_active = True
        official.save(update_fields=["is_active"])
        note(verb=Verb.OFFICIAL_ACTIVATED, actor_id=actor.id, subject_id=official.actor_id, at=at)


def reset_means(*, actor: Actor, official_id: int, at: datetime) -> str:
    """Take away password, codes and passkeys, end every login, and return the token of a new set-up link."""
    require(actor=actor, permission=MANAGE)
    with transaction.atomic():
        official = _locked(official_id)
        Passkey.objects.filter(official=official).delete()
        official.password = official.sealed_totp_secret = ""
        official.means_version += 1
        official.save(update_fields=["password", "sealed_totp_secret", "means_version"])
        token = _open_setup(official, at)
        note(verb=Verb.MEANS_RESET, actor_id=actor.id, subject_id=official.actor_id, at=at)
    return token


def _open_setup(official: Official, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    official.setup_digest, official.setup_until = hashlib.sha256(token.encode()).hexdigest(), at + SETUP_LIFETIME
    official.save(update_fields=["setup_digest", "setup_until"])
    return token


def _known_roles(roles: Iterable[str]) -> list[str]:
    given = frozenset(roles)
    check_roles(given, frozenset(settings.ROLES))
    return sorted(given)


def _locked(official_id: int) -> Official:
    # All rows, in one order: two administrators who stop each other at once must see each other's change.
    officials = {official.pk: official for official in Official.objects.select_for_update().order_by("pk")}
    if official_id not in officials:
        raise OfficialUnknown
    return officials[official_id]


def _refuse_without_administrator() -> None:
    roles = Official.objects.filter(is_active=True).values_list("roles", flat=True)
    if not any(MANAGE in permissions_of(one) for one in roles):
        raise LastAdministrator
