"""The result of an election with districts and groups of lists: seats, then each group's lists, then candidates."""

from __future__ import annotations

from dataclasses import dataclass, field

from .apportionment import SeatAssignment, assign_seats
from .district_reading import DistrictInputs
from .group_division import divide_rest, open_table
from .group_nomination import elect_in_group
from .groups import ListGroup
from .lots import Draws, Lot, LotMustBeDrawn
from .nomination import ElectedOnList, Hall, elect_on_list, is_ranked, open_hall
from .residual import Table
from .rule import Parameters
from .standing import ListVotes
from .steps import Step


@dataclass(slots=True)
class DistrictResult:
    """How far the computation came: complete, or up to the lot that must be drawn first.

    `list_seats` gives per group and list the seats by P 12 and P 13, `elected` per group who sits for which list.
    """

    assignment: SeatAssignment
    list_seats: dict[int, dict[int, int]] = field(default_factory=dict)
    elected: dict[int, tuple[ElectedOnList, ...]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    open_lot: Lot | None = None


def compute_district_result(read: DistrictInputs, parameters: Parameters, draws: Draws) -> DistrictResult:
    """Compute the whole result by the Kieswet, P 2 to P 19a (for the Senate U 3 to U 15).

    Stops at the first lot without a complete draw. Raises DrawRefused for a draw that does not fit its lot.
    """
    assignment = assign_seats(seats=read.seats, lists=read.groups, parameters=parameters, draws=draws)
    steps = [*(_weights(read) if parameters.weighted_votes else ()), *assignment.steps]
    result = DistrictResult(assignment, steps=steps, open_lot=assignment.open_lot)
    if result.open_lot is None:
        try:
            tables = _divide_groups(result, read, parameters, draws)
            _elect(result, read, tables, open_hall(read.seats, assignment.quota, parameters, draws, steps))
        except LotMustBeDrawn as stop:
            result.open_lot = stop.lot
            steps.append(stop.lot.as_open_step())
    return result


def _weights(read: DistrictInputs) -> list[Step]:
    return [
        Step("vote_value", "U 3", {"district": number, "vote_value": value.integer()})
        for number, value in read.vote_values.items()
    ]


def _divide_groups(
    result: DistrictResult, read: DistrictInputs, parameters: Parameters, draws: Draws
) -> dict[int, Table]:
    """Divide the seats of each group over its lists (P 12, P 13), and return the tables of groups that needed it."""
    tables: dict[int, Table] = {}
    seats_per_group = result.assignment.seats_per_list
    for group in read.groups:
        seats = seats_per_group[group.number]
        if len(group.lists) > 1 and seats:
            table = open_table(group, seats, parameters, draws, result.steps)
            divide_rest(table)
            tables[group.number] = table
            result.list_seats[group.number] = {number: each.seats for number, each in table.standings.items()}
        else:
            result.list_seats[group.number] = {each.number: seats for each in group.lists}
    return tables


def _elect(result: DistrictResult, read: DistrictInputs, tables: dict[int, Table], hall: Hall) -> None:
    seats_per_group = result.assignment.seats_per_list
    for group in read.groups:
        seats = seats_per_group[group.number]
        if group.number in tables:
            result.elected[group.number] = elect_in_group(hall, group, tables[group.number])
        elif len(group.lists) == 1:
            ranked = is_ranked(read.seats, seats, hall.parameters)
            result.elected[group.number] = (_elect_on_only_list(hall, group, seats, ranked=ranked),)
        # P 19 (5): the lists of a group without seats are not ranked.


def _elect_on_only_list(hall: Hall, group: ListGroup, seats: int, *, ranked: bool) -> ElectedOnList:
    only = ListVotes(group.number, group.lists[0].votes, group.deceased)
    return elect_on_list(hall, only, seats, ranked=ranked)
