"""The log's signing keys: from the settings, or made once in the data folder."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .domain.notes import ED25519, KEY_LENGTH, NoteRefused, SignerKey

KEY_FILE = "log.key"


def get_signing_keys() -> tuple[SignerKey, ...]:
    """Return the keys that sign checkpoints: the current one, then the one that it replaces, if any.

    Without `LOG_KEY` the key is read from `log.key` in the data folder, and made there the first time.
    Raises ImproperlyConfigured when a key is malformed or bears another name than the log.
    """
    current = settings.LOG_KEY or _read_or_make(Path(settings.DATA) / KEY_FILE)
    texts = [text for text in (current, settings.LOG_KEY_PREVIOUS) if text]
    return tuple(_parse(text, settings.LOG_ORIGIN) for text in texts)


def make_signing_key() -> SignerKey:
    """Make a new random Ed25519 key in the name of the log."""
    return SignerKey.from_seed(name=settings.LOG_ORIGIN, seed=secrets.token_bytes(KEY_LENGTH))


@lru_cache(maxsize=16)
def _parse(text: str, origin: str) -> SignerKey:
    try:
        key = SignerKey.parse(text)
    except NoteRefused as error:
        raise ImproperlyConfigured(f"THORBECKE_LOG_KEY cannot be used: {error}") from error
    if key.name != origin or key.algorithm != ED25519:
        raise ImproperlyConfigured(f"THORBECKE_LOG_KEY is a key of {key.name}; it must be an Ed25519 key of {origin}")
    return key


def _read_or_make(file: Path) -> str:
    try:
        return file.read_text()
    except FileNotFoundError:
        return _make_once(file)


def _make_once(file: Path) -> str:
    """Write a new key durably, then give it its name; whoever comes second reads the key of the first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    _write_durably(draft, make_signing_key().secret_text() + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync(file.parent, os.O_RDONLY)
    return file.read_text()


def _write_durably(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path, flags: int) -> None:
    descriptor = os.open(folder, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
