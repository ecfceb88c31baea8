"""Reads that join the rooms: what is new, and what a search finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One search result: title, address, and a line that tells what it is."""

    title: str
    url: str
    summary: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What one room found, under its own heading."""

    title: str
    results: tuple[Found, ...]


def search_everything(*, text: str) -> list[FoundGroup]:
    """Return what each room finds for `text`; a room that finds nothing is left out."""
    return []
