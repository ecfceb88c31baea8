"""`thorbecke load_demo_officials`: put the officials of the demo authority in the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thorbecke.identity.adapters.back_channel import is_development_eid
from thorbecke.identity.operations.demo import load_demo_officials
from thorbecke.identity.public import command_line_actor


class Command(BaseCommand):
    """Loads officials whose password everyone may know: only beside the development eID."""

    help = "Load the officials of the demo authority; a second time it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say who is new."""
        if settings.PRODUCTION or not is_development_eid():
            raise CommandError("Demo officials have a known password: they exist only where the development eID is on.")
        new = load_demo_officials(actor=command_line_actor(), at=timezone.now())
        self.stdout.write(f"Demo officials: {', '.join(new) or 'all there already'}")
