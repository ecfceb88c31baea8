"""The assertions of a small council where seats are left after each list that may has one by remainder (P 8 (3)).

Derived here: they say that each step of the computation stays the same. Every list has its whole seats, no more and no
fewer, and is on its side of 75 % of the quota: so the same lists get a seat by remainder, all of them, and as many
seats are left. Those go by highest average, one for each list: each list that got one has more votes per seat, with it,
than any list that got none would have with one more. There always is such a list: the seats beyond the whole ones are
fewer than the lists with votes, since each of these has a remainder of less than a quota. For the same reason the round
without a limit is never reached. P 9 never moves a seat here: a list with more than half of the votes has half of the
seats, rounded down, by P 6, and one more by its remainder.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from thorbecke.kernel.messages import Message, gettext_noop

from .apportionment import SeatAssignment
from .audit_assertions import Assertion, asserted, in_quotas
from .audit_averages import beats
from .audit_remainders import above_quotas, above_threshold, below_threshold
from .residual import SINGLE_AVERAGE


def lists_by_average(found: SeatAssignment) -> frozenset[int]:
    """Return the lists that got a seat by highest average in the round with one for each list (P 8 (3))."""
    return frozenset(int(str(step.values["list"])) for step in found.steps if step.name == SINGLE_AVERAGE)


def assertions_with_leftover(
    found: SeatAssignment, seats: int, threshold: Fraction, winners: Collection[int]
) -> Iterator[Assertion | None]:
    """Give the assertions that imply these seats where `winners` got one by highest average and some list did not."""
    votes = {each.list: each.votes for each in found.standings}
    for each in found.standings:
        if each.votes < threshold * found.quota:
            yield below_threshold(votes, seats, each.list, threshold)
            continue
        yield _below_quotas(votes, seats, each.list, each.whole + 1)
        if each.whole:
            yield above_quotas(votes, seats, each.list, each.whole)
        else:
            yield above_threshold(votes, seats, each.list, threshold)
    held = found.seats_per_list
    for winner in winners:
        for loser in held.keys() - winners:
            yield beats(list(held), winner, held[winner], loser, held[loser] + 1, "P 8 (3)")


def _below_quotas(votes: dict[int, int], seats: int, number: int, quotas: int) -> Assertion | None:
    return asserted(
        "whole_seats",
        "P 6",
        (number,),
        in_quotas(votes, seats, {number: -1}, Fraction(-quotas)),
        Message(
            gettext_noop("List %(list)s has less than %(quotas)s times the quota."), {"list": number, "quotas": quotas}
        ),
    )
