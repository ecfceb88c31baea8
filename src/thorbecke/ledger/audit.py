"""Recount of the whole log from its entries: what a copy, a repair or a suspicion calls for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings

from .domain.checkpoint import Checkpoint, CheckpointRefused, open_checkpoint
from .domain.merkle import HASH_LENGTH, Frontier, leaf_hash
from .domain.tiles import TILE_WIDTH, tile_nodes
from .models import HEAD, Entry, FullTile, Head, RuleDocument
from .signing import get_signing_keys

CHUNK = TILE_WIDTH


def list_faults() -> Iterator[str]:
    """Compute the tree again from every entry, and yield a sentence for each difference with what is stored.

    Reads every entry and tile once; memory stays the same for a log of any size. The log may grow meanwhile.
    """
    last = Entry.objects.order_by("-index").values_list("index", flat=True).first()
    head = Head.objects.filter(pk=HEAD).first() or Head()
    if last is not None and last >= head.size:
        yield f"the head says {head.size} entries, but there is an entry {last}"
    recount = _Recount()
    yield from recount.faults_up_to(head.size)
    yield from _head_faults(head, recount.frontier)
    yield from _rule_faults()


class _Recount:
    """Goes over the entries in order and compares each tile at the moment that it fills."""

    def __init__(self) -> None:
        self.frontier = Frontier()
        self._levels: list[list[bytes]] = []
        self._tiles: list[int] = []

    def faults_up_to(self, size: int) -> Iterator[str]:
        for start in range(0, size, CHUNK):
            wanted = range(start, min(start + CHUNK, size))
            rows = {row.index: row for row in Entry.objects.filter(index__gte=start, index__lt=wanted.stop)}
            missing = [index for index in wanted if index not in rows]
            if missing:
                yield f"entry {missing[0]} is missing"
                return
            for index in wanted:
                yield from _entry_faults(rows[index])
            leaves = [leaf_hash(bytes(rows[index].body)) for index in wanted]
            self.frontier = self.frontier.appended(leaves)
            for leaf in leaves:
                yield from self._add(0, leaf)

    def _add(self, level: int, hashed: bytes) -> Iterator[str]:
        if level == len(self._levels):
            self._levels.append([])
            self._tiles.append(0)
        hashes = self._levels[level]
        hashes.append(hashed)
        if len(hashes) < TILE_WIDTH:
            return
        nodes = tile_nodes(hashes)
        root = nodes[-HASH_LENGTH:]
        yield from _tile_faults(level, self._tiles[level], root, nodes)
        self._levels[level] = []
        self._tiles[level] += 1
        yield from self._add(level + 1, root)


def _entry_faults(row: Entry) -> Iterator[str]:
    body = bytes(row.body)
    if bytes(row.leaf_hash) != leaf_hash(body):
        yield f"entry {row.index} was changed: its hash is not that of its content"
    entry = json.loads(body)
    shown = (entry["kind"], entry["subject"], entry["rule"]["sha256"], entry.get("replaces", {}).get("index"))
    if shown != (row.kind, row.subject, row.rule_id, row.replaces):
        yield f"the columns of entry {row.index} say something else than its content"


def _tile_faults(level: int, index: int, root: bytes, nodes: bytes) -> Iterator[str]:
    stored = FullTile.objects.filter(level=level, index=index).first()
    if stored is None:
        yield f"tile {level}/{index} is missing"
    elif (bytes(stored.root), bytes(stored.nodes)) != (root, nodes):
        yield f"tile {level}/{index} differs from the entries below it"


def _head_faults(head: Head, frontier: Frontier) -> Iterator[str]:
    if (head.size, bytes(head.frontier)) != (frontier.size, frontier.as_bytes()):
        yield f"the head of {head.size} entries differs from the tree over the {frontier.size} entries found"
    if not head.checkpoint:
        return
    keys = [key.verifier for key in get_signing_keys()]
    try:
        signed = open_checkpoint(note=head.checkpoint, origin=settings.LOG_ORIGIN, keys=keys).checkpoint
    except CheckpointRefused as error:
        yield f"the stored checkpoint cannot be trusted: {error}"
    else:
        if signed != Checkpoint(settings.LOG_ORIGIN, frontier.size, frontier.root):
            yield f"the signed checkpoint of {signed.size} entries differs from the tree over the entries"


def _rule_faults() -> Iterator[str]:
    for rule in RuleDocument.objects.iterator():
        if sha256(bytes(rule.body)).hexdigest() != rule.sha256:
            yield f"the rule with hash {rule.sha256} was changed"
