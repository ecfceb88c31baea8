"""How many attempts fit in a period: the generic cell rate algorithm, with one moment as its whole memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from thorbecke.kernel.errors import ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop


@dataclass(frozen=True, slots=True)
class Allowance:
    """`limit` attempts at once, and after that one more each `period / limit`."""

    limit: int
    period: timedelta

    @property
    def interval(self) -> timedelta:
        """The time that one attempt costs."""
        return self.period / self.limit


class TooManyAttempts(ThorbeckeError):
    """Someone tried too often; `retry_after` is the number of seconds after which it is possible again."""

    def __init__(self, retry_after: timedelta) -> None:
        self.retry_after = max(1, ceil(retry_after.total_seconds()))
        super().__init__(
            Message(gettext_noop("There were too many attempts in a short time.")),
            Message(gettext_noop("Wait %(seconds)s seconds and try again."), {"seconds": self.retry_after}),
        )


def next_full_at(*, full_at: datetime | None, at: datetime, allowance: Allowance) -> datetime:
    """Return the moment at which the allowance is whole again after one attempt at `at`.

    `full_at` is what the previous attempt gave (None: no attempt before). Raises TooManyAttempts when the
    allowance is spent; then nothing changes, so that trying on does not make the wait longer.
    """
    start = at if full_at is None else max(full_at, at)
    spent_until = start + allowance.interval
    wait = spent_until - at - allowance.period
    if wait > timedelta(0):
        raise TooManyAttempts(wait)
    return spent_until
