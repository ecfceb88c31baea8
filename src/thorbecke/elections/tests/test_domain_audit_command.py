"""The audit on a terminal: the plan, the sheet to fill in, the verdict, and what is said about wrong input."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from thorbecke.elections import audit_command
from thorbecke.elections.adapters.eml import EmlFile
from thorbecke.elections.adapters.eml_files import write_election

from .test_operations import lot_files
from .town import ELECTION, LISTS, VOTES, count_of, eml_files

SEED = "31415926535897932384"
Capture = pytest.CaptureFixture[str]


def wide_files() -> tuple[EmlFile, ...]:
    """The town with forty times as many votes, so that margins are wide."""
    votes = {
        station: {number: tuple(40 * each for each in counts) for number, counts in lists.items()}
        for station, lists in VOTES.items()
    }
    return write_election(ELECTION, LISTS, count_of(votes), threshold=50)


@pytest.fixture
def names(tmp_path: Path) -> list[str]:
    """The files of a council on disk."""
    return saved(tmp_path, wide_files())


def saved(folder: Path, files: tuple[EmlFile, ...]) -> list[str]:
    """Write files to disk and return their names."""
    for file in files:
        (folder / file.name).write_bytes(file.content)
    return [str(folder / file.name) for file in files]


def planned(names: list[str], capsys: Capture, *more: str) -> str:
    """Run the plan and return what it prints."""
    assert audit_command.main(["plan", *names, "--seed", SEED, *more]) == 0
    return capsys.readouterr().out


def filled(sheet: Path, read: Callable[[str, int], str]) -> str:
    """Fill in a worksheet and return its name."""
    with sheet.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    lines = [f"{row['station']},{row['ballot']},{read(row['station'], int(row['ballot']))}" for row in rows]
    sheet.write_text("\n".join(["station,ballot,list", *lines]) + "\n")
    return str(sheet)


def as_reported(station: str, ballot: int) -> str:
    """What is on a ballot when the pile of a station is sorted by list as it was reported."""
    for number, counts in VOTES[station].items():
        ballot -= 40 * sum(counts)
        if ballot <= 0:
            return str(number)
    return "blank" if ballot <= 2 else "ongeldig"


def test_plan_tells_what_must_hold_and_which_ballots_to_draw(names: list[str], capsys: Capture) -> None:
    said = planned(names, capsys, "--first", "3")

    assert "Gemeenteraad Fabeldam 2022, 2022-03-16: audit of 9 seats" in said
    assert "the chance that this audit confirms them is 1/20 at most" in said
    assert "List 5 has more than 3/4 of the quota. (P 8 (2))" in said
    assert "Estimate, if the count is right: about" in said
    assert said.count("0000::SB") == 3


def test_plan_gives_json_with_exact_fractions(names: list[str], capsys: Capture) -> None:
    document = json.loads(planned(names, capsys, "--json", "--risk-limit", "0.1"))

    assert document["risk_limit"] == "1/10"
    assert document["ballots"] == 599 * 40 + 6
    assert document["manifest"] == {"0000::SB1": 11643, "0000::SB2": 12323}
    assert len(document["draw"]) == document["sample"]["ample"]
    assert all("/" in each["margin"] for each in document["assertions"])


def test_right_count_is_confirmed(names: list[str], tmp_path: Path, capsys: Capture) -> None:
    sheet = tmp_path / "sheet.csv"
    planned(names, capsys, "--worksheet", str(sheet), "--first", "2500")

    assert audit_command.main(["assess", *names, "--seed", SEED, "--ballots", filled(sheet, as_reported)]) == 0

    said = capsys.readouterr().out
    assert "Stop: the seats are confirmed." in said
    assert "open" not in said
    assert "2500 ballots count" in said


def test_too_few_ballots_ask_for_more(names: list[str], tmp_path: Path, capsys: Capture) -> None:
    sheet = tmp_path / "sheet.csv"
    planned(names, capsys, "--worksheet", str(sheet), "--first", "30")

    audit_command.main(["assess", *names, "--seed", SEED, "--ballots", filled(sheet, as_reported), "--json"])

    document = json.loads(capsys.readouterr().out)
    assert (document["verdict"], document["counted"]) == ("draw_more", 30)
    assert document["draw_more"] > 0


def test_other_ballots_than_reported_ask_for_a_full_count(names: list[str], tmp_path: Path, capsys: Capture) -> None:
    sheet = tmp_path / "sheet.csv"
    planned(names, capsys, "--worksheet", str(sheet), "--first", "1500")

    audit_command.main(["assess", *names, "--seed", SEED, "--ballots", filled(sheet, lambda *_: "2")])

    assert "Count all ballots again by hand" in capsys.readouterr().out


def test_ballots_after_one_that_was_not_read_do_not_count(names: list[str], tmp_path: Path, capsys: Capture) -> None:
    sheet = tmp_path / "sheet.csv"
    draw = json.loads(planned(names, capsys, "--json", "--worksheet", str(sheet), "--first", "30"))["draw"]
    unread = draw[10]

    def read(station: str, ballot: int) -> str:
        return "" if [station, ballot] == unread else as_reported(station, ballot)

    audit_command.main(["assess", *names, "--seed", SEED, "--ballots", filled(sheet, read)])

    assert "10 ballots count" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lines", "place", "problem"),
    [
        (["station;ballot"], "ballots.csv, line 1", 'There is no column "list".'),
        (["station,ballot,list", "0000::SB9,1,1"], "line 2, column 1 (station)", 'no station "0000::SB9"'),
        (["station,ballot,list", "0000::SB1,0,1"], "line 2, column 2 (ballot)", "has ballots 1 to 11643"),
        (["station,ballot,list", "0000::SB1,twee,1"], "line 2, column 2 (ballot)", '"twee" is not a whole number'),
        (["station,ballot,list", "0000::SB1,1,1"], "line 2, column 2 (ballot)", "not among the first 1 that the seed"),
        (["station,ballot,list", "FIRST,7"], "line 2, column 3 (list)", '"7" is not the number of a list'),
        (["station,ballot,list", "FIRST,²"], "line 2, column 3 (list)", '"²" is not the number of a list'),
        (["station,ballot,list", "FIRST,1", "FIRST,1"], "line 3, column 2 (ballot)", "in the file twice"),
        ([""], "ballots.csv", ""),
    ],
)
def test_wrong_ballots_are_named_by_line(
    names: list[str], tmp_path: Path, capsys: Capture, lines: list[str], place: str, problem: str
) -> None:
    station, ballot = json.loads(planned(names, capsys, "--json", "--first", "1"))["draw"][0]
    path = tmp_path / "ballots.csv"
    path.write_text("\n".join(lines).replace("FIRST", f"{station},{ballot}"))

    assert audit_command.main(["assess", *names, "--seed", SEED, "--ballots", str(path)]) == 1

    wrong, remedy = capsys.readouterr().err.splitlines()
    assert place in wrong
    assert problem in wrong
    assert remedy


def test_manifest_adds_ballots_that_the_count_did_not_report(names: list[str], tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text("station,ballots\n0000::SB1,11650\n0000::SB2,12000\n")

    document = json.loads(planned(names, capsys, "--json", "--first", "0", "--manifest", str(path)))

    assert document["manifest"] == {"0000::SB1": 11650, "0000::SB2": 12323}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("station,ballots\n0000::SB1,5\n", "Station 0000::SB2 is missing."),
        ("station,ballots\n0000::SB1,5\n0000::SB1,5\n", "Station 0000::SB1 is in the file twice."),
        ("station,ballots\nHal,5\n", 'There is no station "Hal" in the count.'),
    ],
)
def test_wrong_manifest_is_refused(names: list[str], tmp_path: Path, capsys: Capture, text: str, problem: str) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text(text)

    assert audit_command.main(["plan", *names, "--seed", SEED, "--manifest", str(path)]) == 1
    assert problem in capsys.readouterr().err


@pytest.mark.parametrize("seed", ["123", "abcdefghijklmnopqrstuvwxyz", "3141592653589793238 "])
def test_seed_must_be_thrown(names: list[str], capsys: Capture, seed: str) -> None:
    assert audit_command.main(["plan", *names, "--seed", seed]) == 1
    assert capsys.readouterr().err.startswith("--seed: The seed must be 20 digits or more.")


@pytest.mark.parametrize("limit", ["0", "1", "1/0", "-1/20", "veel"])
def test_risk_limit_lies_between_0_and_1(names: list[str], capsys: Capture, limit: str) -> None:
    assert audit_command.main(["plan", *names, "--seed", SEED, f"--risk-limit={limit}"]) == 1
    assert "is not a risk limit between 0 and 1." in capsys.readouterr().err


def test_seat_by_lot_is_not_auditable(tmp_path: Path, capsys: Capture) -> None:
    assert audit_command.main(["plan", *saved(tmp_path, lot_files()), "--seed", SEED]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "A lot decides a seat: the margin is zero, which no sample can confirm.",
        "Count all ballots again by hand if the result must be checked.",
    ]


def test_worksheet_that_cannot_be_written_is_named(names: list[str], tmp_path: Path, capsys: Capture) -> None:
    assert audit_command.main(["plan", *names, "--seed", SEED, "--worksheet", str(tmp_path / "no" / "x.csv")]) == 1
    assert "x.csv cannot be written" in capsys.readouterr().err


def test_narrow_margin_says_that_a_full_count_is_less_work(tmp_path: Path, capsys: Capture) -> None:
    assert "This may take more than half of the 605 ballots" in planned(saved(tmp_path, eml_files()), capsys)


def test_audit_runs_without_django_or_settings(names: list[str]) -> None:
    program = (
        "import sys; from thorbecke.config.cli import main; code = main(sys.argv[1:]); "
        "assert code == 0; assert 'django' not in sys.modules, 'Django was imported'"
    )
    words = ["elections", "audit", "plan", *names, "--seed", SEED, "--json"]
    ran = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False, env={"PATH": "/usr/bin"}
    )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["election"] == ELECTION.id
