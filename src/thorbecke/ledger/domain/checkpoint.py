"""Checkpoint: what a log says of itself at one size, as the text of a signed note (C2SP tlog-checkpoint)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .merkle import HASH_LENGTH
from .notes import ED25519, NoteRefused, SignerKey, VerifiedNote, VerifierKey, open_note, sign_note

DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class CheckpointRefused(ValueError):
    """A checkpoint is malformed, of another log, or not signed by the log's key."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Name of the log, number of entries and the 32-byte root hash over them."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """Return the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, keys: Sequence[SignerKey]) -> str:
        """Return the signed note. Raises NoteRefused without keys."""
        return sign_note(text=self.body(), keys=keys)


@dataclass(frozen=True, slots=True)
class VerifiedCheckpoint:
    """A checkpoint that the log's key signed, with all signatures that hold (also of witnesses)."""

    checkpoint: Checkpoint
    note: VerifiedNote


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint; extension lines after the third are allowed and left out.

    Raises CheckpointRefused when origin, size or root hash is not in the form of C2SP tlog-checkpoint.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise CheckpointRefused("a checkpoint has at least three lines: origin, size and root hash")
    origin, size, encoded = lines[:3]
    try:
        root = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CheckpointRefused("the root hash of the checkpoint is not base64") from error
    if not DECIMAL.fullmatch(size):
        raise CheckpointRefused(f"the size of the checkpoint is not a decimal number: {size[:40]!r}")
    if len(root) != HASH_LENGTH or base64.b64encode(root).decode() != encoded:
        raise CheckpointRefused("the root hash of the checkpoint is not a SHA-256 hash in base64")
    return Checkpoint(origin, int(size), root)


def open_checkpoint(
    *, note: str, origin: str, keys: Sequence[VerifierKey], witnesses: Sequence[VerifierKey] = ()
) -> VerifiedCheckpoint:
    """Verify a signed checkpoint of the log `origin`: at least one of the log's `keys` must have signed it.

    Signatures of `witnesses` are verified too, but do not count for the log. Raises CheckpointRefused.
    """
    try:
        verified = open_note(note=note, keys=[*keys, *witnesses])
    except NoteRefused as error:
        raise CheckpointRefused(str(error)) from error
    by_log = [signature for signature in verified.signatures if signature.key in keys]
    if not any(signature.key.algorithm == ED25519 for signature in by_log):
        raise CheckpointRefused("the checkpoint is not signed by the log's own key")
    checkpoint = parse_checkpoint(verified.text)
    if checkpoint.origin != origin:
        raise CheckpointRefused(f"the checkpoint is of the log {checkpoint.origin}, not of {origin}")
    return VerifiedCheckpoint(checkpoint, verified)
