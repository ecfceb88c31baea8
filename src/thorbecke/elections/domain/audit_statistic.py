"""The sequential test of one assertion: how likely are the ballots drawn so far if the assertion were false?

Why this test. Scores are not just win or lose (a vote for a third list counts half, or otherwise), ballots are drawn
without putting them back, and the audit may stop at any moment. The betting martingale is proven for all that, for any
numbers from 0 to a maximum: ALPHA (Stark 2023, arXiv 2201.02707, equations 7 to 9), in the form of bets of RiLACS
(Waudby-Smith, Stark and Ramdas 2021, arXiv 2107.11323). A stake starts at 1. With N ballots, null mean m, j - 1 ballots
drawn with scores y, K = N - j + 1 and mu = (N m - sum of y) / K, ballot j multiplies it by

    1 + bet * (y_j - mu),  0 <= bet <= 1 / mu, the bet being fixed before ballot j is known

(ALPHA's eta is mu + bet * mu * (u - mu), u the maximum.) Proof. The factor is 0 or more. If the assertion is false, all
scores add up to N m at most, so the next has a mean of mu at most, and the factor a mean of 1 at most: the stake is a
supermartingale that starts at 1. By Ville's inequality it ever reaches 1 / alpha with a chance of alpha at most.
So 1 / (highest stake) is a measured risk that holds at any sample size. Where mu falls below 0, the scores seen exceed
what is possible if the assertion is false: then it is certain.

Which bet is wise matters for the size of the sample only, never for the risk. Three quarters of the stake follow the
bet by which it grows fastest if the reported votes are right (Kelly), one quarter half that bet, in case the margin is
smaller than reported. The mean of two such stakes is such a stake.

No floating point: stakes are whole numbers of 2^-256, rounded down at each ballot, which can only raise the risk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

UNIT = 1 << 256
"""A stake of 1."""

BET_STEPS = 1 << 16
MOST, OF_THE_STAKE = 9, 10
"""A bet never puts more than 9/10 of the stake on one ballot, so that no ballot ends the test for good."""

FULL_BET, HALF_BET = Fraction(1), Fraction(1, 2)
QUARTERS = (3, 1)
"""Quarters of the stake that follow the full bet and half of it."""


def best_bet(counts: Mapping[int, int], null_mean: int) -> Fraction:
    """Return the bet by which the stake grows fastest when ballots have these scores: score -> number of ballots.

    It is rounded down to a part of `BET_STEPS` of the largest one; 0 when the mean is not above `null_mean`.
    """
    low, high = 0, BET_STEPS
    while high - low > 1:
        middle = (low + high) // 2
        if _grows_with_a_larger_bet(counts, null_mean, middle):
            low = middle
        else:
            high = middle
    return Fraction(low, BET_STEPS * null_mean)


def _grows_with_a_larger_bet(counts: Mapping[int, int], null_mean: int, steps: int) -> bool:
    """Whether the derivative of the mean logarithm of the factor is above zero; it falls as the bet rises."""
    gain = Fraction(0)
    for score, ballots in counts.items():
        edge = score - null_mean
        gain += Fraction(ballots * edge, BET_STEPS * null_mean + steps * edge)
    return gain > 0


@dataclass(slots=True)
class SequentialTest:
    """The stakes on one assertion, ballot by ballot.

    `ballots` are all ballots of the election, `null_mean` the mean score that must be exceeded, `bet` from `best_bet`.
    """

    ballots: int
    null_mean: int
    bet: Fraction
    drawn: int = 0
    total: int = 0
    stakes: list[int] = field(default_factory=lambda: [UNIT, UNIT])
    highest: int = UNIT
    certain: bool = False
    _bets: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        bets = (self.bet * FULL_BET, self.bet * HALF_BET)
        self._bets = [(each.numerator, each.denominator) for each in bets]

    def add(self, score: int) -> None:
        """Take the score of the next ballot into account. Raises ValueError when all ballots were drawn already."""
        left = self.ballots - self.drawn
        if left <= 0:
            raise ValueError("all ballots were drawn already")
        short = self.ballots * self.null_mean - self.total
        edge = score * left - short
        for index, (numerator, denominator) in enumerate(self._bets):
            if numerator * short * OF_THE_STAKE > MOST * left * denominator:
                numerator, denominator = MOST * left, OF_THE_STAKE * short  # noqa: PLW2901  # the largest bet allowed
            whole = left * denominator
            self.stakes[index] = self.stakes[index] * (whole + numerator * edge) // whole
        self.drawn += 1
        self.total += score
        self.highest = max(self.highest, self.stake)
        self.certain = self.certain or self.total > self.ballots * self.null_mean

    @property
    def stake(self) -> int:
        """The stake now, in parts of `UNIT`, rounded down."""
        full, half = self.stakes
        return (QUARTERS[0] * full + QUARTERS[1] * half) // 4

    @property
    def risk(self) -> Fraction:
        """The measured risk: at most this chance of such ballots at any moment, if the assertion were false."""
        return Fraction(0) if self.certain else Fraction(UNIT, self.highest)

    def confirms(self, risk_limit: Fraction) -> bool:
        """Whether the measured risk is the risk limit or less."""
        return self.certain or UNIT * risk_limit.denominator <= self.highest * risk_limit.numerator

    @property
    def refuted(self) -> bool:
        """Whether all ballots were drawn, and the assertion is false by them."""
        return self.drawn == self.ballots and not self.certain


def follow(test: SequentialTest, scores: Sequence[int]) -> SequentialTest:
    """Add ballots to a test, in the order in which they were drawn, and return it."""
    for score in scores:
        test.add(score)
    return test
