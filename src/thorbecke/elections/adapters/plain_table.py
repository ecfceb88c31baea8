"""Reads one of the project's own tables by its Table Schema: each line typed, named by its key, and there once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from thorbecke.kernel.errors import BadInput
from thorbecke.kernel.messages import gettext_noop

from .csv_table import CORRECT_THE_CELL, Row, read_rows
from .eml_reader import EmlFile
from .plain_schema import Field, Table

ADD_THE_COLUMN = gettext_noop("Give the table the columns of its schema, with their names in the first line.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table, with its values by the name of the column."""

    row: Row
    columns: Mapping[str, int]

    def number(self, name: str) -> int:
        """Return a whole number that must be there. Raises BadInput."""
        return self.row.number(self.columns[name])

    def optional_number(self, name: str) -> int | None:
        """Return a whole number, or None for an empty cell. Raises BadInput."""
        return self.number(name) if self.text(name) else None

    def text(self, name: str) -> str:
        """Return a text, which may be empty. Raises BadInput."""
        return self.row.text(self.columns[name])

    def wrong(self, name: str, problem: str, **values: str | int) -> BadInput:
        """Return the error that says what is wrong in a column."""
        return self.row.wrong(self.columns[name], problem, CORRECT_THE_CELL, **values)


def read_table(file: EmlFile, table: Table) -> Iterator[Line]:
    """Give the lines of a table. Raises BadInput for one that its schema does not allow, and for a key there twice."""
    rows = read_rows(file, ",;\t")
    columns = _read_header(next(rows, Row(file.name, 1, ())), table)
    headings = tuple(columns)
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        line = Line(replace(row, headings=headings), columns)
        _refuse_extra_cells(line)
        for field in table.fields:
            _check(line, field)
        key = tuple(line.text(name) for name in table.key)
        if key in seen:
            raise line.wrong(table.key[-1], gettext_noop('"%(key)s" is in the table twice.'), key=" ".join(key)[:80])
        seen.add(key)
        yield line


def refuse_unknown(line: Line, names: tuple[str, ...], key: object, known: Collection[object], table: str) -> None:
    """Refuse a line that refers to what is not in another table. Raises BadInput."""
    if key not in known:
        raise line.wrong(
            names[-1],
            gettext_noop('"%(key)s" is not in the table %(table)s.'),
            key=" ".join(line.text(name) for name in names)[:80],
            table=table,
        )


def _read_header(row: Row, table: Table) -> dict[str, int]:
    columns: dict[str, int] = {}
    names = {field.name for field in table.fields}
    for index in range(len(row.cells)):
        name = row.text(index)
        if name not in names or name in columns:
            raise row.wrong(
                index,
                gettext_noop('The table %(table)s has no column "%(name)s", or has it twice.'),
                ADD_THE_COLUMN,
                table=table.name,
                name=name[:40],
            )
        columns[name] = index
    for field in table.fields:
        if field.name not in columns:
            raise row.wrong(
                len(row.cells), gettext_noop('The column "%(name)s" is missing.'), ADD_THE_COLUMN, name=field.name
            )
    return columns


def _refuse_extra_cells(line: Line) -> None:
    if len(line.row.cells) > len(line.columns):
        line.row.must_be_filled_to(len(line.columns))


def _check(line: Line, field: Field) -> None:
    if not line.text(field.name):
        if field.required:
            raise line.wrong(field.name, gettext_noop("This cell must be filled."))
    elif field.type == "integer" and line.number(field.name) < field.least:
        raise line.wrong(field.name, gettext_noop("A list or candidate has number 0, and numbers start at 1."))
