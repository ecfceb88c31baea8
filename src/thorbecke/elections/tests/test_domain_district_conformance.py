"""Elections with districts and groups of lists: 400 generated cases, the House of 2023 and older records.

The generated cases hold the outcome of one other program (OSV 2.24.3). Its lots are drawn one seat at a time; this room
asks for all seats of a lot at once, so that each run of its draws among the same lists is one draw here. It ranks all
lists; P 19 (5) leaves out groups without seats, and their ranking is not compared.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from thorbecke.elections.domain.district_inputs import HandedInList, Party
from thorbecke.elections.domain.district_reading import DistrictInputs, read_district_inputs
from thorbecke.elections.domain.district_result import DistrictResult, compute_district_result
from thorbecke.elections.domain.district_rules import (
    EUROPEAN_PARLIAMENT_RULE,
    HOUSE_RULE,
    PROVINCIAL_COUNCIL_RULE,
    SENATE_RULE,
)
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.lots import Draws, Lot
from thorbecke.elections.domain.recompute import recompute
from thorbecke.elections.domain.rule import Parameters, read_parameters

from .districts import district_inputs, inputs_of_case, inputs_of_house

pytestmark = pytest.mark.conformance
Case = dict[str, Any]

RULES = {
    "TK": HOUSE_RULE,
    "EP": EUROPEAN_PARLIAMENT_RULE,
    "PS2": PROVINCIAL_COUNCIL_RULE,
    "EK": SENATE_RULE,
}
LOTS = {
    "DHONDT_P42": "highest_average",
    "NIEMEYER_P2": "largest_remainder",
    "DHONDT_P2": "highest_average",
    "ROLL_BACK": "seat_lapses",
    "ROLL_FORWARD": "seat_passes_on",
    "CANDIDATES": "candidate",
}


RANKED_OTHERWISE = frozenset({32, 35, 36, 85, 90, 167, 195, 200, 201, 252, 259, 262, 286, 293, 319, 340, 345, 372, 393})
"""P 19 (2): who is above the threshold on all lists together comes before the rest, also without a vote here."""

LOTS_OTHERWISE = frozenset({52, 75, 76, 90, 125, 151, 181, 252, 256, 362, 369, 375, 379, 388, 350})
"""P 16 (2): a list whose seats are all taken takes no part; U 10 (case 350): nor a list without a candidate left."""


@dataclass
class Told:
    """A case computed, and how its names read here."""

    read: DistrictInputs
    result: DistrictResult
    names: dict[tuple[int, int], str]
    lists: dict[str, tuple[int, int]]
    lots_otherwise: int = 0


def multi_district_cases(conformance: Path) -> list[Case]:
    with gzip.open(conformance / "elections/multi_district_cases.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def parameters_of(case: Case, **switches: bool) -> Parameters:
    # The outcomes of the Senate cases are those of the votes as they stand there, not multiplied (U 3).
    return replace(read_parameters(RULES[case["kind"]]), weighted_votes=False, **switches)


def as_the_other_program(case: Case) -> Parameters:
    return parameters_of(
        case,
        ranking_needs_votes_on_the_list=True,
        full_lists_take_part_in_lot=True,
        lists_without_votes_get_group_seats=False,
    )


def compute(case: Case, parameters: Parameters) -> Told:
    """Compute, handing out the draws of the case one by one; draws that are not needed here are left out."""
    inputs, names = inputs_of_case(case)
    lists = {
        f"G{group['group']}{sorted(each['districts'])}": (group["group"], index)
        for group in case["groups"]
        for index, each in enumerate(group["lists"], start=1)
    }
    read = read_district_inputs(inputs, weighted=parameters.weighted_votes)
    waiting = list(case["expected"]["lots"])
    draws: dict[str, list[int]] = {}
    otherwise = 0
    while True:
        given = Draws([Draw(lot, tuple(chosen)) for lot, chosen in draws.items()])
        told = Told(read, compute_district_result(read, parameters, given), names, lists)
        lot = told.result.open_lot
        while waiting and not (lot and fits(told, lot, waiting[0])):
            waiting.pop(0)
            otherwise += 1
        if not lot or not waiting:
            return replace(told, lots_otherwise=otherwise)
        expected = waiting.pop(0)
        otherwise += len(expected["options"]) != len(lot.participants) - len(lot.drawn)
        if "picked" not in expected:
            return replace(told, lots_otherwise=otherwise)
        draws.setdefault(lot.id, []).append(number_of(told, expected["picked"], lot))


def fits(told: Told, lot: Lot, expected: Case) -> bool:
    """Whether the expected lot is this one, perhaps with more options than those that take part here."""
    if lot.kind != LOTS[expected["type"]] or owner_of(lot) != owner_of_options(told, expected):
        return False
    options = {number_of(told, option, lot) for option in expected["options"]}
    left = set(lot.participants) - set(lot.drawn)
    return left <= options and ("picked" not in expected or number_of(told, expected["picked"], lot) in left)


def owner_of(lot: Lot) -> int | None:
    """Return the group whose seats or candidates the lot is about."""
    return lot.group or lot.list


def owner_of_options(told: Told, expected: Case) -> int | None:
    option = expected["options"][0]
    if found := re.match(r"G(\d+) \(", option):
        return int(found[1])
    return next((group for (group, _), name in told.names.items() if name == option), None)


def number_of(told: Told, name: str, lot: Lot) -> int:
    """Return by which number this room knows a list "G3", a list "G3 (D6, D7)" or a candidate "p3_18"."""
    if found := re.fullmatch(r"G(\d+)", name):
        return int(found[1])
    if found := re.fullmatch(r"G(\d+) \((.*)\)", name):
        districts = sorted(int(each.strip()[1:]) for each in found[2].split(","))
        return told.lists[f"G{found[1]}{districts}"][1]
    return next(number for (group, number), each in told.names.items() if each == name and group == lot.list)


def seats_of(told: Told) -> dict[str, int]:
    return {
        f"G{group}L{index}": seats for group, lists in told.result.list_seats.items() for index, seats in lists.items()
    }


def elected_of(told: Told) -> dict[str, list[str]]:
    return {
        f"G{group}L{index}": sorted(told.names[group, one] for one in each.elected)
        for group, lists in told.result.elected.items()
        for index, each in enumerate(lists, start=1)
        if each.elected
    }


def rankings_of(told: Told) -> dict[str, list[str]]:
    return {
        f"G{group}L{index}": [told.names[group, one] for one in each.ranking]
        for group, lists in told.result.elected.items()
        for index, each in enumerate(lists, start=1)
        if told.result.assignment.seats_per_list[group]
    }


def expected_elected(case: Case) -> dict[str, list[str]]:
    elected = defaultdict(list)
    for name, candidate in case["expected"]["elected"]:
        elected[name].append(candidate)
    return {name: sorted(candidates) for name, candidates in elected.items()}


def expected_rankings(case: Case) -> dict[str, list[str]]:
    rankings = defaultdict(list)
    for name, candidate, _ in case["expected"]["ranking"]:
        if candidate not in case["deceased"]:
            rankings[name].append(candidate)
    return rankings


def differences(case: Case, told: Told) -> list[str]:
    """Return what differs: "lots", and for a complete case "seats", "elected" or "ranking"."""
    found = ["lots"] if told.lots_otherwise else []
    if not case["expected"]["complete"]:
        return found
    if told.result.open_lot is not None:
        return [*found, "open lot"]
    if seats_of(told) != case["expected"]["seats_per_list"]:
        found.append("seats")
    if elected_of(told) != expected_elected(case):
        found.append("elected")
    rankings = expected_rankings(case)
    if any(ranking != rankings[name] for name, ranking in rankings_of(told).items()):
        found.append("ranking")
    return found


def test_all_generated_elections_agree_by_the_readings_of_the_other_program(conformance: Path) -> None:
    cases = multi_district_cases(conformance)

    found = {number_in(case): differences(case, compute(case, as_the_other_program(case))) for case in cases}

    assert len(cases) >= 400
    # Case 350 has a lot that gives both lists a seat in the end, whoever is drawn.
    assert {number: differ for number, differ in found.items() if differ} == {350: ["lots"]}


def test_by_the_rule_the_same_people_are_elected_and_only_known_rankings_and_lots_differ(conformance: Path) -> None:
    cases = multi_district_cases(conformance)

    found = {number_in(case): differences(case, compute(case, parameters_of(case))) for case in cases}

    assert {number for number, differ in found.items() if "ranking" in differ} == RANKED_OTHERWISE
    assert {number for number, differ in found.items() if "lots" in differ} == LOTS_OTHERWISE
    assert {each for differ in found.values() for each in differ} == {"ranking", "lots"}


def test_the_senate_cases_hold_votes_that_are_not_multiplied(conformance: Path) -> None:
    """U 3 multiplies by the vote value; with that none of these outcomes would be the one in the file."""
    senate = [case for case in multi_district_cases(conformance) if case["kind"] == "EK"]

    weighted = [replace(as_the_other_program(case), weighted_votes=True) for case in senate]

    assert all(differences(case, compute(case, rule)) for case, rule in zip(senate, weighted, strict=True))


def number_in(case: Case) -> int:
    return int(case["id"].removeprefix("multi"))


def house(votes: Mapping[str, int]) -> dict[str, int]:
    """Seats of a House of 150 with these votes per party, in one district, for lists of 80 candidates."""
    parties = [Party(number, (HandedInList((1,), tuple(range(1, 81))),)) for number in range(1, len(votes) + 1)]
    counts = {1: {number: (total, *(0,) * 79) for number, total in enumerate(votes.values(), start=1)}}
    seats: Any = recompute(HOUSE_RULE.reference, district_inputs(parties, counts)).result["seats"]
    return dict(zip(votes, (held for _, held in seats), strict=True))


@pytest.mark.parametrize("year", ["2003", "2006", "2010"])
def test_the_house_of_these_years_got_the_seats_of_the_record(conformance: Path, year: str) -> None:
    record = json.loads((conformance / "elections/tk1989_2012_totals.json").read_text())[year]

    assert house(record["votes"]) == record["official_seats"]


@pytest.mark.parametrize(
    ("year", "moved"),
    [
        ("1989", {"CDA": 1, "PvdA": 1, "SGP": -1, "GPV": -1}),
        ("1994", {"PvdA": 1, "CDA": 1, "AOV": -1, "RPF": -1}),
        ("1998", {"VVD": 1, "SGP": -1}),
        ("2002", {"D66": 1, "CU": -1}),
        (
            "2012",
            {"Partij van de Arbeid (P.v.d.A.)": 1, "ChristenUnie": -1, "GROENLINKS": -1, "Partij voor de Dieren": 1},
        ),
    ],
)
def test_other_years_differ_by_the_combined_lists_of_then(conformance: Path, year: str, moved: Case) -> None:
    """Lists of several parties could be combined until 2017 (P 4, P 11); those seats were divided together."""
    record = json.loads((conformance / "elections/tk1989_2012_totals.json").read_text())[year]

    seats = house(record["votes"])

    differ = {party: seats[party] - held for party, held in record["official_seats"].items() if seats[party] != held}
    assert differ == moved


def test_the_house_of_2023_without_bonaire_got_the_seats_of_the_record(conformance: Path) -> None:
    case = json.loads((conformance / "elections/tk2023_multi_kieskring_case.json").read_text())
    national = json.loads((conformance / "elections/tk2023_national_without_bonaire.json").read_text())
    inputs, names = inputs_of_house(case)

    result: Any = recompute(HOUSE_RULE.reference, inputs).result

    parties = [group["name"] for group in case["groups"]]
    seats = {parties[number - 1]: held for number, held in result["seats"]}
    won = {party: held for party, held in seats.items() if held}
    assert won == case["expected"]["seats_per_group"]
    assert won == national["official_seats_from_general_knowledge"]
    assert sum(held for held in seats.values()) == len(result["elected"]) == 150
    elected = sorted((parties[group - 1], names[group, candidate]) for group, _, candidate in result["elected"])
    assert elected == sorted((party, candidate) for party, candidate in case["expected"]["elected"])
    lists = {f"G{group}L{index}": held for group, index, held in result["list_seats"]}
    assert lists == case["expected"]["seats_per_list"]


def test_national_totals_of_2023_give_the_seats_of_the_record(conformance: Path) -> None:
    national = json.loads((conformance / "elections/tk2023_national_without_bonaire.json").read_text())

    seats = house({each["name"]: each["votes"] for each in national["lists"]})

    assert {party: held for party, held in seats.items() if held} == national["seats_oracle"]
