"""What the page of a what-if shows: seats by law beside one or two other ways, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from thorbecke.elections.domain.list_totals import NamedTotal, PublishedTotals
from thorbecke.elections.domain.what_if import compute_what_if
from thorbecke.elections.domain.what_if_inputs import (
    NO_THRESHOLD,
    QUOTA_THRESHOLD,
    ListTotal,
    Options,
    Question,
    Source,
)
from thorbecke.elections.templatetags.election_numbers import mixed
from thorbecke.kernel.outcome import Computation

from .hemicycle import HEIGHT, WIDTH, place_seats
from .what_if_form import percentage_text, query_of
from .what_if_steps import HowDivided, how_divided
from .what_if_texts import MEANINGS, NAMES, SHORT_NAMES

OPEN = 0
"""Number in the drawing of a seat that hangs on a tie."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The seats of a list in one way, and the difference with the law ("+1", "−1"; empty where there is none)."""

    seats: str
    difference: str
    gains: bool
    loses: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A list with its seats by law and in each other way."""

    total: NamedTotal
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One other way: what was asked, what it does, and what came out."""

    options: Options
    name: str
    short: str
    meaning: str
    asked: tuple[str, ...]
    cells: Mapping[int, Cell]
    seats: int
    gains: tuple[str, ...]
    loses: tuple[str, ...]
    notes: tuple[str, ...]
    how: tuple[HowDivided, ...]
    drawing: Mapping[str, Any]
    query: str


def question_of(totals: PublishedTotals, options: Options, source: Source) -> Question:
    """Return the question that these options put to the votes of a published result."""
    return Question(source, tuple(ListTotal(each.number, each.votes) for each in totals.lists), options)


def what_if_context(totals: PublishedTotals, asked: Sequence[Options], source: Source) -> dict[str, Any]:
    """Give the template the seats by law beside those of every way that is asked."""
    ways = [_way(totals, options, compute_what_if(question_of(totals, options, source))) for options in asked]
    return {
        "totals": totals,
        "ways": ways,
        "rows": [Row(each, tuple(way.cells[each.number] for way in ways)) for each in totals.lists],
        "by_law": _drawing([(each.number, each.seats) for each in totals.lists]),
        "query": query_of(asked, totals.seats),
    }


def _way(totals: PublishedTotals, options: Options, computation: Computation) -> Way:
    result: Any = computation.result
    possible = {number: (least, most) for number, least, most in result["seats"]}
    cells = {each.number: _cell(each, *possible[each.number]) for each in totals.lists}
    return Way(
        options=options,
        name=str(NAMES[options.method]),
        short=str(SHORT_NAMES[options.method]),
        meaning=str(MEANINGS[options.method]),
        asked=tuple(_asked(options)),
        cells=cells,
        seats=options.seats,
        gains=tuple(_named(each, cells) for each in totals.lists if cells[each.number].gains),
        loses=tuple(_named(each, cells) for each in totals.lists if cells[each.number].loses),
        notes=tuple(_notes(totals, options, computation)),
        how=how_divided(computation, totals),
        drawing=_drawing(
            [(number, least) for number, (least, _) in possible.items()],
            open_seats=options.seats - result["unassigned"] - sum(least for least, _ in possible.values()),
        ),
        query=query_of([options], totals.seats),
    )


def _cell(total: NamedTotal, least: int, most: int) -> Cell:
    less, more = least - total.seats, most - total.seats
    if least == most:
        return Cell(str(least), _signed(less) if less else "", less > 0, less < 0)
    return Cell(_either(str(least), str(most)), _either(_signed(less), _signed(more)), more > 0, less < 0)


def _either(one: str, other: str) -> str:
    return gettext("%(one)s or %(other)s") % {"one": one, "other": other}


def _signed(difference: int) -> str:
    return f"{difference:+}".replace("-", "−") if difference else "0"


def _named(total: NamedTotal, cells: Mapping[int, Cell]) -> str:
    return f"{total.number} {total.name} ({cells[total.number].difference})"


def _asked(options: Options) -> Iterator[str]:
    yield ngettext("%(seats)s seat", "%(seats)s seats", options.seats) % {"seats": options.seats}
    if options.threshold == QUOTA_THRESHOLD:
        yield gettext("threshold: the votes for one seat")
    elif options.threshold != NO_THRESHOLD:
        share = percentage_text(options.threshold)
        shown = number_format(share, use_l10n=True)
        yield gettext("threshold: %(percentage)s%% of the votes") % {"percentage": shown}
    for each in options.combinations:
        yield gettext("lists %(lists)s count as one") % {"lists": "+".join(map(str, each))}


def _notes(totals: PublishedTotals, options: Options, computation: Computation) -> Iterator[str]:
    result: Any = computation.result
    if options.seats != totals.seats:
        yield gettext(
            "This is another number of seats than by law (%(seats)s). So the differences also come from that."
        ) % {"seats": totals.seats}
    steps: Any = {step["step"]: step for step in computation.explanation}
    if "threshold" in steps:
        yield _threshold_note(steps["threshold"]["needed"], result["below_threshold"])
    if "quota_too_small" in steps:
        yield gettext("At this price more whole seats were won than there are. So the next higher price counts.")
    if result["unassigned"]:
        yield gettext("No list with votes reaches the threshold. So nobody gets a seat.")
    yield from (_tie_note(tie) for tie in result["ties"])


def _threshold_note(needed: str, below: Sequence[int]) -> str:
    if not below:
        return gettext("Every list reaches the threshold of %(votes)s votes.") % {"votes": mixed(needed)}
    return gettext("These lists do not reach the threshold of %(votes)s votes: %(lists)s.") % {
        "votes": mixed(needed),
        "lists": ", ".join(map(str, below)),
    }


def _tie_note(tie: Mapping[str, Any]) -> str:
    among = ", ".join("+".join(map(str, each)) for each in tie["among"])
    values = {"seats": tie["seats"], "lists": among}
    note = (
        ngettext(
            "Lists %(lists)s are equal, but there is only %(seats)s seat for them. It stays open here.",
            "Lists %(lists)s are equal, but there are only %(seats)s seats for them. They stay open here.",
            tie["seats"],
        )
        % values
    )
    if tie["within"] is None:
        return note
    combined = {"lists": "+".join(map(str, tie["within"])), "seats": tie["of_seats"]}
    return gettext("If lists %(lists)s together have %(seats)s:") % combined + " " + note


def _drawing(seats: Sequence[tuple[int, int]], open_seats: int = 0) -> Mapping[str, Any]:
    return {"width": WIDTH, "height": HEIGHT, "seats": place_seats([*seats, (OPEN, open_seats)]), "open": OPEN}
