"""A what-if: the votes of a published result under another way of dividing seats, computed again by anyone.

The inputs stand in `what_if_inputs.py`. The result is

    {
      "seats":           [[list number, seats, seats at most], ...] in the order of the lists,
      "unassigned":      seats that nobody gets, because no list with votes reaches the threshold,
      "below_threshold": [list number, ...],
      "ties":            [{"within": [list numbers of a combination] or null, "of_seats": seats divided there,
                           "among": [[list numbers of a list or combination], ...],
                           "seats": seats that hang on it}, ...]
    }

The two numbers of seats of a list differ only by ties. Steps and their values, beside "step" and "article" (the member
of the rule's document); within a combination each has "within" and "of_seats" too:

    votes            votes, seats
    combined         lists, votes
    threshold        needed, below [[list numbers], ...]
    quota            votes, seats, plus, quota         quota_too_small  seats
    whole            lists, votes, seats, remainder    remainder        lists, remainder, seats
    seat             seat, lists, votes, seats_so_far, divisor, value, squared (of votes, divisor and value)
    next_in_line     the same for the seat that comes next
    tie              among, seats
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thorbecke.kernel.canonical_json import JsonObject, JsonValue
from thorbecke.kernel.outcome import Computation, RuleReference, UnknownRule

from .exact import parse_fraction
from .fields import Given
from .what_if_division import Division, Record, Unit, divide
from .what_if_inputs import NO_THRESHOLD, QUOTA_THRESHOLD, Options, Question, read_question
from .what_if_rule import WHAT_IF_RULE, exact_text

KIND = "elections.what-if"
SOURCE_KIND = "elections.seats"
"""Kind of the outcomes whose votes a what-if takes."""

_REFERENCE = WHAT_IF_RULE.reference


@dataclass(frozen=True, slots=True)
class _Share:
    """Least and most seats per list, and the ties that make them differ."""

    seats: Mapping[int, tuple[int, int]]
    ties: tuple[JsonObject, ...] = ()


def recompute_what_if(rule: RuleReference, inputs: JsonObject) -> Computation:
    """Divide seats over the votes in `inputs` as they ask.

    Raises UnknownRule for another rule than `WHAT_IF_RULE`, and BadInputs for inputs that break their schema.
    """
    if rule != _REFERENCE:
        raise UnknownRule(f"{rule.id} version {rule.version} with SHA-256 {rule.sha256} is not known here")
    return compute_what_if(read_question(inputs))


def compute_what_if(question: Question) -> Computation:
    """Divide seats over the votes of a question; see the top of this module for the result."""
    asked = question.options
    votes = {each.number: each.votes for each in question.lists}
    record = Record()
    record.add("votes", "choices", votes=sum(votes.values()), seats=asked.seats)
    able, below = _by_threshold(_units(votes, asked, record), sum(votes.values()), asked, record)
    division = divide(able, asked.seats, method=asked.method, record=record)
    shares = [
        _largest_range([_within(unit, votes, seats, asked.method, record) for seats in division.possible(index)])
        for index, unit in enumerate(able)
    ]
    ranges = dict.fromkeys(votes, (0, 0))
    for share in shares:
        ranges |= share.seats
    ties = [*_ties(division, able, None, asked.seats), *(tie for share in shares for tie in share.ties)]
    result: JsonObject = {
        "seats": [[number, least, most] for number, (least, most) in ranges.items()],
        "unassigned": 0 if any(unit.votes for unit in able) else asked.seats,
        "below_threshold": sorted(number for unit in below for number in unit.lists),
        "ties": ties,
    }
    return Computation(result, record.steps)


def find_difference(inputs: JsonObject, source_inputs: JsonObject) -> str | None:
    """Find where the votes of a what-if differ from the list totals of the result that it names; None: nowhere.

    `source_inputs` are those of the result: of a council (`inputs.py`), or with groups (`district_inputs.py`).
    """
    asked = {each.number: each.votes for each in read_question(inputs).lists}
    totals = Given(source_inputs, "").entries()["totals"].entries()
    counted = (totals.get("lists") or totals["groups"]).entries()
    found = {int(number): votes.integer() for number, votes in counted.items()}
    for number in sorted(asked.keys() | found.keys()):
        if asked.get(number) != found.get(number):
            votes = [f"{each[number]} votes" if number in each else "no votes at all" for each in (asked, found)]
            return f"List {number} has {votes[0]} in the calculation and {votes[1]} in the outcome."
    return None


def _units(votes: Mapping[int, int], asked: Options, record: Record) -> list[Unit]:
    """What takes part, in the order of the first list of each."""
    combined = {number: each for each in asked.combinations for number in each}
    units: list[Unit] = []
    for number in votes:
        lists = combined.get(number, (number,))
        if any(number in unit.lists for unit in units):
            continue
        units.append(Unit(lists, sum(votes[each] for each in lists)))
        if len(lists) > 1:
            record.add("combined", "choices.combinations", lists=list(lists), votes=units[-1].votes)
    return units


def _by_threshold(units: Sequence[Unit], total: int, asked: Options, record: Record) -> tuple[list[Unit], list[Unit]]:
    """The units that reach the threshold, and those that do not."""
    if asked.threshold == NO_THRESHOLD:
        return list(units), []
    is_quota = asked.threshold == QUOTA_THRESHOLD
    needed = Fraction(total, asked.seats) if is_quota else parse_fraction(asked.threshold) * total
    able = [unit for unit in units if unit.votes >= needed]
    below = [unit for unit in units if unit.votes < needed]
    named: list[JsonValue] = [list(unit.lists) for unit in below]
    record.add("threshold", "choices.threshold", needed=exact_text(needed), below=named)
    return able, below


def _within(unit: Unit, votes: Mapping[int, int], seats: int, method: str, record: Record) -> _Share:
    """Divide the seats of a combination over its lists; a list alone has them all."""
    if len(unit.lists) == 1:
        return _Share({unit.lists[0]: (seats, seats)})
    members = [Unit((number,), votes[number]) for number in unit.lists]
    division = divide(members, seats, method=method, record=record.within(unit, seats))
    ranges = {
        number: (division.possible(index)[0], division.possible(index)[-1]) for index, number in enumerate(unit.lists)
    }
    return _Share(ranges, tuple(_ties(division, members, unit, seats)))


def _largest_range(shares: Sequence[_Share]) -> _Share:
    """What the shares of one unit have in common: per list the least and the most seats of all of them."""
    ranges = {
        number: (min(each.seats[number][0] for each in shares), max(each.seats[number][1] for each in shares))
        for number in shares[0].seats
    }
    return _Share(ranges, tuple(tie for each in shares for tie in each.ties))


def _ties(division: Division, units: Sequence[Unit], within: Unit | None, of_seats: int) -> list[JsonObject]:
    if division.tie is None:
        return []
    return [
        {
            "within": None if within is None else list(within.lists),
            "of_seats": of_seats,
            "among": [list(units[index].lists) for index in division.tie.among],
            "seats": division.tie.seats,
        }
    ]
