"""Canonical JSON (RFC 8785) of exact values: the only form in which values are hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

JsonValue: TypeAlias = "bool | int | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
JsonObject: TypeAlias = Mapping[str, JsonValue]

LARGEST_INTEGER = 2**53 - 1
"""Largest integer that every JSON reader keeps exact (RFC 8785, section 3.2.2.3; RFC 7493, section 2.2)."""


class NotCanonical(ValueError):
    """A value has no exact canonical form: a float, an integer beyond 2^53 - 1, or another type."""


def canonical_bytes(value: JsonValue) -> bytes:
    """Serialise `value` by RFC 8785, UTF-8.

    Raises NotCanonical for floats (write a fraction as the string "numerator/denominator"), for integers
    beyond 2^53 - 1 and for types that JSON does not have.
    """
    _refuse_floats(value)
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise NotCanonical(str(error)) from error


def sha256_of(value: JsonValue) -> str:
    """Return the SHA-256 of the canonical form, 64 lowercase hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise NotCanonical(f"a float ({value!r}) is not exact; write a fraction as a string, or count in cents")
    if isinstance(value, Mapping):
        for member in value.values():
            _refuse_floats(member)
    elif isinstance(value, (list, tuple)):
        for member in value:
            _refuse_floats(member)
