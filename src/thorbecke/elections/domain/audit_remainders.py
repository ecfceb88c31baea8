"""The assertions of a council of fewer than 19 seats: largest remainders, for lists that reach 75 % of the quota (P 8).

Blom and others (2021, arXiv 2107.11903) and "Auditing Hamiltonian Elections" (2021, arXiv 2102.08510) audit largest
remainders by pairwise differences of shares and by thresholds. Their full text could not be read here, and the Dutch
threshold differs, so this is derived. Let S be the seats, q the quota, W_i the seats of list i, and votes in quotas.
The seats are right, without a lot, when

    (a) votes(A) > W_A - 1                      for each list A with two seats or more
        votes(A) > 3/4                          for each list A with one seat
    (b) votes(A) - votes(B) > W_A - W_B - 1     for each two lists A and B with a seat
    (c) votes(B) < 3/4, or (b) against every A  for each list B without a seat

Proof. Let w_i be the whole seats and r_i the remainders by the true votes. By (a) W_A - 1 <= w_A, so the S seats are
at most the sum of w_A + 1 over the lists with a seat, all of which reach 75 %: the seats left go by remainder, one
each, and no highest average is needed. Suppose that the true seats differ. Then some list j with a seat gets fewer and
some list i gets more. As j gets w_j at least, W_j = w_j + 1 and j gets no seat for its remainder. If (c) says that i is
below 75 %, it gets none at all, which is not more. Otherwise by (b) r_j = votes(j) - W_j + 1 > votes(i) - W_i, and W_i
is at most one less than what i gets. If i gets w_i + 1, that says r_j > r_i, but then j comes before i. If i gets w_i,
it says r_j > 1 + r_i, which cannot be. So the true seats are the same. A lot among equals would allow two outcomes, and
the proof holds for both: there is none.

P 9: see `audit_majority.py`. The seat is taken from the smallest remainder among those that brought a seat: the list
with the lowest votes(i) - W_i of all with a seat, since this is below 0 for them and not for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from thorbecke.kernel.messages import Message, gettext_noop

from .audit_assertions import Assertion, Votes, asserted, in_quotas
from .audit_majority import MovedSeat


def assertions_by_remainders(
    votes: Votes, seats: int, held: dict[int, int], threshold: Fraction, moved: MovedSeat | None
) -> Iterator[Assertion | None]:
    """Give the assertions that imply that the lists hold these seats, before P 9 moved one, by P 6, P 8 (1) and (2).

    `threshold` is the share of the quota that a list needs for a seat by its remainder. The reported `votes` only
    choose between the two ways of (c): the one with the larger margin. None stands for what no vote can make false.
    """
    holding = [each for each in held if held[each]]
    for winner in holding:
        if held[winner] == 1:
            yield above_threshold(votes, seats, winner, threshold)
        else:
            yield above_quotas(votes, seats, winner, held[winner] - 1)
        for other in holding:
            if winner != other:
                yield _larger_remainder(votes, seats, (winner, held[winner]), (other, held[other]))
    for loser in held:
        if not held[loser]:
            yield from _gets_nothing(votes, seats, loser, {each: held[each] for each in holding}, threshold)
    if moved is not None:
        for other in holding:
            if other != moved.loser:
                yield _kept_rather(votes, seats, (other, held[other]), (moved.loser, held[moved.loser]))


def above_threshold(votes: Votes, seats: int, number: int, threshold: Fraction) -> Assertion | None:
    """Return the assertion that a list has more than this share of the quota."""
    return asserted(
        "threshold",
        "P 8 (2)",
        (number,),
        in_quotas(votes, seats, {number: 1}, threshold),
        Message(
            gettext_noop("List %(list)s has more than %(share)s of the quota."),
            {"list": number, "share": str(threshold)},
        ),
    )


def below_threshold(votes: Votes, seats: int, number: int, threshold: Fraction) -> Assertion | None:
    """Return the assertion that a list has less than this share of the quota."""
    return asserted(
        "threshold",
        "P 8 (2)",
        (number,),
        in_quotas(votes, seats, {number: -1}, -threshold),
        Message(
            gettext_noop("List %(list)s has less than %(share)s of the quota."),
            {"list": number, "share": str(threshold)},
        ),
    )


def above_quotas(votes: Votes, seats: int, number: int, quotas: int) -> Assertion | None:
    """Return the assertion that a list has more than so many whole quotas."""
    return asserted(
        "whole_seats",
        "P 6",
        (number,),
        in_quotas(votes, seats, {number: 1}, Fraction(quotas)),
        Message(
            gettext_noop("List %(list)s has more than %(quotas)s times the quota."), {"list": number, "quotas": quotas}
        ),
    )


def _larger_remainder(votes: Votes, seats: int, one: tuple[int, int], other: tuple[int, int]) -> Assertion | None:
    (winner, won), (loser, lost) = one, other
    return asserted(
        "remainders",
        "P 8 (1)",
        (winner, loser),
        in_quotas(votes, seats, {winner: 1, loser: -1}, Fraction(won - lost - 1)),
        Message(
            gettext_noop(
                "List %(winner)s holds more beyond %(whole)s times the quota than list %(loser)s beyond %(lost)s times."
            ),
            {"winner": winner, "whole": won - 1, "loser": loser, "lost": lost},
        ),
    )


def _gets_nothing(
    votes: Votes, seats: int, loser: int, holding: dict[int, int], threshold: Fraction
) -> Sequence[Assertion]:
    below = below_threshold(votes, seats, loser, threshold)
    pairs = [_larger_remainder(votes, seats, each, (loser, 0)) for each in holding.items()]
    beaten = [each for each in pairs if each is not None]
    if below is None:
        return ()
    # Weights differ in scale between the two ways; the margin does not.
    ballots = max(1, sum(votes.values()))
    by_pairs = min((each.margin(votes, ballots) for each in beaten), default=Fraction(1))
    return beaten if by_pairs > below.margin(votes, ballots) else (below,)


def _kept_rather(votes: Votes, seats: int, one: tuple[int, int], other: tuple[int, int]) -> Assertion | None:
    (kept, kept_seats), (loser, lost_seats) = one, other
    return asserted(
        "loses_seat",
        "P 9",
        (kept, loser),
        in_quotas(votes, seats, {kept: 1, loser: -1}, Fraction(kept_seats - lost_seats)),
        Message(
            gettext_noop("The last seat of list %(loser)s came at a smaller remainder than that of list %(other)s."),
            {"loser": loser, "other": kept},
        ),
    )
