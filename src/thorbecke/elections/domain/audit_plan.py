"""The plan of an audit: what must be confirmed, at which risk limit, and how many ballots that will take about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, log, sqrt

from thorbecke.kernel.messages import Message, gettext_noop

from .apportionment import SeatAssignment, assign_seats
from .audit_assertions import Assertion, NotAuditable, Votes
from .audit_averages import assertions_by_averages
from .audit_leftover import assertions_with_leftover, lists_by_average
from .audit_majority import assertions_about_majority, find_moved_seat
from .audit_remainders import assertions_by_remainders
from .audit_statistic import QUARTERS, SequentialTest, best_bet
from .rule import Parameters
from .standing import Contender

COUNT_AGAIN = gettext_noop("Count all ballots again by hand if the result must be checked.")
LARGEST_SHARE = Fraction(1, 2)
"""Of the ballots: beyond this a full hand count is taken to be less work than looking up single ballots; a choice."""

NINE_IN_TEN = 1.2816
"""Standard deviations below the mean, above which nine in ten values of a normal distribution lie."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many ballots an assertion takes if the count is right: by its mean growth, and in nine cases of ten.

    Approximations in floating point, made as if ballots were put back; no verdict of "confirmed" hangs on them. None
    where that is beyond `LARGEST_SHARE` of the ballots.
    """

    middle: int | None
    ample: int | None


@dataclass(frozen=True, slots=True)
class AuditPlan:
    """What an audit checks: all assertions, over how many ballots, given the reported votes per list."""

    assertions: tuple[Assertion, ...]
    votes: Votes
    ballots: int
    risk_limit: Fraction

    def test_of(self, assertion: Assertion) -> SequentialTest:
        """Return the test of one of the assertions, before any ballot is drawn."""
        null_mean = assertion.null_mean
        return SequentialTest(self.ballots, null_mean, best_bet(self.reported_scores(assertion), null_mean))

    def reported_scores(self, assertion: Assertion) -> Mapping[int, int]:
        """Return how many ballots have each score, if the reported votes are right."""
        scores = assertion.scores
        counts = Counter({assertion.null_mean: self.ballots - sum(self.votes.values())})
        for number, votes in self.votes.items():
            counts[scores[number]] += votes
        return counts

    def estimate(self, assertion: Assertion, stake: float = 1.0) -> Estimate:
        """Return how many ballots more this assertion will take from a stake of so much."""
        bet = float(self.test_of(assertion).bet)
        scores = self.reported_scores(assertion)
        gains = {score: log(1 + bet * (score - assertion.null_mean)) for score in scores}
        mean = sum(number * gains[score] for score, number in scores.items()) / self.ballots
        spread = sum(number * (gains[score] - mean) ** 2 for score, number in scores.items()) / self.ballots
        needed = log(1 / (float(self.risk_limit) * QUARTERS[0] / 4 * stake))
        if needed <= 0:
            return Estimate(1, 1)
        if mean <= 0:
            return Estimate(None, None)
        away = NINE_IN_TEN * sqrt(spread)
        ample = ((away + sqrt(away * away + 4 * mean * needed)) / (2 * mean)) ** 2
        return Estimate(self._capped(needed / mean), self._capped(ample))

    def _capped(self, ballots: float) -> int | None:
        return ceil(ballots) if ballots <= self.ballots * LARGEST_SHARE else None

    @property
    def sample(self) -> Estimate:
        """How many ballots the whole audit will take: those of its hardest assertion, or somewhat more."""
        estimates = [self.estimate(each) for each in self.assertions]
        return Estimate(largest([each.middle for each in estimates]), largest([each.ample for each in estimates]))


def largest(sizes: Sequence[int | None]) -> int | None:
    """Return the largest sample, 0 of none, and None where one of them needs all ballots."""
    known = [each for each in sizes if each is not None]
    return max(known, default=0) if len(known) == len(sizes) else None


def plan_audit(
    *,
    seats: int,
    lists: Sequence[Contender],
    ballots: int,
    parameters: Parameters,
    risk_limit: Fraction,
) -> AuditPlan:
    """Return what must be confirmed of the seats of one council over `ballots` ballots, blank and invalid included.

    `ballots` is at least the number of valid votes; the risk limit lies between 0 and 1. Raises NotAuditable where
    no sample can confirm the seats: by lot, without votes or rivals, or by the rarest ways of P 10.
    """
    found = assign_seats(seats=seats, lists=lists, parameters=parameters)
    large = parameters.is_large(seats)
    _refuse_what_no_sample_confirms(found, seats, large=large)
    given = (each for each in _assertions(found, seats, lists, parameters, large=large) if each is not None)
    unique = {(each.weights, each.kind): each for each in given}
    votes = {each.number: each.total for each in lists}
    return AuditPlan(tuple(unique.values()), votes, ballots, risk_limit)


def _assertions(
    found: SeatAssignment, seats: int, lists: Sequence[Contender], parameters: Parameters, *, large: bool
) -> Iterator[Assertion | None]:
    moved = find_moved_seat(found)
    held = found.seats_per_list
    if moved is not None:
        held = held | {moved.winner: held[moved.winner] - 1, moved.loser: held[moved.loser] + 1}
    numbers = [each.number for each in lists]
    yield from assertions_about_majority(numbers, seats, held, moved, large=large)
    if large:
        yield from assertions_by_averages(lists, held, _room(found, seats), moved)
        return
    threshold = parameters.remainder_needs_share_of_quota
    by_average = lists_by_average(found)
    if by_average:
        yield from assertions_with_leftover(found, seats, threshold, by_average)
    else:
        votes = {each.number: each.total for each in lists}
        yield from assertions_by_remainders(votes, seats, held, threshold, moved)


def _room(found: SeatAssignment, seats: int) -> dict[int, int]:
    """How many seats each list can take by highest averages.

    With an even number of seats P 9 looks at the seats before P 10, which must then all be asserted, room or not.
    """
    return {each.list: each.candidates if seats % 2 else seats + 1 for each in found.standings}


def _refuse_what_no_sample_confirms(found: SeatAssignment, seats: int, *, large: bool) -> None:
    names = {step.name for step in found.steps}
    if not found.quota:
        raise _not_auditable(gettext_noop("There are no valid votes, so there is nothing to audit."))
    if found.open_lot is not None:
        raise _not_auditable(gettext_noop("A lot decides a seat: the margin is zero, which no sample can confirm."))
    if found.unassigned:
        raise _not_auditable(gettext_noop("Seats stay empty because the lists have no more candidates (P 10)."))
    if "list_exhausted" in names and (not large or seats % 2 == 0):
        raise _not_auditable(gettext_noop("A list has fewer candidates than seats (P 10). No sample covers that here."))
    room = _room(found, seats) if large else {}
    if sum(each.seats < room.get(each.list, seats + 1) for each in found.standings) < 2:
        raise _not_auditable(gettext_noop("Fewer than two lists can win a seat, so there is nothing to compare."))


def _not_auditable(problem: str) -> NotAuditable:
    return NotAuditable(Message(problem), Message(COUNT_AGAIN))
