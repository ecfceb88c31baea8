"""The seats of a result computed again in another way: by sorting quotients and remainders instead of seat by seat.

Written apart from `apportionment.py`, `residual.py` and `group_division.py`, and using nothing of them: what both give
alike is unlikely to be the same mistake. It reads the figures from the document of the rule itself.

All seats by highest average are the largest of all quotients votes : 1, votes : 2, ... (P 6 and P 7 together: a list
has its n whole seats at quotients of at least the quota, and no other list comes before it there). By largest remainder
they are the largest remainders, one each. Where equals stand on both sides of the last seat, the draw in the inputs
decides, and without one both ways must ask for the same lot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.errors import ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop

from .district_rules import DISTRICT_RULES
from .rule import COUNCIL_RULE

REMAINDER, SINGLE, AVERAGE, MAJORITY = (
    "largest_remainder",
    "unique_highest_average",
    "highest_average",
    "absolute_majority",
)
BETWEEN_LISTS = {REMAINDER, SINGLE, AVERAGE, MAJORITY}


class SeatsDiffer(ThorbeckeError):
    """Two computations of the same seats do not agree, so that neither may be published; says where they differ."""

    def __init__(self, difference: str) -> None:
        super().__init__(
            Message(
                gettext_noop("Two separate computations of the seats do not agree: %(difference)s."),
                {"difference": difference},
            ),
            Message(gettext_noop("Do not publish. Tell the makers of this program which files you used.")),
        )


class _LotNeeded(Exception):
    def __init__(self, kind: str, tied: Iterable[int]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.tied = set(tied)


@dataclass(slots=True)
class _List:
    number: int
    votes: int
    room: int
    seats: int = 0
    taken: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, seats: int = 1) -> None:
        self.seats += seats
        self.taken[kind] = self.taken.get(kind, 0) + seats


@dataclass(slots=True)
class _Contest:
    """Lists that divide seats among them; `needs` has the kinds of seats, with the votes that a list needs for each."""

    seats: int
    lists: Sequence[_List]
    needs: Mapping[str, Fraction]
    drawn: Mapping[tuple[str, int], Sequence[int]]
    without_votes: bool
    remainders: dict[int, Fraction] = field(default_factory=dict)
    won: list[tuple[str, Fraction, int]] = field(default_factory=list)

    def give_whole_seats(self) -> None:
        """Give each list the whole part of its share, and keep what is left of it (P 6, P 12 (4))."""
        total = sum(each.votes for each in self.lists)
        for each in self.lists:
            share = Fraction(each.votes * self.seats, total) if total else Fraction(0)
            each.seats = share.numerator // share.denominator
            self.remainders[each.number] = share - each.seats

    @property
    def left(self) -> int:
        return self.seats - sum(each.seats for each in self.lists)

    def fill(self, *, within_room: bool) -> None:
        """Give the seats left, kind after kind, as far as there are lists for them (P 7, P 8, P 12 (5), P 13)."""
        if REMAINDER in self.needs:
            able = [each for each in self._able(REMAINDER, within_room) if not each.taken.get(REMAINDER)]
            self._take(REMAINDER, [(self.remainders[each.number], each) for each in able])
        if SINGLE in self.needs:
            able = [each for each in self._able(SINGLE, within_room) if not each.taken.get(SINGLE)]
            self._take(SINGLE, [(Fraction(each.votes, each.seats + 1), each) for each in able])
        quotients = []
        for each in filter(lambda one: one.votes, self._able(AVERAGE, within_room)):
            most = each.room if within_room else each.seats + self.left
            quotients += [(Fraction(each.votes, seat), each) for seat in range(each.seats + 1, most + 1)]
        self._take(AVERAGE, quotients)
        while self.left > 0 and (able := self._able(AVERAGE, within_room)):
            # Only lists without votes are left: all their quotients are 0, so that they are equal for every seat.
            self._take(AVERAGE, [(Fraction(0), each) for each in able], most=1)

    def _able(self, kind: str, within_room: bool) -> list[_List]:
        return [
            each
            for each in self.lists
            if (each.votes or self.without_votes)
            and each.votes >= self.needs[kind]
            and (each.seats < each.room or not within_room)
        ]

    def _take(self, kind: str, claims: Sequence[tuple[Fraction, _List]], most: int | None = None) -> None:
        count = self.left if most is None else most
        for value, each in self._first(kind, sorted(claims, key=lambda claim: -claim[0]), count):
            each.add(kind)
            self.won.append((kind, value, each.number))

    def _first(self, kind: str, claims: list[tuple[Fraction, _List]], count: int) -> Iterable[tuple[Fraction, _List]]:
        if count >= len(claims) or not count or claims[count - 1][0] != claims[count][0]:
            return claims[:count]
        last = claims[count - 1][0]
        sure = [claim for claim in claims if claim[0] > last]
        equal = {each.number: (value, each) for value, each in claims if value == last}
        chosen = self.drawn.get((kind, len(self.won) + len(sure) + 1), ())
        if len(chosen) < count - len(sure):
            raise _LotNeeded(kind, equal)
        return [*sure, *(equal[number] for number in chosen)]

    def correct_majority(self) -> None:
        """Move one seat to a list with more than half of the votes and not more than half of the seats (P 9)."""
        total = sum(each.votes for each in self.lists)
        for winner in self.lists:
            if 2 * winner.votes > total and 2 * winner.seats <= self.seats:
                kind, value, _ = self.won[-1]
                last = [number for *award, number in self.won if award == [kind, value]]
                chosen = last if len(last) == 1 else self.drawn.get((MAJORITY, len(self.won)), ())
                if not chosen:
                    raise _LotNeeded(MAJORITY, last)
                next(each for each in self.lists if each.number == chosen[0]).add(kind, -1)
                winner.add(MAJORITY)

    def pass_on_surplus(self) -> None:
        """Take back the seats for which lists have no candidate, and give them to others (P 10, P 13)."""
        if any(each.seats > each.room for each in self.lists):
            for each in self.lists:
                each.seats = min(each.seats, each.room)
            self.fill(within_room=True)

    @property
    def outcome(self) -> dict[int, int]:
        return {each.number: each.seats for each in self.lists}


def check_seats(result: JsonObject, inputs: JsonObject) -> None:
    """Compute the seats of `result` again from `inputs`, both as `recompute` takes and gives them.

    `inputs` must have been accepted by `recompute`. Raises SeatsDiffer when seats per list or group, seats within a
    group, seats left empty, or an open lot among lists are not the same.
    """
    told: Any = result
    given: Any = inputs
    figures = _figures(given["election"]["category"])
    contests = _contests_of_council(given) if "lists" in given else _contests_of_groups(given, figures)
    drawn = _drawn(given["draws"])
    open_lot = told["open_lot"]
    if open_lot is not None and open_lot["kind"] not in BETWEEN_LISTS:
        open_lot = None
    try:
        _check_between_lists(told, given["election"]["seats"], contests, figures, drawn)
        _check_within_groups(told, contests, figures, drawn)
    except _LotNeeded as lot:
        if open_lot is None or (open_lot["kind"], set(open_lot["participants"])) != (lot.kind, lot.tied):
            raise SeatsDiffer(f"a lot among {sorted(lot.tied)} is needed ({lot.kind}), and was not asked") from lot
        return
    if open_lot is not None:
        raise SeatsDiffer(f"lot {open_lot['id']} is not needed")


def _check_between_lists(
    told: Any, seats: int, groups: Mapping[int, _Group], figures: Any, drawn: Mapping[str, Any]
) -> None:
    lists = [_List(number, sum(each.votes for each in group.lists), group.room) for number, group in groups.items()]
    quota = Fraction(sum(each.votes for each in lists), seats)
    if seats >= figures["large_council_from_seats"]:
        needs = {AVERAGE: quota * Fraction(figures["average_needs_share_of_quota"])}
    else:
        least = quota * Fraction(figures["remainder_needs_share_of_quota"])
        needs = {REMAINDER: least, SINGLE: Fraction(0), AVERAGE: Fraction(0)}
    contest = _Contest(seats, lists, needs, drawn.get("lists", {}), figures["lists_without_votes_get_seats"])
    contest.give_whole_seats()
    contest.fill(within_room=False)
    if figures["majority_above_share"]:
        contest.correct_majority()
    contest.pass_on_surplus()
    _compare("list", dict(told["seats"]), contest.outcome)
    if told["unassigned"] != contest.left:
        raise SeatsDiffer(f"{told['unassigned']} seats are left empty, and {contest.left} by the second way")


def _check_within_groups(told: Any, groups: Mapping[int, _Group], figures: Any, drawn: Mapping[str, Any]) -> None:
    listed: dict[int, dict[int, int]] = {}
    for number, index, held in told.get("list_seats", ()):
        listed.setdefault(number, {})[index] = held
    for number, held in told["seats"]:
        lists = groups[number].lists
        if len(lists) < 2 or not held:
            continue
        needs = {REMAINDER: Fraction(0), AVERAGE: Fraction(0)}
        without_votes = figures["lists_without_votes_get_group_seats"]
        contest = _Contest(held, lists, needs, drawn.get(f"group-{number}", {}), without_votes)
        contest.give_whole_seats()
        contest.fill(within_room=False)
        contest.pass_on_surplus()
        _compare(f"group {number}, list", listed.get(number, {}), contest.outcome)


def _compare(what: str, first: Mapping[int, int], second: Mapping[int, int]) -> None:
    for number in {*first, *second}:
        if first.get(number) != second.get(number):
            raise SeatsDiffer(f"{what} {number}: {first.get(number)} seats, and {second.get(number)} by the second way")


@dataclass(frozen=True, slots=True)
class _Group:
    lists: Sequence[_List]
    room: int


def _figures(category: str) -> Any:
    documents: list[Any] = [rule.document for rule in (COUNCIL_RULE, *DISTRICT_RULES)]
    return next(each["parameters"] for each in documents if category in each["parameters"]["categories"])


def _contests_of_council(given: Any) -> dict[int, _Group]:
    groups = {}
    for each in given["lists"]:
        number = each["number"]
        votes = sum(sum(station["votes"][str(number)]) for station in given["stations"])
        room = len(each["candidates"]) - len(each["deceased"])
        groups[number] = _Group([_List(number, votes, room)], room)
    return groups


def _contests_of_groups(given: Any, figures: Any) -> dict[int, _Group]:
    weights = {each["number"]: each["vote_value"] if figures["weighted_votes"] else 1 for each in given["districts"]}
    groups = {}
    for each in given["groups"]:
        deceased = set(each["deceased"])
        lists = []
        for index, one in enumerate(each["lists"], start=1):
            votes = sum(
                weights[station["district"]] * sum(station["votes"][str(each["number"])])
                for station in given["stations"]
                if station["district"] in one["districts"]
            )
            lists.append(_List(index, votes, len(set(one["candidates"]) - deceased)))
        people = {candidate for one in each["lists"] for candidate in one["candidates"]}
        groups[each["number"]] = _Group(lists, len(people - deceased))
    return groups


def _drawn(draws: Sequence[Any]) -> dict[str, dict[tuple[str, int], Sequence[int]]]:
    """Return the draws by what the id of a lot says: among whom, and for which kind of seat from which place on."""
    found: dict[str, dict[tuple[str, int], Sequence[int]]] = {}
    for draw in draws:
        _, kind, among, place, _ = draw["lot"].split(".")
        found.setdefault(among, {})[kind, int(place)] = draw["chosen"]
    return found
