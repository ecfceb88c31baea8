"""The articles about groups of lists and about elections other than of councils, as examples for pen and paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from thorbecke.elections.domain.district_inputs import HandedInList, Party
from thorbecke.elections.domain.district_reading import read_district_inputs
from thorbecke.elections.domain.district_result import DistrictResult, compute_district_result
from thorbecke.elections.domain.district_rules import (
    EUROPEAN_PARLIAMENT_RULE,
    HOUSE_RULE,
    ISLAND_COUNCIL_RULE,
    PROVINCIAL_COUNCIL_RULE,
    SENATE_RULE,
    WATER_BOARD_RULE,
)
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.lots import Draws
from thorbecke.elections.domain.rule import read_parameters
from thorbecke.kernel.outcome import PublishedRule

from .districts import district_inputs

Votes = Mapping[int, int]
"""Votes per candidate, in list order."""


def compute(
    rule: PublishedRule,
    groups: Mapping[int, Sequence[tuple[Sequence[int], Votes]]],
    *,
    seats: int,
    deceased: Mapping[int, Sequence[int]] | None = None,
    vote_values: Mapping[int, int] | None = None,
    draws: Sequence[Draw] = (),
    **switches: Any,
) -> DistrictResult:
    """Compute with, per group, lists as (districts, votes); all votes are cast in the first of the districts."""
    parties = []
    counts: dict[int, dict[int, tuple[int, ...]]] = {}
    for number, lists in groups.items():
        for districts, votes in lists:
            for index, district in enumerate(districts):
                row = tuple(votes.values()) if index == 0 else (0,) * len(votes)
                counts.setdefault(district, {})[number] = row
        handed_in = tuple(HandedInList(tuple(districts), tuple(votes)) for districts, votes in lists)
        parties.append(Party(number, handed_in, tuple((deceased or {}).get(number, ()))))
    inputs = district_inputs(parties, dict(sorted(counts.items())), seats=seats, vote_values=vote_values)
    parameters = replace(read_parameters(rule), **switches)
    read = read_district_inputs(inputs, weighted=parameters.weighted_votes)
    return compute_district_result(read, parameters, Draws(draws))


LARGE = {"large_council_from_seats": 1}
"""Highest averages and the low threshold, also for the few seats of an example."""


def listed(votes: int, candidates: Sequence[int]) -> dict[int, int]:
    """All votes on the first of these candidates."""
    return {candidate: votes if index == 0 else 0 for index, candidate in enumerate(candidates)}


def alone(votes: int, candidates: int = 80) -> list[tuple[Sequence[int], Votes]]:
    return [((1,), listed(votes, range(1, candidates + 1)))]


def seats_of(result: DistrictResult) -> list[int]:
    return list(result.assignment.seats_per_list.values())


def elected(result: DistrictResult, group: int = 1) -> list[list[int]]:
    """Who is elected, per list of the group."""
    return [list(each.elected) for each in result.elected[group]]


def steps(result: DistrictResult, *names: str) -> list[dict[str, Any]]:
    return [step.as_json() for step in result.steps if step.name in names]


MAJORITY = {number: alone(votes) for number, votes in enumerate((7501, 1249, 1249, 1249, 1249, 1248, 1247, 9), start=1)}
"""24 seats, quota 625 1/24: whole seats 12, 1, 1, 1, 1, 1, 1; averages 577, 624 1/2 (4 times), 624, 623 1/2."""


def test_p7_2_a_list_below_the_quota_gets_no_seat_in_the_house() -> None:
    # Quota 100; whole 10, 8, 0. Averages for the last seat: 1000:11 = 90 10/11, 805:9 = 89 4/9, and 95:1.
    votes = {1: alone(1000), 2: alone(805), 3: alone(95)}

    assert seats_of(compute(HOUSE_RULE, votes, seats=19)) == [11, 8, 0]
    assert seats_of(compute(EUROPEAN_PARLIAMENT_RULE, votes, seats=19)) == [11, 8, 0]
    assert seats_of(compute(PROVINCIAL_COUNCIL_RULE, votes, seats=19)) == [10, 8, 1]


@pytest.mark.parametrize("rule", [HOUSE_RULE, EUROPEAN_PARLIAMENT_RULE, PROVINCIAL_COUNCIL_RULE, WATER_BOARD_RULE])
def test_p9_gives_a_majority_to_a_list_with_more_than_half_of_the_votes(rule: PublishedRule) -> None:
    assert seats_of(compute(rule, MAJORITY, seats=24)) == [13, 2, 2, 2, 2, 2, 1, 0]


def test_the_senate_has_no_p9() -> None:
    assert seats_of(compute(SENATE_RULE, MAJORITY, seats=24)) == [12, 2, 2, 2, 2, 2, 2, 0]


@pytest.mark.parametrize("rule", [WATER_BOARD_RULE, ISLAND_COUNCIL_RULE])
def test_p8_below_19_seats_largest_remainders_decide(rule: PublishedRule) -> None:
    # Quota 10. Whole 5, 2, 0; remainders 4, 8, 8.
    assert seats_of(compute(rule, {1: alone(54), 2: alone(28), 3: alone(8)}, seats=9)) == [5, 3, 1]


def test_u9_the_senate_always_goes_by_highest_average() -> None:
    # The same votes: averages 54:6 = 9, 28:3 = 9 1/3, 8; then 9.
    assert seats_of(compute(SENATE_RULE, {1: alone(54), 2: alone(28), 3: alone(8)}, seats=9)) == [6, 3, 0]


def test_u3_votes_count_for_the_vote_value_of_their_province() -> None:
    groups = {1: [((1, 2), {1: 10, 2: 0})], 2: [((1,), {1: 4}), ((2,), {2: 5})]}

    result = compute(SENATE_RULE, groups, seats=2, vote_values={1: 3, 2: 7})

    assert [each.votes for each in result.assignment.standings] == [30, 47]
    assert result.assignment.quota * 2 == 77
    assert steps(result, "vote_value")[1] == {"step": "vote_value", "article": "U 3", "district": 2, "vote_value": 7}


def test_the_senate_is_told_by_its_own_articles() -> None:
    groups = {1: [((1,), listed(30, [1, 2, 3])), ((2,), listed(25, [1, 4, 5]))], 2: [((1, 2), listed(20, [1, 2]))]}

    result = compute(SENATE_RULE, groups, seats=5, vote_values={1: 1, 2: 1})

    articles = {step.article for step in result.steps}
    assert {"U 3", "U 7", "U 8", "U 9", "U 12 (2)", "U 12 (4)", "U 12 (5)"} <= articles
    assert articles <= set(SENATE_RULE.document["articles"])  # type: ignore[arg-type]  # JSON


@pytest.mark.parametrize(
    ("rule", "votes", "by_preference"),
    [
        # Quota 100 in each: the threshold is 25, 10 or 100.
        (HOUSE_RULE, 25, False),
        (HOUSE_RULE, 26, True),
        (PROVINCIAL_COUNCIL_RULE, 26, True),
        (EUROPEAN_PARLIAMENT_RULE, 10, False),
        (EUROPEAN_PARLIAMENT_RULE, 11, True),
        (SENATE_RULE, 99, False),
        # U 15 (3): as many votes as the quota are enough.
        (SENATE_RULE, 100, True),
    ],
)
def test_p15_preference_threshold(rule: PublishedRule, votes: int, by_preference: bool) -> None:
    others = dict.fromkeys(range(3, 30), 0)
    result = compute(rule, {1: [((1,), {1: 2000 - votes, **others, 2: votes})]}, seats=20)

    assert (2 in result.elected[1][0].by_preference) is by_preference


def test_p12_the_seats_of_a_group_go_to_its_lists_by_largest_remainder() -> None:
    groups = {1: [((1,), listed(50, [1, 2, 3, 4, 5])), ((2,), listed(34, [6, 7, 8, 9])), ((3,), listed(16, [10, 11]))]}

    result = compute(HOUSE_RULE, groups, seats=5)

    # The quota of the group is 20: whole 2, 1, 0; remainders 10, 14, 16.
    assert result.list_seats[1] == {1: 2, 2: 2, 3: 1}
    assert [(step["article"], step["list"]) for step in steps(result, "largest_remainder")] == [
        ("P 12 (5)", 3),
        ("P 12 (5)", 2),
    ]


def test_p12_equal_remainders_need_a_lot_that_names_the_group() -> None:
    groups = {4: [((1,), listed(10, [1, 2])), ((2,), listed(10, [3, 4]))]}

    lot = compute(HOUSE_RULE, groups, seats=3).open_lot

    assert lot is not None
    assert (lot.article, lot.kind, lot.group, lot.participants) == ("P 12 (5)", "largest_remainder", 4, (1, 2))
    assert lot.id.startswith("P12(5).largest_remainder.group-4.1.")
    drawn = compute(HOUSE_RULE, groups, seats=3, draws=[Draw(lot.id, (2,))])
    assert (drawn.open_lot, drawn.list_seats[4]) == (None, {1: 1, 2: 2})


def test_p13_what_a_list_cannot_fill_goes_to_the_other_lists_of_its_group() -> None:
    groups = {1: [((1,), listed(80, [1])), ((2,), listed(12, [2, 3, 4])), ((3,), listed(8, [5, 6, 7]))]}

    result = compute(HOUSE_RULE, groups, seats=5)

    # Whole 4, 0, 0; list 2 has the largest remainder. List 1 has one candidate: P 12 goes on with list 3, and then
    # P 13 (2) by average: 12:2 = 6 against 8:2 = 4, 12:3 = 4 against 4: a lot.
    assert [step["list"] for step in steps(result, "list_exhausted")] == [1, 1, 1]
    assert result.open_lot is not None
    assert (result.open_lot.article, result.open_lot.participants) == ("P 13 (2)", (2, 3))


def test_p13_keeps_a_seat_in_the_group_also_for_a_list_without_votes() -> None:
    groups = {1: [((1,), {1: 10}), ((2,), {2: 0, 3: 0})]}

    assert elected(compute(HOUSE_RULE, groups, seats=3)) == [[1], [2, 3]]
    switched = compute(HOUSE_RULE, groups, seats=3, lists_without_votes_get_group_seats=False)
    assert elected(switched) == [[1], []]
    assert [step["seats"] for step in steps(switched, "seats_left_empty")] == [2]


def test_p13_lists_without_votes_stay_equal_so_that_a_lot_decides_each_seat() -> None:
    groups = {1: [((1,), {1: 10}), ((2,), {2: 0, 3: 0}), ((3,), {4: 0, 5: 0})]}

    lot = compute(HOUSE_RULE, groups, seats=5).open_lot

    # One seat each by P 12 (5); then both have an average of 0, and keep it. The one drawn first has no candidate left.
    assert lot is not None
    assert (lot.article, lot.participants, lot.choose, lot.value) == ("P 13 (2)", (2, 3), 1, "0/1")
    drawn = compute(HOUSE_RULE, groups, seats=5, draws=[Draw(lot.id, (3,))])
    assert drawn.list_seats[1] == {1: 1, 2: 2, 3: 2}


def test_p15_votes_on_all_lists_of_a_group_count_together() -> None:
    # Quota 100, threshold 25: candidate 3 has 13 votes on each of the two lists, which have 2 seats and 1.
    groups = {
        1: [((1,), {1: 150, 2: 0, 3: 13}), ((2,), {4: 124, 5: 0, 3: 13})],
        2: [((1, 2), listed(1700, range(1, 60)))],
    }

    result = compute(HOUSE_RULE, groups, seats=20)

    assert [(step["candidate"], step["votes"]) for step in steps(result, "elected_by_preference")[:3]] == [
        (1, 150),
        (4, 124),
        (3, 26),
    ]
    assert elected(result) == [[1, 3], [4]]


def test_p16_a_candidate_sits_for_the_list_with_most_of_the_votes() -> None:
    groups = {1: [((1,), {1: 30, 2: 10, 3: 9}), ((2,), {1: 20, 4: 16, 5: 15})]}

    result = compute(HOUSE_RULE, groups, seats=4, **LARGE)

    # Quota 25, threshold 6 1/4: everyone is above it. Each list has 2 seats.
    assert elected(result) == [[1, 2], [4, 5]]
    assert [(step["candidate"], step["list"]) for step in steps(result, "elected_on_list")] == [
        (1, 1),
        (4, 2),
        (5, 2),
        (2, 1),
    ]


def test_p16_equal_votes_on_two_lists_go_to_the_lowest_district() -> None:
    groups = {1: [((2,), {1: 20, 2: 10}), ((1,), {1: 20, 3: 9})]}

    result = compute(HOUSE_RULE, groups, seats=2, **LARGE)

    assert steps(result, "elected_on_list")[0]["list"] == 2


def test_p16_2_a_full_list_gets_a_seat_more_and_the_last_seat_of_the_group_lapses() -> None:
    # Group quota 50: whole 1 and 0, and list 2 gets the other seat. Candidates 1 and 2 stand on list 1 only.
    groups = {1: [((1,), {1: 26, 2: 25}), ((2,), {3: 24, 4: 24, 5: 1})]}

    result = compute(HOUSE_RULE, groups, seats=2, **LARGE)

    assert result.list_seats[1] == {1: 1, 2: 1}
    assert elected(result) == [[1, 2], []]
    assert [(step["candidate"], step["list"]) for step in steps(result, "elected_without_free_seat")] == [(2, 1)]
    assert [(step["list"], step["lot"]) for step in steps(result, "seat_lapses")] == [(2, None)]


THREE_EQUAL_LISTS = {
    1: [((1,), {1: 17, 2: 16}), ((2,), {3: 15, 4: 9, 5: 9}), ((3,), {6: 9, 7: 8, 8: 8, 9: 8})],
}
"""Quota of the group 33: one whole seat each, at the same moment. Elected by preference are 1, 2 and 3."""


def test_p16_2_a_lot_decides_between_lists_that_got_the_last_seat_at_once() -> None:
    lot = compute(HOUSE_RULE, THREE_EQUAL_LISTS, seats=3, **LARGE).open_lot

    assert lot is not None
    assert (lot.article, lot.kind, lot.group, lot.participants) == ("P 16 (2)", "seat_lapses", 1, (2, 3))
    # List 1 has no seat left that could lapse; after list 2 only list 3 has one.
    for chosen, lapsed in [(2, [2, 3]), (3, [3])]:
        drawn = compute(HOUSE_RULE, THREE_EQUAL_LISTS, seats=3, draws=[Draw(lot.id, (chosen,))], **LARGE)
        assert [step["list"] for step in steps(drawn, "seat_lapses")] == lapsed
        assert elected(drawn) == [[1, 2], [3], []]


def test_switch_full_lists_take_part_in_the_lot() -> None:
    lot = compute(HOUSE_RULE, THREE_EQUAL_LISTS, seats=3, full_lists_take_part_in_lot=True, **LARGE).open_lot

    assert lot is not None
    assert lot.participants == (1, 2, 3)


def test_switch_whole_seats_lapse_by_lot_once_each_list_gave_up_one() -> None:
    # Quota of the group 100: whole seats 1, 3 and 3. Candidates 1 to 4 are elected, and stand on list 1 only.
    groups = {
        1: [
            ((1,), {1: 40, 2: 30, 3: 20, 4: 10}),
            ((3,), dict.fromkeys(range(5, 65), 5)),
            ((2,), dict.fromkeys(range(65, 125), 5)),
        ]
    }
    low: dict[str, Any] = {"preference_above_share_large": Fraction(1, 20), **LARGE}
    lot = compute(HOUSE_RULE, groups, seats=7, **low).open_lot
    assert lot is not None
    draws = [Draw(lot.id, (2,))]

    result = compute(HOUSE_RULE, groups, seats=7, draws=draws, **low)
    switched = compute(HOUSE_RULE, groups, seats=7, draws=draws, whole_seats_lapse_by_lot=True, **low).open_lot

    # List 3 is that of district 2, the lowest number.
    assert [step["list"] for step in steps(result, "seat_lapses")] == [2, 3, 3]
    assert switched is not None
    assert switched.participants == (2, 3)


def test_p18_who_is_next_on_two_lists_sits_for_one_and_the_other_goes_on() -> None:
    # Only 1 and 4 have enough preference votes; 2 is next on both lists, with more votes on list 2.
    groups = {1: [((1,), {1: 500, 2: 1, 3: 0}), ((2,), {4: 499, 2: 2, 5: 0})]}

    result = compute(HOUSE_RULE, groups, seats=4)

    assert elected(result) == [[1, 3], [4, 2]]
    several = steps(result, "elected_on_several_lists")
    assert [(step["article"], step["candidate"], step["lists"], step["list"]) for step in several] == [
        ("P 18 (1)", 2, [1, 2], 2)
    ]
    assert [(step["article"], step["candidate"]) for step in steps(result, "elected_by_list_order")] == [
        ("P 17", 2),
        ("P 18 (2)", 3),
    ]


ELECTED_ELSEWHERE = {1: [((1,), {1: 10, 2: 10}), ((2,), {1: 11, 2: 11, 3: 0, 4: 0})]}
"""Two seats each. Both candidates of list 1 sit for list 2, where they have more votes."""


def test_p13_goes_on_when_all_candidates_of_a_list_are_elected_on_other_lists() -> None:
    result = compute(HOUSE_RULE, ELECTED_ELSEWHERE, seats=4, **LARGE)

    assert result.list_seats[1] == {1: 2, 2: 2}
    assert elected(result) == [[], [1, 2, 3, 4]]
    assert [(step["from_list"], step["list"]) for step in steps(result, "seat_passes_on")] == [(1, 2), (1, 2)]


def test_p19a_a_candidate_who_died_is_left_out_on_every_list() -> None:
    result = compute(HOUSE_RULE, ELECTED_ELSEWHERE, seats=3, deceased={1: [1]}, **LARGE)

    assert elected(result) == [[], [2, 3, 4]]
    assert all(1 not in each.ranking for each in result.elected[1])


def test_switch_deceased_candidates_can_fill_seats_that_then_stay_empty() -> None:
    switched = compute(
        HOUSE_RULE, ELECTED_ELSEWHERE, seats=4, deceased={1: [1]}, deceased_candidates_can_fill_seats=True, **LARGE
    )

    assert seats_of(switched) == [4]
    assert sum(map(len, elected(switched))) == 3
    assert [step["seats"] for step in steps(switched, "seats_left_empty")] == [1]


def test_p19_ranks_by_preference_whichever_list_someone_sits_for() -> None:
    groups = {1: [((1,), {1: 50, 3: 10, 4: 12, 2: 0}), ((2,), {2: 30, 3: 15, 5: 0})]}

    result = compute(HOUSE_RULE, groups, seats=1, **LARGE)

    # Threshold 29 1/4: 1 is elected; 2 is above it by 30 votes on list 2, and comes next on both lists.
    assert [each.ranking for each in result.elected[1]] == [(1, 2, 3, 4), (2, 3, 5)]
    switched = compute(HOUSE_RULE, groups, seats=1, ranking_needs_votes_on_the_list=True, **LARGE)
    assert [each.ranking for each in switched.elected[1]] == [(1, 3, 4, 2), (2, 3, 5)]


def test_switch_ranking_by_votes_on_all_lists() -> None:
    groups = {1: [((1,), {1: 50, 2: 31, 3: 30}), ((2,), {2: 0, 3: 9, 4: 1})]}

    assert compute(HOUSE_RULE, groups, seats=1, **LARGE).elected[1][0].ranking == (1, 2, 3)
    by_all = compute(HOUSE_RULE, groups, seats=1, ranking_by_votes_on_all_lists=True, **LARGE)
    assert by_all.elected[1][0].ranking == (1, 3, 2)


def test_p19_5_lists_of_a_group_without_seats_are_not_ranked() -> None:
    groups = {1: alone(90), 2: [((1,), {1: 1, 2: 0}), ((2,), {3: 1, 4: 0})]}

    result = compute(HOUSE_RULE, groups, seats=3, **LARGE)

    assert seats_of(result) == [3, 0]
    assert 2 not in result.elected
    assert [step["list"] for step in steps(result, "ranking")] == [1]
