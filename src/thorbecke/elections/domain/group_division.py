"""The seats of a group over its lists: by the group's own quota and largest remainders (P 12, P 13; U 12, U 13)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from .apportionment import pass_on_surplus, whole_seats
from .exact import fraction_text
from .groups import ListGroup
from .lots import Draws, Lot, LotMustBeDrawn
from .method import method_within_group
from .residual import Table, assign_residual_seats, round_among
from .rule import Parameters
from .steps import Step

SEAT_LAPSES = "seat_lapses"
SEAT_PASSES_ON = "seat_passes_on"


@dataclass(frozen=True, slots=True)
class Claim:
    """Lists whose seat was assigned last, all at the same moment; `value` is the number at which it came."""

    value: Fraction
    lists: tuple[int, ...]


def open_table(group: ListGroup, seats: int, parameters: Parameters, draws: Draws, steps: list[Step]) -> Table:
    """Return the table at which the `seats` of `group` (at least 1) are divided, with the whole ones given.

    It adds to `steps`, also what happens to the seats when candidates get them.
    """
    # P 12 (2) and (3): the group's quota, "groepskiesdeler".
    quota = Fraction(group.total, seats)
    table = Table(
        seats=seats,
        quota=quota,
        parameters=parameters,
        method=method_within_group(parameters),
        draws=draws,
        # P 12 (4)
        standings={each.number: whole_seats(each, quota, parameters) for each in group.lists},
        group=group.number,
        steps=steps,
    )
    shown = fraction_text(quota)
    table.record("group_quota", parameters.cite("P 12 (2)"), votes=group.total, seats=seats, quota=shown)
    for each in table.standings.values():
        table.record(
            "whole_seats",
            parameters.cite("P 12 (4)"),
            list=each.list,
            votes=each.votes,
            quota=shown,
            seats=each.whole,
            remainder=fraction_text(each.remainder),
        )
    return table


def divide_rest(table: Table) -> None:
    """Divide the seats beyond the whole ones (P 12 (5)) and those for which a list has no candidate (P 13).

    Raises LotMustBeDrawn when equal remainders or averages need a lot that has no complete draw.
    """
    residual = table.seats - sum(each.whole for each in table.standings.values())
    assign_residual_seats(table, until=residual, only_with_candidates=False)
    pass_on_surplus(table, "P 13 (1)", residual=residual)
    left = table.seats - sum(each.seats for each in table.standings.values())
    if left:
        # Only where lists without votes take no part; see the rule's choice "lists_without_votes_get_group_seats".
        table.record("seats_left_empty", table.parameters.cite("P 13"), seats=left)


def claims_in_reverse(table: Table) -> list[Claim]:
    """Return to whom the seats were assigned, the last seat first (P 16 (2)); the whole seats came all at once."""
    claims: list[Claim] = []
    moment: tuple[object, ...] = ()
    for award in table.awards:
        now = (award.kind, award.value, award.lot)
        if claims and now == moment and award.lot is None:
            claims[-1] = Claim(award.value, (*claims[-1].lists, award.list))
        else:
            claims.append(Claim(award.value, (award.list,)))
        moment = now
    whole = Claim(table.quota, tuple(each.list for each in table.standings.values() if each.whole))
    return [*reversed(claims), whole]


def next_list(table: Table, able: frozenset[int], *, place: int) -> tuple[int, str | None]:
    """Return which of the lists `able` gets a seat by going on with P 12 and P 13, and the lot that decided, if any.

    `place` counts the seats that pass on so in this group. The list's standing is raised.
    """
    standings = tuple(each for each in table.standings.values() if each.list in able)
    round_ = round_among(standings, table.method)
    chosen, lot = one_of(
        table,
        round_.tied,
        Lot(table.parameters.cite("P 13"), SEAT_PASSES_ON, place, (), 1, fraction_text(round_.best)),
    )
    table.standings[chosen] = table.standings[chosen].gain(round_.kind)
    return chosen, lot


def one_of(table: Table, lists: tuple[int, ...], lot: Lot) -> tuple[int, str | None]:
    """Return the one list, or the one that is drawn among several. Raises LotMustBeDrawn without a draw."""
    if len(lists) == 1:
        return lists[0], None
    drawn = table.drawn(replace(lot, participants=tuple(sorted(lists))))
    if not drawn.drawn:
        raise LotMustBeDrawn(drawn)
    return drawn.drawn[0], drawn.id
