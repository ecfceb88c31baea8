"""Facts about officials that operations can meet: names, roles, and why something is refused."""

from __future__ import annotations

import re

from thorbecke.kernel.errors import BadInput, NotFound, ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop

MANAGE = "identity.manage-officials"
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


class UsernameUnusable(BadInput):
    """A user name has other signs than allowed, or is taken."""


class RoleUnknown(BadInput):
    """A role that the settings do not have."""


class OfficialUnknown(NotFound):
    """No official has this number."""

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("This official does not exist.")),
            Message(gettext_noop("Look in the list of officials.")),
        )


class LastAdministrator(ThorbeckeError):
    """Nobody would be left who can manage officials."""

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("This is the last official who can manage officials.")),
            Message(gettext_noop("Give this role to another official first.")),
        )


class SetupLinkSpent(ThorbeckeError):
    """A link to set up a login is used, too old, or never existed."""

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("This link does not work any more.")),
            Message(gettext_noop("Ask an administrator of this site for a new link.")),
        )


class CodeWrong(ThorbeckeError):
    """The code is not one of the authenticator app that was just added."""

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("This code is not right.")),
            Message(gettext_noop("Type the code that your app shows now. Is the clock of your phone right?")),
        )


class OfficialRefused(ThorbeckeError):
    """User name, password and code do not belong together; it does not say which of them is wrong."""

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("The user name, the password or the code is not right.")),
            Message(gettext_noop("Check all three. A code works only once: wait for the next one.")),
        )


class PasskeyRefused(ThorbeckeError):
    """A passkey could not be verified."""

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("We could not check this passkey.")),
            Message(gettext_noop("Try again, or use another way to log in.")),
        )


def clean_username(text: str) -> str:
    """Return `text` as user name: lower case, without spaces around. Raises UsernameUnusable."""
    name = text.strip().lower()
    if not USERNAME.fullmatch(name):
        raise UsernameUnusable(
            Message(gettext_noop("This user name can not be used.")),
            Message(gettext_noop("Use 2 to 60 letters, digits, dots, dashes or underscores.")),
        )
    return name


def username_taken() -> UsernameUnusable:
    """Return the error for a user name that another official has."""
    return UsernameUnusable(
        Message(gettext_noop("Another official has this user name.")), Message(gettext_noop("Choose another one."))
    )


def check_roles(roles: frozenset[str], known: frozenset[str]) -> None:
    """Refuse roles that are not among `known`. Raises RoleUnknown."""
    unknown = sorted(roles - known)
    if unknown:
        raise RoleUnknown(
            Message(gettext_noop("The role “%(role)s” does not exist."), {"role": unknown[0]}),
            Message(gettext_noop("Choose from: %(roles)s."), {"roles": ", ".join(sorted(known))}),
        )
