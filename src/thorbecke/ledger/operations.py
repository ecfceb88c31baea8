"""Writes of the log: append outcomes, in the transaction of the rows that they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.db.transaction import TransactionManagementError

from thorbecke.kernel.canonical_json import canonical_bytes
from thorbecke.kernel.errors import BadInput, NotFound
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.kernel.outcome import Outcome

from . import registry
from .domain.checkpoint import Checkpoint
from .domain.merkle import HASH_LENGTH, Frontier, leaf_hash
from .domain.receipt import LogHead, Receipt
from .domain.tiles import LARGEST_ENTRY, TILE_WIDTH, tile_nodes
from .models import HEAD, Entry, FullTile, Head, RuleDocument
from .queries import hash_reader, list_hashes, receipt_of
from .signing import get_signing_keys


class EntryTooLarge(BadInput):
    """An outcome does not fit in one entry of the log (65,535 bytes)."""


class StaleHead(RuntimeError):
    """The head of the log changed while this transaction held its lock: nothing may be committed."""


def record(*, outcome: Outcome, at: datetime) -> Receipt:
    """Append one outcome to the log, in the caller's transaction, and return its receipt.

    `at` must be aware. Show nobody the receipt before the commit: a rollback takes it back. Raises as `record_all`.
    """
    return record_all(outcomes=[outcome], at=at)[0]


def record_all(*, outcomes: Sequence[Outcome], at: datetime) -> tuple[Receipt, ...]:
    """Append outcomes in this order, in the caller's transaction, under one signed checkpoint.

    Holds the lock on the log until the transaction ends, so call it last. Raises TransactionManagementError
    outside `transaction.atomic()`, EntryTooLarge above 65,535 bytes, NotFound when what an outcome replaces is not
    in the log, UnknownRule when its kind or rule is not registered, ValueError when `at` has no time zone.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("an outcome is recorded in the transaction of what it speaks of")
    if at.tzinfo is None:
        raise ValueError("the time of recording needs a time zone")
    if not outcomes:
        return ()
    _publish_rules(outcomes)
    second = at.astimezone(UTC).replace(microsecond=0)
    bodies = [_canonical(outcome, second) for outcome in outcomes]
    head = _lock_head()
    entries = [
        _entry(head.size + offset, outcome, body, second)
        for offset, (outcome, body) in enumerate(zip(outcomes, bodies, strict=True))
    ]
    Entry.objects.bulk_create(entries)
    before = head.as_frontier()
    log = _advance(before, [leaf_hash(body) for body in bodies])
    read = hash_reader(log.frontier, known=before.nodes())
    return tuple(receipt_of(entry=entry, log=log, read=read) for entry in entries)


def _publish_rules(outcomes: Iterable[Outcome]) -> None:
    documents = {
        outcome.rule.sha256: registry.get_rule_document(kind=outcome.kind, rule=outcome.rule) for outcome in outcomes
    }
    RuleDocument.objects.bulk_create(
        [RuleDocument(sha256=sha256, body=body) for sha256, body in documents.items()], ignore_conflicts=True
    )


def _canonical(outcome: Outcome, second: datetime) -> bytes:
    body = canonical_bytes(outcome.entry(recorded_at=second))
    if len(body) > LARGEST_ENTRY:
        raise EntryTooLarge(
            Message(
                gettext_noop("The outcome of %(subject)s takes %(length)s bytes; the log holds at most %(most)s."),
                {"subject": outcome.subject, "length": len(body), "most": LARGEST_ENTRY},
            ),
            Message(gettext_noop("Put the details in the inputs: the log keeps those by their hash.")),
        )
    return body


def _lock_head() -> Head:
    """Return the head, locked until the transaction ends (on SQLite the transaction itself is the lock)."""
    rows = Head.objects.select_for_update().filter(pk=HEAD)
    try:
        return rows.get()
    except Head.DoesNotExist:
        Head.objects.bulk_create([Head()], ignore_conflicts=True)
        return rows.get()


def _entry(index: int, outcome: Outcome, body: bytes, second: datetime) -> Entry:
    replaces = outcome.replaces.index if outcome.replaces else None
    if replaces is not None and not 0 <= replaces < index:
        raise NotFound(Message(gettext_noop("The log has no outcome %(index)s."), {"index": replaces}))
    return Entry(
        index=index,
        leaf_hash=leaf_hash(body),
        recorded_at=second,
        replaces=replaces,
        kind=outcome.kind,
        subject=outcome.subject,
        rule_id=outcome.rule.sha256,
        body=body,
    )


def _advance(before: Frontier, leaves: list[bytes]) -> LogHead:
    """Store the tiles that these leaves fill and the head with its signed checkpoint."""
    _store_full_tiles(before.size, leaves)
    frontier = before.appended(leaves)
    keys = get_signing_keys()
    checkpoint = Checkpoint(settings.LOG_ORIGIN, frontier.size, frontier.root).signed(keys)
    updated = Head.objects.filter(pk=HEAD, size=before.size).update(
        size=frontier.size, frontier=frontier.as_bytes(), checkpoint=checkpoint
    )
    if updated != 1:
        raise StaleHead("the log grew while it was locked")
    return LogHead(frontier, checkpoint, tuple(str(key.verifier) for key in keys))


def _store_full_tiles(start: int, hashes: list[bytes]) -> None:
    """Store each tile that the hashes at positions from `start` fill, then the tiles that those fill, and so on."""
    level = 0
    while (first := start // TILE_WIDTH) < (start + len(hashes)) // TILE_WIDTH:
        hashes = list_hashes(level=level, start=first * TILE_WIDTH, end=start) + hashes
        full = [tile_nodes(hashes[at : at + TILE_WIDTH]) for at in range(0, len(hashes) - TILE_WIDTH + 1, TILE_WIDTH)]
        roots = [nodes[-HASH_LENGTH:] for nodes in full]
        FullTile.objects.bulk_create(
            FullTile(level=level, index=first + offset, root=root, nodes=nodes)
            for offset, (root, nodes) in enumerate(zip(roots, full, strict=True))
        )
        level, start, hashes = level + 1, first, roots
