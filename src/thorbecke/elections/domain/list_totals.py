"""What a published result says of each list, and no more: its votes and seats, as a what-if starts from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NamedTotal:
    """A list with its name (its first candidate where it has none), its votes and its seats by law."""

    number: int
    name: str
    votes: int
    seats: int


@dataclass(frozen=True, slots=True)
class PublishedTotals:
    """A published result by list: `index` is its place in the log, `lists` stand in their own order."""

    election_id: str
    name: str
    authority: str
    date: date
    seats: int
    index: int
    lists: tuple[NamedTotal, ...]

    @property
    def votes(self) -> int:
        """Votes of all lists together."""
        return sum(each.votes for each in self.lists)
