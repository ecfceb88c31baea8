"""`thorbecke elections import`: read EML files, say what will change, ask, and import."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from thorbecke.elections.adapters.eml import EmlFile
from thorbecke.elections.domain.published import Change, ImportSummary
from thorbecke.elections.operations.importing import import_election, preview_import
from thorbecke.elections.operations.results import publish_result
from thorbecke.elections.terminal import FILES_HELP, WITHOUT_HELP, error_lines, read_files, result_lines
from thorbecke.identity.public import command_line_actor
from thorbecke.kernel.errors import ThorbeckeError

WILL = {
    Change.NEW: "New: this election is not here yet.",
    Change.UNCHANGED: "Nothing changes: the same files and seats are here already.",
    Change.REPLACES_DRAFT: "Replaces what was imported before and is not published.",
    Change.CORRECTION: "A result with other files is published already: this can only be a correction.",
}


class Command(BaseCommand):
    """Import the EML_NL files of one election, after a summary and a question."""

    help = "Import the files of one election, and publish the result if asked."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Name the command in its help as it is typed."""
        return super().create_parser(prog_name, "elections import", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare files and options."""
        parser.add_argument("files", nargs="+", metavar="FILE", help=FILES_HELP)
        parser.add_argument("--seats", type=int, help="number of seats, where there is no 110a file")
        parser.add_argument("--without", metavar="DISTRICT", action="append", default=[], type=int, help=WITHOUT_HELP)
        parser.add_argument(
            "--publish", action="store_true", help="publish the result at once, and record it in the log"
        )
        parser.add_argument("--correction", action="store_true", help="make a new result that replaces a published one")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Preview, ask and import. Exits with 1 and clear lines when a file is wrong."""
        try:
            files = read_files(options["files"])
            summary = preview_import(
                actor=command_line_actor(), files=files, seats=options["seats"], left_out=options["without"]
            )
            self._show(summary)
            if options["yes"] or self._agrees(summary):
                self._import(files, options)
            else:
                self.stdout.write("Nothing was imported.")
        except ThorbeckeError as error:
            self.stderr.write("\n".join(error_lines(error)))
            raise SystemExit(1) from error

    def _show(self, summary: ImportSummary) -> None:
        counted = summary.counted
        for file in counted.files:
            self.stdout.write(f"{file.form:<4}  {file.name}  {file.size} bytes  SHA-256 {file.sha256}")
        self.stdout.write("")
        for line in result_lines(counted, summary.computation):
            self.stdout.write(line)
        self.stdout.write("")
        self.stdout.write(WILL[summary.change])
        for name, value in summary.difference.items():
            self.stdout.write(f"    {name}: {value}")

    def _agrees(self, summary: ImportSummary) -> bool:
        try:
            answer = input(f"Import election {summary.counted.election.id}? [y/N] ")
        except EOFError:
            return False
        return answer.strip().lower() in {"y", "yes", "j", "ja"}

    def _import(self, files: Sequence[EmlFile], options: dict[str, Any]) -> None:
        actor = command_line_actor()
        summary = import_election(
            actor=actor,
            files=files,
            seats=options["seats"],
            correction=options["correction"],
            left_out=options["without"],
            at=timezone.now(),
        )
        done = "Nothing changed" if summary.change is Change.UNCHANGED else "Imported"
        self.stdout.write(f"{done}: {summary.counted.election.id}, revision {summary.counted.revision}.")
        if options["publish"]:
            index = publish_result(actor=actor, election_id=summary.counted.election.id, at=timezone.now())
            self.stdout.write(f"Published: outcome {index} in the log.")
