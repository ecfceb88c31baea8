"""A real Chromium on a running site with the demo authority."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser for all tests; where there is none, its tests are skipped, except on the CI machine."""
    path = os.environ.get("THORBECKE_CHROMIUM") or shutil.which("chromium")
    if path is None:
        message = "no Chromium: apt-get install chromium, or set THORBECKE_CHROMIUM to its path"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's own loop runs beside the test's database calls
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server: Any, chromium: Browser, settings: Any) -> str:
    """The address of a running site with the demo authority."""
    settings.SITE_URL = live_server.url
    call_command("load_demo", verbosity=0)
    return str(live_server.url)


@pytest.fixture
def browser_page(chromium: Browser, site: str) -> Iterator[Page]:
    """A fresh page, logged out, to whose site addresses such as "/zoeken/" are relative."""
    context = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
