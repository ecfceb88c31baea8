"""Remembers on which devices an official logged in before, so that others can't use up the official's attempts."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from thorbecke.identity.models import Official
from thorbecke.identity.operations.means import Origin

from .client_address import network_of

COOKIE = "known_device"
SALT = "thorbecke.identity.known-device"
MAX_AGE_SECONDS = 180 * 24 * 3600


def origin_of(request: HttpRequest, username: str) -> Origin:
    """Return where an attempt to log in as `username` comes from."""
    return Origin(network_of(request), _device_of(request, username.strip().lower()))


def remember_device(request: HttpRequest, response: HttpResponse, official: Official) -> None:
    """Mark this browser as one on which `official` logged in; the mark holds no name and gives no access."""
    number = _device_of(request, official.username) or secrets.token_urlsafe(16)
    value = signing.dumps([_mark(official.username), number], salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=MAX_AGE_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _device_of(request: HttpRequest, username: str) -> str | None:
    try:
        mark, number = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(number) if secrets.compare_digest(str(mark), _mark(username)) else None


def _mark(username: str) -> str:
    return signing.Signer(salt=SALT).signature(username)
