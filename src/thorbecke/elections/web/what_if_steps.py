"""How the seats of a what-if were divided, as tables that a reader can follow with a pocket calculator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from thorbecke.elections.domain.exact import parse_fraction
from thorbecke.elections.domain.list_totals import PublishedTotals
from thorbecke.elections.templatetags.election_numbers import grouped, mixed
from thorbecke.kernel.outcome import Computation


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat that went to the highest number: which seat, to whom, and the division with its outcome."""

    seat: int
    who: str
    calculation: str
    value: str


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A list at a price for each seat: whole seats, votes left over, and seats that it got for those."""

    who: str
    calculation: str
    whole: int
    remainder: str
    extra: int


@dataclass(frozen=True, slots=True)
class HowDivided:
    """One division: over all lists, or within a combination (`within` is then "1+3"); with seats or with prices."""

    within: str
    of_seats: int
    seats: tuple[SeatRow, ...]
    next_in_line: SeatRow | None
    price: str
    prices: tuple[PriceRow, ...]


def how_divided(computation: Computation, totals: PublishedTotals) -> tuple[HowDivided, ...]:
    """Return the tables of every division in a what-if, that over all lists first."""
    names = {each.number: each.name for each in totals.lists}
    divisions: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for step in computation.explanation:
        given: Any = step
        divisions["+".join(map(str, given.get("within", ()))), given.get("of_seats", 0)].append(given)
    return tuple(_division(within, seats, steps, names) for (within, seats), steps in divisions.items())


def _division(within: str, of_seats: int, steps: Sequence[Any], names: dict[int, str]) -> HowDivided:
    quota: str = next((step["quota"] for step in reversed(steps) if step["step"] == "quota"), "")
    extra = [step for step in steps if step["step"] == "remainder"]
    return HowDivided(
        within=within,
        of_seats=of_seats,
        seats=tuple(_seat(step, step["seat"], names) for step in steps if step["step"] == "seat"),
        next_in_line=next((_seat(step, 0, names) for step in steps if step["step"] == "next_in_line"), None),
        price=mixed(quota) if quota else "",
        prices=tuple(_price(step, quota, extra, names) for step in steps if step["step"] == "whole"),
    )


def _seat(step: Any, seat: int, names: dict[int, str]) -> SeatRow:
    votes, held = grouped(step["votes"]), step["seats_so_far"]
    if step["value"] is None:
        return SeatRow(seat, _who(step, names), f"{votes} : 0", gettext("goes first"))
    if step["squared"]:
        root = f"{votes} : √({held} × {held + 1})"
        return SeatRow(seat, _who(step, names), root, f"≈ {_root(parse_fraction(step['value']))}")
    return SeatRow(seat, _who(step, names), f"{votes} : {mixed(step['divisor'])}", mixed(step["value"]))


def _price(step: Any, quota: str, extra: Sequence[Any], names: dict[int, str]) -> PriceRow:
    won = sum(each["seats"] for each in extra if each["lists"] == step["lists"])
    calculation = f"{grouped(step['votes'])} : {mixed(quota)}"
    return PriceRow(_who(step, names), calculation, step["seats"], mixed(step["remainder"]), won)


def _who(step: Any, names: dict[int, str]) -> str:
    lists = step["lists"]
    return f"{lists[0]} {names[lists[0]]}" if len(lists) == 1 else "+".join(map(str, lists))


def _root(square: Fraction) -> str:
    """The root of a square with two decimals, rounded down; only to show, never to compare."""
    hundredths = isqrt(int(square * 10_000))
    text = f"{hundredths // 100}.{hundredths % 100:02}"
    return number_format(text, decimal_pos=2, use_l10n=True, force_grouping=True)
