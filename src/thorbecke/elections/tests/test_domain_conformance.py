"""Every independent apportionment case gives the same seats, steps, lots, elected candidates and rankings.

Two sets: 84 calls from the tests of the Electoral Council's Abacus, and 1,200 generated councils with the outcome of
two reference programs. In the generated set lots are drawn one seat at a time: the k-th draw takes from its options,
in their order, the one at `lots_pick_indexes[k]` modulo their number; when the indexes run out (or there are none)
the expected outcome stops at an open lot. This room asks for all seats of a lot at once, so that each run of draws
with shrinking options is one draw here.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from thorbecke.elections.domain.apportionment import SeatAssignment, assign_seats
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.lots import Draws, Lot
from thorbecke.elections.domain.nomination import Nomination, elect_candidates
from thorbecke.elections.domain.rule import COUNCIL_RULE, read_parameters
from thorbecke.elections.domain.standing import ListVotes

pytestmark = pytest.mark.conformance
Case = dict[str, Any]

PARAMETERS = read_parameters(COUNCIL_RULE)
RESIDUAL = ("largest_remainder", "unique_highest_average", "highest_average")


def lists_of(case: Case) -> list[ListVotes]:
    deceased = {each["list"]: frozenset(each["candidates"]) for each in case["input"]["deceased"]}
    return [
        ListVotes(each["list"], tuple((p, v) for p, v in each["candidates"]), deceased.get(each["list"], frozenset()))
        for each in case["input"]["lists"]
    ]


def compute(case: Case, drawn: list[tuple[Case, int]]) -> tuple[SeatAssignment, Nomination | None]:
    """Compute, handing out the case's draws one by one; ends with every draw used."""
    waiting = list(drawn)
    draws: dict[str, list[int]] = {}
    while True:
        seats, nomination = once(case, draws)
        lot = seats.open_lot or (nomination and nomination.open_lot)
        if not lot or not waiting:
            assert not waiting
            return seats, nomination
        variant, chosen = waiting.pop(0)
        assert sorted_options(variant) == variant_of(lot, seats, case)
        draws.setdefault(lot.id, []).append(chosen)


def once(case: Case, draws: dict[str, list[int]]) -> tuple[SeatAssignment, Nomination | None]:
    given = Draws([Draw(lot, tuple(chosen)) for lot, chosen in draws.items()])
    seats, lists = case["input"]["seats"], lists_of(case)
    quota = Fraction(case["input"]["quota"]) if "quota" in case["input"] else None
    assigned = assign_seats(seats=seats, lists=lists, parameters=PARAMETERS, draws=given)
    per_list = dict(case["input"].get("total_seats_per_list", assigned.seats_per_list.items()))
    if assigned.open_lot and quota is None:
        return assigned, None
    nomination = elect_candidates(
        seats=seats,
        quota=assigned.quota if quota is None else quota,
        lists=lists,
        seats_per_list=per_list,
        parameters=PARAMETERS,
        draws=given,
    )
    return assigned, nomination


def variant_of(lot: Lot, seats: SeatAssignment, case: Case) -> Case:
    """Describe the next draw of an open lot as the cases do."""
    options = [each for each in lot.participants if each not in lot.drawn]
    numbers = list(range(lot.place + len(lot.drawn), lot.place + lot.choose))
    if lot.kind == "candidate":
        assert lot.list is not None
        return {
            "kind": "candidate",
            "list": lot.list,
            "total_seats": dict(case["input"].get("total_seats_per_list", seats.seats_per_list.items()))[lot.list],
            "votes": int(lot.value),
            "seat_numbers": numbers,
            "options": options,
        }
    if lot.kind == "absolute_majority":
        last = [step for step in seats.steps if step.name in RESIDUAL][-1].name
        total = sum(each.votes for each in seats.standings)
        winner = next(each.list for each in seats.standings if 2 * each.votes > total)
        method = "largest_remainder" if last == "largest_remainder" else "highest_average"
        return {"kind": f"absolute_majority_after_{method}", "assign_to": winner, "options": options}
    kind = "largest_remainder" if lot.kind == "largest_remainder" else "highest_average"
    return {"kind": kind, "value": lot.value, "residual_seat_numbers": numbers, "options": options}


