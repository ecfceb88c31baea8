"""A result may be computed from any format of the same count: EML 510b or 510d, the council's CSV, or tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from thorbecke.elections import compute_command
from thorbecke.elections.adapters.csv_osv import OsvHeading
from thorbecke.elections.adapters.csv_osv_writer import write_osv_csv
from thorbecke.elections.adapters.eml import EmlFile, read_election
from thorbecke.elections.adapters.eml_510_writer import write_count
from thorbecke.elections.adapters.eml_writer import fictitious_letterhead
from thorbecke.elections.adapters.plain_writer import write_package
from thorbecke.elections.domain.count import ElectionCount, StationCount
from thorbecke.kernel.errors import BadInput

from .town import ELECTION, LISTS, SEATS, VOTES, count_of, eml_files

DEFINITION, BALLOT, COUNT = eml_files()
HEADING = OsvHeading(ELECTION.name, ELECTION.date, "Gemeente Fabeldam", "0000")
COUNTED = count_of(VOTES)
WHOLE = ElectionCount(ELECTION.id, COUNTED.total, (StationCount("0000", "Fabeldam", COUNTED.total),))


def table(heading: OsvHeading = HEADING) -> EmlFile:
    """The council's CSV of the count."""
    return EmlFile("telling.csv", write_osv_csv(heading, LISTS, COUNTED))


TOTALS = EmlFile("totaal.eml.xml", write_count(ELECTION, LISTS, WHOLE, fictitious_letterhead(ELECTION), form="510d"))
PACKAGE = write_package(ELECTION, LISTS, COUNTED)

FORMATS: dict[str, tuple[EmlFile, ...]] = {
    "510b": (COUNT, BALLOT, DEFINITION),
    "510d": (TOTALS, BALLOT, DEFINITION),
    "council's CSV": (DEFINITION, table(), BALLOT),
    "tables": PACKAGE,
}


def saved(folder: Path, files: tuple[EmlFile, ...]) -> list[str]:
    """Write files to disk and return their names."""
    for file in files:
        (folder / file.name).write_bytes(file.content)
    return [str(folder / file.name) for file in files]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_result(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    compute_command.main([*saved(tmp_path, FORMATS["510b"]), "--json"])
    expected = json.loads(capsys.readouterr().out)

    assert compute_command.main([*saved(tmp_path, FORMATS[name]), "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == expected


def test_the_inputs_name_the_format_of_each_file() -> None:
    def named(files: tuple[EmlFile, ...]) -> list[str]:
        return [each.source.format for each in read_election(files).files]

    assert named(FORMATS["council's CSV"]) == ["EML 110a", "EML 230b", "CSV OSV4-3"]
    assert named(FORMATS["510d"]) == ["EML 110a", "EML 230b", "EML 510d"]
    assert named(PACKAGE) == ["CSV package"] * 5


WRONG: dict[str, tuple[Callable[[], tuple[EmlFile, ...]], int | None, str, str]] = {
    # name: (files, seats, part of the place, part of the problem)
    "two counts": (lambda: (BALLOT, COUNT, table()), SEATS, "telling.csv", "two counts: this file and Telling"),
    "no count": (lambda: (BALLOT, DEFINITION), None, "", "510b is missing"),
    "only a table": (lambda: (table(),), SEATS, "", "230b is missing"),
    "table of another election": (
        lambda: (BALLOT, table(replace(HEADING, name="Gemeenteraad Elders 2022"))),
        SEATS,
        "telling.csv",
        "of election Gemeenteraad Elders 2022",
    ),
    "table of another day": (
        lambda: (BALLOT, table(replace(HEADING, date=date(2026, 3, 18)))),
        SEATS,
        "telling.csv",
        "2026-03-18",
    ),
    "other seats than the package says": (lambda: PACKAGE, 11, "datapackage.json", "says 9 seats, but 11"),
    "package of another body": (
        lambda: write_package(replace(ELECTION, category="TK"), LISTS, COUNTED),
        None,
        "datapackage.json",
        "category TK",
    ),
    "package and EML": (lambda: (*PACKAGE, COUNT), None, COUNT.name, "not part of the package"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_combinations_are_refused(name: str) -> None:
    files, seats, place, problem = WRONG[name]

    with pytest.raises(BadInput) as caught:
        read_election(files(), seats)

    assert place in str(caught.value.place)
    assert problem in str(caught.value.problem)


def test_compute_names_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = EmlFile("telling.csv", table().content.replace(b'"310";"100"', b'"310";"101"'))

    assert compute_command.main([*saved(tmp_path, (BALLOT, wrong)), "--seats", str(SEATS)]) == 1

    assert "telling.csv, line 24, column 6 (1)" in capsys.readouterr().err


@pytest.mark.conformance
def test_real_table_gives_the_result_of_the_real_eml(conformance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = conformance / "elections/real/gr2022_west_maas_en_waal"
    ballot, count = (str(path) for path in sorted(folder.glob("*.eml.xml")))

    compute_command.main([ballot, count, "--seats", "17", "--json"])
    expected = json.loads(capsys.readouterr().out)
    compute_command.main([ballot, str(next(folder.glob("*.csv"))), "--seats", "17", "--json"])

    assert json.loads(capsys.readouterr().out) == expected
    assert expected["seats"] == {"1": 3, "2": 2, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 1}
