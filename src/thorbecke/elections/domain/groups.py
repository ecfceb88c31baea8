"""A group of lists of one party: its lists for one district or several, and who stands on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .standing import ListVotes


@dataclass(frozen=True, slots=True)
class GroupList(ListVotes):
    """A list, or a set of equal lists as one (P 2), with the votes of all its districts; `number` counts in its group.

    Candidates are known by a number that is the same on every list of the group.
    """

    districts: tuple[int, ...] = ()

    @property
    def lowest_district(self) -> int:
        """The number that decides between equals (P 16 (1), P 18 (1))."""
        return min(self.districts)


@dataclass(frozen=True, slots=True)
class ListGroup:
    """All lists of one party; a list on its own is a group of one. It takes part in P 5 to P 10 as one list (P 3)."""

    number: int
    lists: tuple[GroupList, ...]
    deceased: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        """Sum of the votes of its lists (P 3)."""
        return sum(each.total for each in self.lists)

    @property
    def candidates(self) -> int:
        """How many people stand on one list or more."""
        return len({candidate for each in self.lists for candidate in each.positions})

    @property
    def living_candidates(self) -> int:
        """How many of them can take a seat (P 19a)."""
        return len({candidate for each in self.lists for candidate, _ in each.living})

    def votes_per_candidate(self) -> dict[int, int]:
        """Return the votes on all lists together of each candidate who can take a seat (P 15 (1), P 19a).

        The first on their lists come first, and of those equally high the one on the list of the lowest district.
        """
        votes: Counter[int] = Counter()
        place: dict[int, tuple[int, int]] = {}
        for each in sorted(self.lists, key=lambda one: one.lowest_district):
            district = each.lowest_district
            for index, (candidate, count) in enumerate(each.living):
                votes[candidate] += count
                place.setdefault(candidate, (index, district))
        return {candidate: votes[candidate] for candidate in sorted(place, key=place.__getitem__)}
