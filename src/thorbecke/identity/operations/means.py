"""Officials set up their login, and log in with a password and a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from thorbecke.identity.domain import demo
from thorbecke.identity.domain.actor import ANYONE
from thorbecke.identity.domain.events import Verb
from thorbecke.identity.domain.officials import CodeWrong, OfficialRefused, SetupLinkSpent
from thorbecke.identity.domain.totp import find_step
from thorbecke.identity.models import Official
from thorbecke.identity.queries import find_official_to_set_up
from thorbecke.kernel.access import AssuranceLevel

from .audit import note
from .sealing import find_sealed, seal
from .throttling import attempt

FIVE_MINUTES = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an attempt comes from: the network, and the device if it proved a login of this user name before."""

    network: str
    known_device: str | None = None


def count_login(*, username: str, origin: Origin, at: datetime) -> None:
    """Count one attempt to log in as `username`. Raises TooManyAttempts.

    A device that logged in as this user name before has an allowance of its own. All others share: first
    each account in each network, then each network, and last a wide ceiling for the account, which slows
    guessing from many networks down. So nobody can lock an official out of their own device.
    """
    if origin.known_device:
        attempt(scope="official.device", key=origin.known_device, limit=10, period=FIVE_MINUTES, at=at)
        return
    pair = f"{username}\0{origin.network}"
    attempt(scope="official.account-network", key=pair, limit=5, period=FIVE_MINUTES, at=at)
    attempt(scope="official.network", key=origin.network, limit=50, period=2 * FIVE_MINUTES, at=at)
    attempt(scope="official.account", key=username, limit=100, period=timedelta(hours=1), at=at)


def log_in_with_password(*, username: str, password: str, code: str, origin: Origin, at: datetime) -> Official:
    """Return the active official to whom user name, password and code belong; the code is spent.

    Raises TooManyAttempts, or OfficialRefused without telling what was wrong.
    """
    username = username.strip().lower()
    count_login(username=username, origin=origin, at=at)
    official = Official.objects.filter(username=username, is_active=True).first()
    has_password = _has_password(official, password)
    with transaction.atomic():
        is_entitled = official is not None and has_password and _spend_code(official, code, at)
        _note_login(official, is_entitled, at)
    if official is None or not is_entitled:
        raise OfficialRefused
    return official


def set_up_official(*, token: str, password: str, totp_secret: str, code: str, at: datetime) -> Official:
    """Give the official of a set-up link their password and authenticator app; the link is spent.

    `code` proves that the app has the secret. Raises SetupLinkSpent or CodeWrong.
    """
    step = find_step(secret=totp_secret, code=code, at=at, last_step=0)
    if step is None:
        raise CodeWrong
    with transaction.atomic():
        official = find_official_to_set_up(token=token, at=at, lock=True)
        if official is None:
            raise SetupLinkSpent
        official.password = make_password(password)
        official.sealed_totp_secret = seal(totp_secret)
        official.last_totp_step = step
        official.setup_digest, official.setup_until = "", None
        official.means_version += 1
        official.save()
        note(verb=Verb.OFFICIAL_SET_UP, actor_id=official.actor_id, level=AssuranceLevel.SUBSTANTIAL, at=at)
    return official


def _has_password(official: Official | None, password: str) -> bool:
    if official is None or not official.password:
        make_password(password)  # costs as much as a check, so that time does not tell who exists
        return False
    # A database that was practised on may have come along to production.
    is_known_to_all = settings.PRODUCTION and password == demo.PASSWORD
    return check_password(password, official.password) and not is_known_to_all


def _note_login(official: Official | None, is_entitled: bool, at: datetime) -> None:
    known_id = official.actor_id if official else ""
    if is_entitled:
        level = AssuranceLevel.SUBSTANTIAL
        note(verb=Verb.OFFICIAL_LOGIN, actor_id=known_id, level=level, at=at, means="password")
    else:
        note(verb=Verb.OFFICIAL_LOGIN_REFUSED, actor_id=ANYONE.id, subject_id=known_id, at=at, means="password")


def _spend_code(official: Official, code: str, at: datetime) -> bool:
    secret = find_sealed(official.sealed_totp_secret) if official.sealed_totp_secret else None
    if secret is None:
        return False
    step = find_step(secret=secret, code=code, at=at, last_step=official.last_totp_step)
    if step is None:
        return False
    # Two requests with one code: the condition lets only one of them through.
    unspent = Official.objects.filter(pk=official.pk, last_totp_step__lt=step)
    return unspent.update(last_totp_step=step) == 1
