"""The doors of the site: the parts that a person looks for on the front page and in the menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Door:
    """One part of the site: address of its first page, title, and a line that says what a person does there."""

    url: str
    title: str
    summary: str


def list_doors() -> list[Door]:
    """Return the doors in the order in which the site shows them."""
    elections = gettext("See results, seat by seat, and who was elected.")
    check_us = gettext("See what we recorded, and compute it again yourself.")
    return [
        Door(reverse("elections:index"), gettext("Elections"), elections),
        Door(reverse("ledger:check-us"), gettext("Check us"), check_us),
    ]
