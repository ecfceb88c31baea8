"""How long a login lasts."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = timedelta(hours=12)
"""However busy someone is, after this a new login is needed."""

NOTED_EACH = timedelta(minutes=1)
"""How precisely the last moment of use is kept; finer would write on every page."""


def is_over(*, began_at: datetime, seen_at: datetime, at: datetime, idle: timedelta) -> bool:
    """Return whether a login that `began_at` and was last used at `seen_at` has ended by time."""
    return at - seen_at > idle or at - began_at > LONGEST


def must_note(*, seen_at: datetime, at: datetime) -> bool:
    """Return whether the last moment of use is old enough to be written again."""
    return at - seen_at > NOTED_EACH
