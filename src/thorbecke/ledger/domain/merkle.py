"""Merkle tree hashes and proofs, made and verified (RFC 6962 section 2.1; RFC 9162 section 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

HASH_LENGTH = 32
EMPTY_ROOT = sha256(b"").digest()

Node: TypeAlias = tuple[int, int]
"""(height, position): the hash over the 2^height leaves from position * 2^height."""

HashReader: TypeAlias = Callable[[Sequence[Node]], Sequence[bytes]]
"""Gives the hashes of complete subtrees, in the order asked."""


class ProofRefused(ValueError):
    """A proof does not show what it should; the text says why."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the 32-byte hash of an entry (RFC 6962 section 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash over two subtrees (RFC 6962 section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree of `size` leaves, kept as the hashes of its complete subtrees, largest first: enough to append."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise ValueError(f"a tree of {self.size} leaves cannot have {len(self.hashes)} complete subtrees")

    @classmethod
    def from_bytes(cls, *, size: int, hashes: bytes) -> Frontier:
        """Read the subtree hashes from their concatenation. Raises ValueError when the number is wrong."""
        return cls(size, tuple(hashes[at : at + HASH_LENGTH] for at in range(0, len(hashes), HASH_LENGTH)))

    def as_bytes(self) -> bytes:
        """Return the subtree hashes one after another, 32 bytes each."""
        return b"".join(self.hashes)

    def appended(self, leaf_hashes: Iterable[bytes]) -> Frontier:
        """Return the frontier after appending these leaf hashes."""
        size, hashes = self.size, list(self.hashes)
        for leaf in leaf_hashes:
            subtree, merging = leaf, size
            while merging & 1:
                subtree = node_hash(hashes.pop(), subtree)
                merging >>= 1
            hashes.append(subtree)
            size += 1
        return Frontier(size, tuple(hashes))

    @property
    def root(self) -> bytes:
        """The Merkle tree hash over all leaves."""
        return _joined(self.hashes) if self.hashes else EMPTY_ROOT

    def nodes(self) -> dict[Node, bytes]:
        """Return the subtree hashes with their place in the tree."""
        return dict(zip(_cover(0, self.size), self.hashes, strict=True))

    @property
    def path_of_next(self) -> tuple[bytes, ...]:
        """The inclusion proof that the next leaf will have when the tree is one larger: this frontier, upwards."""
        return self.hashes[::-1]


def tree_root(*, size: int, read: HashReader) -> bytes:
    """Return the root of the tree of the first `size` leaves."""
    return _joined(read(_cover(0, size))) if size else EMPTY_ROOT


def inclusion_proof(*, index: int, size: int, read: HashReader) -> tuple[bytes, ...]:
    """Return the path from leaf `index` to the root of the first `size` leaves (RFC 6962 section 2.1.1).

    Raises ValueError when the leaf lies outside the tree.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} lies outside a tree of {size} leaves")
    return _path(0, index, size, [], read)


def consistency_proof(*, old_size: int, size: int, read: HashReader) -> tuple[bytes, ...]:
    """Return the proof that the first `old_size` leaves are unchanged at `size` (RFC 6962 section 2.1.2).

    Raises ValueError unless 1 <= old_size <= size: a tree without leaves says nothing.
    """
    if not 1 <= old_size <= size:
        raise ValueError(f"there is no consistency proof from {old_size} to {size} leaves")
    if old_size == size:
        return ()
    height = (old_size & -old_size).bit_length() - 1
    position = (old_size - 1) >> height
    return _path(height, position, size, [(height, position)] if position else [], read)


def verify_inclusion(*, index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf hash `leaf` stands at `index` under `root` (RFC 9162 section 2.1.3.2).

    Raises ProofRefused when it does not, or when index, size and proof do not fit together.
    """
    if not 0 <= index < size:
        raise ProofRefused(f"index {index} lies outside a log of {size} entries")
    if len(leaf) != HASH_LENGTH or len(root) != HASH_LENGTH:
        raise ProofRefused(f"the hash of an entry and a root hash have {HASH_LENGTH} bytes")
    inner, border = _inner_and_border(index, size - 1)
    _refuse_other_length(proof, inner + border)
    if _climb_border(_climb(leaf, index, proof[:inner]), proof[inner:]) != root:
        raise ProofRefused("the path from the entry leads to another root hash than the checkpoint's")


