"""What the ballots read so far say: which assertions are confirmed, at which risk, and whether the audit may stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from .audit_assertions import Assertion, Reading
from .audit_plan import LARGEST_SHARE, AuditPlan, largest
from .audit_sampling import DrawnBallot
from .audit_statistic import UNIT, follow


class Verdict(Enum):
    """What follows from the ballots read so far."""

    CONFIRMED = "confirmed"
    DRAW_MORE = "draw_more"
    FULL_HAND_COUNT = "full_hand_count"


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assertion after the ballots read so far: measured risk (rounded up), and ballots still needed about.

    `more` is 0 when it is confirmed and None when a full hand count is less work.
    """

    assertion: Assertion
    risk: Fraction
    confirmed: bool
    more: int | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict, with how many ballots count, how many more to draw (0 unless DRAW_MORE), and every assertion."""

    verdict: Verdict
    counted: int
    more: int
    assertions: tuple[Assessed, ...]

    @property
    def risk(self) -> Fraction:
        """The measured risk of the whole result: that of the assertion confirmed least."""
        return max((each.risk for each in self.assertions), default=Fraction(0))


def assess(plan: AuditPlan, readings: Sequence[Reading]) -> Assessment:
    """Judge the ballots read so far, in the order in which they were drawn.

    If the reported seats are wrong, one assertion at least is false, and the chance that it is ever confirmed is the
    risk limit at most: so no correction for many assertions is needed (Stark 2020, SHANGRLA). One that was confirmed
    stays so. Going over to a full hand count is allowed at any moment.

    Raises KeyError for a list that does not take part.
    """
    assessed = tuple(_assess_one(plan, each, readings) for each in plan.assertions)
    open_ones = [each.more for each in assessed if not each.confirmed]
    if not open_ones:
        return Assessment(Verdict.CONFIRMED, len(readings), 0, assessed)
    more = largest(open_ones)
    if more is None or len(readings) + more > plan.ballots * LARGEST_SHARE:
        return Assessment(Verdict.FULL_HAND_COUNT, len(readings), 0, assessed)
    return Assessment(Verdict.DRAW_MORE, len(readings), more, assessed)


def _assess_one(plan: AuditPlan, assertion: Assertion, readings: Sequence[Reading]) -> Assessed:
    scores = assertion.scores
    test = follow(plan.test_of(assertion), [scores[each] for each in readings])
    confirmed = test.confirms(plan.risk_limit)
    more = 0 if confirmed else plan.estimate(assertion, max(test.stake, 1) / UNIT).ample
    return Assessed(assertion, test.risk, confirmed, more)


def arrange_readings(drawn: Sequence[DrawnBallot], read: Mapping[tuple[str, int], Reading]) -> list[Reading]:
    """Return what was read on the drawn ballots, in their order, up to the first that was not read yet.

    Ballots after one that was skipped do not count: who chooses which to read could steer the outcome.
    """
    readings: list[Reading] = []
    for each in drawn:
        if (each.station, each.ballot) not in read:
            break
        readings.append(read[each.station, each.ballot])
    return readings
