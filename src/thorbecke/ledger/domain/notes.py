"""Signed notes, their Ed25519 keys, and a witness's cosignature (C2SP signed-note, tlog-cosignature)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 0x01
COSIGNATURE_V1 = 0x04
SIGNATURE_START = "\u2014 "
MOST_SIGNATURES = 100
KEY_LENGTH = 32
SIGNATURE_LENGTH = 64
LATEST_TIMESTAMP = 2**63 - 1


class NoteRefused(ValueError):
    """A note or key is malformed, or no known key signed it; the text says which."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Public key that anyone may hold: name, signature type and 32 bytes."""

    name: str
    algorithm: int
    public_key: bytes

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read "name+hash+base64" (C2SP signed-note, "Verifier keys"). Raises NoteRefused when it is malformed."""
        name, key_id, algorithm, public_key = _parse_key(text.strip().split("+", 2))
        key = cls(name, algorithm, public_key)
        if key.key_id.hex() != key_id:
            raise NoteRefused(f"the key of {name} does not belong to its hash {key_id}")
        return key

    @property
    def key_id(self) -> bytes:
        """Four bytes that name the key in a signature line (C2SP signed-note, "Signatures")."""
        return _key_id(self.name, self.algorithm, self.public_key)

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_encoded(bytes([self.algorithm]) + self.public_key)}"


@dataclass(frozen=True, slots=True)
class SignerKey:
    """Secret key of a log (Ed25519) or witness (cosignature): name, signature type and 32-byte seed."""

    name: str
    algorithm: int
    seed: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> SignerKey:
        """Read "PRIVATE+KEY+name+hash+base64". Raises NoteRefused, without the secret, when it is malformed."""
        start, _, rest = text.strip().partition("PRIVATE+KEY+")
        if start or not rest:
            raise NoteRefused("a signing key must start with PRIVATE+KEY+")
        name, key_id, algorithm, seed = _parse_key(rest.split("+", 2))
        key = cls(name, algorithm, seed)
        if key.verifier.key_id.hex() != key_id:
            raise NoteRefused(f"the signing key of {name} does not belong to its hash {key_id}")
        return key

    @classmethod
    def from_seed(cls, *, name: str, seed: bytes, algorithm: int = ED25519) -> SignerKey:
        """Make the key that belongs to 32 random bytes. Raises NoteRefused for a bad name or length."""
        _refuse_bad_name(name)
        if len(seed) != KEY_LENGTH:
            raise NoteRefused(f"a signing key needs {KEY_LENGTH} bytes, not {len(seed)}")
        return cls(name, algorithm, seed)

    @property
    def verifier(self) -> VerifierKey:
        """The public key that belongs to it."""
        return VerifierKey(self.name, self.algorithm, _public_bytes(self.seed))

    def secret_text(self) -> str:
        """Return the key in the form that `parse` reads. Keep it secret."""
        encoded = _encoded(bytes([self.algorithm]) + self.seed)
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{encoded}"


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """A signature that holds: by which key, and for a cosignature when (POSIX seconds)."""

    key: VerifierKey
    timestamp: int | None = None


@dataclass(frozen=True, slots=True)
class VerifiedNote:
    """The text that was signed and the signatures by known keys that hold."""

    text: str
    signatures: tuple[VerifiedSignature, ...]


def sign_note(*, text: str, keys: Sequence[SignerKey]) -> str:
    """Return `text` with an Ed25519 signature of each key (C2SP signed-note, "Format").

    Raises NoteRefused when the text does not end in a newline or has control characters, or without keys.
    """
    _refuse_bad_text(text)
    if not keys or any(key.algorithm != ED25519 for key in keys):
        raise NoteRefused("a note is signed with at least one key, all of type Ed25519")
    return text + "\n" + "".join(_line(key, _private(key.seed).sign(text.encode())) for key in keys)


def cosign_note(*, note: str, key: SignerKey, timestamp: int) -> str:
    """Add a witness's cosignature/v1 made at `timestamp` (POSIX seconds) (C2SP tlog-cosignature, "Format").

    The witness must first have verified the note and its consistency with what it saw before.
    Raises NoteRefused for a malformed note, another type of key or an impossible time.
    """
    text, _lines = _split(note)
    if key.algorithm != COSIGNATURE_V1 or not 0 <= timestamp <= LATEST_TIMESTAMP:
        raise NoteRefused("a cosignature needs a key of type 4 and a time from 0 to 2^63 - 1")
    signature = _private(key.seed).sign(_cosigned_message(text, timestamp))
    return note + _line(key, timestamp.to_bytes(8, "big") + signature)


def open_note(*, note: str, keys: Sequence[VerifierKey]) -> VerifiedNote:
    """Return the text of a note and the signatures by `keys`; unknown keys are ignored.

    Raises NoteRefused when the note is malformed, a signature by a known key is wrong, or no known key signed.
    """
    text, lines = _split(note)
    known = {(key.name, key.key_id): key for key in keys}
    verified: dict[VerifierKey, VerifiedSignature] = {}
    for line in lines:
        name, key_id, signature = _parse_line(line)
        key = known.get((name, key_id))
        if key is not None and key not in verified:
            verified[key] = _verified(text, key, signature)
    if not verified:
        raise NoteRefused("none of the known keys signed this note")
    return VerifiedNote(text, tuple(verified.values()))


def has_signature_by(*, note: str, key: VerifierKey) -> bool:
    """Return whether the note carries a line of `key`, without checking it. Raises NoteRefused when malformed."""
    return any(_parse_line(line)[:2] == (key.name, key.key_id) for line in _split(note)[1])


def _verified(text: str, key: VerifierKey, signature: bytes) -> VerifiedSignature:
    if key.algorithm == ED25519:
        _check(key, signature, text.encode())
        return VerifiedSignature(key)
    timestamp = int.from_bytes(signature[:8], "big")
    _check(key, signature[8:], _cosigned_message(text, timestamp))
    return VerifiedSignature(key, timestamp)


def _check(key: VerifierKey, signature: bytes, message: bytes) -> None:
    try:
        _public(key.public_key).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise NoteRefused(f"the signature of {key.name} does not belong to this text") from error


def _cosigned_message(text: str, timestamp: int) -> bytes:
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def _line(key: SignerKey, signature: bytes) -> str:
    return f"{SIGNATURE_START}{key.name} {_encoded(key.verifier.key_id + signature)}\n"


def _parse_line(line: str) -> tuple[str, bytes, bytes]:
    name, _, encoded = line.removeprefix(SIGNATURE_START).partition(" ")
    content = _decoded(encoded)
    if not line.startswith(SIGNATURE_START) or not _is_name(name) or content is None or len(content) < 5:
        raise NoteRefused("a signature line of the note is malformed")
    return name, content[:4], content[4:]


def _split(note: str) -> tuple[str, list[str]]:
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise NoteRefused("the note has no signatures below a blank line")
    _refuse_bad_text(note)
    lines = signatures.removesuffix("\n").split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteRefused(f"the note has {len(lines)} signatures; {MOST_SIGNATURES} is the most")
    return text + "\n", lines


def _refuse_bad_text(text: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NoteRefused("a note must be valid UTF-8")
    if not text.endswith("\n") or any(character < " " and character != "\n" for character in text):
        raise NoteRefused("a note must end in a newline and hold no other control characters")


def _parse_key(parts: Sequence[str]) -> tuple[str, str, int, bytes]:
    if len(parts) != 3:
        raise NoteRefused("a key has the form name+hash+base64")
    name, key_id, encoded = parts
    _refuse_bad_name(name)
    content = _decoded(encoded)
    if content is None or len(content) != KEY_LENGTH + 1 or content[0] not in (ED25519, COSIGNATURE_V1):
        raise NoteRefused(f"the key of {name} is not an Ed25519 key in base64")
    return name, key_id, content[0], content[1:]


def _refuse_bad_name(name: str) -> None:
    if not _is_name(name):
        raise NoteRefused("the name of a key must not be empty and must hold no spaces or plus signs")


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(character.isspace() for character in name)


def _key_id(name: str, algorithm: int, public_key: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([algorithm]) + public_key).digest()[:4]


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _decoded(text: str) -> bytes | None:
    """Return the bytes of standard base64 in its one canonical spelling, or None."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if _encoded(content) == text else None


@lru_cache(maxsize=64)
def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=64)
def _public_bytes(seed: bytes) -> bytes:
    return _private(seed).public_key().public_bytes_raw()


@lru_cache(maxsize=64)
def _public(public_key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public_key)
