"""Many writers at once: every receipt holds, no index is given twice, and the log is one tree."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from thorbecke.ledger import public
from thorbecke.ledger.audit import list_faults
from thorbecke.ledger.domain.receipt import Receipt

from .conftest import AT, outcome_of
from .test_operations import assert_proven

WRITERS = 6
ROUNDS = 12


def write(writer: int) -> list[Receipt]:
    receipts: list[Receipt] = []
    try:
        for turn in range(ROUNDS):
            with transaction.atomic():
                batch = [outcome_of(1000 * writer + 10 * turn + each) for each in range(1 + turn % 9)]
                receipts += public.record_all(outcomes=batch, at=AT)
                if turn % 4 == 3:
                    transaction.set_rollback(True)
                    receipts = receipts[: -len(batch)]
    finally:
        connection.close()
    return receipts


@pytest.mark.django_db(transaction=True)
def test_writers_side_by_side_make_one_log() -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        receipts = [receipt for written in pool.map(write, range(WRITERS)) for receipt in written]
    assert sorted(receipt.index for receipt in receipts) == list(range(public.count_outcomes()))
    assert list(list_faults()) == []
    for receipt in receipts:
        assert_proven(receipt)
        assert public.get_receipt(index=receipt.index).entry == receipt.entry
