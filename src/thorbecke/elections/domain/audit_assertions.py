"""Assertions that together imply the seats of a result, each a weighted sum of votes that must be above zero.

A risk-limiting audit does not check totals, only what the seats hang on. Each assertion is brought to the form of
SHANGRLA (Stark 2020): every ballot gets a number of 0 or more, and the assertion holds when their mean is above 1/2.
The way from a weighted sum to such numbers is that of Blom and others, "Assertion-Based Approaches to Auditing Complex
Elections" (2021, arXiv 2107.11903), section 3: with g the weight of a ballot's list (0 for a blank or invalid one) and
a < 0 the lowest weight, a ballot gets (g - a) / -2a. Here everything is kept in whole numbers: g - a, to be compared
with a mean of -a.

Which assertions a result needs stands in `audit_averages.py` (P 7) and `audit_remainders.py` (P 8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from thorbecke.kernel.errors import ThorbeckeError
from thorbecke.kernel.messages import Message

Votes = Mapping[int, int]
"""Votes per list number, or a weight per list number."""

MISSING = "missing"
"""A ballot that was drawn and could not be found."""

Reading = int | None | str
"""What is on a ballot: a list number, None for blank or invalid, or MISSING."""


class NotAuditable(ThorbeckeError):
    """No sample can confirm this result; only counting everything again can."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A weighted sum of the votes that must be above zero: what it says, the article, and a weight for every list.

    `kind` is "averages", "remainders", "threshold", "whole_seats", "majority", "no_majority" or "loses_seat"; `lists`
    are those it is about; weights are whole numbers without a common factor.
    """

    kind: str
    article: str
    lists: tuple[int, ...]
    weights: tuple[tuple[int, int], ...]
    sentence: Message

    @property
    def null_mean(self) -> int:
        """The mean of `scores` that must be exceeded: minus the lowest weight."""
        return -min(0, *(weight for _, weight in self.weights))

    @property
    def highest_score(self) -> int:
        """The highest score that a ballot can have."""
        return max(0, *(weight for _, weight in self.weights)) + self.null_mean

    @property
    def scores(self) -> dict[Reading, int]:
        """Score of a ballot by what is on it; all 0 or more.

        One that was not found scores 0, so that it counts against the assertion as much as a ballot can (Banuelos and
        Stark, "Limiting Risk by Turning Manifest Phantoms into Evil Zombies", 2012, arXiv 1207.3413).
        """
        scores: dict[Reading, int] = {None: self.null_mean, MISSING: 0}
        for number, weight in self.weights:
            scores[number] = weight + self.null_mean
        return scores

    def assorted(self, reading: Reading) -> Fraction:
        """Return the value of a ballot by the assorter of SHANGRLA, which is to have a mean above 1/2."""
        return Fraction(self.scores[reading], 2 * self.null_mean)

    def total(self, votes: Votes) -> int:
        """Return the weighted sum of these votes: above zero when the assertion holds."""
        return sum(weight * votes[number] for number, weight in self.weights)

    def margin(self, votes: Votes, ballots: int) -> Fraction:
        """Return twice the mean of the assorter minus 1 over `ballots` ballots, blank and invalid ones included."""
        return Fraction(self.total(votes), self.null_mean * ballots)

    def fewest_wrong_ballots(self, votes: Votes) -> int:
        """Return how many ballots must have been read wrongly, in the worst way, to make the assertion false."""
        return max(0, -(-self.total(votes) // self.highest_score))


def asserted(kind: str, article: str, lists: tuple[int, ...], weights: Votes, sentence: Message) -> Assertion | None:
    """Return the assertion with these weights, or None where no vote can make it false."""
    if min(weights.values(), default=0) >= 0:
        return None
    common = gcd(*weights.values())
    return Assertion(kind, article, lists, tuple((each, weights[each] // common) for each in weights), sentence)


def in_quotas(numbers: Votes, seats: int, gains: Votes, needed: Fraction) -> dict[int, int]:
    """Return whole weights that say: the votes of `gains` with their factors are more than `needed` quotas.

    A quota is all valid votes divided by the seats (P 5), so every list gets a weight: factor - needed / seats.
    """
    scale = seats * needed.denominator
    return {each: gains.get(each, 0) * scale - needed.numerator for each in numbers}
