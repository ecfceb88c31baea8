"""The log as static files: tiles of 256 hashes, entry bundles and their paths (C2SP tlog-tiles)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from .merkle import HASH_LENGTH, Node, node_hash

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
FULL_TILE_NODES = 2 * TILE_WIDTH - 1
"""Hashes of a full tile and of all complete subtrees over them."""

HIGHEST_LEVEL = 63
LEVEL = re.compile(r"0|[1-9][0-9]?")
TILE_PATH = re.compile(r"(?P<number>(x[0-9]{3}/){0,6}[0-9]{3})(\.p/(?P<width>[1-9][0-9]{0,2}))?")
LARGEST_ENTRY = 65_535
"""Bytes: the length of an entry is written as a big-endian uint16 (C2SP tlog-tiles, "Log entries")."""


class TileRefused(ValueError):
    """A tile, a bundle of entries or its path does not have the form of C2SP tlog-tiles."""


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """`width` hashes at `level` (each over 256^level entries), from position index * 256."""

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """Path below the log's address: "tile/0/x001/067" or "tile/1/000.p/17"."""
        return f"tile/{self.level}/{tile_number(self.index)}{_partial(self.width)}"

    @property
    def entries_path(self) -> str:
        """Path of the entries that the hashes of this tile at level 0 stand for."""
        return f"tile/entries/{tile_number(self.index)}{_partial(self.width)}"

    @property
    def start(self) -> int:
        """Position within the level of the first hash; at level 0 the index of the first entry."""
        return self.index * TILE_WIDTH

    def exists_in(self, size: int) -> bool:
        """Return whether a log of `size` entries holds all hashes of this tile."""
        return self.start + self.width <= size >> (TILE_HEIGHT * self.level)


NodeFetcher: TypeAlias = Callable[[Sequence[Tile]], Sequence[bytes]]
"""Gives `tile_nodes` of each tile, in the order asked."""


def tile_number(index: int) -> str:
    """Return a tile index as path: 1234067 gives "x001/x234/067" (C2SP tlog-tiles, "Merkle Tree")."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    return "/".join(groups)


def parse_tile(*, level: str, path: str) -> Tile:
    """Read "<N>[.p/<W>]" at a level written in decimals ("entries" counts as level 0).

    Raises TileRefused for every form but the one that `Tile.path` writes.
    """
    form = TILE_PATH.fullmatch(path)
    if not form or not (level == "entries" or LEVEL.fullmatch(level)):
        raise TileRefused(f"tile/{level}/{path} is not the path of a tile")
    index = int(form["number"].replace("x", "").replace("/", ""))
    tile = Tile(0 if level == "entries" else int(level), index, int(form["width"] or TILE_WIDTH))
    is_too_wide = form["width"] is not None and tile.width >= TILE_WIDTH
    if is_too_wide or tile.level > HIGHEST_LEVEL or tile_number(index) != form["number"]:
        raise TileRefused(f"tile/{level}/{path} is not the path of a tile")
    return tile


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield every tile of a log of `size` entries, level by level, the partial one of a level last."""
    level = 0
    while hashes := size >> (TILE_HEIGHT * level):
        yield from (Tile(level, index) for index in range(hashes // TILE_WIDTH))
        if rest := hashes % TILE_WIDTH:
            yield Tile(level, hashes // TILE_WIDTH, rest)
        level += 1


def entry_tiles(size: int) -> Iterator[Tile]:
    """Yield the level 0 tiles of a log of `size` entries; `entries_path` of each leads to its entries."""
    return (tile for tile in tiles_of(size) if tile.level == 0)


def tile_of(node: Node, *, size: int) -> Tile:
    """Return the tile of a log of `size` entries from which the hash of `node` is computed."""
    height, position = node
    level, above = divmod(height, TILE_HEIGHT)
    index = (position << above) // TILE_WIDTH
    available = (size >> (TILE_HEIGHT * level)) - index * TILE_WIDTH
    return Tile(level, index, min(available, TILE_WIDTH))


class TileReader:
    """Reads hashes of a log of `size` entries from its tiles; `read` fits every proof function of `merkle`.

    A tile is kept once it is fetched, up to `most` tiles of 16 kB, and all tiles that one proof needs are fetched
    together. Nodes that are `known`, such as the frontier, need no tile. Threads may share a reader.
    """

    def __init__(
        self, *, size: int, fetch: NodeFetcher, known: Mapping[Node, bytes] = MappingProxyType({}), most: int = 4096
    ) -> None:
        self._size = size
        self._fetch = fetch
        self._known = known
        self._most = most
        self._nodes: dict[Tile, bytes] = {}

    def read(self, nodes: Sequence[Node]) -> Sequence[bytes]:
        """Return the hashes of complete subtrees."""
        homes = {node: tile_of(node, size=self._size) for node in nodes if node not in self._known}
        if len(self._nodes) > self._most:
            self._nodes = {}
        kept = self._nodes  # another thread may begin anew meanwhile
        missing = sorted({tile for tile in homes.values() if tile not in kept})
        if missing:
            kept.update(zip(missing, self._fetch(missing), strict=True))
        return [
            _hash_in(kept[homes[node]], homes[node], node) if node in homes else self._known[node] for node in nodes
        ]


def _hash_in(nodes: bytes, tile: Tile, node: Node) -> bytes:
    height, position = node
    within = height % TILE_HEIGHT
    start = sum(tile.width >> lower for lower in range(within)) + position - (tile.start >> within)
    return nodes[start * HASH_LENGTH : (start + 1) * HASH_LENGTH]


def tile_nodes(hashes: Sequence[bytes]) -> bytes:
    """Return the hashes of a tile and of every complete subtree over them, one after another, lowest first.

    For a full tile that is 256 + 128 + ... + 1 hashes; the last is what the level above holds.
    """
    level, nodes = hashes, list(hashes)
    while len(level) > 1:
        level = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        nodes += level
    return b"".join(nodes)


def split_tile(tile: Tile, content: bytes) -> list[bytes]:
    """Return the hashes of a tile. Raises TileRefused when `content` is not `width` times 32 bytes."""
    if len(content) != tile.width * HASH_LENGTH:
        raise TileRefused(f"{tile.path} has {len(content)} bytes where {tile.width * HASH_LENGTH} are needed")
    return [content[at : at + HASH_LENGTH] for at in range(0, len(content), HASH_LENGTH)]


def entry_bundle(entries: Iterable[bytes]) -> bytes:
    """Return entries one after another, each with its length before it. Raises TileRefused above 65,535 bytes."""
    parts = []
    for entry in entries:
        if len(entry) > LARGEST_ENTRY:
            raise TileRefused(f"an entry of {len(entry)} bytes does not fit: {LARGEST_ENTRY} is the most")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def parse_entry_bundle(content: bytes, *, width: int) -> list[bytes]:
    """Return the `width` entries of a bundle. Raises TileRefused when it is cut off or holds another number."""
    entries: list[bytes] = []
    at = 0
    while at < len(content):
        end = at + 2 + int.from_bytes(content[at : at + 2], "big")
        if end > len(content):
            raise TileRefused(f"the bundle of entries is cut off within entry {len(entries)}")
        entries.append(content[at + 2 : end])
        at = end
    if len(entries) != width:
        raise TileRefused(f"the bundle holds {len(entries)} entries where {width} are needed")
    return entries


def _partial(width: int) -> str:
    return "" if width == TILE_WIDTH else f".p/{width}"
