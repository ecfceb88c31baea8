"""Put the officials of the demo authority in the database."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from thorbecke.identity.domain.actor import Actor, require
from thorbecke.identity.domain.demo import OFFICIALS, PASSWORD, DemoOfficial
from thorbecke.identity.domain.events import Verb
from thorbecke.identity.domain.officials import MANAGE
from thorbecke.identity.models import Official

from .audit import note
from .sealing import seal


def load_demo_officials(*, actor: Actor, at: datetime) -> list[str]:
    """Create each demo official that is not there yet; return the user names of those that are new."""
    require(actor=actor, permission=MANAGE)
    password = make_password(PASSWORD)
    with transaction.atomic():
        return [demo.username for demo in OFFICIALS if _load(demo, password, actor, at)]


def _load(demo: DemoOfficial, password: str, actor: Actor, at: datetime) -> bool:
    official, is_new = Official.objects.get_or_create(
        username=demo.username,
        defaults={
            "name": demo.name,
            "roles": [demo.role],
            "password": password,
            "sealed_totp_secret": seal(demo.totp_secret),
        },
    )
    if is_new:
        note(verb=Verb.OFFICIAL_CREATED, actor_id=actor.id, subject_id=official.actor_id, at=at, roles=[demo.role])
    return is_new
