"""`thorbecke create_official`: create an official, or reset the login of one, and print the link to set it up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from thorbecke.identity.operations.officials import create_official, reset_means
from thorbecke.identity.public import command_line_actor
from thorbecke.identity.queries import find_official_by_username
from thorbecke.kernel.errors import ThorbeckeError


class Command(BaseCommand):
    """Creates an official from the command line, such as the first administrator."""

    help = "Create an official and print the one-time link with which they set up their login."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take user name, name and roles."""
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="name as people know it (the user name)")
        parser.add_argument("--role", action="append", default=[], dest="roles", help=", ".join(sorted(settings.ROLES)))
        parser.add_argument("--reset", action="store_true", help="reset the login of an official who exists")

    def handle(self, *args: Any, username: str, name: str, roles: list[str], reset: bool, **options: Any) -> None:
        """Create or reset, and print the link."""
        try:
            token = _reset(username) if reset else _create(username, name, roles)
        except ThorbeckeError as error:
            raise CommandError(f"{error.problem} {error.remedy}") from error
        self.stdout.write(f"{settings.SITE_URL}{reverse('identity:official-setup', args=[token])}")


def _create(username: str, name: str, roles: list[str]) -> str:
    at = timezone.now()
    _, token = create_official(actor=command_line_actor(), username=username, name=name or username, roles=roles, at=at)
    return token


def _reset(username: str) -> str:
    official = find_official_by_username(username=username)
    if official is None:
        raise CommandError(f"There is no official {username}. Leave --reset out to create one.")
    return reset_means(actor=command_line_actor(), official_id=official.pk, at=timezone.now())
