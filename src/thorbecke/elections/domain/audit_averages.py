"""The assertions of a council of 19 seats or more: the last seat that a list won against the first that another lost.

P 6 and P 7 together are the method of highest averages (D'Hondt): the seats go to the largest of all votes / 1,
votes / 2, ... With W_A the seats of list A, the seats are right when for every list A with a seat and every other B

    votes(A) / W_A > votes(B) / (W_B + 1)

which is the comparison of pseudo-candidates in Stark and Teague, "Verifiable European Elections: Risk-limiting Audits
for D'Hondt and its relatives" (JETS 3.1, 2014), and section 5.2 of Blom and others (2021, arXiv 2107.11903), with
d(i) = i. Of the former only the abstract and the code of the authors could be read here, of the latter notes that give
its formulas by section. P 9 and P 10 are Dutch, and derived here:

- P 10. Seats without a candidate go on by the same method, so in the end each list has its best quotients as far as it
  has candidates. A list without a candidate left loses no first seat: it is no B.
- P 9 cannot arise with an odd number of seats: more than k / (S + 1) of the votes always give k seats by highest
  averages, here with k = (S + 1) / 2. With an even number a list with exactly half of the seats must not have more than
  half of the votes. Where P 9 did move a seat, the list that gained it has more than half of the votes, the seats
  before it are asserted, and the list that lost one has the lowest votes / W of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thorbecke.kernel.messages import Message, gettext_noop

from .audit_assertions import Assertion, asserted
from .audit_majority import MovedSeat
from .standing import Contender


def assertions_by_averages(
    lists: Sequence[Contender], held: dict[int, int], room: dict[int, int], moved: MovedSeat | None
) -> Iterator[Assertion | None]:
    """Give the assertions that imply that the lists hold these seats, before P 9 moved one, by P 6, P 7 and P 10.

    `room` has the candidates who can take a seat per list. None stands for what no vote can make false.
    """
    numbers = [each.number for each in lists]
    for winner in numbers:
        for loser in numbers:
            if winner != loser and held[winner] and held[loser] < room[loser]:
                yield beats(numbers, winner, held[winner], loser, held[loser] + 1)
    if moved is not None:
        for other in numbers:
            if other != moved.loser and held[other]:
                yield _kept_rather(numbers, other, held[other], moved.loser, held[moved.loser])


def beats(
    numbers: Sequence[int], winner: int, won: int, loser: int, lost: int, article: str = "P 7"
) -> Assertion | None:
    """Return the assertion that seat `won` of one list comes before seat `lost` of another by highest average."""
    return asserted(
        "averages",
        article,
        (winner, loser),
        dict.fromkeys(numbers, 0) | {winner: lost, loser: -won},
        Message(
            gettext_noop(
                "Seat %(won)s of list %(winner)s takes more votes per seat than seat %(lost)s of list %(loser)s would."
            ),
            {"winner": winner, "won": won, "loser": loser, "lost": lost},
        ),
    )


def _kept_rather(numbers: Sequence[int], other: int, kept: int, loser: int, held: int) -> Assertion | None:
    return asserted(
        "loses_seat",
        "P 9",
        (other, loser),
        dict.fromkeys(numbers, 0) | {other: held, loser: -kept},
        Message(
            gettext_noop("The last seat of list %(loser)s came at fewer votes per seat than that of list %(other)s."),
            {"loser": loser, "other": other},
        ),
    )
