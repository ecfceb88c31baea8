"""Loads the demo authority: its officials and its elections, each by the command of its own room."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

PARTS = ("load_demo_officials", "load_demo_election")


class Command(BaseCommand):
    """Load what each room has to show; a second time it changes nothing."""

    help = "Load the demo authority: fictitious officials and elections. Changes nothing when it is there already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the command of each room that has something to show."""
        for part in PARTS:
            call_command(part)
