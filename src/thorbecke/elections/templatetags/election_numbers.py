"""Numbers as people write them in the active language: grouped whole numbers, mixed numbers and percentages."""

from __future__ import annotations

import re

from django import template
from django.utils.formats import number_format

from thorbecke.elections.domain.explain import mixed_number

register = template.Library()

_MIXED = re.compile(r"(-?\d+)( \d+/\d+)?")
MISSING = "–"


@register.filter
def grouped(value: int | str | None) -> str:
    """Return 12345 as "12.345" (Dutch) or "12,345" (English); a mixed number such as "1340 4/15" keeps its fraction."""
    if value is None:
        return MISSING
    parts = _MIXED.fullmatch(str(value))
    if parts is None:
        return str(value)
    return number_format(int(parts[1]), use_l10n=True, force_grouping=True) + (parts[2] or "")


@register.filter
def mixed(fraction: str | None) -> str:
    """Return the exact fraction "20416/15" as the grouped mixed number "1.361 1/15"."""
    return MISSING if fraction is None else grouped(mixed_number(fraction))


@register.filter
def share_of(part: int | None, whole: int | None) -> str:
    """Return `part` as a percentage of `whole` with one decimal; a dash where there is nothing to divide."""
    if part is None or not whole:
        return MISSING
    per_mille = (2000 * part + whole) // (2 * whole)
    tenths = number_format(f"{per_mille // 10}.{per_mille % 10}", decimal_pos=1, use_l10n=True)
    return f"{tenths}%"
