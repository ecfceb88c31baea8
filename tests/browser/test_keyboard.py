"""The site by keyboard alone, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = "document.activeElement.textContent.trim() || document.activeElement.name"
FOCUS_IS_VISIBLE = """() => {
  const style = getComputedStyle(document.activeElement), box = document.activeElement.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return outlined && box.width > 0 && box.height > 0 && box.left >= 0 && box.right <= innerWidth;
}"""
REACHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


def tab_through(page: Page) -> Iterator[str]:
    """Yield what gets the focus, by pressing Tab from the top until the page is left."""
    for _step in range(page.locator(REACHABLE).count()):
        page.keyboard.press("Tab")
        yield page.evaluate(FOCUSED)


def test_first_tab_offers_to_skip_to_the_content(browser_page: Page) -> None:
    browser_page.goto("/zoeken/")
    browser_page.keyboard.press("Tab")
    skip = browser_page.get_by_role("link", name="Direct naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("main")).to_be_focused()
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_label("Wat zoekt u?")).to_be_focused()


@pytest.mark.parametrize("address", ["/", "/zoeken/", "/privacy/"])
def test_everything_is_reached_by_tab_in_reading_order_with_visible_focus(browser_page: Page, address: str) -> None:
    browser_page.goto(address)
    reached, hidden = [], []
    for name in tab_through(browser_page):
        reached.append(name)
        if not browser_page.evaluate(FOCUS_IS_VISIBLE):
            hidden.append(name)
    expected = browser_page.locator(REACHABLE).evaluate_all(
        "nodes => nodes.map(node => node.textContent.trim() || node.name)"
    )
    assert reached == expected
    assert hidden == []


def test_header_has_session_language_name_search_and_menu_in_that_order(browser_page: Page) -> None:
    browser_page.goto("/")
    names = list(tab_through(browser_page))
    order = ["Direct naar de inhoud", "Inloggen", "English", "Gemeente Voorbeeldstad", "q", "Zoeken", "Verkiezingen"]
    assert names[: len(order)] == order


def test_search_and_language_work_without_javascript(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto("/")
    page.get_by_role("search").get_by_role("searchbox").fill("raadhuis & co")
    page.get_by_role("search").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoeken")
    expect(page.get_by_label("Wat zoekt u?")).to_have_value("raadhuis & co")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.get_by_label("What are you looking for?")).to_have_value("raadhuis & co")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_label("Wat zoekt u?")).to_have_value("raadhuis & co")
    context.close()