def sorted_options(variant: Case) -> Case:
    """Lots name their participants in rising order here, whatever the order of the lists."""
    return variant | {"options": sorted(variant["options"])}


def case_steps(seats: SeatAssignment) -> Iterator[Case]:
    """Retell the steps in the form of the cases, from nothing but the steps themselves."""
    standings = {step.values["list"]: [step.values["seats"], 0] for step in seats.steps if step.name == "whole_seats"}
    previous: Case = {}
    for step in seats.steps:
        values = dict(step.values)
        told: Case = {"kind": step.name, "standings_before": [[n, *held] for n, held in standings.items()]}
        if step.name in RESIDUAL:
            follows = previous.get("kind") == step.name and values["list"] in previous["tied_options"]
            told |= {
                "residual_seat_number": values["residual_seat"],
                "list": values["list"],
                "tied_options": list(values["tied"]),
                "tied_assigned": [*(previous["tied_assigned"] if follows else []), values["list"]],
                "by_lot": values["lot"] is not None,
                "value": values["value"],
            }
            standings[values["list"]][1] += 1
        elif step.name == "absolute_majority":
            told |= {"kind": "absolute_majority_reassignment", "list": values["list"], "from_list": values["from_list"]}
            told |= {"residual_seat_number": None, "by_lot": values["lot"] is not None}
            standings[values["from_list"]][1] -= 1
            standings[values["list"]][1] += 1
        elif step.name == "list_exhausted":
            told |= {"kind": "list_exhaustion_removal", "from_list": values["list"]}
            told |= {"residual_seat_number": None, "full_seat": values["seat"] == "whole"}
            standings[values["list"]][0 if values["seat"] == "whole" else 1] -= 1
        else:
            continue
        previous = told
        yield told


def expected_steps(expected: Case) -> Iterator[Case]:
    for step in expected["steps"]:
        told = {key: value for key, value in step.items() if key != "exhausted"}
        if "lots" in told:
            told["by_lot"] = told.pop("lots") is not None
        for name in ("votes_per_seat", "remainder_votes"):
            if name in told:
                told["value"] = told.pop(name)
        yield told


def assert_seats(seats: SeatAssignment, expected: Case) -> None:
    told = list(case_steps(seats))
    wanted = list(expected_steps(expected))
    if wanted and "standings_before" not in wanted[0]:
        told = [{key: value for key, value in step.items() if key != "standings_before"} for step in told]
    assert told == wanted
    assert Fraction(expected["quota"]) == seats.quota
    needed = seats.quota * PARAMETERS.remainder_needs_share_of_quota
    assert [
        {
            "list": each.list,
            "votes": each.votes,
            "full": each.whole,
            "residual": each.residual,
            "total": each.seats,
            "remainder": f"{each.remainder.numerator}/{each.remainder.denominator}",
            "meets_remainder_threshold": each.votes >= needed,
        }
        for each in seats.standings
    ] == expected["standings"]
    if not seats.open_lot:
        assert warnings_of(seats) == [each for each in expected["warnings"] if each != UNTOLD_WARNING]


UNTOLD_WARNING = "AbsoluteMajorityAndListExhaustion"
"""That P 9 and P 10 both changed the seats: here the steps say so."""


def warnings_of(seats: SeatAssignment) -> list[str]:
    return ["NotAllSeatsAssigned"] if seats.unassigned else []


def assert_elected(nomination: Nomination | None, case: Case, expected: Case) -> None:
    assert nomination is not None
    assert Fraction(expected["preference_threshold"]) == nomination.threshold
    lists = {each.number: each for each in lists_of(case)}
    assert [
        {
            "list": each.list,
            "seats": each.seats,
            "preferential": list(each.by_preference),
            "other": list(each.by_list_order),
            "ranking_updated": each.ranking != lists[each.list].positions,
            "ranking": list(each.ranking),
        }
        for each in nomination.lists
    ] == expected["lists"]
    in_list_order = [
        [n, p] for each in nomination.lists for n in [each.list] for p, _ in lists[n].votes if p in each.elected
    ]
    assert in_list_order == expected["chosen"]


