"""Seats and elected persons of a House as large as that of 2023, beside votelib and apportionment in the same run.

    python benchmarks/election_seats.py [--repeat 300]

Needs requirements/runtime.txt and requirements/benchmark.txt. Votes are made up with a fixed seed: 26 lists, two of
them groups of five lists each, 19 districts, 1,085 candidates, 10.4 million votes. The peers divide seats by highest
averages only, and get the lists that reach the quota (P 7 (2)); their seats must be the same. They do not elect people.
Prints a table and writes results/election_seats.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import apportionment.methods
import votelib.evaluate.proportional

from thorbecke.elections.domain.apportionment import assign_seats
from thorbecke.elections.domain.count import Election, VoteGroup
from thorbecke.elections.domain.district_inputs import (
    District,
    DistrictCount,
    HandedInList,
    Party,
    build_district_inputs,
)
from thorbecke.elections.domain.district_reading import read_district_inputs
from thorbecke.elections.domain.district_result import compute_district_result
from thorbecke.elections.domain.district_rules import HOUSE_RULE
from thorbecke.elections.domain.lots import Draws
from thorbecke.elections.domain.recompute import recompute
from thorbecke.elections.domain.rule import read_parameters
from thorbecke.elections.domain.second_opinion import check_seats
from thorbecke.kernel.canonical_json import JsonObject, canonical_bytes

RESULTS = Path(__file__).parent / "results"
SEED = 20231122
SEATS = 150
DISTRICTS = 19
PARTIES = 26
CANDIDATES = 1085
VOTES = 10_400_000
UNEQUAL = {3: 5, 6: 5}
"""Groups of which the lists are not equal, and their number of lists."""


@dataclass(frozen=True)
class Timing:
    """How long once takes, in milliseconds: median, 99th percentile, and the fastest."""

    name: str
    p50_ms: float
    p99_ms: float
    fastest_ms: float


def main() -> None:
    """Measure, print the table and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=300, help="how often each is done")
    options = parser.parse_args()
    inputs = made_up_house()
    timings, sizes = measure_all(inputs, options.repeat)
    print_table(timings, sizes)
    RESULTS.mkdir(exist_ok=True)
    report = {
        "timings": [asdict(each) for each in timings],
        "sizes": sizes,
        "repeat": options.repeat,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "peers": {name: version(name) for name in ("votelib", "apportionment")},
    }
    (RESULTS / "election_seats.json").write_text(json.dumps(report, indent=2) + "\n")


