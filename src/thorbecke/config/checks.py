"""What production refuses to start with: each fault is one line with its remedy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

from .environment import DEVELOPMENT_SECRET_KEY

SHORTEST_SECRET_KEY = 50
SHORTEST_PSEUDONYM_KEY = 32


@register()
def check_production(app_configs: Sequence[Any] | None = None, **named: Any) -> list[Error]:
    """Return what is not fit for production; nothing when this is not production."""
    if not settings.PRODUCTION:
        return []
    faults = {
        "THORBECKE_DEVELOPMENT_EID is on: anyone could log in as anyone. Set it to no.": (settings.DEVELOPMENT_EID),
        "THORBECKE_EID_ISSUER does not start with https://. Set the address of your eID provider.": (
            settings.EID_ISSUER != "" and urlsplit(settings.EID_ISSUER).scheme != "https"
        ),
        f"THORBECKE_SECRET_KEY is the default or short. Set a random text of at least {SHORTEST_SECRET_KEY} signs.": (
            settings.SECRET_KEY == DEVELOPMENT_SECRET_KEY or len(settings.SECRET_KEY) < SHORTEST_SECRET_KEY
        ),
        f"THORBECKE_PSEUDONYM_KEY is missing or too short. Set a random text of {SHORTEST_PSEUDONYM_KEY} signs.": (
            len(settings.PSEUDONYM_KEY) < SHORTEST_PSEUDONYM_KEY
        ),
        "THORBECKE_DEBUG is on: error pages would show secrets. Set it to no.": settings.DEBUG,
        "THORBECKE_SITE_URL does not start with https://. Set the address as visitors type it.": (
            urlsplit(settings.SITE_URL).scheme != "https"
        ),
        "THORBECKE_HOSTS does not hold the host of THORBECKE_SITE_URL. Add it.": (
            urlsplit(settings.SITE_URL).hostname not in settings.ALLOWED_HOSTS
        ),
        "THORBECKE_LOG_KEY is missing. Make one with `thorbecke log_key --new` and keep it safe.": not settings.LOG_KEY,
    }
    return [Error(text, id="thorbecke.E001") for text, is_fault in faults.items() if is_fault]


def refuse_unsafe_production() -> None:
    """Raise ImproperlyConfigured with a line for each fault, so that no worker starts."""
    faults = check_production()
    if faults:
        raise ImproperlyConfigured("\n".join(["Production refuses to start:", *(f"- {fault.msg}" for fault in faults)]))
