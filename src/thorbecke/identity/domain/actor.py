"""Who is asking: an actor with an assurance level and permissions, and the one check that operations make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from thorbecke.kernel.access import AssuranceLevel, Audience
from thorbecke.kernel.errors import NotEntitled
from thorbecke.kernel.messages import Message, gettext_noop


class ActorKind(Enum):
    """In which capacity someone asks."""

    ANYONE = "anyone"
    PERSON = "person"
    COMPANY = "company"
    OFFICIAL = "official"
    COMMAND_LINE = "command-line"


RESIDENTS = frozenset({ActorKind.PERSON, ActorKind.COMPANY})


@dataclass(frozen=True, slots=True)
class Representee:
    """For whom someone else acts: a company, by its pseudonymous identifier and its name."""

    kind: ActorKind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking.

    `id` is a stable pseudonym that never holds a citizen service number. It stays that of the human when
    that human acts for another; `acting_for` is then the representee, one of `may_act_for`.
    """

    kind: ActorKind
    id: str
    name: str
    level: AssuranceLevel = AssuranceLevel.NONE
    permissions: frozenset[str] = frozenset()
    acting_for: Representee | None = None
    may_act_for: tuple[Representee, ...] = ()

    @property
    def is_logged_in(self) -> bool:
        """Whether we know who this is."""
        return self.kind is not ActorKind.ANYONE

    @property
    def is_resident(self) -> bool:
        """Whether this is a person or someone who acts for a company."""
        return self.kind in RESIDENTS

    @property
    def is_official(self) -> bool:
        """Whether this is an official of the authority."""
        return self.kind is ActorKind.OFFICIAL

    @property
    def beneficiary_id(self) -> str:
        """Identifier of the one whose affairs these are: the representee, or the actor."""
        return self.acting_for.id if self.acting_for else self.id

    def may(self, permission: str) -> bool:
        """Return whether the actor has `permission`; who runs commands on the server may do anything."""
        return self.kind is ActorKind.COMMAND_LINE or permission in self.permissions


ANYONE = Actor(kind=ActorKind.ANYONE, id="anyone", name="")

COMMAND_LINE = Actor(kind=ActorKind.COMMAND_LINE, id="command-line", name="Command line", level=AssuranceLevel.HIGH)


class LoginNeeded(NotEntitled):
    """Nobody is logged in, or not as someone for whom this exists."""

    def __init__(self, audience: Audience, level: AssuranceLevel) -> None:
        super().__init__(*_LOGIN_TEXTS[audience])
        self.audience = audience
        self.level = level


class LevelTooLow(NotEntitled):
    """The actor is logged in with less certainty than is needed."""

    def __init__(self, needed: AssuranceLevel) -> None:
        super().__init__(*_LEVEL_TEXTS[needed])
        self.level = needed


class PermissionMissing(NotEntitled):
    """The roles of the official do not give the permission."""

    def __init__(self, permission: str) -> None:
        super().__init__(
            Message(
                gettext_noop("You need the permission “%(permission)s” for this. Your roles do not give it."),
                {"permission": permission},
            ),
            Message(gettext_noop("Ask an administrator of this site for a role that gives this permission.")),
        )
        self.permission = permission


_LOGIN_TEXTS = {
    Audience.ANYONE: (Message(gettext_noop("You are not logged in.")), Message(gettext_noop("Log in and try again."))),
    Audience.RESIDENT: (
        Message(gettext_noop("This is for residents and companies who are logged in.")),
        Message(gettext_noop("Log in as a resident or company and try again.")),
    ),
    Audience.OFFICIAL: (
        Message(gettext_noop("This is for officials of the authority who are logged in.")),
        Message(gettext_noop("Log in as an official and try again.")),
    ),
}
_LEVEL_REMEDY = Message(gettext_noop("Log in again with a means that reaches this level."))
_LEVEL_TEXTS = {
    AssuranceLevel.NONE: (Message(gettext_noop("You are not logged in.")), _LEVEL_REMEDY),
    AssuranceLevel.LOW: (Message(gettext_noop("You need a login of level low for this.")), _LEVEL_REMEDY),
    AssuranceLevel.SUBSTANTIAL: (
        Message(gettext_noop("You need a login of level substantial for this.")),
        _LEVEL_REMEDY,
    ),
    AssuranceLevel.HIGH: (Message(gettext_noop("You need a login of level high for this.")), _LEVEL_REMEDY),
}


def require(
    *,
    actor: Actor,
    permission: str | None = None,
    audience: Audience | None = None,
    level: AssuranceLevel = AssuranceLevel.NONE,
) -> None:
    """Refuse unless `actor` is among `audience`, has `permission` and is known with at least `level`.

    A permission implies the audience of officials. Raises NotEntitled (LoginNeeded, LevelTooLow or
    PermissionMissing) with what is needed and how to get it. The command line always passes.
    """
    if actor.kind is ActorKind.COMMAND_LINE:
        return
    wanted = Audience.OFFICIAL if permission is not None else audience or Audience.ANYONE
    if not _is_among(actor, wanted) or (level and not actor.is_logged_in):
        raise LoginNeeded(wanted, level)
    if actor.level < level:
        raise LevelTooLow(level)
    if permission is not None and not actor.may(permission):
        raise PermissionMissing(permission)


def _is_among(actor: Actor, audience: Audience) -> bool:
    if audience is Audience.RESIDENT:
        return actor.is_resident
    if audience is Audience.OFFICIAL:
        return actor.is_official
    return True
