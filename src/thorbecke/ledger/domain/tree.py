"""A Merkle tree in memory that holds every complete subtree: for checkers and small logs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .merkle import Node, node_hash


class HashTree:
    """Append leaf hashes and read any complete subtree; `read` fits every proof function of `merkle`."""

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaf_hashes:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, leaf: bytes) -> int:
        """Add a 32-byte leaf hash and return its index."""
        level = self._levels[0]
        level.append(leaf)
        height = 0
        while not len(level) & 1:
            height += 1
            if height == len(self._levels):
                self._levels.append([])
            parent = node_hash(level[-2], level[-1])
            level = self._levels[height]
            level.append(parent)
        return len(self._levels[0]) - 1

    def read(self, nodes: Sequence[Node]) -> Sequence[bytes]:
        """Return the hashes of complete subtrees. Raises IndexError when one is not complete."""
        levels = self._levels
        return [levels[height][position] for height, position in nodes]
