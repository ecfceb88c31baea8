"""The architecture contracts hold, and each of them fails when it is broken on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

BREACHES = [
    ("floors", "kernel/breach.py", "import thorbecke.design.apps", "Floors:"),
    ("floors between rooms", "ledger/domain/breach.py", "import thorbecke.elections.public", "Floors:"),
    ("a room without a floor", "attic/__init__.py", '"""A room that no contract names."""', "Floors:"),
    ("inside", "elections/domain/breach.py", "import thorbecke.elections.operations", "Inside:"),
    ("purity of a domain", "elections/domain/breach.py", "import django.db", "Purity:"),
    ("purity of the kernel", "kernel/breach.py", "import django.conf", "Purity:"),
    ("adapters", "elections/adapters/breach.py", "import thorbecke.elections.models", "Adapters:"),
    ("door of the ledger", "elections/breach.py", "import thorbecke.ledger.operations", "Door of the ledger:"),
    ("door of identity", "elections/breach.py", "import thorbecke.identity.models", "Door of identity:"),
    ("door of elections", "home/breach.py", "import thorbecke.elections.queries", "Door of elections:"),
    ("domain behind the door", "home/breach.py", "import thorbecke.elections.domain.count", "Door of elections:"),
    ("checker", "verify/breach.py", "import thorbecke.ledger.public", "Checker:"),
]


def lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("tests", "static", "locale", "__pycache__")
    shutil.copytree(CHECKOUT / "src", tmp_path / "src", ignore=ignore)
    shutil.copy(CHECKOUT / ".importlinter", tmp_path / ".importlinter")
    return tmp_path


def test_every_contract_is_kept(copy: Path) -> None:
    outcome = lint(copy)
    assert outcome.returncode == 0, outcome.stdout
    assert "0 broken" in outcome.stdout


@pytest.mark.parametrize(("name", "path", "line", "contract"), BREACHES, ids=[breach[0] for breach in BREACHES])
def test_a_breach_fails(copy: Path, name: str, path: str, line: str, contract: str) -> None:
    target = copy / "src" / "thorbecke" / path
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"{line}\n")
    outcome = lint(copy)
    broken = [row for row in outcome.stdout.splitlines() if row.startswith(contract)]
    assert outcome.returncode == 1, f"{name} was broken and nobody noticed:\n{outcome.stdout}"
    assert broken, outcome.stdout
    assert any("BROKEN" in row for row in outcome.stdout.splitlines())
