"""What is true of every council: tried on thousands of generated ones."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from thorbecke.elections.domain.apportionment import SeatAssignment, assign_seats
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.lots import DrawRefused
from thorbecke.elections.domain.nomination import elect_candidates
from thorbecke.elections.domain.recompute import RULES, recompute
from thorbecke.elections.domain.rule import COUNCIL_RULE, read_parameters
from thorbecke.elections.domain.standing import ListVotes
from thorbecke.kernel.canonical_json import canonical_bytes

from .council import council_inputs

PARAMETERS = read_parameters(COUNCIL_RULE)
REFERENCE = RULES[0].reference
RESIDUAL = ("largest_remainder", "unique_highest_average", "highest_average")

generated = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
"""A busy machine is no failure, and councils with an open lot may be many."""

council_seats = st.integers(1, 45)
long_lists = st.lists(st.integers(0, 5000), min_size=1, max_size=8) | st.lists(
    st.integers(0, 300), min_size=1, max_size=8
).map(lambda totals: [sum(totals) + 3, *totals])
"""Totals per list; in the second kind the first list has just more than half of the votes."""
a_lists_votes = st.lists(st.integers(0, 400), min_size=1, max_size=12)
lists_votes = st.lists(a_lists_votes, min_size=1, max_size=7)


def with_candidates(totals: list[int], candidates: int) -> list[ListVotes]:
    others = tuple((position, 0) for position in range(2, candidates + 1))
    return [ListVotes(number, ((1, total), *others)) for number, total in enumerate(totals, start=1)]


def assign(seats: int, lists: list[ListVotes]) -> SeatAssignment:
    return assign_seats(seats=seats, lists=lists, parameters=PARAMETERS)


def numbered(votes: list[list[int]]) -> list[ListVotes]:
    return [ListVotes(n, tuple(enumerate(counts, start=1))) for n, counts in enumerate(votes, start=1)]


@generated
@given(seats=council_seats, votes=lists_votes)
def test_all_seats_are_given_unless_no_list_can_fill_them(seats: int, votes: list[list[int]]) -> None:
    lists = numbered(votes)

    assignment = assign(seats, lists)

    assume(assignment.open_lot is None)
    assert sum(assignment.seats_per_list.values()) + assignment.unassigned == seats
    for standing in assignment.standings:
        assert standing.seats <= standing.candidates
        if assignment.unassigned:
            assert standing.votes == 0 or standing.seats == standing.candidates


@generated
@given(seats=council_seats, totals=long_lists)
def test_more_votes_never_give_fewer_seats_while_lists_have_candidates(seats: int, totals: list[int]) -> None:
    # Also after P 9: the seat that goes is the one that came last, and among lists that won alike it is a lower one.
    assignment = assign(seats, with_candidates(totals, seats + 1))

    assume(assignment.open_lot is None)
    ordered = sorted(assignment.standings, key=lambda each: each.votes)
    for fewer, more in pairwise(ordered):
        assert fewer.votes == more.votes or fewer.seats <= more.seats


@generated
@given(seats=st.integers(19, 45), totals=long_lists)
def test_large_councils_agree_with_sorted_quotients(seats: int, totals: list[int]) -> None:
    # The same method by another way: the seats go to the largest of all quotients votes : 1, votes : 2, ...
    assume(sum(totals) > 0)
    assignment = assign(seats, with_candidates(totals, seats + 1))
    assume(assignment.open_lot is None and not any(step.name == "absolute_majority" for step in assignment.steps))

    quotients = sorted(
        ((Fraction(total, divisor), number) for number, total in enumerate(totals) for divisor in range(1, seats + 1)),
        reverse=True,
    )
    winners = [number for _, number in quotients[:seats]]
    assert list(assignment.seats_per_list.values()) == [winners.count(number) for number in range(len(totals))]


@generated
@given(seats=council_seats, totals=long_lists)
def test_who_has_more_than_half_of_the_votes_has_more_than_half_of_the_seats(seats: int, totals: list[int]) -> None:
    assignment = assign(seats, with_candidates(totals, seats + 1))

    assume(assignment.open_lot is None)
    for standing in assignment.standings:
        if 2 * standing.votes > sum(totals):
            assert 2 * standing.seats > seats


@generated
@given(seats=council_seats, totals=long_lists)
def test_p9_takes_a_seat_of_the_last_kind_and_never_from_the_list_that_gains(seats: int, totals: list[int]) -> None:
    # Under 19 seats this is always a seat for a remainder: a list with more than half of the votes that has got one
    # has its majority already, so that "smallest average or smallest remainder" never has to be compared.
    steps = assign(seats, with_candidates(totals, seats + 1)).steps

    for before, step in pairwise(steps):
        if step.name == "absolute_majority":
            assert step.values["list"] != step.values["from_list"]
            if seats < 19 and before.name in RESIDUAL:
                assert before.name == "largest_remainder"


@generated
@given(seats=council_seats, votes=lists_votes, data=st.data())
def test_the_order_of_the_lists_changes_nothing(seats: int, votes: list[list[int]], data: st.DataObject) -> None:
    lists = numbered(votes)
    shuffled = data.draw(st.permutations(lists))

    one, other = assign(seats, lists), assign(seats, shuffled)

    assert (one.open_lot and one.open_lot.id) == (other.open_lot and other.open_lot.id)
    if one.open_lot is None:
        assert one.seats_per_list == other.seats_per_list


@generated
@given(seats=council_seats, votes=lists_votes)
def test_everyone_elected_is_on_the_list_once_and_the_ranking_holds_all(seats: int, votes: list[list[int]]) -> None:
    lists = numbered(votes)
    assignment = assign(seats, lists)
    assume(assignment.open_lot is None)

    nomination = elect_candidates(
        seats=seats,
        quota=assignment.quota,
        lists=lists,
        seats_per_list=assignment.seats_per_list,
        parameters=PARAMETERS,
    )

    assume(nomination.open_lot is None)
    for on_list, given_list in zip(nomination.lists, lists, strict=True):
        assert len(set(on_list.elected)) == on_list.seats
        assert sorted(on_list.ranking) == list(given_list.positions)
        passed_over = set(given_list.positions) - set(on_list.elected)
        above = {position for position, count in given_list.votes if count > nomination.threshold}
        assert not (passed_over & above) or not on_list.by_list_order


@generated
@given(seats=st.integers(1, 25), votes=lists_votes, data=st.data())
def test_every_lot_can_be_drawn_until_the_result_is_complete(
    seats: int, votes: list[list[int]], data: st.DataObject
) -> None:
    station = {number: tuple(counts) for number, counts in enumerate(votes, start=1)}
    draws: list[Draw] = []

    while lot := recompute(REFERENCE, council_inputs(station, seats=seats, draws=draws)).result["open_lot"]:
        assert isinstance(lot, dict)
        assert lot["id"] not in [draw.lot for draw in draws]
        chosen = data.draw(st.permutations(lot["participants"]))[: lot["choose"]]
        draws.append(Draw(lot["id"], tuple(chosen)))

    result = recompute(REFERENCE, council_inputs(station, seats=seats, draws=draws)).result
    assert sum(held for _, held in result["seats"]) + result["unassigned"] == seats  # type: ignore[union-attr,misc,operator]  # JSON
    assert len(result["elected"]) + result["unassigned"] == seats  # type: ignore[arg-type,operator]  # JSON


@generated
@given(lists=st.integers(2, 6), votes=st.integers(1, 5000), stranger=st.integers(7, 40))
def test_a_draw_of_someone_who_does_not_take_part_is_refused(lists: int, votes: int, stranger: int) -> None:
    # Seven seats cannot be divided over 2 to 6 equal lists without a lot.
    station = dict.fromkeys(range(1, lists + 1), (votes, 0, 0, 0, 0, 0, 0))
    lot = recompute(REFERENCE, council_inputs(station, seats=7)).result["open_lot"]
    assert isinstance(lot, dict)
    assert lot["participants"] == list(station)

    with pytest.raises(DrawRefused, match="does not take part"):
        recompute(REFERENCE, council_inputs(station, seats=7, draws=[Draw(lot["id"], (stranger,))]))


@generated
@given(seats=council_seats, votes=lists_votes)
def test_recomputing_is_stable_under_a_round_trip_through_json(seats: int, votes: list[list[int]]) -> None:
    inputs = council_inputs({number: tuple(counts) for number, counts in enumerate(votes, start=1)}, seats=seats)

    here, there = recompute(REFERENCE, inputs), recompute(REFERENCE, json.loads(canonical_bytes(inputs)))

    assert json.loads(canonical_bytes(here.result)) == here.result == there.result
    assert canonical_bytes(list(here.explanation)) == canonical_bytes(list(there.explanation))
