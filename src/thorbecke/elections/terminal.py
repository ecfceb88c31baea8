"""How a result, a summary and an error look on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.errors import BadInput, ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.kernel.outcome import Computation

from .adapters.eml import EmlFile
from .adapters.eml_reader import LARGEST_FILE
from .domain.count import CandidateList, Election, StationCount
from .domain.districts import CountedDistrict, total_of_districts
from .domain.explain import compare, explain, mixed_number
from .domain.inputs import WHOLE_COUNT
from .domain.overview import Elected, Overview, overview_of

FILES_HELP = "EML_NL 110a and 230b, and a count: 510b, 510c, 510d or CSV; of all districts, in any order"
WITHOUT_HELP = "number of a district of the 110a that is not counted; may be given more than once"


class Totals(Protocol):
    """An election with its lists, the totals of its districts and its stations."""

    @property
    def election(self) -> Election:
        """The election."""

    @property
    def lists(self) -> tuple[CandidateList, ...]:
        """Its lists, or a list per party."""

    @property
    def districts(self) -> tuple[CountedDistrict, ...]:
        """Its districts with their totals."""

    @property
    def stations(self) -> tuple[StationCount, ...]:
        """What was counted in each station."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Names of the districts that are not counted."""


def read_files(names: Sequence[str]) -> list[EmlFile]:
    """Read files from disk. Raises BadInput for one that cannot be read or is too large."""
    return [EmlFile(Path(name).name, _content(Path(name))) for name in names]


def error_lines(error: ThorbeckeError) -> list[str]:
    """Return what is wrong, where, and what to do, a line each."""
    place = str(error.place) if isinstance(error, BadInput) else ""
    problem = f"{place}: {error.problem}" if place else str(error.problem)
    return [problem, *([str(error.remedy)] if error.remedy else [])]


def result_lines(counted: Totals, computation: Computation) -> Iterator[str]:
    """Give the lines that tell a result: seats per list, residual seats with article and reason, and who is elected."""
    election, total = counted.election, total_of_districts(counted.districts, counted.lists)
    overview = overview_of(lists=counted.lists, total=total, computation=computation)
    yield f"{election.name}, {election.date:%Y-%m-%d}"
    yield (
        f"{election.seats} seats. {total.valid} valid, {total.blank} blank and {total.invalid} invalid votes "
        f"{_where(counted)}."
    )
    if counted.left_out:
        yield f"Not counted: {', '.join(counted.left_out)}."
    quota = mixed_number(overview.quota) if overview.quota else "none: no valid votes"
    yield f"Quota: {quota} (Kieswet, P 5)."
    yield ""
    yield from _seat_lines(overview)
    yield ""
    yield from _step_lines(overview, {each.number: each.name for each in counted.lists})
    yield from _elected_lines(overview)


def _where(counted: Totals) -> str:
    stations = sum(each.id != WHOLE_COUNT for each in counted.stations)
    if len(counted.districts) == 1:
        return f"in {stations} polling stations"
    return f"in {stations} polling stations or municipalities of {len(counted.districts)} districts"


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadInput(
            Message(gettext_noop("%(file)s cannot be read: %(reason)s."), _reason(path, error)),
            Message(gettext_noop("Check the name of the file and whether you may read it.")),
        ) from error


def _reason(path: Path, error: OSError) -> Mapping[str, str]:
    return {"file": str(path), "reason": error.strerror or str(error)}


def _seat_lines(overview: Overview) -> Iterator[str]:
    yield f"{'list':>4}  {'name':<40} {'votes':>9} {'whole':>6} {'residual':>9} {'seats':>6}"
    for each in overview.lists:
        name = (each.list.name or "(no name)")[:40]
        yield (f"{each.list.number:>4}  {name:<40} {each.votes:>9} {each.whole:>6} {each.residual:>9} {each.seats:>6}")


def _step_lines(overview: Overview, names: Mapping[int, str]) -> Iterator[str]:
    for step in (*overview.steps, *overview.candidate_lots):
        sentence = explain(step)
        yield f"{sentence.article}: {sentence.text}"
        compared = [f"{row.list} {names[row.list]}: {row.value}" for row in compare(step)[:3]]
        if compared:
            yield f"    highest: {'; '.join(compared)}"
    if overview.open_lot is not None:
        yield ""
        yield from _lot_lines(overview.open_lot)
    elif overview.steps:
        yield ""


def _lot_lines(lot: JsonObject) -> Iterator[str]:
    question: Any = lot
    yield "A lot must be drawn in public session (Kieswet, P 14). Write who is chosen in a JSON file such as"
    example = question["participants"][: question["choose"]]
    yield f'    [{{"lot": "{question["id"]}", "chosen": {example}}}]'
    yield "and give it with --draws."


def _elected_lines(overview: Overview) -> Iterator[str]:
    if overview.elected:
        yield "Elected:"
    for each in overview.elected:
        yield f"{each.list.number:>4}  {each.candidate.display_name:<45} {each.votes:>7}  {_why(each)}"


def _why(each: Elected) -> str:
    return "preference votes (P 15)" if each.by_preference else "order of the list (P 17)"
