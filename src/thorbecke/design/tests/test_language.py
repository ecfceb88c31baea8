"""The address of the same page in another language."""

from __future__ import annotations

import pytest

from thorbecke.design.domain.language import path_in_language


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/", "en", "/en/"),
        ("/en/", "nl", "/"),
        ("/zoeken/?q=raad%20huis", "en", "/en/zoeken/?q=raad%20huis"),
        ("/en/zoeken/?q=en/", "nl", "/zoeken/?q=en/"),
        ("/en/zoeken/", "en", "/en/zoeken/"),
        ("/english/", "en", "/en/english/"),
        ("/en", "nl", "/en"),
    ],
)
def test_only_the_prefix_changes(path: str, language: str, expected: str) -> None:
    assert path_in_language(path, language=language, default="nl", prefixed=frozenset({"en"})) == expected
