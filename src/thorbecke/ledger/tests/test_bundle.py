"""Bundle files: what is written can be read, and whatever else a person gives is refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thorbecke.kernel.canonical_json import canonical_bytes
from thorbecke.kernel.outcome import Disclosed
from thorbecke.ledger.domain.bundle import Bundle, BundleRefused, parse_bundle

from .conftest import AT, RULE, outcome_of

HASH = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
OUTCOME = outcome_of(7)
BUNDLE = Bundle(
    entry=OUTCOME.entry(recorded_at=AT),
    disclosed=Disclosed(OUTCOME.inputs, OUTCOME.computation.result, OUTCOME.computation.explanation),
    rule=RULE,
    index=3,
    checkpoint="log.example\n4\n...",
    proof=(HASH, HASH),
    log_key="log.example+00000000+AAAA",
)


@pytest.mark.parametrize("salt", [None, "ab" * 16])
def test_what_is_written_can_be_read(salt: str | None) -> None:
    disclosed = Disclosed({"number": 7}, {"doubled": 14}, [{"step": "double"}], salt)
    bundle = Bundle(BUNDLE.entry, disclosed, RULE, 3, BUNDLE.checkpoint, BUNDLE.proof, BUNDLE.log_key)
    content = canonical_bytes(bundle.as_json())
    assert parse_bundle(content, name="bundle.json") == bundle
    assert (b'"salt"' in content) == (salt is not None)


def test_the_path_is_given_as_bytes() -> None:
    assert [len(step) for step in BUNDLE.path] == [32, 32]


@pytest.mark.parametrize("content", [b"", b"[]", b"1", b"{", b"\xff\xfe", b"null", b'{"format": 1.5}', b"[" * 100_000])
def test_what_is_not_json_or_not_an_object_is_refused(content: bytes) -> None:
    with pytest.raises(BundleRefused, match=r"bundle\.json.*is not a (bundle|JSON)"):
        parse_bundle(content, name="bundle.json")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("format", "thorbecke-bundle-v2"),
        ("entry", []),
        ("inputs", None),
        ("result", "text"),
        ("explanation", {}),
        ("explanation", ["text"]),
        ("salt", 3),
        ("rule", "text"),
        ("rule", {"id": "x", "version": 1, "document": {}}),
        ("index", -1),
        ("index", True),
        ("index", "3"),
        ("checkpoint", 3),
        ("proof", HASH),
        ("proof", ["AAAA"]),
        ("proof", [3]),
        ("log_key", None),
    ],
)
def test_a_wrong_member_is_named(member: str, value: Any) -> None:
    content = json.dumps({**BUNDLE.as_json(), member: value}).encode()
    with pytest.raises(BundleRefused, match=f"bundle.json, {member}.* “{member}") as refused:
        parse_bundle(content, name="bundle.json")
    assert refused.value.remedy is not None


@pytest.mark.parametrize("member", sorted(BUNDLE.as_json()))
def test_a_missing_member_is_named(member: str) -> None:
    content = {name: value for name, value in BUNDLE.as_json().items() if name != member}
    with pytest.raises(BundleRefused, match=f"“{member}”"):
        parse_bundle(json.dumps(content).encode(), name="bundle.json")


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_and_nothing_else(content: bytes) -> None:
    with pytest.raises(BundleRefused):
        parse_bundle(content, name="bundle.json")
