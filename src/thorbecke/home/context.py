"""What stands around every page: the menu, the search box, the session menu and the footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from .doors import list_doors


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a menu: address, text, and whether the visitor is in that part of the site."""

    url: str
    label: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the content that joins rooms; `session_template` shows who is logged in."""

    home_url: str
    search_url: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    session_template: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the page template what stands around the content."""
    return {
        "frame": Frame(
            home_url=reverse("home:front-page"),
            search_url=reverse("home:search"),
            navigation=_navigation(request),
            footer=_footer(),
            session_template="identity/session_menu.html",
        )
    }


def _navigation(request: HttpRequest) -> tuple[Link, ...]:
    return tuple(Link(door.url, door.title, is_current=request.path.startswith(door.url)) for door in list_doors())


def _footer() -> tuple[Link, ...]:
    links = [
        Link(reverse("home:accessibility"), gettext("Accessibility")),
        Link(reverse("home:privacy"), gettext("Privacy and cookies")),
        Link(reverse("security-txt"), gettext("Report a weakness (security.txt)")),
    ]
    if settings.SOURCE_URL:
        links.append(Link(settings.SOURCE_URL, gettext("Source code")))
    return tuple(links)
