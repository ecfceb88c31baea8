"""Exact fractions as text "numerator/denominator": the only way that this room writes a number that is not whole."""

from __future__ import annotations

from fractions import Fraction


def fraction_text(value: Fraction) -> str:
    """Return "numerator/denominator" in lowest terms; a whole number gets denominator 1."""
    return f"{value.numerator}/{value.denominator}"


def parse_fraction(text: str) -> Fraction:
    """Return the fraction that `fraction_text` wrote. Raises ValueError for another form."""
    numerator, separator, denominator = text.partition("/")
    if not separator:
        raise ValueError(f"no fraction: {text!r}")
    return Fraction(int(numerator), int(denominator))
