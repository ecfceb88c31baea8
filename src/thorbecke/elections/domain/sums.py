"""Sums over mappings and over equal rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence


def add_up(mappings: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return per key the sum over all mappings."""
    total: Counter[str] = Counter()
    for each in mappings:
        total.update(each)
    return dict(total)


def add_up_lists(rows: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Return the sum per column of rows of one length; empty when there is no row. Raises ValueError otherwise."""
    return tuple(sum(column) for column in zip(*rows, strict=True))
