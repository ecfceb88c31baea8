"""Reads of the log: its head, tiles, entries, receipts, bundles and lists of outcomes."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from django.conf import settings
from django.db import connection

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.errors import NotFound
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.kernel.outcome import Disclosed, PublishedRule

from . import registry
from .domain.bundle import Bundle
from .domain.checkpoint import Checkpoint
from .domain.merkle import HASH_LENGTH, Frontier, HashReader, Node, inclusion_proof
from .domain.notes import has_signature_by
from .domain.receipt import LoggedOutcome, LogHead, Receipt
from .domain.tiles import TILE_WIDTH, Tile, TileReader, entry_bundle, tile_nodes
from .models import HEAD, Entry, FullTile, Head, RuleDocument
from .signing import get_signing_keys

STORED_NODES = 'SELECT level, "index", nodes FROM ledger_fulltile WHERE '
ONE_TILE = '(level = %s AND "index" = %s)'


def get_head() -> LogHead:
    """Return size, signed checkpoint and verifier keys of the log as it stands.

    The stored checkpoint is signed again here while a new key has not yet signed by an append; Ed25519 is
    deterministic (RFC 8032), so that everyone gets the same text.
    """
    head = Head.objects.filter(pk=HEAD).first() or Head()
    keys, frontier, checkpoint = get_signing_keys(), head.as_frontier(), head.checkpoint
    if not checkpoint or not all(has_signature_by(note=checkpoint, key=key.verifier) for key in keys):
        checkpoint = Checkpoint(settings.LOG_ORIGIN, frontier.size, frontier.root).signed(keys)
    return LogHead(frontier, checkpoint, tuple(str(key.verifier) for key in keys))


def get_receipt(*, index: int) -> Receipt:
    """Return the proof that entry `index` (from 0) stands in the log as it is now. Raises NotFound."""
    log = get_head()
    return receipt_of(entry=_get_entry(index, log.size), log=log, read=shared_reader(log.frontier))


def receipt_of(*, entry: Entry, log: LogHead, read: HashReader) -> Receipt:
    """Return the receipt of an entry in this log, with hashes from `read`."""
    proof = inclusion_proof(index=entry.index, size=log.size, read=read)
    return Receipt(
        index=entry.index,
        recorded_at=entry.recorded_at,
        entry=json.loads(bytes(entry.body)),
        tree_size=log.size,
        checkpoint=log.checkpoint,
        proof=tuple(base64.b64encode(step).decode() for step in proof),
        log_key=log.keys[0],
    )


def get_bundle(*, index: int, disclosed: Disclosed | None = None) -> Bundle:
    """Return everything that a stranger needs to check outcome `index`.

    Without `disclosed` the room discloses it, and only a public outcome is given; for a personal one its room
    passes what the person may have. Raises NotFound.
    """
    receipt = get_receipt(index=index)
    kind = registry.find_kind(str(receipt.entry["kind"]))
    if disclosed is None:
        disclosed = kind.disclose(index) if kind else None
        if disclosed is None or disclosed.salt is not None:
            raise NotFound(Message(gettext_noop("Outcome %(index)s is not public."), {"index": index}))
    return Bundle(
        entry=receipt.entry,
        disclosed=disclosed,
        rule=_rule_of(receipt.entry),
        index=index,
        checkpoint=receipt.checkpoint,
        proof=receipt.proof,
        log_key=receipt.log_key,
    )


def get_tile(tile: Tile) -> bytes:
    """Return the hashes of a tile, full or partial. Raises NotFound while the log is too small for it."""
    _refuse_missing(tile)
    return _list_nodes([tile])[0][: tile.width * HASH_LENGTH]


def get_entry_bundle(tile: Tile) -> bytes:
    """Return the entries under a level 0 tile. Raises NotFound while the log is too small for it."""
    _refuse_missing(tile)
    rows = Entry.objects.filter(index__gte=tile.start, index__lt=tile.start + tile.width).order_by("index")
    return entry_bundle(bytes(body) for body in rows.values_list("body", flat=True))


def get_rule_json(*, sha256: str) -> bytes:
    """Return the rule with this hash as canonical JSON, as it was published. Raises NotFound."""
    stored = RuleDocument.objects.filter(pk=sha256).values_list("body", flat=True).first()
    if stored is not None:
        return bytes(stored)
    registered = registry.find_rule_document(sha256)
    if registered is None:
        raise NotFound(Message(gettext_noop("There is no rule with this hash.")))
    return registered


def list_latest(*, limit: int, before: int | None = None) -> list[LoggedOutcome]:
    """Return at most `limit` outcomes, latest first; with `before` only those with a lower index."""
    rows = Entry.objects.order_by("-index")
    return _as_logged(rows.filter(index__lt=before)[:limit] if before is not None else rows[:limit])


def find_outcome(*, index: int) -> LoggedOutcome | None:
    """Return outcome `index`, or None."""
    return next(iter(_as_logged(Entry.objects.filter(pk=index))), None) if index >= 0 else None


def count_outcomes() -> int:
    """Return how many outcomes the log holds."""
    return Head.objects.filter(pk=HEAD).values_list("size", flat=True).first() or 0


def hash_reader(frontier: Frontier, *, known: Mapping[Node, bytes] = MappingProxyType({})) -> HashReader:
    """Return a reader of the hashes of the log at this frontier: a few rows for any proof."""
    return TileReader(size=frontier.size, fetch=_list_nodes, known={**known, **frontier.nodes()}).read


@lru_cache(maxsize=1)
def shared_reader(frontier: Frontier) -> HashReader:
    """Return a reader that keeps what it read for the next proof: what a root commits to never changes."""
    return hash_reader(frontier)


def list_hashes(*, level: int, start: int, end: int) -> list[bytes]:
    """Return the hashes at a tile level from position `start` up to `end`, as far as they exist."""
    if level == 0:
        leaves = Entry.objects.filter(index__gte=start, index__lt=end).order_by("index")
        return [bytes(leaf) for leaf in leaves.values_list("leaf_hash", flat=True)]
    below = FullTile.objects.filter(level=level - 1, index__gte=start, index__lt=end).order_by("index")
    return [bytes(root) for root in below.values_list("root", flat=True)]


def _list_nodes(tiles: Sequence[Tile]) -> list[bytes]:
    """Return the nodes of each tile: full ones as stored, partial ones from the hashes below them."""
    full = [tile for tile in tiles if tile.width == TILE_WIDTH]
    stored = _list_stored_nodes(full) if full else {}
    return [stored[tile] if tile in stored else tile_nodes(_list_partial(tile)) for tile in tiles]


def _list_stored_nodes(tiles: Sequence[Tile]) -> dict[Tile, bytes]:
    """Fetch full tiles in one query, written out: building it costs more than running it, and every proof waits."""
    query = STORED_NODES + " OR ".join([ONE_TILE] * len(tiles))
    with connection.cursor() as cursor:
        cursor.execute(query, [number for tile in tiles for number in (tile.level, tile.index)])
        return {Tile(level, index): bytes(nodes) for level, index, nodes in cursor.fetchall()}


def _list_partial(tile: Tile) -> list[bytes]:
    return list_hashes(level=tile.level, start=tile.start, end=tile.start + tile.width)


def _refuse_missing(tile: Tile) -> None:
    if not tile.exists_in(count_outcomes()):
        raise NotFound(Message(gettext_noop("The log does not reach this tile yet.")))


def _get_entry(index: int, size: int) -> Entry:
    entry = Entry.objects.filter(pk=index).first() if 0 <= index < size else None
    if entry is None:
        raise NotFound(Message(gettext_noop("The log has no outcome %(index)s."), {"index": index}))
    return entry


def _rule_of(entry: JsonObject) -> PublishedRule:
    reference: JsonObject = entry["rule"]  # type: ignore[assignment]  # Outcome.entry writes it so
    rule = json.loads(get_rule_json(sha256=str(reference["sha256"])))
    return PublishedRule(rule["id"], rule["version"], rule["document"])


def _as_logged(rows: Iterable[Entry]) -> list[LoggedOutcome]:
    entries = list(rows)
    replaced_by = dict(
        Entry.objects.filter(replaces__in=[entry.index for entry in entries])
        .order_by("index")
        .values_list("replaces", "index")
    )
    pages = _page_urls(entries)
    return [_logged(entry, pages.get(entry.index), replaced_by.get(entry.index)) for entry in entries]


def _page_urls(entries: Sequence[Entry]) -> dict[int, str]:
    """Ask each kind once for the pages of all its entries."""
    indexes: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        indexes[entry.kind].append(entry.index)
    kinds = ((registry.find_kind(name), of_kind) for name, of_kind in indexes.items())
    return {index: url for kind, of_kind in kinds if kind for index, url in kind.page_urls(of_kind).items()}


def _logged(entry: Entry, page_url: str | None, replaced_by: int | None) -> LoggedOutcome:
    kind = registry.find_kind(entry.kind)
    return LoggedOutcome(
        index=entry.index,
        recorded_at=entry.recorded_at,
        kind=entry.kind,
        title=str(kind.title) if kind else entry.kind,
        subject=entry.subject,
        entry=json.loads(bytes(entry.body)),
        page_url=page_url,
        replaces=entry.replaces,
        replaced_by=replaced_by,
    )
