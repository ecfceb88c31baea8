"""Count attempts in the database, so that a limit holds for all workers together."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from thorbecke.identity.domain.throttle import Allowance, next_full_at
from thorbecke.identity.models import Throttle

CLEARED_AT_ONCE = 100


def attempt(*, scope: str, key: str, limit: int, period: timedelta, at: datetime) -> None:
    """Count one attempt of `key` (an account, a network, ...) at `scope` (a form, such as "elections.upload").

    `limit` attempts may come at once; the allowance fills again evenly over `period`. Raises
    TooManyAttempts, which becomes a 429 page with Retry-After. Call it outside a transaction: an attempt
    that is rolled back would not count. The key is stored as a keyed hash only.
    """
    name = salted_hmac("thorbecke.identity.throttle", f"{scope}\0{key}", algorithm="sha256").hexdigest()
    allowance = Allowance(limit, period)
    with transaction.atomic(durable=True):
        row, is_new = Throttle.objects.select_for_update().get_or_create(key=name, defaults={"full_at": at})
        row.full_at = next_full_at(full_at=row.full_at, at=at, allowance=allowance)
        row.save(update_fields=["full_at"])
    if is_new:
        _clear(at)


def _clear(at: datetime) -> None:
    with transaction.atomic(durable=True):
        whole_again = Throttle.objects.filter(full_at__lt=at).select_for_update(skip_locked=True)
        keys = list(whole_again.values_list("pk", flat=True)[:CLEARED_AT_ONCE])
        Throttle.objects.filter(pk__in=keys).delete()
