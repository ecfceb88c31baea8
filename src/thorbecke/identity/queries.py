"""Reads of the identity room."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from thorbecke.kernel.access import AssuranceLevel

from .domain.actor import Actor, ActorKind
from .domain.demo import OFFICIALS, DemoOfficial
from .domain.officials import OfficialUnknown
from .domain.totp import next_code
from .models import IdentityEvent, Official, Passkey


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """Return what `roles` allow together; a role that no longer exists allows nothing."""
    known: dict[str, frozenset[str]] = settings.ROLES
    return frozenset().union(*(known.get(role, frozenset()) for role in roles))


def actor_of_official(official: Official, level: AssuranceLevel) -> Actor:
    """Return the actor that `official` is when logged in with `level`."""
    return Actor(
        kind=ActorKind.OFFICIAL,
        id=official.actor_id,
        name=official.name,
        level=level,
        permissions=permissions_of(official.roles),
    )


def find_active_official(*, pk: int, means_version: int) -> Official | None:
    """Return the official, unless deactivated or given other means of login since `means_version`."""
    return Official.objects.filter(pk=pk, means_version=means_version, is_active=True).first()


def find_official_to_set_up(*, token: str, at: datetime, lock: bool = False) -> Official | None:
    """Return the active official whose set-up link has `token`, unless used or older than allowed."""
    rows = Official.objects.select_for_update() if lock else Official.objects.all()
    digest = hashlib.sha256(token.encode()).hexdigest()
    return rows.filter(setup_digest=digest, setup_until__gte=at, is_active=True).first()


def get_official(*, pk: int) -> Official:
    """Return the official with this number. Raises OfficialUnknown."""
    official = Official.objects.filter(pk=pk).first()
    if official is None:
        raise OfficialUnknown
    return official


def list_officials() -> list[Official]:
    """Return all officials by user name, those who stopped included."""
    return list(Official.objects.all())


def list_events_about(*, official: Official, limit: int = 20) -> list[IdentityEvent]:
    """Return what the official did and what was done to them, latest first."""
    is_about = Q(actor_id=official.actor_id) | Q(subject_id=official.actor_id)
    return list(IdentityEvent.objects.filter(is_about)[:limit])


def list_passkeys(*, official_id: int) -> list[Passkey]:
    """Return the passkeys of an official, oldest first."""
    return list(Passkey.objects.filter(official_id=official_id))


def list_demo_codes(*, at: datetime) -> list[tuple[DemoOfficial, str | None]]:
    """Return each demo official that exists with a code that still works now (None: wait a moment)."""
    last_steps = dict(
        Official.objects.filter(username__in=[demo.username for demo in OFFICIALS], is_active=True).values_list(
            "username", "last_totp_step"
        )
    )
    return [
        (demo, next_code(secret=demo.totp_secret, at=at, last_step=last_steps[demo.username]))
        for demo in OFFICIALS
        if demo.username in last_steps
    ]


def get_official_of(*, actor: Actor) -> Official:
    """Return the official that `actor` is. Raises OfficialUnknown."""
    _, _, number = actor.id.partition("official:")
    return get_official(pk=int(number) if number.isdecimal() else 0)


def find_official_by_username(*, username: str) -> Official | None:
    """Return the official with this user name, in whatever case it is typed."""
    return Official.objects.filter(username=username.strip().lower()).first()
