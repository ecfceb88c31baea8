"""Reads tables of text: finds encoding and separator, and knows line and column of every cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .eml_reader import LARGEST_NUMBER, LONGEST_TEXT, EmlFile, refuse_empty_and_large

SEPARATORS = ";,\t"
DAYS = ("%Y-%m-%d", "%d-%m-%Y")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
WINDOWS = "cp1252"
"""The encoding in which a Dutch spreadsheet program saves CSV, unless it is asked for UTF-8."""

CORRECT_THE_CELL = gettext_noop("Correct this cell, or export the file again from the program that made it.")
EXPORT_AGAIN = gettext_noop("Export the file again from the program that made it.")

_DIGITS = re.compile(r"[0-9]{1,18}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, its cells without the empty ones at the end; columns are counted from 0 here, 1 for people.

    `headings` are the names of the columns, as far as they are known.
    """

    file: str
    line: int
    cells: tuple[str, ...]
    headings: tuple[str, ...] = ()

    def place(self, column: int) -> Place:
        """Return file, line and column, with the name of the column."""
        heading = self.headings[column] if column < len(self.headings) else ""
        return Place(self.file, self.line, f"column {column + 1} ({heading})" if heading else f"column {column + 1}")

    def wrong(self, column: int, problem: str, remedy: str = CORRECT_THE_CELL, **values: str | int) -> BadInput:
        """Return the error that says what is wrong in a cell."""
        return BadInput(Message(problem, values), Message(remedy, values), self.place(column))

    def text(self, column: int) -> str:
        """Return a cell, white space collapsed; empty when it is not there. Raises BadInput above 250 characters."""
        text = " ".join(self.cells[column].split()) if column < len(self.cells) else ""
        if len(text) > LONGEST_TEXT:
            raise self.wrong(column, gettext_noop("This text is longer than %(most)s characters."), most=LONGEST_TEXT)
        return text

    def number(self, column: int) -> int:
        """Return a cell as a whole number from 0 to 999,999,999. Raises BadInput."""
        text = self.text(column)
        if not _DIGITS.fullmatch(text) or int(text) > LARGEST_NUMBER:
            raise self.wrong(column, gettext_noop('"%(text)s" is not a whole number of 0 or more.'), text=text[:40])
        return int(text)

    def numbers(self, start: int, end: int) -> tuple[int, ...]:
        """Return the cells from `start` up to `end` as whole numbers. Raises BadInput for the first that is not one."""
        cells = self.cells[start:end]
        if len(cells) == end - start and all(cells) and max(map(len, cells), default=0) < len(str(LARGEST_NUMBER)):
            together = "".join(cells)
            if together.isascii() and together.isdecimal():
                return tuple(map(int, cells))
        return tuple(self.number(column) for column in range(start, end))

    def day(self, column: int) -> date:
        """Return a cell with a day, written as 2022-03-16 or 16-03-2022. Raises BadInput."""
        text = self.text(column)
        for form in DAYS:
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        raise self.wrong(
            column, gettext_noop('"%(text)s" is not a day written as 2022-03-16 or 16-03-2022.'), text=text[:40]
        )

    def must_be_filled_to(self, width: int) -> None:
        """Refuse a line that is shorter or longer than its table. Raises BadInput."""
        if len(self.cells) != width:
            raise self.wrong(
                min(len(self.cells), width),
                gettext_noop("This line has %(given)s filled columns, and %(expected)s are expected."),
                given=len(self.cells),
                expected=width,
            )


def read_rows(file: EmlFile, separators: str = SEPARATORS) -> Iterator[Row]:
    """Give the lines of a table that are not empty; the separator is that of `separators` most used in the first.

    Raises BadInput for a file without text, with control characters or with quotes that do not match.
    """
    refuse_empty_and_large(file)
    text = _decode(file)
    _refuse_control_characters(file, text)
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(separators, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            filled = _without_empty_end(cells)
            if filled:
                yield Row(file.name, reader.line_num, filled)
    except csv.Error as error:
        raise BadInput(
            Message(gettext_noop("The quotes on this line do not match, or a cell is endless.")),
            Message(EXPORT_AGAIN),
            Place(file.name, reader.line_num),
        ) from error


def _without_empty_end(cells: Sequence[str]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])


def _decode(file: EmlFile) -> str:
    """UTF-8 with or without byte order mark, UTF-16 with one, and what else is read as Windows-1252."""
    encodings = ("utf-16",) if file.content.startswith(UTF_16) else ("utf-8-sig", WINDOWS)
    for encoding in encodings:
        try:
            return file.content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(
        Message(gettext_noop("The encoding of this file is unknown.")),
        Message(gettext_noop("Save the file as UTF-8, or take it again from the program that made it.")),
        Place(file.name),
    )


def _refuse_control_characters(file: EmlFile, text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        raise BadInput(
            Message(gettext_noop("There is a character here that does not belong in text.")),
            Message(EXPORT_AGAIN),
            Place(file.name, text.count("\n", 0, found.start()) + 1),
        )
