"""Inputs of elections with districts and groups of lists, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from thorbecke.elections.domain.count import Election, VoteGroup
from thorbecke.elections.domain.district_inputs import (
    District,
    DistrictCount,
    HandedInList,
    Party,
    build_district_inputs,
)
from thorbecke.elections.domain.inputs import Draw
from thorbecke.kernel.canonical_json import JsonObject

CATEGORIES = {"PS2": "PS"}


def vote_group(votes: Mapping[int, tuple[int, ...]], *, blank: int = 0, invalid: int = 0) -> VoteGroup:
    """A vote group whose stated sums are right."""
    totals = {number: sum(counts) for number, counts in votes.items()}
    return VoteGroup(votes, totals, sum(totals.values()), blank, invalid)


def district_inputs(
    parties: Sequence[Party],
    counts: Mapping[int, Mapping[int, tuple[int, ...]]],
    *,
    category: str = "TK",
    seats: int = 150,
    vote_values: Mapping[int, int] | None = None,
    draws: Sequence[Draw] = (),
) -> dict[str, Any]:
    """Inputs with these votes per district and group, one blank and two invalid votes in each district."""
    values = vote_values or {}
    built = build_district_inputs(
        election=Election("XX2023_Fabelland", category, "Fabelland", date(2023, 11, 22), "Fabelland", seats),
        districts=[District(number, values.get(number, 1)) for number in counts],
        parties=parties,
        counts=[
            DistrictCount(f"district {number}", number, vote_group(votes, blank=1, invalid=2))
            for number, votes in counts.items()
        ],
        draws=draws,
    )
    return dict(built)


def inputs_of_case(case: Mapping[str, Any]) -> tuple[JsonObject, dict[tuple[int, int], str]]:
    """Inputs of a conformance case, and the case's name of each candidate by group and number."""
    names: dict[tuple[int, int], str] = {}
    parties, counts = [], {number: {} for number in range(1, len(case["vote_values"]) + 1)}  # type: ignore[var-annotated]  # filled below
    for group in case["groups"]:
        numbers: dict[str, int] = {}
        lists = []
        for each in group["lists"]:
            for name in each["candidates"]:
                numbers.setdefault(name, len(numbers) + 1)
            candidates = tuple(numbers[name] for name in each["candidates"])
            lists.append(HandedInList(tuple(each["districts"]), candidates))
            for district, votes in each["votes"].items():
                counts[int(district)][group["group"]] = tuple(votes)
        deceased = tuple(numbers[name] for name in case["deceased"] if name in numbers)
        parties.append(Party(group["group"], tuple(lists), deceased))
        names |= {(group["group"], number): name for name, number in numbers.items()}
    inputs = district_inputs(
        parties,
        counts,
        category=CATEGORIES.get(case["kind"], case["kind"]),
        seats=case["seats"],
        vote_values=dict(enumerate(case["vote_values"], start=1)),
    )
    return inputs, names


def inputs_of_house(case: Mapping[str, Any]) -> tuple[JsonObject, dict[tuple[int, int], str]]:
    """Inputs of a House of which the case names its districts and parties."""
    number = {name: index for index, name in enumerate(case["districts"], start=1)}
    groups = [
        {
            "group": index,
            "lists": [
                {
                    "districts": sorted(number[name] for name in each["districts"]),
                    "candidates": each["candidates"],
                    "votes": {str(number[name]): votes for name, votes in each["votes"].items()},
                }
                for each in group["lists"]
            ],
        }
        for index, group in enumerate(case["groups"], start=1)
    ]
    plain = {"kind": "TK", "seats": case["seats"], "deceased": [], "vote_values": [1] * len(number), "groups": groups}
    return inputs_of_case(plain)
