"""Attempts are counted for all workers together, and nobody can lock someone else out."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from thorbecke.identity.domain.throttle import TooManyAttempts
from thorbecke.identity.models import Throttle
from thorbecke.identity.operations.means import Origin, count_login
from thorbecke.identity.public import attempt

NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def is_allowed(*, key: str = "k", scope: str = "test", limit: int = 3, at: datetime = NOON) -> bool:
    try:
        attempt(scope=scope, key=key, limit=limit, period=HOUR, at=at)
    except TooManyAttempts:
        return False
    return True


@pytest.mark.django_db
def test_scopes_and_keys_count_apart() -> None:
    assert [is_allowed() for _ in range(4)] == [True, True, True, False]
    assert is_allowed(key="other")
    assert is_allowed(scope="other")


@pytest.mark.django_db
def test_a_key_is_not_readable_in_the_database() -> None:
    is_allowed(key="203.0.113.7")
    assert "203.0.113.7" not in Throttle.objects.get().key


@pytest.mark.django_db
def test_old_attempts_are_cleared() -> None:
    for number in range(5):
        is_allowed(key=str(number))
    is_allowed(key="later", at=NOON + 2 * HOUR)
    assert Throttle.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_attempt_that_could_be_rolled_back_is_a_mistake() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        is_allowed()


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_time_all_count() -> None:
    allowed: list[bool] = []

    def try_often() -> None:
        try:
            allowed.extend(is_allowed(limit=7) for _ in range(5))
        finally:
            connection.close()

    threads = [threading.Thread(target=try_often) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(allowed), allowed.count(True)) == (30, 7)


@pytest.mark.django_db(transaction=True)
def test_many_new_keys_at_the_same_time_do_not_block_each_other() -> None:
    for number in range(50):
        is_allowed(key=f"old{number}")
    done: list[bool] = []

    def fill(worker: int) -> None:
        try:
            done.extend(is_allowed(key=f"{worker}-{number}", at=NOON + 2 * HOUR) for number in range(10))
        finally:
            connection.close()

    threads = [threading.Thread(target=fill, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [True] * 60
    assert Throttle.objects.count() == 60


def counted(origin: Origin, *, times: int = 1, at: datetime = NOON) -> int:
    """How many of so many logins as "otto" are let through to the password check."""
    allowed = 0
    for _ in range(times):
        try:
            count_login(username="otto", origin=origin, at=at)
            allowed += 1
        except TooManyAttempts:
            pass
    return allowed


@pytest.mark.django_db
def test_guessing_from_one_network_stops_soon() -> None:
    assert counted(Origin("198.51.100.1"), times=20) == 5


@pytest.mark.django_db
def test_the_victim_logs_in_while_another_network_guesses() -> None:
    counted(Origin("198.51.100.1"), times=20)
    assert counted(Origin("203.0.113.7")) == 1


@pytest.mark.django_db
def test_guessing_from_very_many_networks_is_slowed_down() -> None:
    assert sum(counted(Origin(f"198.51.100.{number}"), times=5) for number in range(40)) == 100
    assert counted(Origin("203.0.113.7"), at=NOON + timedelta(seconds=36)) == 1


@pytest.mark.django_db
def test_a_known_device_has_its_own_allowance_whatever_others_do() -> None:
    for number in range(40):
        counted(Origin(f"198.51.100.{number}"), times=5)
    assert counted(Origin("203.0.113.7", known_device="laptop"), times=20) == 10


@pytest.mark.django_db
def test_one_network_can_not_try_all_accounts() -> None:
    allowed = 0
    for number in range(100):
        try:
            count_login(username=f"user{number}", origin=Origin("198.51.100.1"), at=NOON)
            allowed += 1
        except TooManyAttempts:
            pass
    assert allowed == 50
