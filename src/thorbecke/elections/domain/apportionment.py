"""The seats per list: quota, whole seats, residual seats, majority and exhausted lists (P 5 to P 10, U 7 to U 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .exact import fraction_text
from .lots import Draws, Lot, LotMustBeDrawn
from .method import method_between_lists
from .residual import Table, assign_residual_seats
from .rule import Parameters
from .standing import Contender, Standing
from .steps import Step


@dataclass(frozen=True, slots=True)
class SeatAssignment:
    """The outcome of P 5 to P 10: complete, or up to the lot that must be drawn first."""

    quota: Fraction
    standings: tuple[Standing, ...]
    steps: tuple[Step, ...]
    unassigned: int
    open_lot: Lot | None

    @property
    def seats_per_list(self) -> dict[int, int]:
        """Seats per list number, in the order of the lists."""
        return {each.list: each.seats for each in self.standings}


def assign_seats(
    *, seats: int, lists: Sequence[Contender], parameters: Parameters, draws: Draws | None = None
) -> SeatAssignment:
    """Divide `seats` (at least 1) over `lists` by the Kieswet, P 5 to P 10 (for the Senate U 7 to U 10).

    A group of lists takes part as one list (P 3). With an open lot the standings are those reached so far.
    Raises DrawRefused for a draw that does not fit its lot.
    """
    quota = electoral_quota(sum(each.total for each in lists), seats)
    table = Table(
        seats=seats,
        quota=quota,
        parameters=parameters,
        method=method_between_lists(seats=seats, quota=quota, parameters=parameters),
        draws=draws or Draws(),
        standings={each.number: whole_seats(each, quota, parameters) for each in lists},
    )
    _record_whole_seats(table)
    open_lot = None
    try:
        _assign_beyond_whole_seats(table)
    except LotMustBeDrawn as stop:
        open_lot = stop.lot
        table.steps.append(open_lot.as_open_step())
    standings = tuple(table.standings.values())
    unassigned = 0 if open_lot else seats - sum(each.seats for each in standings)
    if unassigned:
        # P 10: no list has both votes and a candidate without a seat.
        table.record("seats_left_empty", parameters.cite("P 10"), seats=unassigned)
    return SeatAssignment(quota, standings, tuple(table.steps), unassigned, open_lot)


def electoral_quota(votes: int, seats: int) -> Fraction:
    """Return the quota, "kiesdeler": valid votes divided by seats, exact (P 5)."""
    return Fraction(votes, seats)


def whole_seats(votes: Contender, quota: Fraction, parameters: Parameters) -> Standing:
    """Return how a list stands with a seat for each whole time that its votes hold the quota (P 6, P 12 (4))."""
    # Without any vote there is nothing to divide.
    total = votes.total
    whole = total // quota if quota else 0
    candidates = votes.candidates if parameters.deceased_candidates_can_fill_seats else votes.living_candidates
    return Standing(votes.number, total, candidates, whole, total - whole * quota)


def _record_whole_seats(table: Table) -> None:
    quota = fraction_text(table.quota)
    votes = sum(each.votes for each in table.standings.values())
    cite = table.parameters.cite
    table.record("quota", cite("P 5"), votes=votes, seats=table.seats, quota=quota)
    for each in table.standings.values():
        table.record(
            "whole_seats",
            cite("P 6"),
            list=each.list,
            votes=each.votes,
            quota=quota,
            seats=each.whole,
            remainder=fraction_text(each.remainder),
        )


def _assign_beyond_whole_seats(table: Table) -> None:
    residual = table.seats - sum(each.whole for each in table.standings.values())
    assign_residual_seats(table, until=residual, only_with_candidates=False)
    _correct_absolute_majority(table)
    pass_on_surplus(table, "P 10", residual=residual)


def pass_on_surplus(table: Table, article: str, *, residual: int) -> None:
    """Give the seats of lists without enough candidates to other lists, by going on as before (P 10, P 13 (1)).

    `residual` is the number of residual seats assigned so far.
    """
    surplus = _remove_surplus_of_exhausted_lists(table, table.parameters.cite(article))
    if surplus:
        assign_residual_seats(table, until=residual + surplus, only_with_candidates=True)


def _correct_absolute_majority(table: Table) -> None:
    """Give the list with more than half of the votes a seat more when it lacks more than half of the seats (P 9).

    One seat is enough: such a list has at least half of the seats rounded down by P 6 alone, and when it has won a
    residual seat it has the majority, so that it never gives up a seat to itself.
    """
    total = sum(each.votes for each in table.standings.values())
    share = table.parameters.majority_above_share
    if share is None:
        return
    winner = next((each for each in table.standings.values() if each.votes > total * share), None)
    if winner is None or winner.seats > table.seats * share:
        return
    # P 9: the seat that came at the smallest average or remainder is the one assigned last.
    last = table.awards[-1]
    tied = tuple(each.list for each in table.awards if (each.kind, each.value) == (last.kind, last.value))
    loser, lot = (tied[0], None) if len(tied) == 1 else _draw_loser(table, tied, fraction_text(last.value))
    table.record(
        "absolute_majority",
        "P 9",
        list=winner.list,
        votes=winner.votes,
        total_votes=total,
        seats=winner.seats,
        total_seats=table.seats,
        from_list=loser,
        value=fraction_text(last.value),
        tied=tied,
        lot=lot,
    )
    table.standings[loser] = table.standings[loser].lose(last.kind)
    counted_as = last.kind if table.parameters.majority_seat_counts_as_residual_seat else "absolute_majority"
    table.standings[winner.list] = winner.gain(counted_as)


def _draw_loser(table: Table, tied: tuple[int, ...], value: str) -> tuple[int, str]:
    # P 9, second sentence.
    lot = table.drawn(
        Lot(
            article="P 9",
            kind="absolute_majority",
            place=len(table.awards),
            participants=tuple(sorted(tied)),
            choose=1,
            value=value,
        )
    )
    if not lot.drawn:
        raise LotMustBeDrawn(lot)
    return lot.drawn[0], lot.id


def _remove_surplus_of_exhausted_lists(table: Table, article: str) -> int:
    """Take from each list the seats for which it has no candidate, and return how many."""
    removed = 0
    for number in table.standings:
        while (standing := table.standings[number]).seats > standing.candidates:
            table.record(
                "list_exhausted",
                article,
                list=number,
                seats=standing.seats,
                candidates=standing.candidates,
                seat="residual" if standing.residual else "whole",
            )
            table.standings[number] = standing.lose_surplus()
            removed += 1
    return removed
