"""The same page in another language: links and addresses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language: code (ISO 639-1), name in that language and address."""

    code: str
    name: str
    url: str


def path_in_language(path: str, *, language: str, default: str, prefixed: frozenset[str]) -> str:
    """Return `path` with the prefix of `language`; the default language has none.

    `prefixed` are the other languages of the site; `path` starts with a slash and may carry a query.
    """
    first, slash, rest = path.removeprefix("/").partition("/")
    bare = f"/{rest}" if slash and first in prefixed else path
    return bare if language == default else f"/{language}{bare}"
