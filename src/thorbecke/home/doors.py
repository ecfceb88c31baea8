"""The doors of the site: the parts that a person looks for on the front page and in the menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Door:
    """One part of the site: name of its first page, title, and a line that says what a person does there."""

    url: str
    title: str
    summary: str


def list_doors() -> list[Door]:
    """Return the doors that exist, in the order in which the site shows them."""
    doors = (
        ("elections:index", gettext("Elections"), gettext("See results, seat by seat, and who was elected.")),
        ("ledger:check-us", gettext("Check us"), gettext("See what we recorded, and compute it again yourself.")),
    )
    return [Door(url, title, summary) for name, title, summary in doors if (url := _address(name))]


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
