"""What the pages of a result show: lists, seats, sentences and stations, made from a published result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from thorbecke.elections.domain.count import CandidateList, StationCount
from thorbecke.elections.domain.districts import CountedDistrict, handed_in_lists
from thorbecke.elections.domain.explain import Comparison, compare, explain
from thorbecke.elections.domain.overview import Elected, Overview, in_group, overview_of
from thorbecke.elections.domain.published import ElectionResult, TotalledElection
from thorbecke.elections.templatetags.election_numbers import grouped, mixed
from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.outcome import Computation

from .hemicycle import HEIGHT, WIDTH, Seat, place_seats

VOTE_VALUES = frozenset({"votes", "total_votes", "quota", "remainder", "value", "threshold"})


@dataclass(frozen=True, slots=True)
class ComparedList:
    """A row of the table behind a residual seat: a list and the sum that gives its value."""

    comparison: Comparison
    name: str
    calculation: str


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """A step of a result for people: article, sentence, and the lists that were compared."""

    name: str
    article: str
    text: str
    compared: tuple[ComparedList, ...]


@dataclass(frozen=True, slots=True)
class StationRow:
    """A polling station or municipality with its place, which its address uses."""

    ordinal: int
    station: StationCount


@dataclass(frozen=True, slots=True)
class ElectedRow:
    """An elected candidate, with the place on the list and the districts of that list where a party has several."""

    elected: Elected
    place: int
    districts: str


def result_context(result: ElectionResult, base: str, stations: Iterable[tuple[int, StationCount]]) -> dict[str, Any]:
    """Give the template of a result everything that it shows; `base` is the address of the result's pages.

    `stations` are those of the only district, with their places.
    """
    return computed_context(result.counted, result.computation) | {
        "result": result,
        "base": base,
        "stations": [StationRow(*each) for each in stations],
        "districts": several_districts(result.counted),
    }


def several_districts(counted: TotalledElection) -> tuple[CountedDistrict, ...]:
    """Return the districts where there are more than one."""
    return counted.districts if len(counted.districts) > 1 else ()


def computed_context(counted: TotalledElection, computation: Computation) -> dict[str, Any]:
    """Give the parts that show seats, elected candidates and steps, also of a result that is not published."""
    total = counted.total
    overview = overview_of(lists=counted.lists, total=total, computation=computation)
    names = _Names(counted)
    quota, *others = [step for step in computation.explanation if step["step"] in ("quota", "preference_threshold")]
    return {
        "election": counted.election,
        "counted": counted,
        "total": total,
        "overview": overview,
        "elected": [names.elected(each) for each in overview.elected],
        "hemicycle": _hemicycle(overview),
        "quota_step": explain_step(quota, names, overview),
        "threshold_steps": [explain_step(step, names, overview) for step in others],
        "is_large": any(step["step"] == "highest_average" for step in overview.steps)
        and not any(step["step"] == "largest_remainder" for step in overview.steps),
        "whole_steps": _steps(computation, names, overview, ("whole_seats",)),
        "death_steps": _steps(computation, names, overview, ("deceased",)),
        "residual_steps": [explain_step(step, names, overview) for step in overview.steps],
        "candidate_lots": [explain_step(step, names, overview) for step in overview.candidate_lots],
    }


def pages_address(election_id: str, revision: int | None) -> str:
    """Return the address of a result, below which its other pages are."""
    if revision is None:
        return reverse("elections:result", args=[election_id])
    return reverse("elections:revision", args=[election_id, revision])


def explain_step(step: JsonObject, names: _Names, overview: Overview) -> ExplainedStep:
    """Return a step in the active language, with names beside numbers and numbers as people write them."""
    sentence = explain(step)
    values = {key: names.shown(key, value, step) for key, value in sentence.text.values.items()}
    text = gettext(sentence.text.template) % values
    # The table behind a seat is about the lists that take part in the whole election.
    rows = () if in_group(step) else tuple(_compared(row, step, names, overview) for row in compare(step))
    return ExplainedStep(str(step["step"]), sentence.article, text, rows)


def explain_list(counted: TotalledElection, computation: Computation, number: int) -> list[ExplainedStep]:
    """Return the steps about one list, or the lists of one party: seats, who was elected, the order for vacancies."""
    overview = overview_of(lists=counted.lists, total=counted.total, computation=computation)
    names = _Names(counted)
    return [explain_step(step, names, overview) for step in computation.explanation if _is_about(step, number)]


def lists_of_party(
    counted: TotalledElection, computation: Computation, number: int
) -> list[tuple[int, list[str], int | None]]:
    """Return number, districts and seats of each list of a party that has several; no seats before they are known."""
    result: Any = computation.result
    seats = {of_list: held for party, of_list, held in result.get("list_seats", ()) if party == number}
    districts = {each.number: each.name for each in counted.districts}
    handed_in = handed_in_lists(counted.districts)[number]
    if len(handed_in) == 1:
        return []
    return [
        (at, [districts[each] for each in one.districts], seats.get(at)) for at, one in enumerate(handed_in, start=1)
    ]


def _is_about(step: JsonObject, number: int) -> bool:
    if in_group(step):
        return step["group"] == number
    return step.get("list") == number and step["step"] in _LIST_STEPS


_LIST_STEPS = frozenset(
    {"deceased", "elected_by_preference", "elected_by_list_order", "ranking", "lot_drawn", "whole_seats"}
)
DISTRICTS_NAMED = 3
"""How many districts of a list are named before they are only counted."""


class _Names:
    """Says the name behind a number: "3 (Party)", "2 (Person)", "1 (District)"."""

    def __init__(self, counted: TotalledElection) -> None:
        self._lists: Mapping[int, CandidateList] = {each.number: each for each in counted.lists}
        self._districts = {each.number: each.name for each in counted.districts}
        self._handed_in = handed_in_lists(counted.districts)

    def of_list(self, number: int) -> str:
        """Return the appellation of a list, or its first candidate where it has none."""
        each = self._lists[number]
        return each.name or each.candidates[0].display_name

    def of_districts(self, group: int, number: int) -> str:
        """Return the districts of a list of a group, counted from 1."""
        names = [self._districts[each] for each in self._handed_in[group][number - 1].districts]
        shown = ", ".join(names[:DISTRICTS_NAMED])
        more = len(names) - DISTRICTS_NAMED
        return shown if more <= 0 else gettext("%(names)s and %(more)s more") % {"names": shown, "more": more}

    def elected(self, each: Elected) -> ElectedRow:
        """Return an elected candidate with the place on the list for which the seat is."""
        handed_in = self._handed_in[each.list.number]
        if len(handed_in) == 1:
            return ElectedRow(each, each.candidate.position, "")
        place = handed_in[each.seat_of - 1].candidates.index(each.candidate.position) + 1
        return ElectedRow(each, place, self.of_districts(each.list.number, each.seat_of))

    def shown(self, key: str, value: str | int, step: JsonObject) -> str:
        """Return a value of a sentence as it is shown."""
        group = step.get("group")
        if isinstance(value, int):
            if key in ("list", "from_list") and isinstance(group, int):
                return f"{value} ({self.of_districts(group, value)})"
            if key in ("list", "from_list", "group"):
                return f"{value} ({self.of_list(value)})"
            if key == "candidate":
                return f"{value} ({self._candidate(step, value)})"
        return grouped(value) if key in VOTE_VALUES else str(value)

    def _candidate(self, step: JsonObject, position: int) -> str:
        each = self._lists[int(str(step.get("group", step.get("list"))))]
        return each.candidates[each.positions.index(position)].display_name


def _steps(computation: Computation, names: _Names, overview: Overview, wanted: Sequence[str]) -> list[ExplainedStep]:
    return [explain_step(step, names, overview) for step in computation.explanation if step["step"] in wanted]


def _compared(row: Comparison, step: JsonObject, names: _Names, overview: Overview) -> ComparedList:
    """The sum with which anyone checks the value: votes less seats times quota, or votes divided by seats and one."""
    each = next(each for each in overview.lists if each.list.number == row.list)
    votes = grouped(each.votes)
    if step["step"] == "largest_remainder":
        calculation = f"{votes} − {each.whole} × {mixed(overview.quota)}"
    else:
        calculation = f"{votes} : {row.seats + 1}"
    return ComparedList(row, names.of_list(row.list), calculation)


def _hemicycle(overview: Overview) -> dict[str, Any]:
    seats: list[Seat] = place_seats((each.list.number, each.seats) for each in overview.lists)
    colours = {seat.list: seat.colour for seat in seats}
    return {"width": WIDTH, "height": HEIGHT, "seats": seats, "colours": colours}
