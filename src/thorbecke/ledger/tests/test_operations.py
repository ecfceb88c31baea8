"""Recording: the transaction, the tree, the receipts and what is refused."""

from __future__ import annotations

import base64
from datetime import datetime

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from thorbecke.kernel.canonical_json import canonical_bytes
from thorbecke.kernel.errors import NotFound
from thorbecke.kernel.outcome import Computation, Outcome, RuleReference, UnknownRule
from thorbecke.ledger import public
from thorbecke.ledger.domain.checkpoint import Checkpoint, open_checkpoint
from thorbecke.ledger.domain.merkle import Frontier, consistency_proof, leaf_hash, verify_consistency, verify_inclusion
from thorbecke.ledger.domain.notes import VerifierKey
from thorbecke.ledger.domain.receipt import LogHead, Receipt
from thorbecke.ledger.domain.tiles import tiles_of
from thorbecke.ledger.models import Entry, FullTile
from thorbecke.ledger.queries import get_tile, hash_reader

from .conftest import AT, KIND, PERSONAL, RULE, SALT, MakeOutcome

pytestmark = pytest.mark.django_db


def checkpoint_of(given: Receipt | LogHead) -> Checkpoint:
    key = given.log_key if isinstance(given, Receipt) else given.keys[0]
    opened = open_checkpoint(note=given.checkpoint, origin=settings.LOG_ORIGIN, keys=[VerifierKey.parse(key)])
    return opened.checkpoint


def assert_proven(receipt: Receipt) -> None:
    checkpoint = checkpoint_of(receipt)
    assert checkpoint.size == receipt.tree_size
    verify_inclusion(
        index=receipt.index,
        size=checkpoint.size,
        leaf=leaf_hash(canonical_bytes(receipt.entry)),
        proof=[base64.b64decode(step) for step in receipt.proof],
        root=checkpoint.root,
    )


def test_a_receipt_proves_the_outcome_under_the_signed_checkpoint(make_outcome: MakeOutcome) -> None:
    for number in range(20):
        receipt = public.record(outcome=make_outcome(number), at=AT)
        assert (receipt.index, receipt.tree_size) == (number, number + 1)
        assert receipt.entry["subject"] == f"numbers/{number}"
        assert receipt.entry["recorded_at"] == "2026-03-18T21:30:15Z"
        assert_proven(receipt)
        assert public.get_receipt(index=number) == receipt


@pytest.mark.parametrize("batches", [(1, 255), (256,), (255, 2, 300), (600,), (256, 256, 1)])
def test_the_tree_over_all_batches_is_the_tree_over_the_entries(
    batches: tuple[int, ...], make_outcome: MakeOutcome
) -> None:
    earlier: list[Checkpoint] = []
    for batch in batches:
        receipts = public.record_all(outcomes=[make_outcome(number) for number in range(batch)], at=AT)
        for receipt in (receipts[0], receipts[len(receipts) // 2], receipts[-1]):
            assert_proven(receipt)
        earlier.append(checkpoint_of(receipts[-1]))
    latest = earlier[-1]
    leaves = [leaf_hash(bytes(body)) for body in Entry.objects.order_by("index").values_list("body", flat=True)]
    assert Frontier().appended(leaves).root == latest.root
    for old in earlier:
        proof = consistency_proof(old_size=old.size, size=latest.size, read=hash_reader(public.get_head().frontier))
        verify_consistency(old_size=old.size, size=latest.size, proof=proof, old_root=old.root, root=latest.root)


def test_every_tile_can_be_read_and_full_ones_are_stored_once(make_outcome: MakeOutcome) -> None:
    public.record_all(outcomes=[make_outcome(number) for number in range(513)], at=AT)
    tiles = list(tiles_of(513))
    assert [len(get_tile(tile)) for tile in tiles] == [32 * tile.width for tile in tiles]
    assert list(FullTile.objects.values_list("level", "index")) == [(0, 0), (0, 1)]


def test_a_proof_in_a_large_log_reads_a_few_rows(make_outcome: MakeOutcome, django_assert_max_num_queries) -> None:
    public.record_all(outcomes=[make_outcome(number) for number in range(1000)], at=AT)
    with django_assert_max_num_queries(5):
        assert_proven(public.get_receipt(index=300))
    with django_assert_max_num_queries(2):
        assert_proven(public.get_receipt(index=301))
    with transaction.atomic():
        public.record(outcome=make_outcome(1000), at=AT)
    assert_proven(public.get_receipt(index=301))


def test_the_log_of_a_new_site_is_empty_and_signed() -> None:
    head = public.get_head()
    assert head.size == 0
    assert checkpoint_of(head).root == Frontier().root
    assert (public.count_outcomes(), public.list_latest(limit=5)) == (0, [])
    assert public.find_outcome(index=0) is None
    with pytest.raises(NotFound):
        public.get_receipt(index=0)


def test_nothing_is_recorded_for_nothing() -> None:
    assert public.record_all(outcomes=[], at=AT) == ()


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused(make_outcome: MakeOutcome) -> None:
    with pytest.raises(TransactionManagementError):
        public.record(outcome=make_outcome(1), at=AT)
    assert public.count_outcomes() == 0


@pytest.mark.django_db(transaction=True)
def test_what_the_caller_rolls_back_is_not_in_the_log(make_outcome: MakeOutcome) -> None:
    with transaction.atomic():
        kept = public.record(outcome=make_outcome(1), at=AT)
    with transaction.atomic():
        public.record(outcome=make_outcome(2), at=AT)
        transaction.set_rollback(True)
    assert public.get_receipt(index=0) == kept
    assert public.count_outcomes() == 1


def test_an_entry_of_at_most_65535_bytes_fits(make_outcome: MakeOutcome) -> None:
    room = 65_535 - len(canonical_bytes(_with_result("").entry(recorded_at=AT)))
    public.record(outcome=_with_result("x" * room), at=AT)
    with pytest.raises(public.EntryTooLarge, match="numbers/large takes 65536 bytes"):
        public.record(outcome=_with_result("x" * (room + 1)), at=AT)
    assert public.count_outcomes() == 1


def _with_result(text: str) -> Outcome:
    return Outcome(KIND, "numbers/large", RULE.reference, {}, Computation({"text": text}, []))


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("ledger.unheard", RULE.reference),
        (KIND, RuleReference(RULE.id, RULE.version, "0" * 64)),
        (KIND, RuleReference(RULE.id, "2", RULE.reference.sha256)),
    ],
)
def test_only_a_published_rule_is_recorded(kind: str, rule: RuleReference) -> None:
    with pytest.raises(UnknownRule, match="is not published for"):
        public.record(outcome=Outcome(kind, "numbers/1", rule, {}, Computation({}, [])), at=AT)


