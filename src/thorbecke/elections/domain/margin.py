"""How few votes would have moved a seat: the smallest number that, moved from one list to another, changes the seats.

No list of formulas per method, which would state the law a second time: the rule itself (`apportionment`) is applied
to changed votes. Which numbers to try follows from its steps. Each choice in them compares two amounts that are
linear in the number of votes moved: votes with a multiple of the quota or another threshold, a remainder or average
with another. Up to the first number at which one of these comparisons turns, the same seats are won. That number is
tried; where the seats stay the same after all, the search goes on from there with the steps of that try. So no number
in between is passed over, and the answer is exact, whatever the method.

Where all seats go by highest average without any threshold (P 7), the whole seats are among the highest averages too:
that method never gives a list less than its quota, rounded down. Then only averages are compared, the smallest of a
list that won a seat with the largest of another that did not, and multiples of the quota do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import groupby, permutations
from typing import cast

from .apportionment import SeatAssignment, assign_seats
from .exact import parse_fraction
from .method import method_between_lists
from .residual import HIGHEST_AVERAGE, LARGEST_REMAINDER, SINGLE_AVERAGE
from .rule import Parameters
from .standing import Contender, Standing
from .steps import Step

RESIDUAL = frozenset({LARGEST_REMAINDER, SINGLE_AVERAGE, HIGHEST_AVERAGE})
CORRECTIONS = frozenset({"absolute_majority", "list_exhausted", "seats_left_empty"})


@dataclass(frozen=True, slots=True)
class Margin:
    """The fewest votes that move a seat, and two lists between which they do: the one that loses votes first."""

    votes: int
    from_list: int
    to_list: int


@dataclass(frozen=True, slots=True)
class MovedVotes:
    """A list after votes were moved to it or from it; it has no candidates' votes any more."""

    number: int
    total: int
    candidates: int
    living_candidates: int


Gap = tuple[int, int]
"""The difference of two amounts that the rule compares, and how it changes with each vote moved, as whole numbers."""


def votes_to_move_a_seat(*, seats: int, lists: Sequence[Contender], parameters: Parameters) -> Margin | None:
    """Return the fewest votes that, moved from one list to another, change the seats or bring a lot about.

    One vote where a lot decides already. None where no number of votes does it, as with a single list. Draws do not
    count: they are about other numbers. Cost: one assignment of seats for each number tried, mostly a handful.
    """
    found = assign_seats(seats=seats, lists=lists, parameters=parameters)
    if found.open_lot is not None:
        first, second, *_ = found.open_lot.participants
        return Margin(1, first, second)
    rounds = _Rounds(found, seats, parameters)
    votes = {each.number: each.total for each in lists}
    waiting = [
        (turn, giver, taker)
        for giver, taker in permutations(votes, 2)
        if (turn := rounds.first_turn(giver, taker)) is not None and turn <= votes[giver]
    ]
    heapify(waiting)
    while waiting:
        moved, giver, taker = heappop(waiting)
        after = assign_seats(seats=seats, lists=_move(lists, moved, giver, taker), parameters=parameters)
        if after.open_lot is not None or after.seats_per_list != found.seats_per_list:
            return Margin(moved, giver, taker)
        further = _Rounds(after, seats, parameters).first_turn(giver, taker)
        if further is not None and moved + further <= votes[giver]:
            heappush(waiting, (moved + further, giver, taker))
    return None


def _move(lists: Sequence[Contender], votes: int, giver: int, taker: int) -> list[MovedVotes]:
    change = {giver: -votes, taker: votes}
    return [
        MovedVotes(each.number, each.total + change.get(each.number, 0), each.candidates, each.living_candidates)
        for each in lists
    ]


@dataclass(frozen=True, slots=True)
class _Value:
    """What a list was compared by in a round: parts of `unit`, and how many parts each vote for the list adds."""

    kind: str
    list: int
    parts: int
    unit: int
    per_vote: int


class _Rounds:
    """The comparisons that an assignment made, ready to ask when moving votes turns the first of them."""

    def __init__(self, found: SeatAssignment, seats: int, parameters: Parameters) -> None:
        self._quota = found.quota
        self._votes = {each.list: each.votes for each in found.standings}
        self._by_average_alone = _is_by_average_alone(found, seats, parameters)
        self._levels = _levels(found.quota, seats, parameters)
        if self._by_average_alone:
            # An average of nothing wins no seat anyway.
            self._levels = tuple(level for level in self._levels if level)
        averages = _averages(found.standings) if self._by_average_alone else None
        self._comparisons = averages or _comparisons(found.steps, seats)

    def first_turn(self, giver: int, taker: int) -> int | None:
        """Return the fewest votes moved that can turn a comparison; None where no number does."""
        turns = (_turn(gap) for gap in self._gaps(giver, taker))
        return min((each for each in turns if each is not None), default=None)

    def _gaps(self, giver: int, taker: int) -> Iterator[Gap]:
        changes = {giver: -1, taker: 1}
        for number, change in changes.items():
            for level in (*self._levels, *self._multiples_of_the_quota(number)):
                yield self._votes[number] * level.denominator - level.numerator, change * level.denominator
        for winner, others in self._comparisons:
            yield from _gaps_of(winner, others, changes)

    def _multiples_of_the_quota(self, number: int) -> tuple[Fraction, ...]:
        """The votes of a list lie between these two."""
        if self._by_average_alone:
            return ()
        whole = self._votes[number] // self._quota if self._quota else 0
        return whole * self._quota, (whole + 1) * self._quota


