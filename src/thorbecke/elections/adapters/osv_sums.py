"""The numbers of a table in the Electoral Council's CSV (OSV4-3), and whether they add up, by line and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from thorbecke.elections.domain.consistency import BLANK_DIFFER, INVALID_DIFFER
from thorbecke.elections.domain.count import (
    ASK_THE_SENDER,
    CountError,
    ListTotalDiffers,
    StationsDiffer,
    ValidTotalDiffers,
)
from thorbecke.elections.domain.sums import add_up_lists
from thorbecke.kernel.messages import Message, gettext_noop

from .csv_table import Row
from .osv_sheet import BLANK, FOUND, INVALID, TOTAL, VALID, Sheet


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of each line, from the column of totals on: of figures, of lists, and of candidates by list."""

    figures: Mapping[str, tuple[int, ...]]
    lists: Mapping[int, tuple[int, ...]]
    candidates: Mapping[int, Mapping[int, tuple[int, ...]]]


def read_numbers(sheet: Sheet) -> Numbers:
    """Read every number once. Raises BadInput for the first cell that is not a whole number."""

    def of(row: Row) -> tuple[int, ...]:
        return row.numbers(TOTAL, sheet.width)

    return Numbers(
        figures={name: of(row) for name, row in sheet.figures.items()},
        lists={number: of(rows.row) for number, rows in sheet.lists.items()},
        candidates={
            number: {position: of(row) for position, row in rows.candidates.items()}
            for number, rows in sheet.lists.items()
        },
    )


def check_sums(sheet: Sheet, numbers: Numbers) -> None:
    """Refuse a table whose candidates, lists, ballots or columns do not add up. Raises a CountError."""
    for number, rows in sheet.lists.items():
        summed = add_up_lists(numbers.candidates[number].values()) or (0,) * (sheet.width - TOTAL)
        _compare(rows.row, numbers.lists[number], summed, ListTotalDiffers, LIST_DIFFERS, list=number)
    valid = add_up_lists(numbers.lists.values())
    _compare(sheet.figures[VALID], numbers.figures[VALID], valid, ValidTotalDiffers, VALID_DIFFER)
    if FOUND in sheet.figures:
        found = add_up_lists(numbers.figures[name] for name in (VALID, BLANK, INVALID))
        _compare(sheet.figures[FOUND], numbers.figures[FOUND], found, CountError, FOUND_DIFFER)
    for number, rows in sheet.lists.items():
        for position, row in rows.candidates.items():
            _compare_total(row, numbers.candidates[number][position], COLUMNS_DIFFER)
    _compare_total(sheet.figures[BLANK], numbers.figures[BLANK], BLANK_DIFFER)
    _compare_total(sheet.figures[INVALID], numbers.figures[INVALID], INVALID_DIFFER)


LIST_DIFFERS = gettext_noop("The candidates of list %(list)s have %(sum)s votes, but its total says %(stated)s.")
VALID_DIFFER = gettext_noop("The lists have %(sum)s votes together, but the total of valid votes says %(stated)s.")
FOUND_DIFFER = gettext_noop("There are %(sum)s valid, blank and invalid ballots, but the ballots found are %(stated)s.")
COLUMNS_DIFFER = gettext_noop("The columns together have %(sum)s votes, but the total says %(stated)s.")


def count_error(
    kind: Callable[..., CountError],
    row: Row,
    column: int,
    problem: str,
    remedy: str = ASK_THE_SENDER,
    **values: str | int,
) -> CountError:
    """Return the error that says what contradicts what in a cell."""
    return kind(Message(problem, values), Message(remedy, values), row.place(column))


def _compare(
    row: Row,
    stated: tuple[int, ...],
    summed: tuple[int, ...],
    kind: type[CountError],
    problem: str,
    **values: int,
) -> None:
    if stated != summed:
        index = next(index for index, number in enumerate(stated) if number != summed[index])
        raise count_error(
            kind, row, TOTAL + index, problem, ASK_THE_SENDER, **values, sum=summed[index], stated=stated[index]
        )


def _compare_total(row: Row, numbers: tuple[int, ...], problem: str) -> None:
    total, *units = numbers
    if total != sum(units):
        raise count_error(StationsDiffer, row, TOTAL, problem, sum=sum(units), stated=total)
