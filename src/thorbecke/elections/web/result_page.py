"""What the pages of a result show: lists, seats, sentences and stations, made from a published result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from thorbecke.elections.domain.count import CandidateList, StationCount
from thorbecke.elections.domain.explain import Comparison, compare, explain
from thorbecke.elections.domain.overview import Overview, overview_of
from thorbecke.elections.domain.published import CountedElection, ElectionResult
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
    """A polling station with its place in the file, which its address uses."""

    ordinal: int
    station: StationCount


def result_context(result: ElectionResult, base: str) -> dict[str, Any]:
    """Give the template of a result everything that it shows; `base` is the address of the result's pages."""
    context = computed_context(result.counted, result.computation)
    stations = result.counted.count.stations
    return context | {
        "result": result,
        "base": base,
        "stations": [StationRow(ordinal, each) for ordinal, each in enumerate(stations, start=1)],
    }


def computed_context(counted: CountedElection, computation: Computation) -> dict[str, Any]:
    """Give the parts that show seats, elected candidates and steps, also of a result that is not published."""
    overview = overview_of(lists=counted.lists, count=counted.count, computation=computation)
    names = _Names(counted.lists)
    quota, *others = [step for step in computation.explanation if step["step"] in ("quota", "preference_threshold")]
    return {
        "election": counted.election,
        "counted": counted,
        "total": counted.count.total,
        "overview": overview,
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
    rows = tuple(_compared(row, step, names, overview) for row in compare(step))
    return ExplainedStep(str(step["step"]), sentence.article, text, rows)


def explain_list(counted: CountedElection, computation: Computation, number: int) -> list[ExplainedStep]:
    """Return the steps about one list: its whole seats, who was elected and the order for vacancies."""
    overview = overview_of(lists=counted.lists, count=counted.count, computation=computation)
    names = _Names(counted.lists)
    about = [step for step in computation.explanation if step.get("list") == number and step["step"] in _LIST_STEPS]
    return [explain_step(step, names, overview) for step in about]


_LIST_STEPS = frozenset(
    {"deceased", "elected_by_preference", "elected_by_list_order", "ranking", "lot_drawn", "whole_seats"}
)


class _Names:
    """Says the name behind a number: "3 (Party)", "2 (Person)"."""

    def __init__(self, lists: Sequence[CandidateList]) -> None:
        self._lists: Mapping[int, CandidateList] = {each.number: each for each in lists}

    def of_list(self, number: int) -> str:
        """Return the appellation of a list, or its first candidate where it has none."""
        each = self._lists[number]
        return each.name or each.candidates[0].display_name

    def shown(self, key: str, value: str | int, step: JsonObject) -> str:
        """Return a value of a sentence as it is shown."""
        if key in ("list", "from_list") and isinstance(value, int):
            return f"{value} ({self.of_list(value)})"
        if key == "candidate" and isinstance(value, int):
            return f"{value} ({self._candidate(step, value)})"
        return grouped(value) if key in VOTE_VALUES else str(value)

    def _candidate(self, step: JsonObject, position: int) -> str:
        each = self._lists[int(str(step["list"]))]
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
