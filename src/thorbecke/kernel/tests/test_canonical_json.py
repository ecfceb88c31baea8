"""Canonical JSON: one byte form per value, exact values only."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thorbecke.kernel.canonical_json import LARGEST_INTEGER, NotCanonical, canonical_bytes, sha256_of

LEAVES = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": 2}, b'{"a":2,"b":1}'),
        ({"é": "ü", "z": None}, '{"z":null,"é":"ü"}'.encode()),
        ({"\ufb33": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ufb33":1}'.encode()),
        (["\u2028", "\n\x0f"], '["\u2028","\\n\\u000f"]'.encode()),
        ((1, (True, False)), b"[1,[true,false]]"),
    ],
    ids=["sorted", "utf-8", "sorted by utf-16 unit", "escapes", "tuples are lists"],
)
def test_form(value: object, expected: bytes) -> None:
    assert canonical_bytes(value) == expected  # type: ignore[arg-type]  # objects on purpose


@pytest.mark.parametrize(
    "value", [0.5, {"a": [1.0]}, float("nan"), 2**53, -(2**53), {"a": {1, 2}}, {1: 2}, "\ud800"], ids=repr
)
def test_what_is_not_exact_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes(value)  # type: ignore[arg-type]  # wrong on purpose


@given(VALUES)
def test_reading_back_gives_the_same_value_and_bytes(value: object) -> None:
    form = canonical_bytes(value)  # type: ignore[arg-type]  # hypothesis gives objects
    assert canonical_bytes(json.loads(form)) == form
    assert json.loads(form) == value


def test_hash_is_of_the_canonical_form() -> None:
    assert sha256_of({"b": 1, "a": 2}) == sha256_of({"a": 2, "b": 1})
    assert sha256_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
