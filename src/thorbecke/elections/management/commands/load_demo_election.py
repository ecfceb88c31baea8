"""Loads the elections of the demonstration: two published, and one that waits for a lot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from thorbecke.elections.adapters.eml import EmlFile
from thorbecke.elections.demo.generate import FOLDER
from thorbecke.elections.operations.importing import AlreadyPublished, import_election
from thorbecke.elections.operations.results import publish_result
from thorbecke.identity.public import command_line_actor


class Command(BaseCommand):
    """Import the fictitious elections that ship with the program, and publish those without an open lot."""

    help = "Import and publish the fictitious elections that ship with the program. Changes nothing a second time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each election and publish it where its result is complete."""
        for files in _elections():
            try:
                self._load(files)
            except AlreadyPublished as error:
                self.stdout.write(f"{error.problem} It stays as it is.")

    def _load(self, files: Sequence[EmlFile]) -> None:
        actor, at = command_line_actor(), timezone.now()
        summary = import_election(actor=actor, files=files, at=at)
        election = summary.counted.election
        if summary.computation.result["open_lot"] is None:
            publish_result(actor=actor, election_id=election.id, at=at)
        self.stdout.write(f"{election.id}: {summary.change.value}")


def _elections() -> list[list[EmlFile]]:
    """The files in the folder of the demonstration, per election by the end of their names, the oldest first."""
    by_election: dict[str, list[EmlFile]] = defaultdict(list)
    for path in sorted(FOLDER.glob("*.eml.xml")):
        by_election[path.name.partition("_")[2]].append(EmlFile(path.name, path.read_bytes()))
    return [by_election[name] for name in sorted(by_election)]
