"""Votes exchanged on purpose in a real city: how many are found, and how little stands out in the count as it was."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from thorbecke.elections.domain.check_exchange import find_exchange
from thorbecke.elections.domain.findings import THRESHOLDS

Row = list[int]
CANDIDATES = {"factor": THRESHOLDS.exchange_factor, "fit": THRESHOLDS.exchange_fit, "votes": THRESHOLDS.exchange_votes}
BETWEEN_LISTS = {**CANDIDATES, "factor": THRESHOLDS.exchange_factor_lists, "fit": THRESHOLDS.exchange_fit_lists}
WORTH_FINDING = 30


@pytest.fixture(scope="module")
def rotterdam(conformance: Path) -> list[list[Row]]:
    """Votes for the House in Rotterdam in 2023: per list, per candidate, per station."""
    path = conformance / "elections/real/tk2023/osv4-3_telling_tk2023_gemeente_rotterdam.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    start = next(at for at, row in enumerate(rows) if row and row[0] == "Lijstnummer")
    lists: list[list[Row]] = []
    for row in rows[start + 1 :]:
        if len(row) > 5 and row[0].isdigit():
            lists.append([])
        if lists and len(row) > 5 and row[2].isdigit():
            lists[-1].append([int(cell or 0) for cell in row[5:]])
    return lists


def stations_of(columns: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Per station its row, and that of all other stations together."""
    totals = [sum(column) for column in columns]
    for row in zip(*columns, strict=True):
        yield list(row), [total - votes for total, votes in zip(totals, row, strict=True)]


def is_found(row: Row, others: Row, first: int, second: int, limits: dict[str, int]) -> bool | None:
    """Whether two columns written in each other's place are found; None where they differ too little to matter."""
    if abs(row[first] - row[second]) < WORTH_FINDING:
        return None
    changed = row.copy()
    changed[first], changed[second] = row[second], row[first]
    found = find_exchange(changed, others, **limits)
    return found is not None and set(found) == {first, second}


def score(answers: Iterable[bool | None]) -> tuple[int, int]:
    """How many are found, of how many."""
    judged = [each for each in answers if each is not None]
    return sum(judged), len(judged)


@pytest.mark.conformance
def test_candidates_of_one_list(rotterdam: list[list[Row]]) -> None:
    rows = [each for columns in rotterdam for each in stations_of(columns)]

    stand_out = [row for row, others in rows if find_exchange(row, others, **CANDIDATES)]
    planted = score(
        is_found(row, others, row.index(max(row)), at % len(row), CANDIDATES) for at, (row, others) in enumerate(rows)
    )

    assert (len(stand_out), len(rows)) == (2, 9072)
    assert planted == (1799, 1844)


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("factor", "standing_out", "found"),
    [(THRESHOLDS.exchange_factor_lists, 2, (1567, 2981)), (2, 117, (1408, 2981))],
)
def test_lists(rotterdam: list[list[Row]], factor: int, standing_out: int, found: tuple[int, int]) -> None:
    limits = {**BETWEEN_LISTS, "factor": factor}
    columns = [[sum(votes) for votes in zip(*each, strict=True)] for each in rotterdam]
    rows = list(stations_of(columns))

    stand_out = [row for row, others in rows if find_exchange(row, others, **limits)]
    planted = score(
        is_found(row, others, at, (at + 1) % len(row), limits) for row, others in rows for at in range(len(row))
    )

    assert (len(stand_out), len(rows)) == (standing_out, 378)
    assert planted == found