Round = tuple[_Value, Mapping[int, _Value]]
"""A value that won a seat, and those by their list that it must stay ahead of."""


def _is_by_average_alone(found: SeatAssignment, seats: int, parameters: Parameters) -> bool:
    method = method_between_lists(seats=seats, quota=found.quota, parameters=parameters)
    corrected = any(step.name in CORRECTIONS for step in found.steps)
    return method.remainder_needs is None and not method.average_needs and not corrected


def _averages(standings: Sequence[Standing]) -> list[Round]:
    behind = {each.list: _Value(HIGHEST_AVERAGE, each.list, each.votes, each.seats + 1, 1) for each in standings}
    won = (_Value(HIGHEST_AVERAGE, each.list, each.votes, each.seats, 1) for each in standings if each.seats)
    return [(each, behind) for each in won]


def _comparisons(steps: Sequence[Step], seats: int) -> list[Round]:
    """Return what must keep its order for the same seats to be won by remainder and average.

    In what order the seats of one run of rounds are won does not matter, unless P 9 asks which came last.
    """
    rounds = [_values_of(step, seats) if step.name in RESIDUAL else None for step in steps]
    found: list[Round] = []
    for is_seat, run in groupby(zip(steps, rounds, strict=True), key=lambda each: each[0].name in RESIDUAL):
        if is_seat:
            for _, same in groupby(run, key=lambda each: each[0].name):
                found += _ahead_at_the_end([values for _, values in same if values is not None])
    names = [step.name for step in steps]
    if "absolute_majority" in names:
        before = [each for each in rounds[: names.index("absolute_majority")] if each is not None]
        last = before[-1][0]
        found += before
        found += [(each, {last.list: last}) for each, _ in before[:-1] if each.kind == last.kind]
    return found


def _ahead_at_the_end(run: Sequence[Round]) -> list[Round]:
    """Return for each list that won in a run its last seat there, which must stay ahead of all that won no more."""
    last, others = run[-1]
    behind = dict(others)
    if last.kind == HIGHEST_AVERAGE:
        behind[last.list] = replace(last, unit=last.unit + 1)
    won = {winner.list: winner for winner, _ in run}
    return [(winner, behind) for winner in won.values()]


def _levels(quota: Fraction, seats: int, parameters: Parameters) -> tuple[Fraction, ...]:
    """The numbers of votes that something depends on, for every list alike."""
    method = method_between_lists(seats=seats, quota=quota, parameters=parameters)
    majority = parameters.majority_above_share
    levels = (
        method.average_needs,
        method.remainder_needs,
        None if majority is None else quota * seats * majority,
    )
    return (Fraction(0), *(each for each in levels if each is not None))


def _values_of(step: Step, seats: int) -> Round:
    """An average is a number of votes in parts of the seats; a remainder in parts of the council's seats (P 5)."""
    compared = cast(Sequence[tuple[int, int, str]], step.values["compared"])
    by_remainder = step.name == LARGEST_REMAINDER
    values = {}
    for number, held, amount in compared:
        unit = seats if by_remainder else held + 1
        parts = int(parse_fraction(amount) * unit)
        values[number] = _Value(step.name, number, parts, unit, unit if by_remainder else 1)
    winner = values.pop(cast(int, step.values["list"]))
    return winner, values


def _gaps_of(winner: _Value, others: Mapping[int, _Value], changes: Mapping[int, int]) -> Iterator[Gap]:
    rate = winner.per_vote * changes.get(winner.list, 0)
    for number in others if winner.list in changes else changes:
        each = others.get(number)
        if each is not None and number != winner.list:
            other_rate = each.per_vote * changes.get(number, 0)
            yield winner.parts * each.unit - each.parts * winner.unit, rate * each.unit - other_rate * winner.unit


def _turn(gap: Gap) -> int | None:
    """Return the fewest votes moved after which the difference has another sign or is gone; None where it never is."""
    difference, rate = gap
    if not rate:
        return None
    if not difference:
        return 1
    return None if (difference > 0) == (rate > 0) else -(-abs(difference) // abs(rate))
