"""`thorbecke check_log`: compute the log's tree again from the entries, and compare it with what is stored."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from thorbecke.ledger.audit import list_faults
from thorbecke.ledger.public import count_outcomes


class Command(BaseCommand):
    """Prints every fault and exits with 1, or says that the log is whole."""

    help = "Compute the log's tree again from its entries; exit code 1 when anything stored differs from it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault on a line of its own."""
        size = count_outcomes()
        is_whole = True
        for fault in list_faults():
            is_whole = False
            self.stdout.write(f"FAULT  {fault}")
        if not is_whole:
            sys.exit(1)
        self.stdout.write(f"The log of {size} entries is whole: entries, tiles, head, checkpoint and rules agree.")
