"""How few votes move a seat: by hand, and against trying them one by one; the order in which findings need a look."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thorbecke.elections.domain.apportionment import assign_seats
from thorbecke.elections.domain.count import StationCount
from thorbecke.elections.domain.districts import CountedDistrict
from thorbecke.elections.domain.look import PARAMETERS, Look, what_needs_a_look
from thorbecke.elections.domain.margin import Margin, MovedVotes, votes_to_move_a_seat
from thorbecke.elections.domain.published import CountedElection
from thorbecke.elections.domain.standing import ListVotes

from .test_checks import LISTS, USUAL, count_of, differing, station, swapped
from .town import ELECTION


def council(*totals: int, candidates: int = 30) -> list[ListVotes]:
    """Lists numbered from 1 with these totals."""
    others = tuple((position, 0) for position in range(2, candidates + 1))
    return [ListVotes(number, ((1, total), *others)) for number, total in enumerate(totals, start=1)]


def margin(seats: int, lists: list[ListVotes]) -> int | None:
    """The fewest votes that move a seat."""
    found = votes_to_move_a_seat(seats=seats, lists=lists, parameters=PARAMETERS)
    return found.votes if found else None


def tried_one_by_one(seats: int, lists: list[ListVotes]) -> int | None:
    """The same by trying every number of votes between every two lists."""
    before = assign_seats(seats=seats, lists=lists, parameters=PARAMETERS)
    if before.open_lot is not None:
        return 1
    for votes in range(1, max(each.total for each in lists) + 1):
        for giver, taker in permutations(lists, 2):
            if giver.total < votes:
                continue
            moved = {giver.number: -votes, taker.number: votes}
            changed = [
                MovedVotes(each.number, each.total + moved.get(each.number, 0), each.candidates, each.living_candidates)
                for each in lists
            ]
            after = assign_seats(seats=seats, lists=changed, parameters=PARAMETERS)
            if after.open_lot is not None or after.seats_per_list != before.seats_per_list:
                return votes
    return None


@pytest.mark.parametrize(
    ("seats", "totals", "fewest"),
    [
        # Quota 100: the second list lacks 20 votes for 75 % of it (P 8 (2)); then it would win the residual seat.
        (9, (845, 55), 20),
        # One seat each way: 501 against 499 is a tie after one vote.
        (1, (501, 499), 1),
        (19, (1000,), None),
        (1, (5, 5), 1),
    ],
)
def test_by_hand(seats: int, totals: tuple[int, ...], fewest: int | None) -> None:
    assert margin(seats, council(*totals)) == fewest


def test_a_lot_hangs_on_one_vote_between_those_who_take_part() -> None:
    assert votes_to_move_a_seat(seats=1, lists=council(3, 7, 7), parameters=PARAMETERS) == Margin(1, 2, 3)


small = st.integers(1, 4).flatmap(lambda lists: st.lists(st.integers(0, 40), min_size=lists, max_size=lists))
close_majority = small.map(lambda totals: [sum(totals) + 2, *totals])


@settings(deadline=None, max_examples=300)
@given(
    seats=st.sampled_from([1, 2, 3, 5, 9, 11, 17, 18, 19, 21, 30]),
    totals=small | close_majority,
    candidates=st.sampled_from([1, 2, 4, 40]),
)
def test_no_smaller_number_moves_a_seat(seats: int, totals: list[int], candidates: int) -> None:
    lists = council(*totals, candidates=candidates)

    assert margin(seats, lists) == tried_one_by_one(seats, lists)


def counted_in(*stations: StationCount, category: str = "GR") -> CountedElection:
    """An election of nine seats with these stations."""
    lists, count = tuple(LISTS), count_of(*stations)
    return CountedElection(
        revision=1,
        election=replace(ELECTION, category=category),
        lists=lists,
        districts=(CountedDistrict(1, "", lists, count.total),),
        files=(),
        stations=count.stations,
    )


def looks(*stations: StationCount) -> tuple[Look, ...]:
    """What needs a look in a council of nine with these stations."""
    return what_needs_a_look(counted_in(*stations)).each


def test_first_comes_what_could_move_a_seat_then_errors_then_the_rest() -> None:
    empty = station("SB5", {1: (0, 0, 0), 2: (0, 0), 3: (0, 0, 0)}, blank=0, invalid=0)
    odd = station("SB6", swapped(USUAL, 3, 0, 2))
    wrong = station("SB7", list_totals={1: 401, 2: 300, 3: 299})

    found = looks(station("SB1"), differing(3), empty, odd, wrong)

    shown = [(each.finding.code, each.finding.station, each.could_move_a_seat) for each in found]
    assert shown[0] == ("W05", "SB5", True)
    moves = [move for _, _, move in shown]
    assert moves == sorted(moves, reverse=True)
    rest = [code for code, _, move in shown if not move]
    assert rest == sorted(rest, key=lambda code: code[0])
    assert ("W07", "SB6", False) in shown


def test_nothing_is_said_of_seats_where_another_rule_holds() -> None:
    found = what_needs_a_look(counted_in(differing(15), category="TK"))

    assert found.margin is None
    assert found.each
    assert found.seats_could_move == 0
