"""Assurance levels as they travel between systems: the eIDAS addresses of low, substantial and high."""

from __future__ import annotations

from thorbecke.kernel.access import AssuranceLevel

ADDRESS_BY_LEVEL = {
    AssuranceLevel.LOW: "http://eidas.europa.eu/LoA/low",
    AssuranceLevel.SUBSTANTIAL: "http://eidas.europa.eu/LoA/substantial",
    AssuranceLevel.HIGH: "http://eidas.europa.eu/LoA/high",
}
"""Level -> its address in the eIDAS technical specifications; OpenID Connect carries it as `acr`."""

LEVEL_BY_ADDRESS = {address: level for level, address in ADDRESS_BY_LEVEL.items()}
LEVEL_BY_WORD = {level.name.lower(): level for level in ADDRESS_BY_LEVEL}


def level_from_word(word: str | None, *, default: AssuranceLevel = AssuranceLevel.LOW) -> AssuranceLevel:
    """Return the level that `word` (low, substantial or high) names, or `default`."""
    return LEVEL_BY_WORD.get(word or "", default)
