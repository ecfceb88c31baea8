"""How often a risk-limiting audit confirms wrong seats, and how many ballots it takes to confirm right ones.

    python benchmarks/election_audit.py [--wrong 2000] [--right 200]

Made-up councils. For wrong seats the true ballots differ from the reported votes by the fewest votes that move a seat
(found by `domain/margin.py`), and the audit goes on up to the last ballot but one, looking after each: the worst case
for its promise. "A false assertion" counts audits in which every assertion that is false was ever confirmed, which is
more than those that confirm the whole result. "At the edge" has ballots for which an assertion is false by a hair (its
weighted sum exactly zero, or the last above it), where the chance is the largest possible.
Prints a table and writes results/election_audit.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from thorbecke.elections.domain.apportionment import assign_seats
from thorbecke.elections.domain.audit_assertions import Assertion, Reading
from thorbecke.elections.domain.audit_plan import AuditPlan, plan_audit
from thorbecke.elections.domain.margin import votes_to_move_a_seat
from thorbecke.elections.domain.rule import COUNCIL_RULE, read_parameters
from thorbecke.elections.domain.standing import ListVotes

PARAMETERS = read_parameters(COUNCIL_RULE)
SEED = 20261123
RESULTS = Path(__file__).parent / "results" / "election_audit.json"


@dataclass(frozen=True, slots=True)
class Council:
    """A council with the votes that are reported per list."""

    name: str
    seats: int
    votes: Mapping[int, int]
    blank: int = 0


WRONG = (
    Council("9 seats, wide margin", 9, {1: 2720, 2: 1150, 3: 1130}),
    Council("9 seats, P 8 (3)", 9, {1: 1130, 2: 142, 3: 140, 4: 112, 5: 108, 6: 100, 7: 90, 8: 85}, 9),
    Council("9 seats, largest remainders", 9, {1: 520, 2: 301, 3: 160}, 19),
    Council("17 seats, a list just below 75 %", 17, {1: 748, 2: 538, 3: 416, 4: 220, 5: 82}, 20),
    Council("19 seats, highest averages", 19, {1: 700, 2: 510, 3: 420, 4: 230, 5: 121}, 15),
    Council("20 seats, highest averages, even number", 20, {1: 983, 2: 540, 3: 305, 4: 172}, 10),
    Council("9 seats, P 9 moved a seat", 9, {1: 912, 2: 158, 3: 164, 4: 170, 5: 176, 6: 172, 7: 60}, 8),
)
RIGHT = (
    Council("9 seats, 5,000 ballots, wide", 9, {1: 2720, 2: 1150, 3: 1130}),
    Council("15 seats, 12,000 ballots", 15, {1: 4050, 2: 2430, 3: 2350, 4: 1560, 5: 1500}, 110),
    Council("23 seats, 30,000 ballots", 23, {1: 8815, 2: 7555, 3: 5107, 4: 4232, 5: 4138}, 150),
    Council("9 seats, 5,000 ballots, narrow", 9, {1: 2600, 2: 1500, 3: 900}),
)


def lists_of(votes: Mapping[int, int]) -> list[ListVotes]:
    return [ListVotes(each, ((1, total), *((place, 0) for place in range(2, 50)))) for each, total in votes.items()]


def seats_of(council: Council, votes: Mapping[int, int]) -> dict[int, int] | None:
    found = assign_seats(seats=council.seats, lists=lists_of(votes), parameters=PARAMETERS)
    return None if found.open_lot else found.seats_per_list


def plan_of(council: Council, limit: Fraction) -> AuditPlan:
    ballots = sum(council.votes.values()) + council.blank
    lists = lists_of(council.votes)
    return plan_audit(seats=council.seats, lists=lists, ballots=ballots, parameters=PARAMETERS, risk_limit=limit)


def fewest_moved(council: Council) -> tuple[int, dict[int, int]]:
    """Return how many votes move a seat, and the votes after that; a vote more where only a lot is reached."""
    margin = votes_to_move_a_seat(seats=council.seats, lists=lists_of(council.votes), parameters=PARAMETERS)
    assert margin is not None
    moved = margin.votes
    while True:
        true = dict(council.votes)
        true[margin.from_list] -= moved
        true[margin.to_list] += moved
        if seats_of(council, true) not in (None, seats_of(council, council.votes)):
            return moved, true
        moved += 1


def at_the_edge(council: Council, assertion: Assertion) -> dict[int, int]:
    """Return the votes after moving as few as make this assertion false, between the lists that weigh most."""
    weights = dict(assertion.weights)
    best, worst = max(weights, key=weights.__getitem__), min(weights, key=weights.__getitem__)
    true = dict(council.votes)
    while assertion.total(true) > 0:
        true[best] -= 1
        true[worst] += 1
    return true


def ballots_of(council: Council, votes: Mapping[int, int]) -> list[Reading]:
    return [number for number, total in votes.items() for _ in range(total)] + [None] * council.blank


def drawn_until_confirmed(plan: AuditPlan, assertion: Assertion, ballots: list[Reading]) -> int | None:
    """Return after how many ballots an assertion is confirmed, or None; the last ballot is never reached."""
    test, scores = plan.test_of(assertion), assertion.scores
    for drawn, each in enumerate(ballots[:-1], start=1):
        test.add(scores[each])
        if test.confirms(plan.risk_limit):
            return drawn
    return None


@dataclass(frozen=True, slots=True)
class WrongSeats:
    """Of so many audits of wrong seats, how many confirmed what is false."""

    council: str
    truth: str
    moved: int
    risk_limit: str
    audits: int
    false_assertion: int
    whole_result: int | None


def audit_wrong(council: Council, truth: str, true: Mapping[int, int], limit: Fraction, audits: int) -> WrongSeats:
    plan = plan_of(council, limit)
    false = [each for each in plan.assertions if each.total(true) <= 0]
    assert false
    rest = [each for each in plan.assertions if each not in false]
    chance = random.Random(f"{SEED} {council.name} {truth} {limit}")
    ballots = ballots_of(council, true)
    confirmed = whole = 0
    for _ in range(audits):
        chance.shuffle(ballots)
        if all(drawn_until_confirmed(plan, each, ballots) for each in false):
            confirmed += 1
            whole += all(drawn_until_confirmed(plan, each, ballots) for each in rest)
    moved = sum(max(0, council.votes[each] - true[each]) for each in true)
    return WrongSeats(council.name, truth, moved, str(limit), audits, confirmed, whole)


@dataclass(frozen=True, slots=True)
class RightSeats:
    """How many ballots audits of right seats took; all where one was not confirmed before the last ballot."""

    council: str
    ballots: int
    fewest_votes_that_move_a_seat: int
    assertions: int
    estimate_middle: int | None
    estimate_ample: int | None
    mean: float
    median: float
    nine_in_ten: int
    all_ballots: int
    audits: int


def audit_right(council: Council, limit: Fraction, audits: int) -> RightSeats:
    plan = plan_of(council, limit)
    chance = random.Random(SEED)
    ballots = ballots_of(council, council.votes)
    took = []
    for _ in range(audits):
        chance.shuffle(ballots)
        took.append(max(drawn_until_confirmed(plan, each, ballots) or plan.ballots for each in plan.assertions))
    took.sort()
    sample = plan.sample
    return RightSeats(
        council.name,
        plan.ballots,
        fewest_moved(council)[0],
        len(plan.assertions),
        sample.middle,
        sample.ample,
        round(statistics.mean(took), 1),
        statistics.median(took),
        took[int(len(took) * 0.9)],
        sum(each == plan.ballots for each in took),
        audits,
    )


def wrong_seats(audits: int) -> list[WrongSeats]:
    found = []
    for council in WRONG:
        moved = fewest_moved(council)[1]
        for limit in (Fraction(1, 20), Fraction(1, 5)):
            # The wide margin comes closest to the limit, so it is looked at more closely.
            times = 5 if council is WRONG[0] else 1
            found.append(audit_wrong(council, "fewest votes moved", moved, limit, audits * times))
        if council is WRONG[0]:
            continue  # its edge is the same
        plan = plan_of(council, Fraction(1, 20))
        hardest = min(plan.assertions, key=lambda each: each.fewest_wrong_ballots(council.votes))
        edge = at_the_edge(council, hardest)
        found.append(audit_wrong(council, "at the edge", edge, Fraction(1, 20), audits))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", type=int, default=2000, help="audits of wrong seats for each case")
    parser.add_argument("--right", type=int, default=200, help="audits of right seats for each case")
    chosen = parser.parse_args()
    started = time.perf_counter()
    wrong = wrong_seats(chosen.wrong)
    right = [audit_right(council, Fraction(1, 20), chosen.right) for council in RIGHT]
    print_tables(wrong, right)
    took = round(time.perf_counter() - started, 1)
    print(f"{took} seconds")
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "seconds": took, "seed": SEED}
    document = {
        "machine": machine,
        "wrong": [asdict(each) for each in wrong],
        "right": [asdict(each) for each in right],
    }
    RESULTS.write_text(json.dumps(document, indent=2) + "\n")


def print_tables(wrong: list[WrongSeats], right: list[RightSeats]) -> None:
    print(f"{'wrong seats':42}{'truth':22}{'moved':>6}{'limit':>7}{'audits':>8}{'false one':>11}{'whole':>8}")
    for each in wrong:
        share = f"{each.false_assertion / each.audits:.2%}"
        whole = f"{(each.whole_result or 0) / each.audits:.2%}"
        print(
            f"{each.council:42}{each.truth:22}{each.moved:>6}{each.risk_limit:>7}{each.audits:>8}{share:>11}{whole:>8}"
        )
    print()
    print(
        f"{'right seats, limit 1/20':32}{'ballots':>8}{'margin':>7}{'estimate':>16}{'mean':>9}{'9 in 10':>9}{'all':>5}"
    )
    for one in right:
        estimate = f"{one.estimate_middle} to {one.estimate_ample}"
        print(
            f"{one.council:32}{one.ballots:>8}{one.fewest_votes_that_move_a_seat:>7}{estimate:>16}"
            f"{one.mean:>9}{one.nine_in_ten:>9}{one.all_ballots:>5}"
        )


if __name__ == "__main__":
    main()
