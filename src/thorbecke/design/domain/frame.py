"""What stands around the content of a page, as plain values that the page template shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a menu: address, text, and whether the visitor is there now."""

    url: str
    label: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language: code (ISO 639-1), name in that language and address."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the content that other rooms decide: menu, search box, session menu, footer."""

    home_url: str
    search_url: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    session_template: str | None = None


def path_in_language(path: str, *, language: str, default: str, prefixed: frozenset[str]) -> str:
    """Return `path` with the prefix of `language`; the default language has none.

    `prefixed` are the other languages of the site; `path` starts with a slash and may carry a query.
    """
    first, slash, rest = path.removeprefix("/").partition("/")
    bare = f"/{rest}" if slash and first in prefixed else path
    return bare if language == default else f"/{language}{bare}"
