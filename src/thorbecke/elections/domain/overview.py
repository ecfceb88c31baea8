"""A result seen per list and per seat: what its explanation says, ordered for a table or a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.outcome import Computation

from .count import Candidate, CandidateList, VoteGroup

RESIDUAL_STEPS = ("largest_remainder", "unique_highest_average", "highest_average")
LOTS = ("lot_drawn", "lot_open")
BEYOND_WHOLE_SEATS = (*RESIDUAL_STEPS, *LOTS, "absolute_majority", "list_exhausted", "seats_left_empty")
ELECTED_BY_PREFERENCE = "elected_by_preference"


@dataclass(frozen=True, slots=True)
class ListOutcome:
    """What one list got: votes, seats for the whole quota (P 6), and all seats; `residual` may be below zero (P 10)."""

    list: CandidateList
    votes: int
    whole: int
    seats: int

    @property
    def residual(self) -> int:
        """Seats beyond the whole ones, less those that went to other lists (P 9, P 10)."""
        return self.seats - self.whole


@dataclass(frozen=True, slots=True)
class Elected:
    """An elected candidate: with own votes, and whether elected by them (P 15) or by the order of the list (P 17).

    `seat_of` is the list for which the candidate sits, counted from 1 in the group; 1 where lists are no groups.
    """

    list: CandidateList
    candidate: Candidate
    votes: int
    by_preference: bool
    order: int
    seat_of: int = 1


@dataclass(frozen=True, slots=True)
class Overview:
    """A result ordered for people.

    `steps` are those that assign seats beyond the whole ones, in their order; `candidate_lots` the lots among
    candidates or among the lists of one group, drawn or open.
    """

    lists: tuple[ListOutcome, ...]
    elected: tuple[Elected, ...]
    steps: tuple[JsonObject, ...]
    candidate_lots: tuple[JsonObject, ...]
    quota: str | None
    threshold: str | None
    open_lot: JsonObject | None

    @property
    def whole_seats(self) -> int:
        """Seats for the whole quota, of all lists together."""
        return sum(each.whole for each in self.lists)

    @property
    def seats(self) -> int:
        """Seats of all lists together."""
        return sum(each.seats for each in self.lists)

    @property
    def residual_seats(self) -> int:
        """Seats beyond the whole ones, of all lists together."""
        return self.seats - self.whole_seats


def overview_of(*, lists: Sequence[CandidateList], total: VoteGroup, computation: Computation) -> Overview:
    """Return the overview of a computed result; lists and candidates must be those of its inputs."""
    result: Any = computation.result
    steps: Sequence[Any] = computation.explanation
    whole = {step["list"]: step["seats"] for step in steps if step["step"] == "whole_seats" and not in_group(step)}
    seats = dict(result["seats"])
    threshold = next((step["threshold"] for step in steps if step["step"] == "preference_threshold"), None)
    return Overview(
        lists=tuple(
            ListOutcome(each, total.list_totals[each.number], whole.get(each.number, 0), seats[each.number])
            for each in lists
        ),
        elected=_elected({each.number: each for each in lists}, total, computation),
        steps=tuple(step for step in steps if step["step"] in BEYOND_WHOLE_SEATS and _is_among_groups(step)),
        candidate_lots=tuple(step for step in steps if step["step"] in LOTS and not _is_among_groups(step)),
        quota=result["quota"],
        threshold=threshold,
        open_lot=result["open_lot"],
    )


def in_group(step: JsonObject) -> bool:
    """Whether a step is about the lists within one group."""
    return "group" in step


def _is_among_groups(step: JsonObject) -> bool:
    return not in_group(step) and (step["step"] not in LOTS or step["list"] is None)


def _elected(lists: Mapping[int, CandidateList], total: VoteGroup, computation: Computation) -> tuple[Elected, ...]:
    result: Any = computation.result
    steps: Sequence[Any] = computation.explanation
    preferred = {(step["list"], step["candidate"]) for step in steps if step["step"] == ELECTED_BY_PREFERENCE}
    order: Counter[int] = Counter()
    found = []
    for number, *seat_of, position in result["elected"]:
        order[number] += 1
        each = lists[number]
        index = each.positions.index(position)
        votes = total.votes[number][index]
        by_preference = (number, position) in preferred
        found.append(Elected(each, each.candidates[index], votes, by_preference, order[number], *seat_of))
    return tuple(found)
