"""The `thorbecke` command: the checker and the computer run without Django, all else is a Django command."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

PURE_COMMANDS = {
    ("verify",): "thorbecke.verify.command",
    ("elections", "compute"): "thorbecke.elections.compute_command",
}
"""Words on the command line -> module whose `main(arguments) -> exit code` runs without settings or database."""

DJANGO_COMMANDS = {("elections", "import"): "import_election"}
"""Two-word commands -> the Django management command that does it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the words name, and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for prefix, module in PURE_COMMANDS.items():
        if tuple(words[: len(prefix)]) == prefix:
            return int(importlib.import_module(module).main(words[len(prefix) :]))
    for prefix, command in DJANGO_COMMANDS.items():
        if tuple(words[: len(prefix)]) == prefix:
            words[: len(prefix)] = [command]
    return _run_django(words)


def _run_django(words: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thorbecke.config.settings")
    importlib.import_module("thorbecke.config.checks")
    importlib.import_module("django.core.management").execute_from_command_line(["thorbecke", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
