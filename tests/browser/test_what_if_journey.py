"""From a result to a question about it, shared with someone else and checked: in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from thorbecke.verify.command import main

pytestmark = pytest.mark.browser
ID = "GR2026_Voorbeeldstad"


def ask(page: Page, method: str, seats: str) -> None:
    page.locator("#id_method").select_option(method)
    page.locator("#id_seats").fill(seats)
    page.locator("main form button[type=submit]").click()


@pytest.mark.parametrize(
    ("width", "has_script", "language"),
    [(360, True, ""), (1280, True, "/en"), (1280, False, "")],
    ids=["phone", "English", "no script"],
)
def test_ask_share_download_verify(
    chromium: Browser,
    site: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    width: int,
    has_script: bool,
    language: str,
) -> None:
    viewport: ViewportSize = {"width": width, "height": 800}
    asker = chromium.new_context(base_url=site, viewport=viewport, java_script_enabled=has_script)
    page = asker.new_page()
    page.goto(f"{language}/verkiezingen/{ID}/")
    page.locator("main a[href$='/wat-als/']").click()
    expect(page.locator("main table").first).to_contain_text("Sainte-Laguë")

    ask(page, "adams", "0")
    expect(page.locator("main .thorbecke-error-summary")).to_be_visible()
    ask(page, "adams", "31")
    expect(page.locator("main tfoot")).to_contain_text("31")
    expect(page.locator("#id_method")).to_have_value("adams")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    link = page.locator("#deel").inner_text()
    asker.close()

    reader = chromium.new_context(viewport=viewport, java_script_enabled=has_script, accept_downloads=True)
    page = reader.new_page()
    page.goto(link)
    expect(page.locator("main table").first).to_contain_text("Adams")
    expect(page.locator("main tfoot")).to_contain_text("31")
    with page.expect_download() as started:
        page.locator("main a[href*='berekening.json']").first.click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    reader.close()

    code = main([str(file), "--source", site, "--no-memory"])
    said = capsys.readouterr().out
    assert code == 0, said
    assert "it is not in the log" in said
    assert "the votes of every list in the calculation are those of this outcome" in said
