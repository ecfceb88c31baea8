"""What a list brings to the assignment of seats, and how it stands while seats are assigned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol


class Contender(Protocol):
    """What takes part in the assignment of seats: a list, or a group of lists as one (P 3)."""

    @property
    def number(self) -> int:
        """Number by which it is known among those that take part."""

    @property
    def total(self) -> int:
        """Its votes, "stemcijfer" (O 2)."""

    @property
    def candidates(self) -> int:
        """How many people stand on it."""

    @property
    def living_candidates(self) -> int:
        """How many of them can take a seat (P 19a)."""


@dataclass(frozen=True, slots=True)
class ListVotes:
    """A list with the votes of its candidates in list order; `total` is the list's "stemcijfer" (Kieswet, O 2)."""

    number: int
    votes: tuple[tuple[int, int], ...]
    deceased: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        """Sum of the votes of all candidates, also of those who died."""
        return sum(votes for _, votes in self.votes)

    @property
    def candidates(self) -> int:
        """How many people stand on the list."""
        return len(self.votes)

    @property
    def living_candidates(self) -> int:
        """How many of them can take a seat (P 19a)."""
        return len(self.living)

    @property
    def positions(self) -> tuple[int, ...]:
        """Positions of all candidates in list order."""
        return tuple(position for position, _ in self.votes)

    @property
    def living(self) -> tuple[tuple[int, int], ...]:
        """Position and votes of the candidates who can take a seat (P 19a), in list order."""
        if not self.deceased:
            return self.votes
        return tuple(each for each in self.votes if each[0] not in self.deceased)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one list stands: votes, candidates who can take a seat, and the seats it holds by their origin.

    `by_remainder` and `by_single_average` count the seats held from P 8 (1) and from the round of P 8 (3) in which
    a list gets at most one; both are part of `residual`.
    """

    list: int
    votes: int
    candidates: int
    whole: int
    remainder: Fraction
    residual: int = 0
    by_remainder: int = 0
    by_single_average: int = 0

    @property
    def seats(self) -> int:
        """All seats held now."""
        return self.whole + self.residual

    @property
    def average_with_one_more(self) -> Fraction:
        """Votes per seat if the list got one seat more (P 7)."""
        return Fraction(self.votes, self.seats + 1)

    def gain(self, kind: str) -> Standing:
        """Return the standing with one residual seat more, won by `kind`."""
        return self._change(kind, +1)

    def lose(self, kind: str) -> Standing:
        """Return the standing with one residual seat less, one that was won by `kind`."""
        return self._change(kind, -1)

    def lose_surplus(self) -> Standing:
        """Return the standing without one seat that has no candidate: a residual seat first, else a whole one."""
        if self.residual:
            return replace(self, residual=self.residual - 1)
        return replace(self, whole=self.whole - 1)

    def _change(self, kind: str, by: int) -> Standing:
        return replace(
            self,
            residual=self.residual + by,
            by_remainder=self.by_remainder + (by if kind == "largest_remainder" else 0),
            by_single_average=self.by_single_average + (by if kind == "unique_highest_average" else 0),
        )
