"""Logs the test client in, for tests of every room."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from thorbecke.identity.domain.actor import Actor, ActorKind, Representee
from thorbecke.identity.models import Official
from thorbecke.identity.queries import actor_of_official
from thorbecke.identity.web import session
from thorbecke.kernel.access import AssuranceLevel

BAKERY = Representee(ActorKind.COMPANY, "company:bakery", "Bakkerij De Gouden Halm")


def log_in_official(client: Client, *, roles: Iterable[str], username: str = "toetser") -> Actor:
    """Log a (new) official with `roles` in, as with a password and a code; returns the actor."""
    official, _ = Official.objects.get_or_create(username=username, defaults={"name": "Toos Toetser"})
    official.roles = sorted(roles)
    official.save()
    request = HttpRequest()
    request.session = client.session
    session.begin_official(request, official, AssuranceLevel.SUBSTANTIAL, timezone.now())
    _keep(client, request)
    return actor_of_official(official, AssuranceLevel.SUBSTANTIAL)


def log_in_resident(
    client: Client, *, level: AssuranceLevel = AssuranceLevel.LOW, may_act_for: tuple[Representee, ...] = ()
) -> Actor:
    """Log a resident in at `level`; returns the actor."""
    actor = Actor(ActorKind.PERSON, "person:toetser", "Tom Toetser", level=level, may_act_for=may_act_for)
    request = HttpRequest()
    request.session = client.session
    session.begin_resident(request, actor, timezone.now())
    _keep(client, request)
    return actor


def _keep(client: Client, request: HttpRequest) -> None:
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key or ""
