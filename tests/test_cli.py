"""The command line: what runs without Django, what it answers without words, and to a reader who stops reading."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from thorbecke.elections.demo.generate import FOLDER

THORBECKE = Path(sys.executable).with_name("thorbecke")
FILES = sorted(map(str, FOLDER.glob("*GR2026_Voorbeeldstad.eml.xml")))


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run([THORBECKE, *words], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]], ids=["nothing", "--help", "-h"])
def test_usage_names_the_commands_of_anyone(words: list[str]) -> None:
    answer = run(*words)
    assert answer.returncode == 0
    assert "verify URL-or-FILE" in answer.stdout
    assert "elections compute FILE" in answer.stdout


def test_a_command_of_two_words_calls_itself_so() -> None:
    answer = run("elections", "import", "--help")
    assert answer.returncode == 0
    assert answer.stdout.startswith("usage: thorbecke elections import ")


def test_an_unknown_command_is_refused() -> None:
    answer = run("veryfy")
    assert answer.returncode == 1
    assert "Unknown command: 'veryfy'" in answer.stderr


@pytest.mark.parametrize("words", [["verify", "/absent.json"], ["elections", "compute", *FILES]], ids=lambda w: w[0])
def test_what_is_for_anyone_runs_without_django(words: list[str]) -> None:
    program = (
        "import sys; from thorbecke.config.cli import main; main(sys.argv[1:]);"
        "print('django' in sys.modules, 'thorbecke.config.settings' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "False False"


def test_a_reader_who_stops_gets_no_trace() -> None:
    with subprocess.Popen(
        [THORBECKE, "elections", "compute", *FILES, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        assert command.stderr.read() == b""
