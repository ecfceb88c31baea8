"""Dates read the same way in both languages: the day first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

AT = datetime(2026, 3, 18, 21, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("en", "DATE_FORMAT", "18 March 2026"),
        ("en", "DATETIME_FORMAT", "18 March 2026 21:05"),
        ("en", "SHORT_DATE_FORMAT", "18-03-2026"),
        ("nl", "DATE_FORMAT", "18 maart 2026"),
    ],
)
def test_date(language: str, style: str, expected: str) -> None:
    with translation.override(language):
        assert date_format(AT, style) == expected
