"""Officials add and remove passkeys, and log in with them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thorbecke.identity.adapters import passkeys
from thorbecke.identity.adapters.passkeys import Site
from thorbecke.identity.domain.actor import ANYONE, Actor, require
from thorbecke.identity.domain.events import Verb
from thorbecke.identity.domain.officials import PasskeyRefused
from thorbecke.identity.models import Official, Passkey
from thorbecke.identity.queries import get_official_of
from thorbecke.kernel.access import AssuranceLevel, Audience

from .audit import note


def add_passkey(*, actor: Actor, site: Site, credential: str, challenge: str, label: str, at: datetime) -> None:
    """Add the passkey that the browser of `actor` made. Raises NotEntitled or PasskeyRefused."""
    require(actor=actor, audience=Audience.OFFICIAL)
    official = get_official_of(actor=actor)
    made = passkeys.verify_new(site, credential=credential, challenge=challenge)
    with transaction.atomic():
        _, is_new = Passkey.objects.get_or_create(
            credential_id=made.credential_id,
            defaults={
                "official": official,
                "public_key": made.public_key,
                "sign_count": made.sign_count,
                "label": label.strip(),
                "added_at": at,
            },
        )
        if not is_new:
            raise PasskeyRefused
        note(verb=Verb.PASSKEY_ADDED, actor_id=actor.id, subject_id=actor.id, at=at)


def remove_passkey(*, actor: Actor, passkey_id: int, at: datetime) -> None:
    """Remove a passkey of `actor`; one that is not theirs, or already gone, changes nothing. Raises NotEntitled."""
    require(actor=actor, audience=Audience.OFFICIAL)
    official = get_official_of(actor=actor)
    with transaction.atomic():
        if Passkey.objects.filter(pk=passkey_id, official=official).delete()[0]:
            note(verb=Verb.PASSKEY_REMOVED, actor_id=actor.id, subject_id=actor.id, at=at)


def log_in_with_passkey(*, site: Site, credential: str, challenge: str, at: datetime) -> Official:
    """Return the active official whose passkey answered `challenge`. Raises PasskeyRefused.

    A sign count that did not go up means a copied passkey and is refused (WebAuthn Level 2, section 7.2, step 21).
    """
    try:
        with transaction.atomic():
            official = _verified(site, credential, challenge, at)
            level = AssuranceLevel.HIGH
            note(verb=Verb.OFFICIAL_LOGIN, actor_id=official.actor_id, level=level, at=at, means="passkey")
    except PasskeyRefused:
        note(verb=Verb.OFFICIAL_LOGIN_REFUSED, actor_id=ANYONE.id, at=at, means="passkey")
        raise
    return official


def _verified(site: Site, credential: str, challenge: str, at: datetime) -> Official:
    credential_id = passkeys.credential_id_of(credential)
    rows = Passkey.objects.select_related("official").select_for_update(of=("self",))
    passkey = rows.filter(credential_id=credential_id, official__is_active=True).first()
    if passkey is None:
        raise PasskeyRefused
    passkey.sign_count = passkeys.verify_known(
        site,
        credential=credential,
        challenge=challenge,
        public_key=bytes(passkey.public_key),
        sign_count=passkey.sign_count,
    )
    passkey.used_at = at
    passkey.save(update_fields=["sign_count", "used_at"])
    return passkey.official
