"""Hashes and proofs of the tree: published vectors, and every proof of arbitrary trees."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thorbecke.ledger.domain.merkle import (
    EMPTY_ROOT,
    Frontier,
    ProofRefused,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from thorbecke.ledger.domain.tree import HashTree

sizes = st.integers(1, 300)


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(b"entry %d" % index) for index in range(size)]


def naive_root(hashes: list[bytes]) -> bytes:
    if len(hashes) < 2:
        return hashes[0] if hashes else EMPTY_ROOT
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return node_hash(naive_root(hashes[:split]), naive_root(hashes[split:]))


def flipped(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8 % len(value)] ^= 1 << bit % 8
    return bytes(changed)


@given(sizes, st.integers(0, 300))
def test_appending_gives_the_root_of_the_definition(size: int, at_once: int) -> None:
    hashes = leaves(size)
    frontier = Frontier().appended(hashes[:at_once])
    assert frontier.appended(hashes[at_once:]).root == naive_root(hashes)
    assert tree_root(size=size, read=HashTree(hashes).read) == naive_root(hashes)


def test_the_empty_tree_has_the_root_of_the_standard() -> None:
    assert Frontier().root == tree_root(size=0, read=HashTree().read) == EMPTY_ROOT
    assert EMPTY_ROOT.hex().startswith("e3b0c44298fc1c14")


@given(sizes)
def test_a_frontier_survives_storage(size: int) -> None:
    frontier = Frontier().appended(leaves(size))
    assert Frontier.from_bytes(size=size, hashes=frontier.as_bytes()) == frontier


@pytest.mark.parametrize(("size", "hashes"), [(1, b""), (2, bytes(64)), (0, bytes(32)), (-1, b"")])
def test_a_frontier_of_another_size_is_refused(size: int, hashes: bytes) -> None:
    with pytest.raises(ValueError, match="complete subtrees"):
        Frontier.from_bytes(size=size, hashes=hashes)


@given(st.data())
def test_every_leaf_can_be_proven_at_every_size(data: st.DataObject) -> None:
    full = data.draw(sizes)
    size = data.draw(st.integers(1, full))
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(full)
    proof = inclusion_proof(index=index, size=size, read=HashTree(hashes).read)
    verify_inclusion(index=index, size=size, leaf=hashes[index], proof=proof, root=naive_root(hashes[:size]))


def test_the_path_of_the_next_leaf_needs_only_the_frontier() -> None:
    hashes = leaves(300)
    for size in range(300):
        path = Frontier().appended(hashes[:size]).path_of_next
        assert path == inclusion_proof(index=size, size=size + 1, read=HashTree(hashes).read)


@given(st.data())
def test_every_older_size_can_be_proven(data: st.DataObject) -> None:
    size = data.draw(sizes)
    old_size = data.draw(st.integers(1, size))
    hashes = leaves(size)
    proof = consistency_proof(old_size=old_size, size=size, read=HashTree(hashes).read)
    verify_consistency(
        old_size=old_size,
        size=size,
        proof=proof,
        old_root=naive_root(hashes[:old_size]),
        root=naive_root(hashes),
    )


@given(st.data())
def test_one_flipped_bit_breaks_an_inclusion_proof(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 300))
    index = data.draw(st.integers(0, size - 1))
    bit = data.draw(st.integers(0, 255))
    hashes = leaves(size)
    root = naive_root(hashes)
    proof = list(inclusion_proof(index=index, size=size, read=HashTree(hashes).read))
    step = data.draw(st.integers(0, len(proof) - 1))
    wrong = [*proof[:step], flipped(proof[step], bit), *proof[step + 1 :]]
    for leaf, path, top in [
        (flipped(hashes[index], bit), proof, root),
        (hashes[index], wrong, root),
        (hashes[index], proof, flipped(root, bit)),
        (hashes[index], proof[:-1], root),
        (hashes[index], [*proof, root], root),
    ]:
        with pytest.raises(ProofRefused):
            verify_inclusion(index=index, size=size, leaf=leaf, proof=path, root=top)


@given(st.data())
def test_one_flipped_bit_breaks_a_consistency_proof(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 300))
    old_size = data.draw(st.integers(1, size - 1))
    bit = data.draw(st.integers(0, 255))
    hashes = leaves(size)
    old_root, root = naive_root(hashes[:old_size]), naive_root(hashes)
    proof = list(consistency_proof(old_size=old_size, size=size, read=HashTree(hashes).read))
    step = data.draw(st.integers(0, len(proof) - 1))
    wrong = [*proof[:step], flipped(proof[step], bit), *proof[step + 1 :]]
    for path, old_top, top in [
        (wrong, old_root, root),
        (proof, flipped(old_root, bit), root),
        (proof, old_root, flipped(root, bit)),
        (proof[:-1], old_root, root),
        ([*proof, root], old_root, root),
    ]:
        with pytest.raises(ProofRefused):
            verify_consistency(old_size=old_size, size=size, proof=path, old_root=old_top, root=top)


def test_two_roots_for_one_size_are_called_a_fork() -> None:
    with pytest.raises(ProofRefused, match="forked"):
        verify_consistency(old_size=3, size=3, proof=[], old_root=bytes(32), root=bytes([1]) * 32)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_proof_is_made_for_a_leaf_outside(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        inclusion_proof(index=index, size=size, read=HashTree().read)


@pytest.mark.parametrize(("old_size", "size"), [(0, 3), (4, 3)])
def test_no_proof_is_made_from_nothing_or_from_later(old_size: int, size: int) -> None:
    with pytest.raises(ValueError, match="no consistency proof"):
        consistency_proof(old_size=old_size, size=size, read=HashTree().read)


@pytest.mark.conformance
def test_inclusion_vectors(conformance: Path) -> None:
    cases = list((conformance / "tlog/inclusion").rglob("*.json"))
    assert len(cases) > 90
    for case in cases:
        vector = json.loads(case.read_text())
        arguments = {
            "index": vector["leafIdx"],
            "size": vector["treeSize"],
            "leaf": decoded(vector["leafHash"]),
            "proof": [decoded(step) for step in vector["proof"] or []],
            "root": decoded(vector["root"]),
        }
        assert is_refused(verify_inclusion, arguments) == vector["wantErr"], case


@pytest.mark.conformance
def test_consistency_vectors(conformance: Path) -> None:
    cases = list((conformance / "tlog/consistency").rglob("*.json"))
    assert len(cases) > 90
    for case in cases:
        vector = json.loads(case.read_text())
        arguments = {
            "old_size": vector["size1"],
            "size": vector["size2"],
            "proof": [decoded(step) for step in vector["proof"] or []],
            "old_root": decoded(vector["root1"]),
            "root": decoded(vector["root2"]),
        }
        assert is_refused(verify_consistency, arguments) == vector["wantErr"], case


def decoded(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def is_refused(verify: object, arguments: dict[str, object]) -> bool:
    try:
        verify(**arguments)  # type: ignore[operator]  # one of the two functions above
    except ProofRefused:
        return True
    return False