def drawn_in(case: Case) -> list[tuple[Case, int]]:
    supplied = [*case["input"].get("lists_drawn", []), *case["input"].get("candidates_drawn", [])]
    return [(each["variant"], each["drawn"]) for each in supplied]


def random_cases(conformance: Path) -> list[Case]:
    with gzip.open(conformance / "elections/apportionment_random_cases.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def named_cases(conformance: Path) -> list[Case]:
    cases: list[Case] = json.loads((conformance / "elections/apportionment_cases.json").read_text())
    return cases


def check_named(case: Case) -> None:
    seats, nomination = compute(case, drawn_in(case))
    expected = case["expected"]
    if case["abacus_function"] == "candidate_nomination":
        assert nomination is not None
        if "lots_required" in expected:
            assert nomination.open_lot is not None
            assert variant_of(nomination.open_lot, seats, case) == sorted_options(expected["lots_required"])
        else:
            assert_elected(nomination, case, expected["completed"])
        return
    if "lots_required" in expected:
        assert seats.open_lot is not None
        assert variant_of(seats.open_lot, seats, case) == sorted_options(expected["lots_required"])
        assert_seats(seats, expected["partial"])
    else:
        assert seats.open_lot is None
        assert_seats(seats, expected["completed"])
    if "full_process" in case and not drawn_in(case):
        check_whole(case, case["full_process"])


def check_random(case: Case) -> None:
    expected, picks = case["expected"], case["input"]["lots_pick_indexes"]
    for index, lot in enumerate(expected["lots"]):
        options = lot["required"]["options"]
        assert lot["drawn"] == options[picks[index] % len(options)]
    check_whole(case, expected)


def check_whole(case: Case, expected: Case) -> None:
    """Compare seats and elected candidates, or the lot at which the computation stops."""
    seats, nomination = compute(case, [(each["required"], each["drawn"]) for each in expected["lots"]])
    lot = seats.open_lot or (nomination and nomination.open_lot)
    assert bool(lot) == ("lots_required" in expected)
    if lot:
        assert variant_of(lot, seats, case) == sorted_options(expected["lots_required"])
    if "seat_assignment" in expected:
        assert_seats(seats, expected["seat_assignment"])
    if "nomination" in expected:
        assert_elected(nomination, case, expected["nomination"])


def test_the_84_named_cases_agree_in_every_step(conformance: Path) -> None:
    cases = named_cases(conformance)

    for case in cases:
        check_named(case)

    assert len(cases) >= 84


def test_all_generated_councils_agree_in_every_step(conformance: Path) -> None:
    cases = random_cases(conformance)

    for case in cases:
        check_random(case)

    assert len(cases) >= 1200
    # The second program had no opinion where a lot is drawn; nowhere do the two contradict each other.
    assert {case["osv2019_agrees"] for case in cases} <= {True, None}


@pytest.mark.parametrize("year", ["2003", "2006", "2010"])
def test_the_house_of_these_years_got_the_seats_of_the_record(conformance: Path, year: str) -> None:
    """P 5 to P 7 on real totals: with the condition of P 7 (2), which holds for the House only."""
    record = json.loads((conformance / "elections/tk1989_2012_totals.json").read_text())[year]
    parties = list(record["votes"])
    lists = [
        ListVotes(number, ((1, record["votes"][party]), *((position, 0) for position in range(2, 81))))
        for number, party in enumerate(parties, start=1)
    ]

    house = assign_seats(
        seats=150, lists=lists, parameters=replace(PARAMETERS, average_needs_share_of_quota=Fraction(1))
    )

    assert dict(zip(parties, house.seats_per_list.values(), strict=True)) == record["official_seats"]
