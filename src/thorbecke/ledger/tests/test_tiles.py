"""Tiles, their paths and bundles of entries, by the examples of C2SP tlog-tiles and for arbitrary logs."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thorbecke.ledger.domain.merkle import Frontier, consistency_proof, inclusion_proof, leaf_hash, tree_root
from thorbecke.ledger.domain.tiles import (
    FULL_TILE_NODES,
    Tile,
    TileReader,
    TileRefused,
    entry_bundle,
    entry_tiles,
    parse_entry_bundle,
    parse_tile,
    split_tile,
    tile_nodes,
    tiles_of,
)
from thorbecke.ledger.domain.tree import HashTree

LOG = HashTree(leaf_hash(b"%d" % index) for index in range(2000))


def served(tiles: list[Tile]) -> list[bytes]:
    return [
        tile_nodes(LOG.read([(8 * tile.level, tile.start + offset) for offset in range(tile.width)])) for tile in tiles
    ]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(3, 999), "tile/3/999"),
        (Tile(3, 1000), "tile/3/x001/000"),
        (Tile(1, 0, 17), "tile/1/000.p/17"),
        (Tile(63, 67, 255), "tile/63/067.p/255"),
    ],
)
def test_a_path_names_one_tile(tile: Tile, path: str) -> None:
    assert tile.path == path
    _, level, number = path.split("/", 2)
    assert parse_tile(level=level, path=number) == tile


def test_entries_stand_beside_level_0() -> None:
    assert Tile(0, 1067, 3).entries_path == "tile/entries/x001/067.p/3"
    assert parse_tile(level="entries", path="x001/067.p/3") == Tile(0, 1067, 3)


@pytest.mark.parametrize(
    ("level", "path"),
    [
        ("0", ""),
        ("0", "0"),
        ("0", "0000"),
        ("0", "-01"),
        ("0", "x000/000"),
        ("0", "x1/000"),
        ("0", "001/000"),
        ("0", "000.p/0"),
        ("0", "000.p/256"),
        ("0", "000.p/07"),
        ("0", "000.p/"),
        ("0", "000/"),
        ("0", "٠٠٠"),
        ("00", "000"),
        ("-1", "000"),
        ("64", "000"),
        ("x", "000"),
        ("0", "x001/" * 40 + "000"),
    ],
)
def test_any_other_path_is_refused(level: str, path: str) -> None:
    with pytest.raises(TileRefused, match="is not the path of a tile"):
        parse_tile(level=level, path=path)


def test_the_tiles_of_70000_entries_are_those_of_the_specification() -> None:
    tiles = list(tiles_of(70_000))
    assert Counter((tile.level, tile.width) for tile in tiles) == {
        (0, 256): 273,
        (0, 112): 1,
        (1, 256): 1,
        (1, 17): 1,
        (2, 1): 1,
    }
    assert len(list(entry_tiles(70_000))) == 274


def test_a_full_tile_has_a_partial_one_above_it() -> None:
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@given(st.data())
def test_proofs_from_tiles_are_those_of_the_whole_tree(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 2000))
    index = data.draw(st.integers(0, size - 1))
    read = TileReader(size=size, fetch=served).read
    assert tree_root(size=size, read=read) == tree_root(size=size, read=LOG.read)
    assert inclusion_proof(index=index, size=size, read=read) == inclusion_proof(index=index, size=size, read=LOG.read)
    assert consistency_proof(old_size=index + 1, size=size, read=read) == consistency_proof(
        old_size=index + 1, size=size, read=LOG.read
    )


def test_a_proof_fetches_each_tile_once_and_together() -> None:
    fetched: list[list[Tile]] = []

    def fetch(tiles: list[Tile]) -> list[bytes]:
        fetched.append(list(tiles))
        return served(tiles)

    reader = TileReader(size=2000, fetch=fetch)
    inclusion_proof(index=700, size=2000, read=reader.read)
    inclusion_proof(index=701, size=2000, read=reader.read)
    assert fetched == [[Tile(0, 2), Tile(0, 7, 208), Tile(1, 0, 7)]]


def test_a_reader_begins_anew_when_it_keeps_too_much() -> None:
    reader = TileReader(size=2000, fetch=served, most=2)
    for index in range(0, 2000, 97):
        proof = inclusion_proof(index=index, size=2000, read=reader.read)
        assert proof == inclusion_proof(index=index, size=2000, read=LOG.read)


def test_known_hashes_need_no_tile() -> None:
    frontier = Frontier().appended(LOG.read([(0, index) for index in range(2000)]))

    def fetch(tiles: list[Tile]) -> list[bytes]:
        assert tiles == [Tile(0, 2), Tile(1, 0, 7)]
        return served(tiles)

    read = TileReader(size=2000, fetch=fetch, known=frontier.nodes()).read
    assert inclusion_proof(index=700, size=2000, read=read) == inclusion_proof(index=700, size=2000, read=LOG.read)


@pytest.mark.parametrize("content", [b"", bytes(31), bytes(32 * 255), bytes(32 * 257)])
def test_a_tile_of_another_length_is_refused(content: bytes) -> None:
    with pytest.raises(TileRefused, match="bytes where 8192 are needed"):
        split_tile(Tile(0, 0), content)


def test_the_nodes_of_a_full_tile_end_with_the_hash_of_its_subtree() -> None:
    nodes = tile_nodes(LOG.read([(0, index) for index in range(256)]))
    assert len(nodes) == 32 * FULL_TILE_NODES
    assert [nodes[-32:]] == LOG.read([(8, 0)])


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    assert parse_entry_bundle(entry_bundle(entries), width=len(entries)) == entries


def test_an_entry_of_65535_bytes_is_the_largest() -> None:
    assert parse_entry_bundle(entry_bundle([bytes(65_535)]), width=1) == [bytes(65_535)]
    with pytest.raises(TileRefused, match="65536 bytes does not fit"):
        entry_bundle([bytes(65_536)])


@pytest.mark.parametrize(
    ("content", "width", "reason"),
    [
        (b"\x00\x02a", 1, "cut off within entry 0"),
        (b"\x00", 1, "cut off within entry 0"),
        (b"\x00\x01ab", 1, "cut off within entry 1"),
        (b"\x00\x01a", 2, "holds 1 entries where 2"),
        (b"", 1, "holds 0 entries where 1"),
    ],
)
def test_a_damaged_bundle_is_refused(content: bytes, width: int, reason: str) -> None:
    with pytest.raises(TileRefused, match=reason):
        parse_entry_bundle(content, width=width)
