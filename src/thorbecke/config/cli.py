"""The `thorbecke` command: the checker and the computer run without Django, all else is a Django command."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

PURE_COMMANDS = {
    ("verify",): "thorbecke.verify.command",
    ("elections", "compute"): "thorbecke.elections.compute_command",
    ("elections", "audit"): "thorbecke.elections.audit_command",
}
"""Words on the command line -> module whose `main(arguments) -> exit code` runs without settings or database."""

DJANGO_COMMANDS = {("elections", "import"): "import_election"}
"""Two-word commands -> the Django management command that does it."""

USAGE = """\
Usage: thorbecke COMMAND ...

For anyone, without a site or database:
  verify URL-or-FILE            check a site or a bundle, and compute everything again
  elections compute FILE...     compute a result from count files
  elections audit plan|assess   check the seats by a sample of the paper ballots

On the server:
  elections import FILE...      import and publish an election
  create_official USERNAME      let an official log in
  log_key, check_log            the keys of the log; recount the whole log
  load_demo                     fill the site with a demo authority
  migrate, collectstatic, ...   all other commands: thorbecke help

COMMAND --help tells more; so does docs/commands.md.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the words name, and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _run(words: list[str]) -> int:
    if not words or words[0] in {"-h", "--help"}:
        print(USAGE, end="")
        return 0
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
