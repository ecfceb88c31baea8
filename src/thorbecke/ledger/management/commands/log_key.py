"""`thorbecke log_key`: print the public keys of the log, or make a new signing key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from thorbecke.ledger.public import get_head
from thorbecke.ledger.signing import make_signing_key


class Command(BaseCommand):
    """Prints verifier keys; with --new a secret signing key and the verifier key that belongs to it."""

    help = "Print the public keys of the log, the current one first; --new makes a signing key."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer --new."""
        parser.add_argument("--new", action="store_true", help="make a new signing key and print it; nothing is stored")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print keys, one a line."""
        if options["new"]:
            key = make_signing_key()
            self.stdout.write(f"THORBECKE_LOG_KEY={key.secret_text()}")
            self.stdout.write(f"Keep that line secret. The public key that belongs to it: {key.verifier}")
        else:
            self.stdout.write("\n".join(get_head().keys))
