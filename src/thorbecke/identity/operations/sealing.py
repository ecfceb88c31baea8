"""Keep small secrets sealed in the database, so that a copy of it alone is not enough to log in."""

from __future__ import annotations

import base64
import hashlib
import logging

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

logger = logging.getLogger(__name__)


def seal(secret: str) -> str:
    """Return `secret` encrypted under the key of this site."""
    return _seals().encrypt(secret.encode()).decode()


def find_sealed(sealed: str) -> str | None:
    """Return what was sealed, or None when it was sealed under a key that this site no longer has."""
    try:
        return _seals().decrypt(sealed.encode()).decode()
    except InvalidToken:
        logger.error(
            "a secret was sealed under another key: set THORBECKE_SECRET_KEY_PREVIOUS, or reset the official's login"
        )
        return None


def _seals() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"thorbecke.identity.seal\0" + force_bytes(key)).digest())
