"""Who may enter: the declaration that every route carries and that the identity room enforces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class AssuranceLevel(IntEnum):
    """How sure we are who someone is (eIDAS, Regulation (EU) 910/2014, article 8)."""

    NONE = 0
    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3


class Audience(Enum):
    """For whom a route exists."""

    ANYONE = "anyone"
    RESIDENT = "resident"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Access:
    """Audience of a route, the permission that it asks (officials) and the lowest assurance level."""

    audience: Audience
    permission: str | None = None
    level: AssuranceLevel = AssuranceLevel.NONE


def open_to_anyone(view: View) -> View:
    """Declare that `view` needs no login."""
    return _declare(view, Access(Audience.ANYONE))


def for_residents(level: AssuranceLevel = AssuranceLevel.LOW) -> Callable[[View], View]:
    """Declare that a view needs a person or company logged in with at least `level`."""
    return lambda view: _declare(view, Access(Audience.RESIDENT, level=level))


def for_officials(permission: str | None = None) -> Callable[[View], View]:
    """Declare that a view needs an official; with `permission` ("elections.import") one whose roles give it."""
    return lambda view: _declare(view, Access(Audience.OFFICIAL, permission, AssuranceLevel.SUBSTANTIAL))


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what `view` declares, or None when it declares nothing (and so nobody may enter)."""
    declared = getattr(view, "access", None)
    return declared if isinstance(declared, Access) else None


def _declare(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view
