"""The hash of a file as people compare it: in groups of four characters, two of them typed over from paper."""

from __future__ import annotations

import re
from collections.abc import Mapping

from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

GROUP_LENGTH = 4
GROUPS = 16
TYPED_GROUPS = 2

_SHA256 = re.compile(r"[0-9a-f]{64}")
_GROUP = re.compile(r"[0-9a-f]{4}")


class HashDiffers(BadInput):
    """What was typed from paper is not in the hash of the file: it is another file, or a slip of the fingers."""


def hash_groups(sha256: str) -> tuple[str, ...]:
    """Return the 16 groups of a SHA-256, which is given as 64 lowercase hexadecimal digits. Raises ValueError."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"no SHA-256: {sha256[:70]!r}")
    return tuple(sha256[at : at + GROUP_LENGTH] for at in range(0, len(sha256), GROUP_LENGTH))


def check_typed_groups(sha256: str, typed: Mapping[int, str]) -> None:
    """Refuse a file unless the two groups typed from paper are those of its hash.

    `typed` holds what was typed by the number of the group, from 1 to 16; capitals and spaces around are allowed.
    Raises HashDiffers and, for what cannot be a group, BadInput; the place names the group. ValueError when not two
    groups between 1 and 16 were asked for.
    """
    groups = hash_groups(sha256)
    if len(typed) != TYPED_GROUPS or not all(1 <= number <= GROUPS for number in typed):
        raise ValueError(f"two groups from 1 to {GROUPS} are typed, not {sorted(typed)}")
    for number, text in sorted(typed.items()):
        group = text.strip().lower()
        if not _GROUP.fullmatch(group):
            raise BadInput(
                Message(gettext_noop("Group %(number)s is not four characters 0-9 or a-f."), {"number": number}),
                Message(gettext_noop("Type group %(number)s of the hash as it is on paper."), {"number": number}),
                Place(field=f"group {number}"),
            )
        if group != groups[number - 1]:
            raise HashDiffers(
                Message(gettext_noop("Group %(number)s differs from the hash of the file."), {"number": number}),
                Message(
                    gettext_noop("Type it again. If it differs again, this is not the file that belongs to the paper.")
                ),
                Place(field=f"group {number}"),
            )
