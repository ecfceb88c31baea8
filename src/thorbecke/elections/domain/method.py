"""The ways in which the seats beyond the whole ones are won: which rounds there are, and what a list needs for each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .rule import Parameters


@dataclass(frozen=True, slots=True)
class Method:
    """Rounds in their order, with the article of each; what a list needs is a number of votes.

    `remainder_needs` is None where no seat goes by largest remainder. `single_average` tells whether a round by
    highest average comes first in which a list gets one seat at most, and `without_votes` whether lists without any
    vote take part, as the last.
    """

    remainder_needs: Fraction | None
    remainder_article: str
    single_average: bool
    average_needs: Fraction
    average_article: str
    without_votes: bool


def method_between_lists(*, seats: int, quota: Fraction, parameters: Parameters) -> Method:
    """Return how `seats` beyond the whole ones are divided over the lists, a group counting as one (P 7, P 8, U 9)."""
    if parameters.is_large(seats):
        # P 7: highest averages. P 7 (2): for the House only lists that reach the quota.
        needed = quota * parameters.average_needs_share_of_quota
        return Method(
            remainder_needs=None,
            remainder_article="",
            single_average=False,
            average_needs=needed,
            average_article=parameters.cite("P 7"),
            without_votes=parameters.lists_without_votes_get_seats,
        )
    # P 8 (1) and (2): largest remainders for lists that reach 75 % of the quota. P 8 (3): then highest averages, first
    # one seat each; it says nothing of seats that are still left, and Abacus goes on without limit.
    needed = quota * parameters.remainder_needs_share_of_quota
    return Method(
        remainder_needs=needed,
        remainder_article=parameters.cite("P 8 (1)"),
        single_average=True,
        average_needs=Fraction(0),
        average_article=parameters.cite("P 8 (3)"),
        without_votes=parameters.lists_without_votes_get_seats,
    )


def method_within_group(parameters: Parameters) -> Method:
    """Return how the seats of a group beyond the whole ones are divided over its lists (P 12 (5), P 13 (2))."""
    # P 12 (5): a list without a remainder counts as one with the smallest.
    return Method(
        remainder_needs=Fraction(0),
        remainder_article=parameters.cite("P 12 (5)"),
        single_average=False,
        average_needs=Fraction(0),
        average_article=parameters.cite("P 13 (2)"),
        without_votes=parameters.lists_without_votes_get_group_seats,
    )
