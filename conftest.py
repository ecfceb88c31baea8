"""Fixtures that every test may ask for, and the marks that tests get by what they use."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from django.conf import settings

CHECKOUT = Path(__file__).parent
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
NO_CONFORMANCE = "no conformance data"
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests that touch the database, and leave out those that are about the other database."""
    other = "sqlite" if ON_POSTGRESQL else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(other)]
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where CI runs; only the conformance data may be absent there."""
    report = yield
    if report.skipped and os.environ.get("CI") and NO_CONFORMANCE not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder with real files and independent cases; the test is skipped where it is absent."""
    folder = Path(os.environ.get("THORBECKE_CONFORMANCE", CHECKOUT / "../shared/conformance")).resolve()
    if not folder.is_dir():
        pytest.skip(f"{NO_CONFORMANCE} at {folder}: set THORBECKE_CONFORMANCE to its folder")
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Remove what an aborted run left: a write-ahead log beside a new database file reads as a broken disk."""
    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    for path in Path(name).parent.glob(f"{Path(name).name}*") if name else ():
        path.unlink()
