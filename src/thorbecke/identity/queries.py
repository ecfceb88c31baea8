"""Reads of the identity room."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from thorbecke.kernel.access import AssuranceLevel

from .domain.actor import Actor, ActorKind
from .models import Official


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
