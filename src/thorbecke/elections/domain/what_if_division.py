"""Divides seats over votes by any method of the what-if rule: exact, and a tie that seats hang on stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from thorbecke.kernel.canonical_json import JsonObject, JsonValue

from .steps import Step
from .what_if_rule import METHODS, Divisors, MeanDivisors, Quota, exact_text, member_of

Divisor = Divisors | MeanDivisors


@dataclass(frozen=True, slots=True)
class Unit:
    """What takes part: a list, or combined lists that count as one, with the votes on it."""

    lists: tuple[int, ...]
    votes: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Units (by their index) that are equal, and how many of them get a seat more."""

    among: tuple[int, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Division:
    """Seats per unit in the order of the units, without those that hang on the tie."""

    seats: tuple[int, ...]
    tie: Tie | None = None

    def possible(self, index: int) -> tuple[int, ...]:
        """Return how many seats a unit can have: one number, or two when it takes part in the tie."""
        held = self.seats[index]
        return (held, held + 1) if self.tie is not None and index in self.tie.among else (held,)


@dataclass(slots=True)
class Record:
    """The steps of a what-if; those within a combination say so."""

    steps: list[JsonObject] = field(default_factory=list)
    context: dict[str, JsonValue] = field(default_factory=dict)

    def add(self, name: str, article: str, **values: JsonValue) -> None:
        """Add a step."""
        self.steps.append(Step(name, article, self.context | values).as_json())

    def within(self, unit: Unit, seats: int) -> Record:
        """Return a record for the division of `seats` over the lists of a combination, with the same steps."""
        return Record(self.steps, {"within": list(unit.lists), "of_seats": seats})


def divide(units: Sequence[Unit], seats: int, *, method: str, record: Record) -> Division:
    """Divide `seats` over `units` by the method with this name; units without votes get none.

    No seat is given at all when nobody has a vote.
    """
    able = [index for index, unit in enumerate(units) if unit.votes]
    if not able or not seats:
        return Division((0,) * len(units))
    chosen = METHODS[method]
    if isinstance(chosen, Quota):
        division = _Remainders(units, seats, able, member_of(method), record).divide(chosen)
    else:
        division = _by_divisors(units, seats, able, chosen, member_of(method), record)
    if division.tie is not None:
        among: list[JsonValue] = [list(units[index].lists) for index in division.tie.among]
        record.add("tie", "choices.ties", among=among, seats=division.tie.seats)
    return division


@dataclass(frozen=True, slots=True, order=True)
class _Priority:
    """What units are compared by: those whose divisor is 0 go first, by their votes."""

    is_first: bool
    value: Fraction


def _by_divisors(
    units: Sequence[Unit], seats: int, able: Sequence[int], divisors: Divisor, article: str, record: Record
) -> Division:
    held = [0] * len(units)
    priority = {index: _priority(units[index].votes, divisors, 0) for index in able}
    given = 0
    while given < seats:
        best = max(priority.values())
        tied = [index for index in able if priority[index] == best]
        if len(tied) > seats - given:
            return Division(tuple(held), Tie(tuple(tied), seats - given))
        for index in tied:
            given += 1
            _record_seat("seat", units[index], held[index], divisors, article, record, seat=given)
            held[index] += 1
            priority[index] = _priority(units[index].votes, divisors, held[index])
    next_in_line = max(able, key=lambda index: priority[index])
    _record_seat("next_in_line", units[next_in_line], held[next_in_line], divisors, article, record)
    return Division(tuple(held))


def _priority(votes: int, divisors: Divisor, seats: int) -> _Priority:
    quotient = _quotient(votes, divisors, seats)
    return _Priority(True, Fraction(votes)) if quotient is None else _Priority(False, quotient)


def _quotient(votes: int, divisors: Divisor, seats: int) -> Fraction | None:
    """Votes divided by the divisor; both squared where the divisor is; None for divisor 0."""
    divisor = divisors.after(seats)
    return (votes**2 if divisors.is_squared else votes) / divisor if divisor else None


def _record_seat(
    name: str, unit: Unit, held: int, divisors: Divisor, article: str, record: Record, **values: JsonValue
) -> None:
    record.add(
        name,
        article,
        **values,
        lists=list(unit.lists),
        votes=unit.votes,
        seats_so_far=held,
        divisor=exact_text(divisors.after(held)),
        value=exact_text(_quotient(unit.votes, divisors, held)),
        squared=divisors.is_squared,
    )


@dataclass(frozen=True, slots=True)
class _Remainders:
    """Divides seats by whole quotas, and the seats left by largest remainders."""

    units: Sequence[Unit]
    seats: int
    able: Sequence[int]
    article: str
    record: Record

    def divide(self, quota: Quota) -> Division:
        """Return the division with this quota, or the next larger one that gives no more seats than there are."""
        votes = sum(self.units[index].votes for index in self.able)
        size = quota.of(votes, self.seats)
        whole = {index: self.units[index].votes // size for index in self.able}
        self.record.add(
            "quota", self.article, votes=votes, seats=self.seats, plus=quota.seats_plus, quota=exact_text(size)
        )
        if sum(whole.values()) > self.seats:
            self.record.add("quota_too_small", "choices.quota_too_small", seats=sum(whole.values()))
            return self.divide(quota.larger())
        remainders = {index: self.units[index].votes - whole[index] * size for index in self.able}
        for index in self.able:
            self._record_whole(self.units[index], whole[index], remainders[index])
        return self._give_rest(whole, remainders)

    def _record_whole(self, unit: Unit, whole: int, remainder: Fraction) -> None:
        text = exact_text(remainder)
        self.record.add("whole", self.article, lists=list(unit.lists), votes=unit.votes, seats=whole, remainder=text)

    def _give_rest(self, whole: dict[int, int], remainders: dict[int, Fraction]) -> Division:
        held = [whole.get(index, 0) for index in range(len(self.units))]
        rounds, left = divmod(self.seats - sum(held), len(self.able))
        for index in self.able:
            held[index] += rounds
        ordered = sorted(self.able, key=lambda index: remainders[index], reverse=True)
        tie = _tie_at(ordered, remainders, left)
        for index in self.able if rounds else ():
            self._record_remainder(index, remainders, seats=rounds)
        for index in [each for each in ordered[:left] if tie is None or each not in tie.among]:
            held[index] += 1
            self._record_remainder(index, remainders, seats=1)
        return Division(tuple(held), tie)

    def _record_remainder(self, index: int, remainders: dict[int, Fraction], seats: int) -> None:
        lists, text = list(self.units[index].lists), exact_text(remainders[index])
        self.record.add("remainder", self.article, lists=lists, remainder=text, seats=seats)


def _tie_at(ordered: Sequence[int], remainders: dict[int, Fraction], left: int) -> Tie | None:
    """The tie on which the last of `left` seats hangs, where there is one."""
    if not left or remainders[ordered[left - 1]] != remainders[ordered[left]]:
        return None
    at = remainders[ordered[left]]
    tied = tuple(sorted(index for index in ordered if remainders[index] == at))
    return Tie(tied, left - sum(remainders[index] > at for index in ordered))
