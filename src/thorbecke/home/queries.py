"""Reads that join the rooms: what a search finds in each of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from thorbecke.elections.public import search_elections

FOUND_IN_A_ROOM_MAX = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One search result: title, address, and a line that tells where it belongs."""

    title: str
    url: str
    summary: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What one room found, under its own heading; `is_cut_off` when there may be more."""

    title: str
    results: tuple[Found, ...]
    is_cut_off: bool


def search_everything(*, text: str) -> list[FoundGroup]:
    """Return what each room finds for `text`; a room that finds nothing is left out."""
    hits = search_elections(text=text, limit=FOUND_IN_A_ROOM_MAX)
    elections = tuple(Found(hit.title, hit.path, hit.snippet) for hit in hits)
    groups = [FoundGroup(gettext("Elections"), elections, is_cut_off=len(elections) == FOUND_IN_A_ROOM_MAX)]
    return [group for group in groups if group.results]
