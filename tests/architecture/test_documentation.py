"""Every setting and every command stands in the documentation, and nothing stands there that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

from thorbecke.config import cli, environment

CHECKOUT = Path(__file__).parents[2]
SETTINGS = (CHECKOUT / "docs/settings.md").read_text()
COMMANDS = (CHECKOUT / "docs/commands.md").read_text()


DJANGO_COMMANDS = {"check"}
"""Commands of Django itself to which this program adds something."""


def own_commands() -> set[str]:
    paths = (CHECKOUT / "src/thorbecke").glob("*/management/commands/[a-z]*.py")
    named = {command: " ".join(words) for words, command in cli.DJANGO_COMMANDS.items()}
    pure = {" ".join(words) for words in cli.PURE_COMMANDS}
    return {named.get(path.stem, path.stem) for path in paths} | pure


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", SETTINGS, flags=re.MULTILINE))
    assert documented == {setting.name for setting in environment.SETTINGS}


def test_every_command_is_documented() -> None:
    documented = set(re.findall(r"^## thorbecke ([a-z_ ]+[a-z])", COMMANDS, flags=re.MULTILINE))
    assert documented == own_commands() | DJANGO_COMMANDS


def test_every_script_is_named_in_the_readme_or_contributing() -> None:
    texts = (CHECKOUT / "README.md").read_text() + (CHECKOUT / "CONTRIBUTING.md").read_text()
    scripts = {path.name for path in (CHECKOUT / "script").iterdir()} - {"frontend"}
    assert {name for name in scripts if f"script/{name}" not in texts} == set()


def test_decision_records_have_a_status() -> None:
    records = sorted((CHECKOUT / "docs/decisions").glob("[0-9]*.md"))
    assert records
    for record in records:
        assert re.search(r"^## Status", record.read_text(), flags=re.MULTILINE), record.name
