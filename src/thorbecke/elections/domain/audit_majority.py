"""The assertions about P 9: who has more than half of the votes, and who has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from thorbecke.kernel.messages import Message, gettext_noop

from .apportionment import SeatAssignment
from .audit_assertions import Assertion, asserted, in_quotas


@dataclass(frozen=True, slots=True)
class MovedSeat:
    """The seat that P 9 moved: list numbers."""

    winner: int
    loser: int


def find_moved_seat(found: SeatAssignment) -> MovedSeat | None:
    """Return the seat that P 9 moved, or None."""
    for step in found.steps:
        if step.name == "absolute_majority":
            return MovedSeat(cast(int, step.values["list"]), cast(int, step.values["from_list"]))
    return None


def assertions_about_majority(
    numbers: Sequence[int], seats: int, held: dict[int, int], moved: MovedSeat | None, *, large: bool
) -> Iterator[Assertion | None]:
    """Give the assertions that imply that P 9 moved this seat, or none; `held` are the seats before it.

    A list with more than half of the votes gets at least half of the seats rounded down by P 6 alone, so that only a
    list with exactly so many can lack its majority. For an odd number of seats by highest averages see
    `audit_averages`.
    """
    if moved is not None:
        yield asserted(
            "majority",
            "P 9",
            (moved.winner,),
            in_quotas(dict.fromkeys(numbers, 0), seats, {moved.winner: 1}, Fraction(seats, 2)),
            Message(gettext_noop("List %(list)s has more than half of the votes."), {"list": moved.winner}),
        )
    elif not large or seats % 2 == 0:
        for number in numbers:
            if held[number] == seats // 2:
                yield asserted(
                    "no_majority",
                    "P 9",
                    (number,),
                    in_quotas(dict.fromkeys(numbers, 0), seats, {number: -1}, Fraction(-seats, 2)),
                    Message(gettext_noop("List %(list)s has fewer than half of the votes."), {"list": number}),
                )
