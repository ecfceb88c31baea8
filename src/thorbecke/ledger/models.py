"""Tables of the log: its entries, the full tiles over them, the rules they applied and the one head."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Length

from .domain.merkle import HASH_LENGTH, Frontier
from .domain.tiles import FULL_TILE_NODES, LARGEST_ENTRY

HEAD = 1
"""Primary key of the only head row: whoever appends holds its lock until the transaction ends."""


def _has_length(field: str, length: int, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.lookups.Exact(Length(field), length), name=name)


class Head(models.Model):
    """The log as it stands: size, subtree hashes to append to, and the signed checkpoint for this size."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=HEAD)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")
    checkpoint = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=HEAD), name="ledger_head_is_one_row"),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="ledger_head_size_not_negative"),
        ]

    def __str__(self) -> str:
        return f"log of {self.size} entries"

    def as_frontier(self) -> Frontier:
        """Return size and subtree hashes as the domain knows them."""
        return Frontier.from_bytes(size=self.size, hashes=bytes(self.frontier))


class RuleDocument(models.Model):
    """A rule as published when it was first applied: canonical JSON whose SHA-256 is the key."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    body = models.BinaryField()

    class Meta:
        constraints = [_has_length("sha256", 2 * HASH_LENGTH, "ledger_rule_has_sha256")]

    def __str__(self) -> str:
        return self.sha256


class Entry(models.Model):
    """One recorded outcome: the canonical bytes that the log commits to. Never changed, never removed.

    The hash stands before the body, so that a proof reads 255 neighbours without their bodies.
    """

    index = models.BigIntegerField(primary_key=True)
    leaf_hash = models.BinaryField()
    recorded_at = models.DateTimeField()
    replaces = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    rule = models.ForeignKey(RuleDocument, on_delete=models.PROTECT, related_name="+")
    body = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject"], name="ledger_entry_subject"),
            models.Index(fields=["replaces"], condition=models.Q(replaces__isnull=False), name="ledger_entry_replaces"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(index__gte=0), name="ledger_entry_index_not_negative"),
            models.CheckConstraint(
                condition=models.Q(replaces__lt=models.F("index")), name="ledger_entry_replaces_older"
            ),
            models.CheckConstraint(
                condition=models.lookups.LessThanOrEqual(Length("body"), LARGEST_ENTRY), name="ledger_entry_fits"
            ),
            _has_length("leaf_hash", HASH_LENGTH, "ledger_entry_has_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.index}: {self.kind} {self.subject}"


class FullTile(models.Model):
    """A tile of 256 hashes, stored when it fills, with every hash over them, so that a proof hashes nothing.

    `nodes` is `tiles.tile_nodes`; `root`, the last of it, is what the level above holds.
    """

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    root = models.BinaryField()
    nodes = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="ledger_tile_once"),
            models.CheckConstraint(condition=models.Q(index__gte=0), name="ledger_tile_index_not_negative"),
            _has_length("root", HASH_LENGTH, "ledger_tile_has_root"),
            _has_length("nodes", FULL_TILE_NODES * HASH_LENGTH, "ledger_tile_is_full"),
        ]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"
