"""Each step of a result in plain words: one template per kind of step, the same on the site and on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from thorbecke.kernel.canonical_json import JsonObject, JsonValue
from thorbecke.kernel.messages import Message, gettext_noop

from .exact import parse_fraction
from .explain_groups import ALONE, BY_LOT, GROUP_TEMPLATES, IN_GROUP, OR_AS_MANY, TIED


class UnknownStep(LookupError):
    """An explanation holds a step that this version of the program does not know."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One step for people: the article of the Kieswet, such as "P 8 (1)", and the text."""

    article: str
    text: Message


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row of the table behind a residual seat: a list, its seats so far, and its remainder or average.

    `value` is a mixed number such as "340 4/15"; `exact` the same as "5104/15"; `wins` marks the list that got it.
    """

    list: int
    seats: int
    value: str
    exact: str
    wins: bool


TEMPLATES: Mapping[tuple[str, str], str] = {
    ("quota", ""): gettext_noop(
        "There are %(votes)s valid votes for %(seats)s seats. The quota is %(votes)s : %(seats)s = %(quota)s votes."
    ),
    ("whole_seats", ""): gettext_noop(
        "List %(list)s has %(votes)s votes. Whole seats, one for each full quota: %(seats)s. "
        "Votes left over (the remainder): %(remainder)s."
    ),
    ("largest_remainder", ALONE): gettext_noop(
        "Residual seat %(residual_seat)s goes to list %(list)s. This list has the largest remainder: %(value)s votes."
    ),
    ("largest_remainder", TIED): gettext_noop(
        "Residual seat %(residual_seat)s goes to list %(list)s. Lists %(tied)s all have the largest remainder: "
        "%(value)s votes. There are enough seats for each of them."
    ),
    ("largest_remainder", BY_LOT): gettext_noop(
        "Residual seat %(residual_seat)s goes to list %(list)s by lot. Lists %(tied)s all have the largest remainder: "
        "%(value)s votes. There were too few seats for all."
    ),
    ("unique_highest_average", ALONE): gettext_noop(
        "Residual seat %(residual_seat)s goes to list %(list)s. With this seat it has the most votes per seat: "
        "%(value)s. In this round a list gets at most one seat."
    ),
    ("unique_highest_average", TIED): gettext_noop(
        "Residual seat %(residual_seat)s goes to list %(list)s. Lists %(tied)s would all have the most votes per seat: "
        "%(value)s. There are enough seats for each of them. In this round a list gets at most one seat."
    ),
    ("unique_highest_average", BY_LOT): gettext_noop(
        "Residual seat %(residual_seat)s goes to list %(list)s by lot. Lists %(tied)s would all have the most votes "
        "per seat: %(value)s. There were too few seats for all. In this round a list gets at most one seat."
    ),
    ("highest_average", ALONE): gettext_noop(
        "Residual seat %(residual_seat)s goes to list %(list)s. With this seat it has the most votes per seat: "
        "%(value)s."
    ),
    ("highest_average", TIED): gettext_noop(
        "Residual seat %(residual_seat)s goes to list %(list)s. Lists %(tied)s would all have the most votes per seat: "
        "%(value)s. There are enough seats for each of them."
    ),
    ("highest_average", BY_LOT): gettext_noop(
        "Residual seat %(residual_seat)s goes to list %(list)s by lot. Lists %(tied)s would all have the most votes "
        "per seat: %(value)s. There were too few seats for all."
    ),
    ("absolute_majority", ALONE): gettext_noop(
        "List %(list)s has more than half of the votes: %(votes)s of %(total_votes)s. But it has only %(seats)s of "
        "%(total_seats)s seats. So it gets one seat more. List %(from_list)s gives up the seat that was given last."
    ),
    ("absolute_majority", BY_LOT): gettext_noop(
        "List %(list)s has more than half of the votes: %(votes)s of %(total_votes)s. But it has only %(seats)s of "
        "%(total_seats)s seats. So it gets one seat more. Lists %(tied)s got the last seats at the same number, "
        "%(value)s. By lot, list %(from_list)s gives up a seat."
    ),
    ("list_exhausted", "residual"): gettext_noop(
        "List %(list)s has %(seats)s seats, but %(candidates)s candidates who can take a seat. "
        "A residual seat goes to another list."
    ),
    ("list_exhausted", "whole"): gettext_noop(
        "List %(list)s has %(seats)s seats, but %(candidates)s candidates who can take a seat. "
        "A whole seat goes to another list."
    ),
    ("seats_left_empty", ""): gettext_noop(
        "Seats that stay empty: %(seats)s. No list has both votes and a candidate without a seat."
    ),
    ("preference_threshold", ""): gettext_noop(
        "A candidate needs more than %(threshold)s votes to be elected by preference votes. "
        "That is %(share)s of the quota of %(quota)s votes."
    ),
    ("deceased", ""): gettext_noop(
        "Candidate %(candidate)s of list %(list)s has died and cannot take a seat. The votes count for the list."
    ),
    ("elected_by_preference", ALONE): gettext_noop(
        "Seat %(seat)s of list %(list)s goes to candidate %(candidate)s, by preference votes: %(votes)s votes "
        "is more than %(threshold)s."
    ),
    ("elected_by_preference", TIED): gettext_noop(
        "Seat %(seat)s of list %(list)s goes to candidate %(candidate)s, by preference votes: %(votes)s votes "
        "is more than %(threshold)s. Candidates %(tied)s have equal votes. There are enough seats for each of them."
    ),
    ("elected_by_preference", BY_LOT): gettext_noop(
        "Seat %(seat)s of list %(list)s goes to candidate %(candidate)s by lot. Candidates %(tied)s all have "
        "%(votes)s votes. There were too few seats for all."
    ),
    ("elected_by_list_order", ""): gettext_noop(
        "Seat %(seat)s of list %(list)s goes to candidate %(candidate)s, the next in the order of the list."
    ),
    ("ranking", "changed"): gettext_noop(
        "If a seat of list %(list)s becomes vacant, the candidates follow in this order: %(candidates)s."
    ),
    ("ranking", "unchanged"): gettext_noop(
        "If a seat of list %(list)s becomes vacant, the candidates follow in the order of the list."
    ),
    ("lot_drawn", "lists"): gettext_noop("Lot among lists %(participants)s, to choose %(choose)s. Drawn: %(chosen)s."),
    ("lot_drawn", "candidates"): gettext_noop(
        "Lot among candidates %(participants)s of list %(list)s, to choose %(choose)s. Drawn: %(chosen)s."
    ),
    ("lot_open", "lists"): gettext_noop(
        "The calculation stops here. A lot must be drawn among lists %(participants)s, to choose %(choose)s. "
        "The number of votes that decides is the same for all of them: %(value)s."
    ),
    ("lot_open", "loser"): gettext_noop(
        "The calculation stops here. A lot must be drawn among lists %(participants)s: which of them gives up a seat?"
    ),
    ("lot_open", "candidates"): gettext_noop(
        "The calculation stops here. A lot must be drawn among candidates %(participants)s of list %(list)s, "
        "to choose %(choose)s. They all have %(value)s votes."
    ),
}
"""Template per step and variant; those of elections with groups of lists stand in `explain_groups.py`."""

EVERY_TEMPLATE = {**TEMPLATES, **GROUP_TEMPLATES}

FRACTIONS = {"quota", "remainder", "value", "threshold"}


def explain(step: JsonObject) -> Sentence:
    """Return the sentence for one step of an explanation. Raises UnknownStep."""
    name = str(step.get("step"))
    template = EVERY_TEMPLATE.get((name, _variant(name, step) + _circumstance(step)))
    if template is None:
        raise UnknownStep(name)
    values = {key: _shown(key, value) for key, value in step.items() if key not in ("step", "compared")}
    return Sentence(str(step["article"]), Message(template, values))


def compare(step: JsonObject) -> tuple[Comparison, ...]:
    """Return the table behind a residual seat, largest value first; empty for other steps."""
    rows = cast(Sequence[tuple[int, int, str]], step.get("compared", ()))
    return tuple(
        Comparison(number, seats, mixed_number(value), value, number == step["list"]) for number, seats, value in rows
    )


def mixed_number(text: str) -> str:
    """Return "5104/15" as "340 4/15", and "80/1" as "80"."""
    fraction = parse_fraction(text)
    whole, rest = divmod(fraction.numerator, fraction.denominator)
    if not rest:
        return str(whole)
    return f"{whole} {rest}/{fraction.denominator}" if whole else f"{rest}/{fraction.denominator}"


def percentage(share: str) -> str:
    """Return "1/4" as "25%"; a share that is no whole percentage stays a fraction."""
    hundredfold = parse_fraction(share) * 100
    return f"{hundredfold.numerator}%" if hundredfold.denominator == 1 else share


def _variant(name: str, step: JsonObject) -> str:
    if name == "list_exhausted":
        return str(step["seat"])
    if name == "ranking":
        return "changed" if step["changed"] else "unchanged"
    if name in ("lot_drawn", "lot_open"):
        if name == "lot_open" and step["kind"] in ("absolute_majority", "seat_lapses"):
            return "loser"
        return "lists" if step["list"] is None else "candidates"
    if step.get("lot") is not None:
        return BY_LOT
    if "tied" not in step:
        return ""
    return TIED if len(cast(Sequence[int], step["tied"])) > 1 else ALONE


def _circumstance(step: JsonObject) -> str:
    return (IN_GROUP if "group" in step else "") + (OR_AS_MANY if step.get("suffices") else "")


def _shown(key: str, value: JsonValue) -> str | int:
    if key == "share":
        return percentage(str(value))
    if key in FRACTIONS and isinstance(value, str):
        return mixed_number(value) if "/" in value else value
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)
    return value if isinstance(value, int) else str(value)
