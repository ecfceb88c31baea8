"""The articles of the Kieswet, hoofdstuk P, one by one, as examples that can be done on paper."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from thorbecke.elections.domain.apportionment import SeatAssignment, assign_seats
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.lots import DrawRefused, Draws
from thorbecke.elections.domain.nomination import Nomination, elect_candidates
from thorbecke.elections.domain.rule import COUNCIL_RULE, read_parameters
from thorbecke.elections.domain.standing import ListVotes

PARAMETERS = read_parameters(COUNCIL_RULE)


def a_list(number: int, total: int, candidates: int = 50) -> ListVotes:
    """A list whose votes are all on its first candidate."""
    return ListVotes(number, ((1, total), *((position, 0) for position in range(2, candidates + 1))))


def divide(seats: int, *totals: int, candidates: int = 50, draws: Draws | None = None) -> SeatAssignment:
    lists = [a_list(number, total, candidates) for number, total in enumerate(totals, start=1)]
    return assign_seats(seats=seats, lists=lists, parameters=PARAMETERS, draws=draws)


def held(assignment: SeatAssignment) -> list[int]:
    return list(assignment.seats_per_list.values())


def names(assignment: SeatAssignment) -> list[str]:
    return [step.name for step in assignment.steps if step.name not in ("quota", "whole_seats")]


def test_p5_quota_is_an_exact_fraction() -> None:
    assert divide(15, 2571, 977, 567, 536, 453).quota == Fraction(5104, 15)


@pytest.mark.parametrize(("votes", "whole"), [(79, 0), (80, 1), (159, 1), (160, 2), (1200, 15)])
def test_p6_a_seat_for_each_whole_time_that_the_quota_fits(votes: int, whole: int) -> None:
    assignment = divide(15, votes, 1200 - votes)

    assert assignment.quota == 80
    assert assignment.standings[0].whole == whole


def test_p7_from_19_seats_the_highest_average_wins_again_and_again() -> None:
    # Quota 100; whole 18 and 0; one seat left: 1899 : 19 = 99 18/19 against 1 : 1.
    assert held(divide(19, 1899, 1)) == [19, 0]


def test_p7_needs_no_quota_for_a_residual_seat() -> None:
    # Quota 100, whole 4, 4, 4 and 3. Averages 92, 94, 96, 98 1/2, and 96 for list 5, which has no quota.
    assert held(divide(19, 460, 470, 480, 394, 96)) == [4, 5, 5, 4, 1]


@pytest.mark.parametrize(("votes", "gets_it"), [(60, True), (59, False)])
def test_p8_remainder_counts_from_75_percent_of_the_quota(votes: int, gets_it: bool) -> None:
    # Quota 80, 75 % is 60. List 1 has remainder 10 or 11.
    assignment = divide(15, 1200 - 80 - votes - 30, 110, votes)

    assert (assignment.seats_per_list[3] == 1) is gets_it


def test_p8_largest_remainders_then_one_each_by_average_then_without_limit() -> None:
    # Lists of one candidate each exhaust soon, so that many seats are left for lists 2 and 3.
    lists = [a_list(1, 8000, 1), a_list(2, 700), a_list(3, 300)]

    assignment = assign_seats(seats=9, lists=lists, parameters=PARAMETERS)

    kinds = [name for name in names(assignment) if name != "list_exhausted"]
    assert kinds == [
        "largest_remainder",
        "unique_highest_average",
        "unique_highest_average",
        *["highest_average"] * (len(kinds) - 3),
    ]
    assert sum(held(assignment)) == 9


def test_p9_more_than_half_of_the_votes_gives_more_than_half_of_the_seats() -> None:
    assignment = divide(15, 2571, 977, 567, 536, 453)

    step = assignment.steps[-1]
    assert held(assignment) == [8, 3, 2, 1, 1]
    assert (step.name, step.article) == ("absolute_majority", "P 9")
    assert (step.values["list"], step.values["from_list"], step.values["value"]) == (1, 4, "2936/15")


def test_p9_exactly_half_of_the_votes_is_no_majority() -> None:
    assert held(divide(15, 2552, 987, 570, 539, 456)) == [7, 3, 2, 2, 1]


def test_p9_stops_for_a_lot_when_the_last_seats_came_at_the_same_average() -> None:
    totals = (7501, 1249, 1249, 1249, 1249, 1248, 1248, 8)

    lot = divide(24, *totals).open_lot

    assert lot is not None
    assert (lot.article, lot.kind, lot.participants, lot.choose) == ("P 9", "absolute_majority", (6, 7), 1)
    assert held(divide(24, *totals, draws=Draws([Draw(lot.id, (7,))]))) == [13, 2, 2, 2, 2, 2, 1, 0]


def test_p10_surplus_of_a_list_without_candidates_goes_to_the_others() -> None:
    lists = [a_list(1, 300, 1), a_list(2, 100), a_list(3, 80)]

    assignment = assign_seats(seats=5, lists=lists, parameters=PARAMETERS)

    assert held(assignment) == [1, 2, 2]
    assert names(assignment).count("list_exhausted") == 2


def test_p10_leaves_seats_empty_when_no_list_can_fill_them() -> None:
    assignment = assign_seats(seats=5, lists=[a_list(1, 10, 2), a_list(2, 0, 9)], parameters=PARAMETERS)

    assert held(assignment) == [2, 0]
    assert assignment.unassigned == 3
    assert assignment.steps[-1].as_json() == {"step": "seats_left_empty", "article": "P 10", "seats": 3}


def test_no_votes_at_all_leaves_all_seats_empty() -> None:
    assert divide(9, 0, 0).unassigned == 9


def test_p10_and_p19a_a_candidate_who_died_cannot_fill_a_seat() -> None:
    lists = [replace(a_list(1, 300, 3), deceased=frozenset({2})), a_list(2, 100), a_list(3, 80)]
    switched = replace(PARAMETERS, deceased_candidates_can_fill_seats=True)

    assert held(assign_seats(seats=5, lists=lists, parameters=PARAMETERS)) == [2, 2, 1]
    assert held(assign_seats(seats=5, lists=lists, parameters=switched)) == [3, 1, 1]


def test_switch_lists_without_votes() -> None:
    lists = [a_list(1, 10, 2), a_list(2, 0, 9)]
    switched = replace(PARAMETERS, lists_without_votes_get_seats=True)

    assert held(assign_seats(seats=5, lists=lists, parameters=switched)) == [2, 3]


def test_switch_seat_of_p9_counts_as_the_one_residual_seat() -> None:
    # List 3 has a seat too many for its one candidate; may list 1, after its seat of P 9, win it by remainder?
    lists = [a_list(1, 270), a_list(2, 78, 1), a_list(3, 86, 1), a_list(4, 102)]
    switched = replace(PARAMETERS, majority_seat_counts_as_residual_seat=True)

    assert held(assign_seats(seats=11, lists=lists, parameters=PARAMETERS)) == [7, 1, 1, 2]
    assert held(assign_seats(seats=11, lists=lists, parameters=switched)) == [6, 1, 1, 3]


def test_switch_quota_for_a_residual_seat() -> None:
    totals = (460, 470, 480, 394, 96)
    lists = [a_list(number, total) for number, total in enumerate(totals, start=1)]
    switched = replace(PARAMETERS, average_needs_share_of_quota=Fraction(1))

    assert held(assign_seats(seats=19, lists=lists, parameters=PARAMETERS))[-1] == 1
    assert held(assign_seats(seats=19, lists=lists, parameters=switched))[-1] == 0


def test_equal_averages_stop_for_a_lot_and_go_on_in_the_order_drawn() -> None:
    totals = (500, 140, 140, 140, 140, 140)

    lot = divide(23, *totals).open_lot

    assert lot is not None
    assert (lot.article, lot.kind, lot.participants, lot.choose) == ("P 7", "highest_average", (2, 3, 4, 5, 6), 3)
    assert held(divide(23, *totals)) == [10, 2, 2, 2, 2, 2]
    assert held(divide(23, *totals, draws=Draws([Draw(lot.id, (4, 2, 6))]))) == [10, 3, 2, 3, 2, 3]


def test_a_lot_that_is_half_drawn_stays_open() -> None:
    totals = (500, 140, 140, 140, 140, 140)
    lot = divide(23, *totals).open_lot
    assert lot is not None

    half = divide(23, *totals, draws=Draws([Draw(lot.id, (4,))]))

    assert half.open_lot is not None
    assert (half.open_lot.id, half.open_lot.drawn) == (lot.id, (4,))
    assert held(half) == [10, 2, 2, 3, 2, 2]


def test_equal_averages_need_no_lot_when_there_are_seats_for_all() -> None:
    assert divide(19, 480, 480, 480, 460).open_lot is None


@pytest.mark.parametrize(
    ("chosen", "said"),
    [((1,), "does not take part"), ((2, 2), "twice"), ((2, 3, 4, 5), "more than are to be chosen")],
)
def test_a_draw_that_does_not_fit_is_refused(chosen: tuple[int, ...], said: str) -> None:
    totals = (500, 140, 140, 140, 140, 140)
    lot = divide(23, *totals).open_lot
    assert lot is not None

    with pytest.raises(DrawRefused, match=said):
        divide(23, *totals, draws=Draws([Draw(lot.id, chosen)]))


def test_a_changed_vote_makes_it_another_lot() -> None:
    one, other = divide(23, 500, 140, 140, 140, 140, 140), divide(23, 500, 139, 139, 139, 139, 139)

    assert one.open_lot is not None
    assert other.open_lot is not None
    assert one.open_lot.id != other.open_lot.id


def elect(
    seats: int, own_seats: int, votes: list[int], *, deceased: frozenset[int] = frozenset(), draws: Draws | None = None
) -> Nomination:
    """Elect on one list of a council whose quota is 100."""
    numbered = ListVotes(1, tuple(enumerate(votes, start=1)), deceased)
    return elect_candidates(
        seats=seats,
        quota=Fraction(100),
        lists=[numbered],
        seats_per_list={1: own_seats},
        parameters=PARAMETERS,
        draws=draws,
    )


@pytest.mark.parametrize(
    ("seats", "votes", "elected"),
    [
        (18, [10, 20, 51], (3, 1)),  # more than half of the quota goes first
        (18, [10, 20, 50], (1, 2)),  # exactly half is not more
        (19, [10, 20, 26], (3, 1)),  # from 19 seats a quarter
        (19, [10, 20, 25], (1, 2)),
        (18, [60, 10, 70], (3, 1)),  # in order of votes
    ],
)
def test_p15_and_p17_preference_first_then_list_order(seats: int, votes: list[int], elected: tuple[int, ...]) -> None:
    assert elect(seats, 2, votes).lists[0].elected == elected


def test_p15_equal_votes_stop_for_a_lot() -> None:
    votes = [80, 60, 60, 60]

    lot = elect(18, 3, votes).open_lot

    assert lot is not None
    assert (lot.article, lot.list, lot.participants, lot.choose, lot.place) == ("P 15", 1, (2, 3, 4), 2, 2)
    drawn = elect(18, 3, votes, draws=Draws([Draw(lot.id, (4, 2))])).lists[0]
    assert drawn.elected == (1, 4, 2)
    assert drawn.ranking == (1, 4, 2, 3)


def test_p15_equal_votes_need_no_lot_when_there_are_seats_for_all() -> None:
    assert elect(18, 3, [60, 60, 60]).lists[0].elected == (1, 2, 3)


def test_p19_ranks_elected_by_preference_then_above_the_threshold_then_the_rest() -> None:
    assert elect(18, 1, [10, 55, 10, 70, 55]).lists[0].ranking == (4, 2, 5, 1, 3)


@pytest.mark.parametrize(("seats", "ranking"), [(18, (3, 1, 2)), (19, (1, 2, 3))])
def test_p19_ranks_lists_without_seats_in_small_councils_only(seats: int, ranking: tuple[int, ...]) -> None:
    assert elect(seats, 0, [10, 20, 70]).lists[0].ranking == ranking


def test_p19a_leaves_out_a_candidate_who_died() -> None:
    on_list = elect(18, 2, [10, 20, 70], deceased=frozenset({3})).lists[0]

    assert on_list.elected == (1, 2)
    assert on_list.ranking == (1, 2)
