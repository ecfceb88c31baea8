"""A result as CSV: votes per candidate and station, and seats, separated by semicolons as Dutch spreadsheets expect."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

from thorbecke.elections.domain.inputs import WHOLE_COUNT
from thorbecke.elections.domain.overview import overview_of
from thorbecke.elections.domain.published import CountedElection, ElectionResult

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet calculate the text of a cell."""


def votes_csv(counted: CountedElection) -> HttpResponse:
    """Return a row per candidate with a column per polling station; empty where the candidate is not on the list."""
    total, stations = counted.total, [each for each in counted.stations if each.id != WHOLE_COUNT]
    on_list = {each.number: {there.number: there.positions for there in each.lists} for each in counted.districts}
    header = ["lijstnummer", "lijst", "kandidaatnummer", "kandidaat", "totaal"]
    rows = []
    for each in counted.lists:
        columns = [
            dict(zip(on_list[one.district].get(each.number, ()), one.group.votes.get(each.number, ()), strict=True))
            for one in stations
        ]
        rows += [
            [
                each.number,
                each.name,
                candidate.position,
                candidate.display_name,
                total.votes[each.number][index],
                *(column.get(candidate.position, "") for column in columns),
            ]
            for index, candidate in enumerate(each.candidates)
        ]
    header += [f"{one.id} {one.name}" for one in stations]
    return _csv(f"{counted.election.id}-stemmen.csv", header, rows)


def seats_csv(result: ElectionResult) -> HttpResponse:
    """Return a row per list with votes and seats."""
    counted = result.counted
    overview = overview_of(lists=counted.lists, total=counted.total, computation=result.computation)
    header = ["lijstnummer", "lijst", "stemmen", "volle zetels", "restzetels", "zetels"]
    rows = (
        [each.list.number, each.list.name, each.votes, each.whole, each.residual, each.seats] for each in overview.lists
    )
    return _csv(f"{counted.election.id}-zetels.csv", header, rows)


def as_download(name: str, content: bytes | str, content_type: str) -> HttpResponse:
    """Return content as a file to save; `name` must be safe in a header."""
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_plain(cell) for cell in header])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    # The byte order mark tells spreadsheets that this is UTF-8.
    return as_download(name, "\ufeff" + written.getvalue(), "text/csv; charset=utf-8")


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