def test_a_time_without_zone_is_refused(make_outcome: MakeOutcome) -> None:
    with pytest.raises(ValueError, match="time zone"):
        public.record(outcome=make_outcome(1), at=datetime(2026, 1, 1))


def test_a_correction_points_at_what_it_replaces(make_outcome: MakeOutcome) -> None:
    public.record(outcome=make_outcome(1), at=AT)
    public.record(outcome=make_outcome(2, replaces=0), at=AT)
    latest, first = public.list_latest(limit=10)
    assert (latest.replaces, latest.replaced_by) == (0, None)
    assert (first.replaces, first.replaced_by) == (None, 1)
    assert latest.entry["replaces"] == {"index": 0, "difference": {"number": "was wrong"}}


@pytest.mark.parametrize("index", [-1, 0, 7])
def test_only_an_earlier_outcome_can_be_replaced(index: int, make_outcome: MakeOutcome) -> None:
    with pytest.raises(NotFound):
        public.record(outcome=make_outcome(1, replaces=index), at=AT)


def test_outcomes_are_listed_latest_first_page_by_page(make_outcome: MakeOutcome) -> None:
    public.record_all(outcomes=[make_outcome(number) for number in range(5)], at=AT)
    assert [line.index for line in public.list_latest(limit=2)] == [4, 3]
    assert [line.index for line in public.list_latest(limit=9, before=3)] == [2, 1, 0]
    line = public.find_outcome(index=4)
    assert line is not None
    assert (line.title, line.page_url, line.rule["id"]) == ("Doubled number", "/verdubbeld/4/", RULE.id)


def test_the_log_holds_no_personal_data(make_outcome: MakeOutcome) -> None:
    receipt = public.record(outcome=make_outcome(61_728_394, salt=SALT), at=AT)
    stored = bytes(Entry.objects.get().body)
    assert set(receipt.entry) >= {"inputs_commitment", "explanation_commitment", "result_commitment"}
    for secret in (str(PERSONAL["resident"]), str(PERSONAL["income"]), SALT):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    "rewrite",
    [
        "UPDATE ledger_entry SET subject = 'other'",
        "UPDATE ledger_fulltile SET level = 9",
        "UPDATE ledger_ruledocument SET sha256 = sha256",
        "UPDATE ledger_head SET size = 3",
    ],
)
def test_the_database_refuses_to_rewrite(rewrite: str, make_outcome: MakeOutcome) -> None:
    public.record_all(outcomes=[make_outcome(number) for number in range(256)], at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(rewrite)
