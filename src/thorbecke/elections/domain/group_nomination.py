"""Who is elected in a group of several lists, and on which list: P 15 to P 19a for groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from thorbecke.kernel.canonical_json import JsonValue

from .exact import fraction_text
from .group_division import SEAT_LAPSES, Claim, claims_in_reverse, next_list, one_of
from .groups import GroupList, ListGroup
from .lots import Lot
from .nomination import ElectedOnList, Hall, elect_by_preference
from .residual import Table


@dataclass(slots=True)
class _Benches:
    """The seats of a group's lists, those taken and those still free.

    `votes` gives per list the votes of the candidates who can take a seat, in list order; `waiting` the lists that
    lose a seat when one must lapse.
    """

    hall: Hall
    table: Table
    lists: dict[int, GroupList]
    votes: dict[int, dict[int, int]]
    free: dict[int, int]
    waiting: list[Claim]
    seated: dict[int, list[int]]
    elected: set[int] = field(default_factory=set)
    lapsed: int = 0
    passed_on: int = 0

    def record(self, name: str, article: str, **values: JsonValue) -> None:
        self.hall.record(name, article, group=self.table.group, **values)

    def seat(self, number: int, candidate: int) -> None:
        self.seated[number].append(candidate)
        self.elected.add(candidate)

    def best_list(self, candidate: int, among: Sequence[int]) -> int:
        # P 16 (1), P 18 (1): most votes on the list; of equals the list of the district with the lowest number.
        return min(among, key=lambda number: (-self.votes[number][candidate], self.lists[number].lowest_district))

    def unelected(self, number: int) -> list[int]:
        return [candidate for candidate in self.votes[number] if candidate not in self.elected]


def elect_in_group(hall: Hall, group: ListGroup, table: Table) -> tuple[ElectedOnList, ...]:
    """Give the seats of `group`, as divided at `table`, to candidates (P 15 to P 19a). Raises LotMustBeDrawn."""
    benches = _open_benches(hall, group, table)
    for candidate in sorted(group.deceased):
        benches.record("deceased", "P 19a", candidate=candidate)
    # P 15 (1): by the votes on all lists of the group together.
    votes = group.votes_per_candidate()
    above = hall.above(votes.items())
    by_preference = elect_by_preference(hall, group.number, above, sum(benches.free.values()))
    for equals in _moments(by_preference, dict(above)):
        _place(benches, equals)
    preferred = {number: tuple(seated) for number, seated in benches.seated.items()}
    _fill_in_list_order(benches)
    return tuple(_outcome(benches, each, by_preference, above, preferred[each.number]) for each in group.lists)


def _open_benches(hall: Hall, group: ListGroup, table: Table) -> _Benches:
    return _Benches(
        hall=hall,
        table=table,
        lists={each.number: each for each in group.lists},
        votes={each.number: dict(each.living) for each in group.lists},
        free={number: standing.seats for number, standing in table.standings.items()},
        waiting=claims_in_reverse(table),
        seated={each.number: [] for each in group.lists},
    )


def _moments(elected: Sequence[int], above: Mapping[int, int]) -> list[tuple[int, ...]]:
    """Return those elected by preference in the order in which they get their seats: equals together, unless drawn."""
    moments: list[tuple[int, ...]] = []
    for votes, run in groupby(elected, key=above.__getitem__):
        equals = tuple(run)
        all_elected = len(equals) == sum(1 for each in above.values() if each == votes)
        moments += [equals] if all_elected else [(each,) for each in equals]
    return moments


def _place(benches: _Benches, candidates: tuple[int, ...]) -> None:
    """Settle on which list each of these candidates, elected with equal votes, takes a seat (P 16)."""
    left = list(candidates)
    while wishes := _wishes(benches, left):
        for number, wishing in wishes.items():
            # P 16 does not say who goes first among equals: the order of the list, as in P 19 (2).
            in_order = [candidate for candidate in benches.votes[number] if candidate in wishing]
            for candidate in in_order[: benches.free[number]]:
                # P 16 (1)
                votes = benches.votes[number][candidate]
                benches.record("elected_on_list", "P 16 (1)", list=number, candidate=candidate, votes=votes)
                benches.free[number] -= 1
                benches.seat(number, candidate)
                left.remove(candidate)
    for candidate in left:
        _place_without_free_seat(benches, candidate)
    for _ in left:
        _let_a_seat_lapse(benches)


def _wishes(benches: _Benches, candidates: Sequence[int]) -> dict[int, list[int]]:
    """Return per list with a free seat the candidates for whom it is the best such list."""
    wishes: dict[int, list[int]] = {}
    for candidate in candidates:
        able = [number for number, votes in benches.votes.items() if benches.free[number] and candidate in votes]
        if able:
            wishes.setdefault(benches.best_list(candidate, able), []).append(candidate)
    return wishes


def _place_without_free_seat(benches: _Benches, candidate: int) -> None:
    # P 16 (2): none of the candidate's lists has a seat left, so that the list with most votes gets one more.
    number = benches.best_list(candidate, [number for number, votes in benches.votes.items() if candidate in votes])
    votes = benches.votes[number][candidate]
    benches.record("elected_without_free_seat", "P 16 (2)", list=number, candidate=candidate, votes=votes)
    benches.seat(number, candidate)


def _let_a_seat_lapse(benches: _Benches) -> None:
    # P 16 (2): of the seats that nobody took, the one that P 12 or P 13 assigned last lapses.
    number, lot = _last_list(benches)
    while not benches.free[number]:
        # Only where full lists take part in the lot too; see the rule's choice "full_lists_take_part_in_lot".
        number, lot = _last_list(benches)
    benches.free[number] -= 1
    benches.record("seat_lapses", "P 16 (2)", list=number, lot=lot)


def _last_list(benches: _Benches) -> tuple[int, str | None]:
    benches.lapsed += 1
    claim = _last_claim(benches)
    lot = Lot(benches.table.parameters.cite("P 16 (2)"), SEAT_LAPSES, benches.lapsed, (), 1, fraction_text(claim.value))
    number, drawn = one_of(benches.table, claim.lists, lot)
    benches.waiting[0] = Claim(claim.value, tuple(each for each in claim.lists if each != number))
    return number, drawn


def _last_claim(benches: _Benches) -> Claim:
    parameters = benches.table.parameters
    while benches.waiting:
        claim = benches.waiting[0]
        able = tuple(number for number in claim.lists if benches.free[number] or parameters.full_lists_take_part_in_lot)
        if able:
            return Claim(claim.value, able)
        benches.waiting.pop(0)
    # Each list has given up one whole seat; see the rule's choice "whole_seats_lapse_by_lot".
    able = tuple(number for number, free in benches.free.items() if free)
    if not parameters.whole_seats_lapse_by_lot:
        able = (min(able, key=lambda number: benches.lists[number].lowest_district),)
    benches.waiting.append(Claim(benches.table.quota, able))
    return benches.waiting[0]


def _fill_in_list_order(benches: _Benches) -> None:
    """Give the seats left to candidates in the order of each list, nobody twice (P 17, P 18)."""
    article = "P 17"
    while any(benches.free.values()):
        _pass_on_seats_without_candidate(benches)
        next_in_line = {number: benches.unelected(number)[:free] for number, free in benches.free.items()}
        elected_on: dict[int, list[int]] = {}
        for number, candidates in next_in_line.items():
            for candidate in candidates:
                elected_on.setdefault(candidate, []).append(number)
        for candidate, numbers in elected_on.items():
            _seat_on_one_list(benches, candidate, numbers, article)
        # P 18 (2) and (3): again, until every seat is taken.
        article = "P 18 (2)"


def _seat_on_one_list(benches: _Benches, candidate: int, numbers: Sequence[int], article: str) -> None:
    number = benches.best_list(candidate, numbers)
    if len(numbers) > 1:
        # P 18 (1)
        votes = benches.votes[number][candidate]
        benches.record(
            "elected_on_several_lists", "P 18 (1)", candidate=candidate, lists=tuple(numbers), list=number, votes=votes
        )
    benches.record("elected_by_list_order", article, list=number, candidate=candidate)
    benches.free[number] -= 1
    benches.seat(number, candidate)


def _pass_on_seats_without_candidate(benches: _Benches) -> None:
    """Pass a free seat for which a list has nobody left to another list of the group, by going on with P 12 and P 13.

    P 13 foresees a list with fewer candidates than seats. Here it becomes so because its candidates are elected on
    other lists; the text is silent, and the older OSV passes the seat on in the same way.
    """
    for each in sorted(benches.lists.values(), key=lambda one: one.lowest_district):
        while benches.free[each.number] and not benches.unelected(each.number):
            benches.free[each.number] -= 1
            room = {number: len(benches.unelected(number)) - free for number, free in benches.free.items()}
            able = frozenset(number for number, left in room.items() if left > 0 and number != each.number)
            if not able:
                benches.record("seats_left_empty", "P 13", seats=1)
                continue
            benches.passed_on += 1
            receiver, lot = next_list(benches.table, able, place=benches.passed_on)
            benches.free[receiver] += 1
            benches.record("seat_passes_on", "P 13", from_list=each.number, list=receiver, lot=lot)


def _outcome(
    benches: _Benches,
    votes: GroupList,
    by_preference: Sequence[int],
    above: Sequence[tuple[int, int]],
    preferred: tuple[int, ...],
) -> ElectedOnList:
    seated = tuple(benches.seated[votes.number])
    ranking = _rank(benches, votes, by_preference, above)
    changed = ranking != votes.positions
    benches.record("ranking", "P 19", list=votes.number, candidates=ranking, changed=changed)
    return ElectedOnList(votes.number, len(seated), preferred, seated[len(preferred) :], ranking)


def _rank(
    benches: _Benches, votes: GroupList, by_preference: Sequence[int], above: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    """Return the candidates of a list in the order for vacancies, whichever list they were elected on (P 19 (4))."""
    on_list = benches.votes[votes.number]
    together = dict(above)
    # P 19 (1): elected by preference, in the order of their seats; equals in the order of the list.
    first: list[int] = []
    for equals in _moments(by_preference, together):
        first += [candidate for candidate in on_list if candidate in equals]
    # P 19 (2): the others above the threshold, by votes; equals in the order of the list.
    counted = together if benches.hall.parameters.ranking_by_votes_on_all_lists else on_list
    others = [candidate for candidate in on_list if candidate in together and candidate not in by_preference]
    if benches.hall.parameters.ranking_needs_votes_on_the_list:
        others = [candidate for candidate in others if on_list[candidate]]
    others.sort(key=lambda candidate: -counted[candidate])
    # P 19 (3): the rest, in the order of the list.
    placed = {*first, *others}
    return (*first, *others, *(candidate for candidate in on_list if candidate not in placed))