def verify_consistency(*, old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> None:
    """Check that the tree of `size` leaves under `root` extends the older one (RFC 9162 section 2.1.4.2).

    Raises ProofRefused when it does not; also for an older tree without leaves, which proves nothing.
    """
    if old_size < 1 or size < old_size:
        raise ProofRefused(f"a log of {size} entries cannot be shown to extend one of {old_size}")
    if old_size == size:
        _refuse_other_length(proof, 0)
        if old_root != root:
            raise ProofRefused(f"two different root hashes exist for the same {size} entries: the log was forked")
        return
    height = (old_size & -old_size).bit_length() - 1
    position = (old_size - 1) >> height
    inner, border = _inner_and_border(position, (size - 1) >> height)
    start, path = (proof[0], proof[1:]) if position and proof else (old_root, proof)
    _refuse_other_length(path, inner + border)
    if _climb_left(start, position, path, inner) != old_root:
        raise ProofRefused(f"the proof does not lead to the root hash of the older log of {old_size} entries")
    if _climb_border(_climb(start, position, path[:inner]), path[inner:]) != root:
        raise ProofRefused(f"the proof does not lead to the root hash of the log of {size} entries")


def _path(height: int, position: int, size: int, before: list[Node], read: HashReader) -> tuple[bytes, ...]:
    """Return the hashes of `before` and of the siblings from a node up to the root of `size` leaves.

    Only the sibling that holds the last leaf can be incomplete; it is joined from complete subtrees.
    """
    inner, _ = _inner_and_border(position, (size - 1) >> height)
    nodes = before
    for _level in range(inner - 1):
        nodes.append((height, position ^ 1))
        height, position = height + 1, position >> 1
    split = len(nodes)
    if inner:
        nodes = nodes + _cover((position ^ 1) << height, size)
        height, position = height + 1, position >> 1
    resume = len(nodes)
    while position:
        if position & 1:
            nodes.append((height, position ^ 1))
        height, position = height + 1, position >> 1
    hashes = read(nodes)
    if resume - split < 2:
        return tuple(hashes)
    return (*hashes[:split], _joined(hashes[split:resume]), *hashes[resume:])


def _cover(start: int, end: int) -> list[Node]:
    """Return the complete subtrees, largest first, that together hold leaves `start` up to `end`.

    `start` must be a multiple of every subtree's width, as it is for a right sibling and for 0.
    """
    nodes = []
    while start < end:
        height = (end - start).bit_length() - 1
        nodes.append((height, start >> height))
        start += 1 << height
    return nodes


def _joined(hashes: Sequence[bytes]) -> bytes:
    joined = hashes[-1]
    for left in reversed(hashes[:-1]):
        joined = node_hash(left, joined)
    return joined


def _inner_and_border(position: int, last: int) -> tuple[int, int]:
    """Return how many steps lie below the point where the paths of two nodes meet, and left siblings above it."""
    inner = (position ^ last).bit_length()
    return inner, (position >> inner).bit_count()


def _climb(start: bytes, position: int, path: Sequence[bytes]) -> bytes:
    for step, sibling in enumerate(path):
        start = node_hash(sibling, start) if position >> step & 1 else node_hash(start, sibling)
    return start


def _climb_left(start: bytes, position: int, path: Sequence[bytes], inner: int) -> bytes:
    """Climb over left siblings only, which gives the root of the tree that ends with this node."""
    for step, sibling in enumerate(path):
        if step >= inner or position >> step & 1:
            start = node_hash(sibling, start)
    return start


def _climb_border(start: bytes, path: Sequence[bytes]) -> bytes:
    for sibling in path:
        start = node_hash(sibling, start)
    return start


def _refuse_other_length(proof: Sequence[bytes], expected: int) -> None:
    if len(proof) != expected:
        raise ProofRefused(f"the proof has {len(proof)} hashes where {expected} are needed")
