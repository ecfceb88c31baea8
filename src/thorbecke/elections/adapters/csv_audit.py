"""Reads the tables of an audit: how many ballots each station keeps, and what was read on the ballots drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from thorbecke.elections.domain.audit_assertions import MISSING, Reading
from thorbecke.elections.domain.audit_assessment import arrange_readings
from thorbecke.elections.domain.audit_sampling import Manifest, ballots_drawn
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .csv_table import Row, read_rows
from .eml_reader import EmlFile

BALLOT_COLUMNS = ("station", "ballot", "list")
MANIFEST_COLUMNS = ("station", "ballots")
WORDS: Mapping[str, Reading] = {
    "blank": None,
    "blanco": None,
    "invalid": None,
    "ongeldig": None,
    "missing": MISSING,
    "ontbreekt": MISSING,
}
"""What may stand in the column of the list instead of a number."""

NOT_YET = ""
AS_IN_THE_COUNT = gettext_noop("Write the id of the station as in the file of the count.")


def read_manifest(file: EmlFile, reported: Mapping[str, int]) -> Manifest:
    """Read a table with columns station and ballots: how many ballots there are in each box, by an own count.

    Where the count reported more (`reported`, ballots per station), that number stands, so that those not found weigh
    against the result. Raises BadInput for a table that is wrong or that does not name every station once.
    """
    ballots: dict[str, int] = {}
    for row in _rows(file, MANIFEST_COLUMNS):
        station = _station(row, reported)
        if station in ballots:
            raise row.wrong(0, gettext_noop("Station %(station)s is in the file twice."), station=station)
        ballots[station] = max(row.number(1), reported[station])
    for station in reported:
        if station not in ballots:
            raise BadInput(
                Message(gettext_noop("Station %(station)s is missing."), {"station": station}),
                Message(gettext_noop("Add a line for every station of the count.")),
                Place(file.name),
            )
    return Manifest(ballots)


def read_ballots(file: EmlFile, manifest: Manifest, seed: str, lists: Collection[int]) -> list[Reading]:
    """Read a table with columns station, ballot and list, and return what was read in the order of the draws.

    The list is a number, "blank", "invalid" or "missing", also in Dutch; where it is empty the ballot was not read yet,
    and those after it do not count. The table must hold the first ballots of the draw, in any order, and no others.
    Raises BadInput for a table that is wrong.
    """
    rows = list(_rows(file, BALLOT_COLUMNS))
    drawn = list(islice(ballots_drawn(seed, manifest), len(rows)))
    awaited = {(each.station, each.ballot) for each in drawn}
    read: dict[tuple[str, int], Reading] = {}
    seen: set[tuple[str, int]] = set()
    for row in rows:
        ballot = _ballot(row, manifest)
        if ballot in seen:
            raise row.wrong(1, gettext_noop("This ballot is in the file twice."))
        if ballot not in awaited:
            raise row.wrong(
                1,
                gettext_noop("This ballot is not among the first %(number)s that the seed draws."),
                gettext_noop("Check the seed. Read the ballots in the order of the draw and leave none out."),
                number=len(rows),
            )
        seen.add(ballot)
        if row.text(2) != NOT_YET:
            read[ballot] = _reading(row, lists)
    return arrange_readings(drawn, read)


def _rows(file: EmlFile, columns: Sequence[str]) -> Iterator[Row]:
    """Give the lines below the heading, with their cells in the order of `columns`."""
    rows = read_rows(file)
    heading = next(rows)
    names = [heading.text(index).lower() for index in range(len(heading.cells))]
    for column in columns:
        if column not in names:
            raise BadInput(
                Message(gettext_noop('There is no column "%(column)s".'), {"column": column}),
                Message(
                    gettext_noop("Write these names on the first line: %(columns)s."), {"columns": ", ".join(columns)}
                ),
                Place(file.name, heading.line),
            )
    order = [names.index(column) for column in columns]
    for row in rows:
        cells = tuple(row.cells[index] if index < len(row.cells) else "" for index in order)
        yield replace(row, cells=cells, headings=tuple(columns))


def _station(row: Row, stations: Mapping[str, int]) -> str:
    station = row.text(0)
    if station not in stations:
        raise row.wrong(
            0, gettext_noop('There is no station "%(station)s" in the count.'), AS_IN_THE_COUNT, station=station[:40]
        )
    return station


def _ballot(row: Row, manifest: Manifest) -> tuple[str, int]:
    station = _station(row, manifest.stations)
    number = row.number(1)
    if not 1 <= number <= manifest.stations[station]:
        raise row.wrong(
            1,
            gettext_noop("This station has ballots 1 to %(ballots)s."),
            ballots=manifest.stations[station],
        )
    return station, number


def _reading(row: Row, lists: Collection[int]) -> Reading:
    text = row.text(2).lower()
    if text in WORDS:
        return WORDS[text]
    number = row.number(2) if text.isdecimal() and text.isascii() else 0
    if number not in lists:
        raise row.wrong(
            2,
            gettext_noop('"%(text)s" is not the number of a list.'),
            gettext_noop("Write the number of the list, or blank, invalid or missing. Leave it empty when not read."),
            text=text[:40],
        )
    return number
