"""The recomputation of elections with districts: what it gives, what it refuses, and how large it gets."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from thorbecke.elections.domain.district_inputs import HandedInList, Party
from thorbecke.elections.domain.district_rules import (
    DISTRICT_RULES,
    HOUSE_RULE,
    ISLAND_COUNCIL_RULE,
    PROVINCIAL_COUNCIL_RULE,
    SENATE_RULE,
    WATER_BOARD_RULE,
)
from thorbecke.elections.domain.fields import BadInputs
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.lots import DrawRefused
from thorbecke.elections.domain.recompute import recompute
from thorbecke.kernel.canonical_json import canonical_bytes, sha256_of

from .districts import district_inputs

PARTIES = [
    Party(1, (HandedInList((1,), (1, 2, 3)), HandedInList((2, 3), (1, 4)))),
    Party(5, (HandedInList((1, 2, 3), (1, 2)),)),
    Party(7, (HandedInList((2,), (1,)),)),
]
COUNTS: dict[int, Mapping[int, tuple[int, ...]]] = {
    1: {1: (60, 5, 15), 5: (30, 2)},
    2: {1: (20, 8), 5: (31, 7), 7: (12,)},
    3: {1: (11, 4), 5: (5, 0)},
}


def house(**more: Any) -> dict[str, Any]:
    return district_inputs(PARTIES, COUNTS, **{"seats": 6} | more)


def test_result_has_totals_quota_seats_lists_and_elected() -> None:
    # 210 votes, 6 seats, quota 35. Votes 123, 75, 12: whole 3, 2, 0; remainders 18, 5, and list 7 is below 75 %.
    # Group 1: quota 30 3/4; lists 80 and 43: whole 2 and 1, remainders 18 1/2 and 12 1/4.
    assert recompute(HOUSE_RULE.reference, house()).result == {
        "totals": {"valid": 210, "blank": 3, "invalid": 6},
        "quota": "35/1",
        "seats": [[1, 4], [5, 2], [7, 0]],
        "list_seats": [[1, 1, 3], [1, 2, 1], [5, 1, 2], [7, 1, 0]],
        "unassigned": 0,
        "elected": [[1, 1, 1], [1, 1, 2], [1, 1, 3], [1, 2, 4], [5, 1, 1], [5, 1, 2]],
        "open_lot": None,
    }


def test_stations_of_one_district_add_up() -> None:
    whole, parts = house(), house()
    second = copy.deepcopy(parts["stations"][0])
    second["id"], second["votes"] = "another", {"1": [10, 0, 0], "5": [0, 1]}
    parts["stations"][0]["votes"] = {"1": [50, 5, 15], "5": [30, 1]}
    parts["stations"].append(second)
    parts["totals"] |= {"blank": 4, "invalid": 8}

    first, second_way = (recompute(HOUSE_RULE.reference, each).result for each in (whole, parts))
    assert second_way.pop("totals") == {"valid": 210, "blank": 4, "invalid": 8}  # type: ignore[attr-defined]  # a dict
    assert second_way == {name: value for name, value in first.items() if name != "totals"}


def test_a_lot_within_a_group_stops_the_result_and_its_draw_completes_it() -> None:
    parties = [Party(4, (HandedInList((1,), (1, 2)), HandedInList((2,), (3, 4))))]
    counts = {1: {4: (10, 0)}, 2: {4: (10, 0)}}
    lot: Any = recompute(HOUSE_RULE.reference, district_inputs(parties, counts, seats=3)).result["open_lot"]

    assert (lot["article"], lot["group"], lot["list"], lot["participants"]) == ("P 12 (5)", 4, None, [1, 2])
    draws = [Draw(lot["id"], (2,))]
    drawn = recompute(HOUSE_RULE.reference, district_inputs(parties, counts, seats=3, draws=draws)).result
    assert drawn["list_seats"] == [[4, 1, 1], [4, 2, 2]]
    assert drawn["open_lot"] is None


def test_a_draw_for_a_lot_that_does_not_occur_is_refused() -> None:
    with pytest.raises(DrawRefused, match="does not occur"):
        recompute(HOUSE_RULE.reference, house(draws=[Draw("P12(5).no-such-lot", (1,))]))


@pytest.mark.parametrize("rule", DISTRICT_RULES, ids=[rule.id for rule in DISTRICT_RULES])
def test_every_article_in_an_explanation_stands_in_the_rule(rule: Any) -> None:
    computation = recompute(rule.reference, house(category=rule.document["parameters"]["categories"][0]))

    assert {step["article"] for step in computation.explanation} <= set(rule.document["articles"])


STATED_BY_LAW = {"preference_threshold_suffices", "weighted_votes"}
"""Parameters that say yes or no by an article of their own (U 15 (3), U 3), not by a reading of one."""


@pytest.mark.parametrize("rule", DISTRICT_RULES, ids=[rule.id for rule in DISTRICT_RULES])
def test_every_reading_that_can_be_switched_is_explained(rule: Any) -> None:
    switches = {name for name, value in rule.document["parameters"].items() if isinstance(value, bool)} - STATED_BY_LAW
    if rule not in (WATER_BOARD_RULE, ISLAND_COUNCIL_RULE):
        # Matters below 19 seats only.
        switches.remove("majority_seat_counts_as_residual_seat")

    assert switches <= set(rule.document["choices"])


def test_a_house_of_150_from_20_districts_fits_in_a_log_entry() -> None:
    districts = range(1, 21)
    parties = [
        Party(number, tuple(HandedInList((district,), tuple(range(district, district + 80))) for district in districts))
        for number in range(1, 31)
    ]
    counts = {
        district: {
            number: tuple(4000 // number + (district * place) % 97 for place in range(80)) for number in range(1, 31)
        }
        for district in districts
    }

    result: Any = recompute(HOUSE_RULE.reference, district_inputs(parties, counts)).result

    assert len(result["elected"]) == 150
    assert len(canonical_bytes(result)) < 12_000


def test_recomputing_is_stable_under_a_round_trip_through_json() -> None:
    inputs = house()

    here, there = (recompute(HOUSE_RULE.reference, each) for each in (inputs, json.loads(canonical_bytes(inputs))))

    assert json.loads(canonical_bytes(here.result)) == here.result == there.result
    assert canonical_bytes(list(here.explanation)) == canonical_bytes(list(there.explanation))


def test_one_vote_more_gives_other_inputs() -> None:
    more = {**COUNTS, 3: {1: (11, 5), 5: (5, 0)}}

    assert sha256_of(house()) != sha256_of(district_inputs(PARTIES, more, seats=6))


def test_vote_values_are_for_the_senate_alone() -> None:
    values = {1: 3, 2: 1, 3: 1}

    recompute(SENATE_RULE.reference, house(category="EK", vote_values=values))
    with pytest.raises(BadInputs, match="Senate only") as refused:
        recompute(PROVINCIAL_COUNCIL_RULE.reference, house(category="PS", vote_values=values))
    assert refused.value.place.field == "districts[0].vote_value"


Change = Callable[[dict[str, Any]], Any]

WRONG: list[tuple[str, str, Change]] = [
    ("districts", "is missing", lambda i: i.pop("districts")),
    ("lists", "is not part of the inputs", lambda i: i.update(lists=[])),
    ("election.category", "not meant", lambda i: i["election"].update(category="GR")),
    ("districts", "at least one district", lambda i: i.update(districts=[])),
    ("districts[1].number", "District 1 appears twice", lambda i: i["districts"][1].update(number=1)),
    ("districts[0].vote_value", "whole number", lambda i: i["districts"][0].update(vote_value=0)),
    ("groups", "at least one list", lambda i: i.update(groups=[])),
    ("groups[1].number", "List 1 appears twice", lambda i: i["groups"][1].update(number=1)),
    ("groups[0].lists", "at least one list", lambda i: i["groups"][0].update(lists=[])),
    (
        "groups[0].lists[0].districts",
        "at least one district",
        lambda i: i["groups"][0]["lists"][0].update(districts=[]),
    ),
    ("groups[0].lists[1].districts", "must rise", lambda i: i["groups"][0]["lists"][1].update(districts=[3, 2])),
    ("groups[0].lists[1].districts", "no district 4", lambda i: i["groups"][0]["lists"][1].update(districts=[2, 3, 4])),
    ("groups[0].lists[1].districts", "Two lists", lambda i: i["groups"][0]["lists"][1].update(districts=[1, 2, 3])),
    ("groups[0].lists[0].candidates", "at least one", lambda i: i["groups"][0]["lists"][0].update(candidates=[])),
    (
        "groups[0].lists[0].candidates",
        "appears twice",
        lambda i: i["groups"][0]["lists"][0].update(candidates=[1, 2, 1]),
    ),
    ("groups[0].deceased", "not on the list", lambda i: i["groups"][0].update(deceased=[9])),
    ("groups[0].deceased", "must rise", lambda i: i["groups"][0].update(deceased=[2, 1])),
    ("stations", "District 3 has no polling station", lambda i: i["stations"].pop()),
    ("stations[1].id", "appears twice", lambda i: i["stations"][1].update(id="district 1")),
    ("stations[1].district", "no district 8", lambda i: i["stations"][1].update(district=8)),
    ("stations[0].votes.7", "does not take part", lambda i: i["stations"][0]["votes"].update({"7": [1]})),
    ("stations[1].votes.7", "is missing", lambda i: i["stations"][1]["votes"].pop("7")),
    ("stations[0].votes.1", "4 numbers of votes for 3", lambda i: i["stations"][0]["votes"]["1"].append(1)),
    ("stations[0].votes.1[1]", "whole number", lambda i: i["stations"][0]["votes"]["1"].__setitem__(1, -1)),
    ("stations[0].votes.1[1]", "whole number", lambda i: i["stations"][0]["votes"]["1"].__setitem__(1, True)),
    ("stations[0].blank", "whole number", lambda i: i["stations"][0].update(blank="1")),
    ("totals.groups.5", "add up to 75", lambda i: i["totals"]["groups"].update({"5": 76})),
    ("totals.groups.8", "does not take part", lambda i: i["totals"]["groups"].update({"8": 0})),
    ("totals.valid", "add up to 210", lambda i: i["totals"].update(valid=211)),
    ("totals.blank", "add up to 3", lambda i: i["totals"].update(blank=2)),
    ("draws[0].chosen[0]", "whole number", lambda i: i.update(draws=[{"lot": "x", "chosen": ["1"]}])),
    ("files[0].sha256", "must be a SHA-256", lambda i: i.update(files=[{"format": "EML 510d", "sha256": "00"}])),
]


@pytest.mark.parametrize(("field", "said", "change"), WRONG, ids=[f"{field}: {said}" for field, said, _ in WRONG])
def test_wrong_inputs_are_refused_by_name(field: str, said: str, change: Change) -> None:
    inputs = copy.deepcopy(house())
    change(inputs)

    with pytest.raises(BadInputs, match=said) as refused:
        recompute(HOUSE_RULE.reference, inputs)

    assert refused.value.place.field == field
