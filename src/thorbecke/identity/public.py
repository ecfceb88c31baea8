"""The door of the identity room: who is asking, what they may, and how often."""

from __future__ import annotations

from thorbecke.kernel.access import AssuranceLevel, Audience

from .current import current_actor
from .domain.actor import COMMAND_LINE, Actor, ActorKind, Representee, require
from .domain.throttle import TooManyAttempts
from .operations.throttling import attempt

__all__ = [
    "Actor",
    "ActorKind",
    "AssuranceLevel",
    "Audience",
    "Representee",
    "TooManyAttempts",
    "attempt",
    "command_line_actor",
    "current_actor",
    "require",
]


def command_line_actor() -> Actor:
    """Return the actor of a command on the server: it may do everything, and is recorded as "command-line"."""
    return COMMAND_LINE
