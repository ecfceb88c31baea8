"""The commands: compute without Django, import with a summary and a question, and the demonstration."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from thorbecke.elections import compute_command, models
from thorbecke.elections.adapters.eml import EmlFile
from thorbecke.elections.demo.generate import FOLDER, write_all
from thorbecke.elections.public import list_elections
from thorbecke.ledger.public import count_outcomes

from .test_operations import lot_files, other_files
from .town import ELECTION, eml_files


def saved(folder: Path, files: tuple[EmlFile, ...] | None = None) -> list[str]:
    """Write files to disk and return their names."""
    files = files or eml_files()
    for file in files:
        (folder / file.name).write_bytes(file.content)
    return [str(folder / file.name) for file in files]


def imported(*arguments: str) -> str:
    """Run the import command and return what it says."""
    out = StringIO()
    call_command("import_election", *arguments, stdout=out)
    return out.getvalue()


def test_compute_prints_seats_steps_and_elected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compute_command.main(saved(tmp_path)) == 0

    printed = capsys.readouterr().out
    assert "Gemeenteraad Fabeldam 2022" in printed
    assert "P 8 (1): Residual seat 1 goes to list" in printed
    assert "Aalscholver, A." in printed
    assert "preference votes (P 15)" in printed


def test_compute_gives_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    compute_command.main([*saved(tmp_path), "--json"])

    document = json.loads(capsys.readouterr().out)
    assert sum(document["seats"].values()) == ELECTION.seats
    assert document["open_lots"] == []
    assert {number: len(each) for number, each in document["elected"].items()} == document["seats"]
    assert document["steps"][0]["step"] == "quota"


def test_compute_shows_an_open_lot_and_uses_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = saved(tmp_path, lot_files())
    compute_command.main(names)
    assert "A lot must be drawn in public session" in capsys.readouterr().out
    compute_command.main([*names, "--json"])
    lot = json.loads(capsys.readouterr().out)["open_lots"][0]
    draws = tmp_path / "draws.json"
    draws.write_text(json.dumps([{"lot": lot["id"], "chosen": [2]}]))

    compute_command.main([*names, "--json", "--draws", str(draws)])

    assert json.loads(capsys.readouterr().out)["seats"] == {"1": 3, "2": 3, "5": 3}


def test_compute_leaves_out_who_died(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = saved(tmp_path)

    compute_command.main([*names, "--json", "--deceased", "1:2"])

    assert json.loads(capsys.readouterr().out)["elected"]["1"] == [1, 3, 4, 5]
    assert compute_command.main([*names, "--deceased", "1:9"]) == 1
    assert "no candidate 9 on list 1" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        compute_command.main([*names, "--deceased", "one"])


@pytest.mark.parametrize("draws", ["no json", "{}x", '[{"lot": 1}]', '["x"]', '[{"lot": "x", "chosen": [1]}]', "5"])
def test_compute_refuses_wrong_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str], draws: str) -> None:
    path = tmp_path / "draws.json"
    path.write_text(draws)

    assert compute_command.main([*saved(tmp_path), "--draws", str(path)]) == 1

    assert "Traceback" not in capsys.readouterr().err


def test_compute_names_a_wrong_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = saved(tmp_path)
    path = Path(names[2])
    path.write_text(path.read_text().replace("<ValidVotes>70<", "<ValidVotes>zeventig<"))

    assert compute_command.main(names) == 1

    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"{path.name}, line ")
    assert '"zeventig" is not a whole number' in lines[0]
    assert len(lines) == 2


def test_compute_names_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compute_command.main([str(tmp_path / "nowhere.xml")]) == 1
    assert "nowhere.xml cannot be read" in capsys.readouterr().err
    assert compute_command.main([str(tmp_path)]) == 1


def test_compute_runs_without_django_or_settings(tmp_path: Path) -> None:
    program = (
        "import sys; from thorbecke.config.cli import main; code = main(sys.argv[1:]); "
        "assert code == 0; assert 'django' not in sys.modules, 'Django was imported'"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "elections", "compute", *saved(tmp_path), "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin"},
    )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["election"] == ELECTION.id


@pytest.mark.conformance
def test_compute_gives_the_seats_of_the_real_election(conformance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = conformance / "elections/real/gr2022_west_maas_en_waal"

    compute_command.main([*map(str, folder.glob("*.eml.xml")), "--seats", "17", "--json"])

    seats = json.loads(capsys.readouterr().out)["seats"]
    assert seats == {"1": 3, "2": 2, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 1}


@pytest.mark.django_db
def test_import_shows_a_summary_and_imports(tmp_path: Path) -> None:
    said = imported(*saved(tmp_path), "--yes")

    assert "New: this election is not here yet." in said
    assert "599 valid, 4 blank and 2 invalid votes in 2 polling stations" in said
    assert f"Imported: {ELECTION.id}, revision 1." in said
    assert count_outcomes() == 0
    assert "Nothing changed" in imported(*saved(tmp_path), "--yes", "--publish")
    assert count_outcomes() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "expected"), [("y", 1), ("ja", 1), ("", 0), ("n", 0), (EOFError(), 0)])
def test_import_asks_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Any, expected: int) -> None:
    def reply(_: str) -> str:
        if isinstance(answer, str):
            return answer
        raise answer

    monkeypatch.setattr("builtins.input", reply)

    imported(*saved(tmp_path))

    assert models.Election.objects.count() == expected


@pytest.mark.django_db
def test_import_of_a_wrong_file_exits_with_1_and_imports_nothing(tmp_path: Path) -> None:
    names = saved(tmp_path)
    Path(names[2]).write_bytes(eml_files()[2].content[:3000])
    err = StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("import_election", *names, "--yes", stderr=err)

    assert stopped.value.code == 1
    assert "damaged or cut off" in err.getvalue()
    assert not models.Election.objects.exists()


@pytest.mark.django_db
def test_import_corrects_only_when_asked(tmp_path: Path) -> None:
    imported(*saved(tmp_path), "--yes", "--publish")
    names = saved(tmp_path, other_files())
    err = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_election", *names, "--yes", "--publish", stderr=err, stdout=StringIO())
    assert "Import them as a correction" in err.getvalue()

    said = imported(*names, "--yes", "--publish", "--correction")

    assert "list_votes: [[1, 345, 350]]" in said
    assert "Published: outcome 1 in the log." in said


@pytest.mark.django_db
def test_demonstration_loads_and_a_second_time_changes_nothing() -> None:
    call_command("load_demo_election", stdout=StringIO())
    call_command("load_demo_election", stdout=StringIO())

    assert [(each.id, each.seats) for each in list_elections()] == [
        ("GR2026_Voorbeeldstad", 23),
        ("GR2022_Voorbeeldstad", 17),
    ]
    assert models.Result.objects.get(state="lot_open").revision.election.eml_id == "GR2026_Fabelhoek"
    assert count_outcomes() == 2


def test_demonstration_files_are_those_that_the_generator_writes() -> None:
    written = {file.name: file.content for file in write_all()}

    assert written == {path.name: path.read_bytes() for path in FOLDER.glob("*.eml.xml")}
