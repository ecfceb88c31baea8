"""Reads the votes of many stations at once: in EML 510 their bytes are alike but for the numbers.

The first run of Selection elements in a file goes to the XML parser, which says what each number means. A later run
that differs from it in nothing but digits needs no parser: it is replaced by a mark with a row number, and its numbers
are kept aside. Any other run goes to the parser as it is, so that what is unusual or wrong is read, and refused, as
everywhere else. A mark that is not where it was put makes the reader start again without this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .eml_reader import Node

NAMESPACE = "urn:thorbecke:cut"
MARK = "Cut"
FIRST = "first"

_VOTES = re.compile(rb"<ValidVotes>([0-9]{1,9})</ValidVotes>")
_OPENS, _CLOSES, _AFTER = b"<Selection>", b"</Selection>", b"<Cast>"
_PIECE = 1 << 20


class NotFamiliar(Exception):
    """Marks and groups of votes do not belong together; the file must be read without cutting."""


class CutFile:
    """A 510 file for a parser to read, with familiar runs cut out; `take` gives their numbers."""

    def __init__(self, content: bytes) -> None:
        self._rows: dict[str, tuple[int, ...]] = {}
        self._familiar: list[bytes] | None = None
        self._pieces = self._cut(content)

    def read(self, size: int = -1, /) -> bytes:
        """Return the next piece, which may be longer than `size`; empty at the end."""
        return next(self._pieces, b"")

    def take(self, row: str) -> tuple[int, ...]:
        """Return the numbers of a mark, once. Raises NotFamiliar for a mark that was not made here."""
        if row not in self._rows:
            raise NotFamiliar
        return self._rows.pop(row)

    def _cut(self, content: bytes) -> Iterator[bytes]:
        position = 0
        for number, (start, end) in enumerate(_runs(content)):
            parts = _VOTES.split(content[start:end])
            yield from _in_pieces(content, position, start)
            if self._familiar is None:
                self._familiar = parts[::2]
                yield _mark(FIRST)
                yield from _in_pieces(content, start, end)
            elif parts[::2] == self._familiar:
                self._rows[str(number)] = tuple(map(int, parts[1::2]))
                yield _mark(str(number)) + b"\n" * content.count(b"\n", start, end)
            else:
                yield from _in_pieces(content, start, end)
            position = end
        yield from _in_pieces(content, position, len(content))


def mark_of(node: Node) -> str | None:
    """Return the row of the mark in a group of votes, or None."""
    mark = next(node.element.iterchildren(f"{{{NAMESPACE}}}{MARK}"), None)
    return None if mark is None else mark.get("Row")


def _mark(row: str) -> bytes:
    return f'<{MARK} xmlns="{NAMESPACE}" Row="{row}"/>'.encode()


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
