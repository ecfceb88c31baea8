"""Fixtures that every test may ask for, and the marks that tests get by what they use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that touches the database, so that it can run again on PostgreSQL."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder with real files and independent cases; the test is skipped where it is absent."""
    folder = Path(os.environ.get("THORBECKE_CONFORMANCE", CHECKOUT / "../shared/conformance")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no conformance data at {folder}: set THORBECKE_CONFORMANCE to its folder")
    return folder
