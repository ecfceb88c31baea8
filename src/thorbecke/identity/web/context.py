"""What every page knows of the login: for the session menu in the header."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from thorbecke.identity.current import current_actor


def session_actor(request: HttpRequest) -> dict[str, Any]:
    """Return `session_actor` (the Actor, read when a template first uses it)."""
    return {"session_actor": SimpleLazyObject(current_actor)}
