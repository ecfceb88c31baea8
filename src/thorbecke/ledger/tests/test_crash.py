"""A sample of the crash test: `benchmarks/ledger_crash.py` runs all of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[4] / "benchmarks" / "ledger_crash.py"


@pytest.mark.database
def test_nothing_acknowledged_is_lost_when_writers_are_killed() -> None:
    """On the database of DATABASE_URL, or on SQLite; each run makes and removes a database of its own."""
    environment = {**os.environ, "THORBECKE_LOG_KEY": "", "THORBECKE_LOG_KEY_PREVIOUS": ""}
    command = [sys.executable, str(BENCHMARK), "--storms", "3", "--no-file"]
    ended = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert '"faults": []' in ended.stdout
