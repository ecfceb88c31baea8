"""The parts of a table in the Electoral Council's CSV (OSV4-3), before their numbers are put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from thorbecke.elections.domain.count import EXPLANATION_CODES
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .csv_table import EXPORT_AGAIN, Row

LIST, APPELLATION, CANDIDATE, NAME, TOTAL = range(5)
"""Columns; after the total come the units."""

HEADINGS = ("Lijstnummer", "Aanduiding", "Volgnummer", "Naam kandidaat", "Totaal")
ELECTION, DAY, AREA, AREA_ID = "Verkiezing", "Datum", "Gebied", "Nummer"
UNIT_NUMBERS, POSTAL_CODES = "Gebiednummer", "Postcode"
ELIGIBLE, VALID, BLANK, INVALID = (
    "opgeroepenen",
    "geldige stembiljetten",
    "blanco stembiljetten",
    "ongeldige stembiljetten",
)
FOUND = "aangetroffen stembiljetten"

CODES = {
    "geldige stempas": "geldige stempassen",
    "geldig volmachtbewijs": "geldige volmachtbewijzen",
    "geldige kiezerspas": "geldige kiezerspassen",
    "toegelaten kiezers": "toegelaten kiezers",
    "meer stembiljetten dan toegelaten kiezers": "meer getelde stembiljetten",
    "minder stembiljetten dan toegelaten kiezers": "minder getelde stembiljetten",
    "kiezers met stembiljet hebben niet gestemd": "meegenomen stembiljetten",
    "er zijn te weinig stembiljetten uitgereikt": "te weinig uitgereikte stembiljetten",
    "er zijn te veel stembiljetten uitgereikt": "te veel uitgereikte stembiljetten",
    "geen verklaring": "geen verklaring",
    "andere verklaring": "andere verklaring",
}
"""Names of lines in the CSV, and the ReasonCode of EML 510 for the same number, as real files of one count show."""

OWN_FIGURES = (ELIGIBLE, VALID, BLANK, INVALID, FOUND)

FIGURES = {
    **{name: name for name in OWN_FIGURES},
    **{code: code for code in (*CODES.values(), *EXPLANATION_CODES)},
    **CODES,
}


@dataclass(slots=True)
class ListRows:
    """The line of a list with its totals, and those of its candidates by position."""

    row: Row
    candidates: dict[int, Row] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """The lines of one file by what they hold; `figures` by EML code or own name."""

    file: str
    about: dict[str, Row] = field(default_factory=dict)
    header: Row | None = None
    unit_numbers: Row | None = None
    postal_codes: Row | None = None
    figures: dict[str, Row] = field(default_factory=dict)
    lists: dict[int, ListRows] = field(default_factory=dict)

    @property
    def units(self) -> range:
        """The columns of the units."""
        return range(TOTAL + 1, self.width)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.header.cells) if self.header else 0

    @property
    def day(self) -> date:
        """The day of the election."""
        row = self.about[DAY]
        return row.day(len(row.cells) - 1)

    def about_text(self, name: str) -> str:
        """Return what the lines at the top say."""
        row = self.about[name]
        return row.text(len(row.cells) - 1)


def sort_rows(file: str, rows: Iterable[Row]) -> Sheet:
    """Sort the lines of a file by what they hold. Raises BadInput for one that is unknown, missing or there twice."""
    sheet = Sheet(file)
    for row in rows:
        if sheet.header is None:
            _sort_top(sheet, row)
        else:
            _sort_body(sheet, replace(row, headings=sheet.header.cells))
    _refuse_gaps(sheet)
    return sheet


def _sort_top(sheet: Sheet, row: Row) -> None:
    first = row.text(LIST)
    if first == HEADINGS[LIST]:
        _check_headings(row)
        sheet.header = row
    elif first in {ELECTION, DAY, AREA, AREA_ID} and len(row.cells) > 1:
        _put(sheet.about, first, row, LIST)
    else:
        raise row.wrong(
            LIST,
            gettext_noop('This line begins with "%(text)s", which is not known here.'),
            EXPORT_AGAIN,
            text=first[:40],
        )


def _check_headings(row: Row) -> None:
    for column, heading in enumerate(HEADINGS):
        if row.text(column) != heading:
            raise row.wrong(
                column,
                gettext_noop('The heading of this column must be "%(heading)s".'),
                EXPORT_AGAIN,
                heading=heading,
            )
    if len(row.cells) == len(HEADINGS):
        raise row.wrong(len(HEADINGS), gettext_noop("There is no column for a polling station or municipality."))


def _sort_body(sheet: Sheet, row: Row) -> None:
    first, second = row.text(LIST), row.text(APPELLATION)
    if first == POSTAL_CODES:
        sheet.postal_codes = row
        return
    row.must_be_filled_to(sheet.width)
    if first == UNIT_NUMBERS:
        sheet.unit_numbers = row
    elif first:
        number = row.number(LIST)
        if number in sheet.lists:
            raise row.wrong(LIST, gettext_noop("List %(list)s is in the file twice."), list=number)
        sheet.lists[number] = ListRows(row)
    elif second:
        _put(sheet.figures, _figure(row, second), row, APPELLATION)
    else:
        _sort_candidate(sheet, row)


def _figure(row: Row, name: str) -> str:
    if name not in FIGURES:
        raise row.wrong(
            APPELLATION,
            gettext_noop('It is not known here what "%(text)s" counts.'),
            gettext_noop("Remove this line if the count can do without it, or send the EML file of the count."),
            text=name[:60],
        )
    return FIGURES[name]


def _sort_candidate(sheet: Sheet, row: Row) -> None:
    position = row.number(CANDIDATE)
    if not sheet.lists:
        raise row.wrong(CANDIDATE, gettext_noop("Votes for a candidate stand before any list."), EXPORT_AGAIN)
    number = next(reversed(sheet.lists))
    candidates = sheet.lists[number].candidates
    if position in candidates:
        raise row.wrong(
            CANDIDATE,
            gettext_noop("Candidate %(candidate)s is on list %(list)s twice."),
            candidate=position,
            list=number,
        )
    if position == 0:
        raise row.wrong(CANDIDATE, gettext_noop("A list or candidate has number 0, and numbers start at 1."))
    candidates[position] = row


def _put(rows: dict[str, Row], name: str, row: Row, column: int) -> None:
    if name in rows:
        raise row.wrong(column, gettext_noop('The line "%(name)s" is in the file twice.'), EXPORT_AGAIN, name=name)
    rows[name] = row


def _refuse_gaps(sheet: Sheet) -> None:
    missing = [name for name in (ELECTION, DAY, AREA, AREA_ID) if name not in sheet.about]
    missing += [] if sheet.header else [HEADINGS[LIST]]
    missing += [] if sheet.unit_numbers else [UNIT_NUMBERS]
    missing += [name for name in (VALID, BLANK, INVALID) if name not in sheet.figures]
    missing += [] if sheet.lists else [HEADINGS[CANDIDATE]]
    if missing:
        raise BadInput(
            Message(gettext_noop('The line "%(name)s" is missing.'), {"name": missing[0]}),
            Message(EXPORT_AGAIN),
            Place(sheet.file),
        )
    for number, rows in sheet.lists.items():
        if not rows.candidates:
            raise rows.row.wrong(LIST, gettext_noop("List %(list)s has no candidates."), list=number)
