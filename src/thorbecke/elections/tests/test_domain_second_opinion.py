"""The second way of computing seats agrees with the first on thousands of elections, and notices a difference."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from thorbecke.elections.domain.district_inputs import HandedInList, Party
from thorbecke.elections.domain.district_rules import DISTRICT_RULES
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.recompute import recompute
from thorbecke.elections.domain.rule import COUNCIL_RULE
from thorbecke.elections.domain.second_opinion import SeatsDiffer, check_seats
from thorbecke.kernel.outcome import PublishedRule

from .council import council_inputs
from .districts import district_inputs

Make = Callable[[list[Draw]], dict[str, Any]]
BY_CATEGORY: dict[str, PublishedRule] = {
    str(rule.document["parameters"]["categories"][0]): rule  # type: ignore[index,call-overload]  # JSON
    for rule in (COUNCIL_RULE, *DISTRICT_RULES)
}


def every_draw(make: Make, rule: PublishedRule, dice: random.Random) -> Iterator[tuple[dict[str, Any], Any]]:
    """Inputs and result at each open lot, and when every lot is drawn."""
    draws: list[Draw] = []
    while True:
        inputs = make(draws)
        result: Any = recompute(rule.reference, inputs).result
        yield inputs, result
        lot = result["open_lot"]
        if lot is None:
            return
        draws.append(Draw(lot["id"], tuple(dice.sample(lot["participants"], lot["choose"]))))


def random_council(dice: random.Random) -> Make:
    """A council of 1 to 45 seats: few votes make equals likely, short lists are exhausted, some have a majority."""
    lists, most = dice.randint(1, 8), dice.choice([3, 30, 400, 9000])
    votes = {
        number: tuple(dice.randint(0, most) for _ in range(dice.choice([1, 2, 5, 30])))
        for number in range(1, lists + 1)
    }
    if dice.random() < 0.3:
        votes[1] = (sum(map(sum, votes.values())) + dice.randint(0, 3), *votes[1][1:])
    seats = dice.randint(1, 45)
    deceased = {number: [1] for number in votes if dice.random() < 0.1}
    return lambda draws: council_inputs(votes, seats=seats, deceased=deceased, draws=draws)


def random_districts(dice: random.Random, category: str) -> Make:
    """An election with 1 to 5 districts and groups of 1 to 3 lists that share candidates."""
    districts, most = range(1, dice.randint(1, 5) + 1), dice.choice([4, 60, 900])
    counts: dict[int, dict[int, tuple[int, ...]]] = {district: {} for district in districts}
    parties = []
    for number in range(1, dice.randint(1, 6) + 1):
        parts: dict[int, list[int]] = {}
        for district in districts:
            parts.setdefault(dice.randint(1, 3), []).append(district)
        people = range(1, dice.choice([2, 6, 20, 40]) + 1)
        lists = [
            HandedInList(tuple(part), tuple(dice.sample(people, dice.randint(1, len(people)))))
            for part in parts.values()
        ]
        for each in lists:
            for district in each.districts:
                counts[district][number] = tuple(dice.randint(0, most) for _ in each.candidates)
        standing = sorted({candidate for each in lists for candidate in each.candidates})
        parties.append(Party(number, tuple(lists), tuple(standing[:1]) if dice.random() < 0.2 else ()))
    seats = dice.randint(1, 60)
    values = {district: dice.randint(1, 9) if category == "EK" else 1 for district in districts}
    return lambda draws: district_inputs(
        parties, counts, category=category, seats=seats, vote_values=values, draws=draws
    )


def check_people(result: Any, inputs: Any) -> None:
    """Nobody is elected twice, everyone is alive and stands on that list, and every seat of a group is taken."""
    groups = {each["number"]: each for each in inputs["groups"]}
    assert len({(group, candidate) for group, _, candidate in result["elected"]}) == len(result["elected"])
    for number, index, candidate in result["elected"]:
        assert candidate in groups[number]["lists"][index - 1]["candidates"]
        assert candidate not in groups[number]["deceased"]
    if result["open_lot"] is None:
        for number, held in result["seats"]:
            assert sum(1 for each in result["elected"] if each[0] == number) == held


def test_both_ways_agree_on_2000_councils() -> None:
    dice = random.Random(20260318)
    checked = 0
    for _ in range(2000):
        for inputs, result in every_draw(random_council(dice), COUNCIL_RULE, dice):
            check_seats(result, inputs)
            checked += 1

    assert checked > 2200


@pytest.mark.parametrize("category", sorted(set(BY_CATEGORY) - {"GR"}))
def test_both_ways_agree_on_400_elections_with_districts_of_each_kind(category: str) -> None:
    dice = random.Random(category)
    checked = 0
    for _ in range(400):
        for inputs, result in every_draw(random_districts(dice, category), BY_CATEGORY[category], dice):
            check_seats(result, inputs)
            check_people(result, inputs)
            checked += 1

    assert checked >= 400


COUNCIL = {1: (100, 20), 2: (60, 70, 3), 3: (30, 1, 0)}
GROUPS = [
    Party(1, (HandedInList((1,), (1, 2, 3)), HandedInList((2,), (1, 4, 5)))),
    Party(2, (HandedInList((1, 2), (1, 2)),)),
]
COUNTS = {1: {1: (90, 5, 4), 2: (40, 2)}, 2: {1: (30, 20, 1), 2: (11, 9)}}
EVEN = {1: (10, 0), 2: (10, 0)}


def move_a_seat(result: Any) -> None:
    result["seats"][0][1] -= 1
    result["seats"][1][1] += 1


def move_a_seat_within_a_group(result: Any) -> None:
    result["list_seats"][0][2] -= 1
    result["list_seats"][1][2] += 1


def leave_a_seat_empty(result: Any) -> None:
    result["unassigned"] += 1


@pytest.mark.parametrize("change", [move_a_seat, leave_a_seat_empty])
def test_a_changed_council_is_noticed(change: Callable[[Any], None]) -> None:
    inputs = council_inputs(COUNCIL, seats=5)
    result: Any = copy.deepcopy(recompute(COUNCIL_RULE.reference, inputs).result)
    check_seats(result, inputs)
    change(result)

    with pytest.raises(SeatsDiffer):
        check_seats(result, inputs)


@pytest.mark.parametrize("change", [move_a_seat, move_a_seat_within_a_group, leave_a_seat_empty])
def test_a_changed_result_of_groups_is_noticed(change: Callable[[Any], None]) -> None:
    inputs = district_inputs(GROUPS, COUNTS, seats=6)
    result: Any = copy.deepcopy(recompute(BY_CATEGORY["TK"].reference, inputs).result)
    check_seats(result, inputs)
    change(result)

    with pytest.raises(SeatsDiffer):
        check_seats(result, inputs)


def test_a_lot_that_was_not_asked_is_noticed() -> None:
    inputs = council_inputs(EVEN, seats=3)
    result: Any = copy.deepcopy(recompute(COUNCIL_RULE.reference, inputs).result)
    check_seats(result, inputs)
    result["open_lot"] = None

    with pytest.raises(SeatsDiffer, match="needed"):
        check_seats(result, inputs)


def test_a_lot_that_is_not_needed_is_noticed() -> None:
    lot = recompute(COUNCIL_RULE.reference, council_inputs(EVEN, seats=3)).result["open_lot"]
    inputs = council_inputs({1: (11, 0), 2: (10, 0)}, seats=3)
    result: Any = {**recompute(COUNCIL_RULE.reference, inputs).result, "open_lot": lot}

    with pytest.raises(SeatsDiffer, match="not needed"):
        check_seats(result, inputs)


def test_another_draw_than_the_result_follows_is_noticed() -> None:
    lot: Any = recompute(COUNCIL_RULE.reference, council_inputs(EVEN, seats=3)).result["open_lot"]
    drawn = council_inputs(EVEN, seats=3, draws=[Draw(lot["id"], (1,))])
    result = recompute(COUNCIL_RULE.reference, drawn).result

    with pytest.raises(SeatsDiffer):
        check_seats(result, council_inputs(EVEN, seats=3, draws=[Draw(lot["id"], (2,))]))
