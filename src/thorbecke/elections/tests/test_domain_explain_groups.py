"""Every step that only elections with groups of lists have gets a sentence, with all its values."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from thorbecke.elections.domain.district_rules import HOUSE_RULE, SENATE_RULE
from thorbecke.elections.domain.explain import compare, explain
from thorbecke.elections.domain.explain_groups import GROUP_TEMPLATES
from thorbecke.elections.domain.inputs import Draw
from thorbecke.kernel.canonical_json import JsonObject

from .test_domain_groups import ELECTED_ELSEWHERE, LARGE, THREE_EQUAL_LISTS, compute, listed

EXHAUSTED = {1: [((1,), listed(80, [1])), ((2,), listed(10, [2, 3, 4])), ((3,), listed(10, [5, 6, 7]))]}
"""5 seats: list 1 can fill one; equal remainders, a lot, and then equal averages for both."""
EXHAUSTED_TO_A_LOT = {1: [((1,), listed(80, [1])), ((2,), listed(12, [2, 3, 4])), ((3,), listed(8, [5, 6, 7]))]}
TWO_EQUAL_REMAINDERS = {1: [((1,), listed(10, [1])), ((2,), listed(10, [2])), ((3,), listed(21, [3, 4]))]}
PASSES_ON_BY_LOT = {
    1: [((1,), {1: 10, 2: 10}), ((2,), {1: 11, 3: 0, 4: 0, 5: 0}), ((3,), {2: 11, 6: 0, 7: 0})],
}
SENATE = {1: [((1,), {1: 9, 2: 4, 3: 4, 4: 0}), ((2,), {1: 6, 5: 3})], 2: [((1, 2), {1: 5, 2: 5, 3: 5})]}
SENATE_LOT = {1: [((1,), {1: 5, 2: 5, 3: 5})]}


def steps_of(*args: Any, **options: Any) -> Iterator[JsonObject]:
    """Steps up to each open lot, and to the end with every lot drawn in a random order."""
    dice, draws = random.Random(5), list[Draw]()
    while True:
        result = compute(*args, draws=draws, **options)
        yield from (step.as_json() for step in result.steps)
        lot = result.open_lot
        if lot is None:
            return
        draws.append(Draw(lot.id, tuple(dice.sample(lot.participants, lot.choose))))


STEPS = [
    *steps_of(HOUSE_RULE, EXHAUSTED, seats=5, **LARGE),
    *steps_of(HOUSE_RULE, EXHAUSTED_TO_A_LOT, seats=5, **LARGE),
    *steps_of(HOUSE_RULE, TWO_EQUAL_REMAINDERS, seats=3, **LARGE),
    *steps_of(HOUSE_RULE, PASSES_ON_BY_LOT, seats=4, **LARGE),
    *steps_of(HOUSE_RULE, ELECTED_ELSEWHERE, seats=4, deceased={1: [2]}, deceased_candidates_can_fill_seats=True),
    *steps_of(HOUSE_RULE, ELECTED_ELSEWHERE, seats=4, **LARGE),
    *steps_of(HOUSE_RULE, {1: [((1,), {1: 26, 2: 25}), ((2,), {3: 24, 4: 24, 5: 1})]}, seats=2, **LARGE),
    *steps_of(HOUSE_RULE, THREE_EQUAL_LISTS, seats=3, **LARGE),
    *steps_of(HOUSE_RULE, {1: [((1,), {1: 500, 2: 1, 3: 0}), ((2,), {4: 499, 2: 2, 5: 0})]}, seats=4),
    *steps_of(SENATE_RULE, SENATE, seats=7, vote_values={1: 3, 2: 5}),
    *steps_of(SENATE_RULE, SENATE_LOT, seats=3, vote_values={1: 2}, preference_above_share_large=0),
    *steps_of(SENATE_RULE, SENATE_LOT, seats=2, vote_values={1: 2}, preference_above_share_large=0),
]


def test_every_template_for_groups_is_used_and_filled() -> None:
    said = {explain(step).text.template for step in STEPS}

    assert set(GROUP_TEMPLATES.values()) - said == set()
    assert all("%(" not in str(explain(step).text) for step in STEPS)


def test_a_residual_seat_within_a_group_has_a_table() -> None:
    first = next(step for step in STEPS if step["step"] == "largest_remainder" and "group" in step)

    rows = compare(first)

    assert [(row.list, row.seats, row.value) for row in rows] == [(2, 0, "10"), (3, 0, "10"), (1, 4, "0")]
    assert [row.wins for row in rows].count(True) == 1