def made_up_house() -> JsonObject:
    """Make the inputs of a House: votes fall with the place of a party and of a candidate, as they do in life."""
    dice = random.Random(SEED)
    sizes = [CANDIDATES // PARTIES + (1 if index < CANDIDATES % PARTIES else 0) for index in range(PARTIES)]
    shares = [1 / (index + 2) ** 1.4 for index in range(PARTIES)]
    parties = [made_up_party(number, size) for number, size in enumerate(sizes, start=1)]
    counts = []
    for district in range(1, DISTRICTS + 1):
        votes = {}
        for party, share in zip(parties, shares, strict=True):
            own = next(each for each in party.lists if district in each.districts)
            expected = VOTES / DISTRICTS * share / sum(shares) * dice.uniform(0.7, 1.3)
            votes[party.number] = made_up_votes(dice, expected, len(own.candidates))
        totals = {number: sum(each) for number, each in votes.items()}
        group = VoteGroup(votes, totals, sum(totals.values()), blank=900, invalid=1200)
        counts.append(DistrictCount(f"district {district}", district, group))
    election = Election("TK2023_MadeUp", "TK", "Made up", date(2023, 11, 22), "Nowhere", SEATS)
    districts = [District(number) for number in range(1, DISTRICTS + 1)]
    return build_district_inputs(election=election, districts=districts, parties=parties, counts=counts)


def made_up_party(number: int, size: int) -> Party:
    """A party with one list for all districts, or with several that differ in their last five candidates."""
    everywhere = tuple(range(1, DISTRICTS + 1))
    lists = UNEQUAL.get(number, 1)
    common = tuple(range(1, size - 5 * (lists - 1) + 1))
    if lists == 1:
        return Party(number, (HandedInList(everywhere, common),))
    own = [common[:-5] + tuple(range(common[-1] - 4 + 5 * index, common[-1] + 1 + 5 * index)) for index in range(lists)]
    return Party(number, tuple(HandedInList(everywhere[index::lists], each) for index, each in enumerate(own)))


def made_up_votes(dice: random.Random, expected: float, candidates: int) -> tuple[int, ...]:
    """Votes of one list in one district: most for the first, a preference here and there."""
    first = int(expected * 0.8)
    weights = [dice.random() ** 3 for _ in range(candidates - 1)]
    return first, *(int(expected * 0.2 * weight / sum(weights)) for weight in weights)


def measure_all(inputs: JsonObject, repeat: int) -> tuple[list[Timing], dict[str, int]]:
    """Measure this room and the peers on the same votes; refuse when their seats differ."""
    parameters = read_parameters(HOUSE_RULE)
    read = read_district_inputs(inputs, weighted=False)
    computation = recompute(HOUSE_RULE.reference, inputs)
    result: Any = computation.result
    votes = {group.number: group.total for group in read.groups}
    able = {number: total for number, total in votes.items() if total * SEATS >= sum(votes.values())}
    assert result["open_lot"] is None
    assert len(result["elected"]) == SEATS
    seats = {number: held for number, held in result["seats"] if number in able}
    averages = votelib.evaluate.proportional.HighestAverages("d_hondt")
    assert averages.evaluate(able, SEATS) == seats
    assert divided_by_apportionment(able) == seats
    todo: list[tuple[str, Callable[[], object]]] = [
        (
            "seats per list, every step (P 5-P 10)",
            lambda: assign_seats(seats=SEATS, lists=read.groups, parameters=parameters),
        ),
        ("seats and 150 elected from totals (P 5-P 19a)", lambda: compute_district_result(read, parameters, Draws())),
        ("recompute from recorded inputs, strictly read", lambda: recompute(HOUSE_RULE.reference, inputs)),
        ("second way of dividing, as a check", lambda: check_seats(result, inputs)),
        ("votelib, seats per list only", lambda: averages.evaluate(able, SEATS)),
        ("apportionment, seats per list only", lambda: divided_by_apportionment(able)),
    ]
    sizes = {
        "inputs_bytes": len(canonical_bytes(inputs)),
        "result_bytes": len(canonical_bytes(result)),
        "explanation_bytes": len(canonical_bytes(list(computation.explanation))),
        "steps": len(computation.explanation),
    }
    return [measure(name, do, repeat) for name, do in todo], sizes


def divided_by_apportionment(votes: dict[int, int]) -> dict[int, int]:
    """Divide by d'Hondt; it works in floating point."""
    held = apportionment.methods.compute("dhondt", list(votes.values()), SEATS, verbose=False)
    return dict(zip(votes, held, strict=True))


def measure(name: str, do: Callable[[], object], repeat: int) -> Timing:
    """Do it once unmeasured and then `repeat` times."""
    do()
    took = []
    for _ in range(repeat):
        started = time.perf_counter()
        do()
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return Timing(name, round(statistics.median(took), 3), round(took[int(len(took) * 0.99)], 3), round(took[0], 3))


def print_table(timings: list[Timing], sizes: dict[str, int]) -> None:
    """Print the timings and sizes."""
    print(f"{'':48}{'median':>10}{'p99':>10}{'fastest':>10}  ms")
    for each in timings:
        print(f"{each.name:48}{each.p50_ms:>10.2f}{each.p99_ms:>10.2f}{each.fastest_ms:>10.2f}")
    for name, size in sizes.items():
        print(f"{name:48}{size:>10,}")


if __name__ == "__main__":
    main()
