"""What the checks on a count found, as the pages show it: in words, with names beside numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from thorbecke.elections.domain.checks import CHECKS
from thorbecke.elections.domain.count import CandidateList
from thorbecke.elections.domain.findings import Finding
from thorbecke.elections.domain.look import Look, what_needs_a_look
from thorbecke.elections.domain.published import CountedElection
from thorbecke.elections.templatetags.election_numbers import grouped

TITLES: Mapping[str, str | Promise] = {
    "F01": gettext_lazy("The votes for candidates do not add up"),
    "F02": gettext_lazy("The votes for lists do not add up"),
    "F03": gettext_lazy("The polling stations do not add up to the total"),
    "F04": gettext_lazy("The number of voters does not add up"),
    "F05": gettext_lazy("The difference was recorded wrongly"),
    "F06": gettext_lazy("More votes by proxy than possible"),
    "F07": gettext_lazy("More voters than people called to vote"),
    "F08": gettext_lazy("A polling station was counted twice"),
    "W01": gettext_lazy("Many blank votes"),
    "W02": gettext_lazy("Many invalid votes"),
    "W03": gettext_lazy("A large difference between voters and ballots"),
    "W04": gettext_lazy("A difference without an explanation"),
    "W05": gettext_lazy("No votes at all"),
    "W06": gettext_lazy("A list did much better or worse here than elsewhere"),
    "W07": gettext_lazy("The votes of two candidates may be exchanged"),
    "W08": gettext_lazy("The votes of two lists may be exchanged"),
    "W09": gettext_lazy("Many votes by proxy"),
}
SOURCES = {check.code: check.source for check in CHECKS}
CANDIDATE_KEYS = {"F03": ("candidate",), "W07": ("many", "few")}
LIST_KEYS = {"W08": ("list", "many", "few")}


@dataclass(frozen=True, slots=True)
class ShownLook:
    """A finding for people: where (with the station's place in the file), what, and how much hangs on it."""

    finding: Finding
    title: str | Promise
    text: str
    source: str
    could_move_a_seat: bool
    station: str
    ordinal: int | None


def looks_context(counted: CountedElection, base: str = "") -> dict[str, Any]:
    """Give the list of findings to a template; `base` is the address below which the stations' pages are, if any."""
    looks = what_needs_a_look(counted)
    lists = {each.number: each for each in counted.lists}
    places = {each.id: (at, each.name or each.id) for at, each in enumerate(counted.stations, start=1)}
    shown = [_show(look, lists, *places.get(look.finding.station or "", (None, ""))) for look in looks.each]
    context: dict[str, Any] = {"looks": looks, "shown_looks": shown, "looks_base": base}
    if looks.margin is not None:
        context["margin_giver"] = _list_name(looks.margin.from_list, lists)
        context["margin_taker"] = _list_name(looks.margin.to_list, lists)
    return context


def _show(look: Look, lists: Mapping[int, CandidateList], ordinal: int | None, station: str) -> ShownLook:
    code = look.finding.code
    text = _text(look.finding, lists)
    return ShownLook(look.finding, TITLES[code], text, SOURCES[code], look.could_move_a_seat, station, ordinal)


def _text(finding: Finding, lists: Mapping[int, CandidateList]) -> str:
    values = {key: _shown(finding, key, value, lists) for key, value in finding.numbers.items()}
    return gettext(finding.text.template) % values


def _shown(finding: Finding, key: str, value: str | int, lists: Mapping[int, CandidateList]) -> str:
    if key in CANDIDATE_KEYS.get(finding.code, ()):
        each = lists[int(finding.numbers["list"])]
        return f"{value} ({each.candidates[each.positions.index(int(value))].display_name})"
    if key in LIST_KEYS.get(finding.code, ("list",)):
        return _list_name(int(value), lists)
    return grouped(value)


def _list_name(number: int, lists: Mapping[int, CandidateList]) -> str:
    each = lists[number]
    return f"{number} ({each.name or each.candidates[0].display_name})"
