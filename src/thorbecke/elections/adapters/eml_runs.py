"""Reads the votes of many stations at once: in EML 510 their bytes are alike but for the numbers.

The first run of Selection elements of a kind goes to the XML parser, which says what each number means. A later run
that differs from it in nothing but digits needs no parser: it is replaced by a mark with kind and row, and its numbers
are kept aside. There are a few kinds at most, such as runs with and without corrections; any other run goes to the
parser as it is, so that what is unusual or wrong is read, and refused, as everywhere else. Marks that do not belong to
what is read make the reader start again without this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_hex

from .eml_reader import Node

MOST_KINDS = 4

_VOTES = re.compile(rb"<ValidVotes>([0-9]{1,9})</ValidVotes>")
_OPENS, _CLOSES, _AFTER = b"<Selection>", b"</Selection>", b"<Cast>"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a group of votes: of the first run of a kind, which follows, or of a row that is cut out."""

    kind: str
    row: str | None


class NotFamiliar(Exception):
    """Marks and groups of votes do not belong together; the file must be read without cutting."""


class CutFile:
    """A 510 file for a parser to read, with familiar runs cut out; `take` gives their numbers.

    The name of the marks is drawn anew, so that no file can bring marks of its own.
    """

    def __init__(self, content: bytes) -> None:
        self._name = f"Cut{token_hex(16)}"
        self._rows: dict[str, tuple[int, ...]] = {}
        self._kinds: list[list[bytes]] = []
        self._pieces = self._cut(content)

    def read(self, size: int = -1, /) -> bytes:
        """Return the next piece, which may be longer than `size`; empty at the end."""
        return next(self._pieces, b"")

    def mark_in(self, node: Node) -> Mark | None:
        """Return the mark in a group of votes."""
        mark = node.find(self._name)
        return None if mark is None else Mark(mark.attribute("Kind"), mark.element.get("Row"))

    def take(self, row: str) -> tuple[int, ...]:
        """Return the numbers of a row, once. Raises NotFamiliar for a row that is not there."""
        if row not in self._rows:
            raise NotFamiliar
        return self._rows.pop(row)

    def _mark(self, kind: int, row: int | None = None) -> bytes:
        at = "" if row is None else f' Row="{row}"'
        return f'<{self._name} Kind="{kind}"{at}/>'.encode()

    def _cut(self, content: bytes) -> Iterator[bytes]:
        position = 0
        for row, (start, end) in enumerate(_runs(content)):
            yield from _in_pieces(content, position, start)
            parts = _VOTES.split(content[start:end])
            shape = parts[::2]
            if shape in self._kinds:
                self._rows[str(row)] = tuple(map(int, parts[1::2]))
                yield self._mark(self._kinds.index(shape), row) + b"\n" * content.count(b"\n", start, end)
            else:
                if len(self._kinds) < MOST_KINDS:
                    self._kinds.append(shape)
                    yield self._mark(len(self._kinds) - 1)
                yield from _in_pieces(content, start, end)
            position = end
        yield from _in_pieces(content, position, len(content))


def _runs(content: bytes) -> Iterator[tuple[int, int]]:
    position = 0
    while True:
        start = content.find(_OPENS, position)
        after = content.find(_AFTER, start)
        if start < 0 or after < 0:
            return
        end = content.rfind(_CLOSES, start, after) + len(_CLOSES)
        if end > start:
            yield start, end
        position = after


def _in_pieces(content: bytes, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _PIECE):
        yield content[at : min(at + _PIECE, end)]
