"""Every page, in both languages and three widths: no violation that axe-core finds, and what axe does not see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import timezone, translation
from playwright.sync_api import Page

from thorbecke.elections.operations.importing import import_election
from thorbecke.elections.operations.results import publish_result
from thorbecke.elections.tests.province import eml_files
from thorbecke.identity.domain.demo import OFFICIALS
from thorbecke.identity.public import command_line_actor
from thorbecke.kernel.access import Audience, access_of

from .crawl import Crawl, language_of, match_of
from .login import log_in_as_official, log_in_as_resident

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return found.violations.map(rule => `${rule.id}: ${rule.nodes.map(node => node.html.slice(0, 160)).join(" | ")}`);
}"""
WIDTHS = (320, 360, 1280)


class Inspection:
    """Collects what is wrong on the pages of one visitor."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.faults: list[str] = []
        self.titles: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.count = 0
        page.on("console", lambda message: self._note_console(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._note_request(request.url, site))

    def _note_console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.faults.append(f"{self.page.url}: console {kind}: {text}")

    def _note_request(self, url: str, site: str) -> None:
        if urlsplit(url).netloc != urlsplit(site).netloc and urlsplit(url).scheme != "data":
            self.faults.append(f"{self.page.url} asks {url}")

    def inspect(self, address: str) -> None:
        """Look at the loaded page in every width."""
        self.count += 1
        self.faults += [f"{address}: {fault}" for fault in self._faults_of_document(address)]
        self.page.evaluate(AXE)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.faults += [f"{address} at {width}: {fault}" for fault in self._faults_at_this_width()]

    def _faults_of_document(self, address: str) -> Iterator[str]:
        title = self.page.title()
        language = language_of(address)
        self.titles[language, title].add(urlsplit(address).path)
        if self.page.locator("html").get_attribute("lang") != language:
            yield f"lang is not {language}"
        if self.page.locator("h1").count() != 1:
            yield f"{self.page.locator('h1').count()} h1"
        if not title.strip():
            yield "no title"

    def _faults_at_this_width(self) -> Iterator[str]:
        yield from self.page.evaluate(RUN_AXE)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            yield f"the page scrolls sideways by {wide} px"

    def all_faults(self) -> list[str]:
        """Return what was found, with titles that two pages share."""
        shared = [f"{sorted(paths)} share a title: {title}" for title, paths in self.titles.items() if len(paths) > 1]
        return self.faults + shared


def inspect_all(page: Page, site: str, *, for_whom: Audience) -> Inspection:
    """Walk the site; look at what is meant for this audience, and at the front page with its header."""
    inspection, crawl = Inspection(page, site), Crawl(page, site)
    for address in crawl.pages():
        match = match_of(urlsplit(address).path)
        access = access_of(match.func) if match else None
        if (access and access.audience is for_whom) or address in {"/", "/en/"}:
            inspection.inspect(address)
    inspection.faults += crawl.broken + unexplained_cookies(page)
    return inspection


def unexplained_cookies(page: Page) -> list[str]:
    """Return the cookies in this browser that the privacy page does not name."""
    page.goto("/privacy/")
    explained = page.locator("main table th[scope=row]").all_inner_texts()
    names = [cookie["name"] for cookie in page.context.cookies()]
    return [f"the privacy page does not explain the cookie {name}" for name in names if name not in explained]


def test_pages_for_anyone(browser_page: Page, site: str) -> None:
    inspection = inspect_all(browser_page, site, for_whom=Audience.ANYONE)
    assert inspection.all_faults() == []
    assert inspection.count >= 8


def test_pages_for_residents(browser_page: Page, site: str) -> None:
    log_in_as_resident(browser_page)
    inspection = inspect_all(browser_page, site, for_whom=Audience.RESIDENT)
    assert inspection.all_faults() == []
    assert inspection.count >= 3


@pytest.mark.parametrize("username", [official.username for official in OFFICIALS])
def test_pages_for_officials(browser_page: Page, site: str, username: str) -> None:
    log_in_as_official(browser_page, username)
    inspection = inspect_all(browser_page, site, for_whom=Audience.OFFICIAL)
    assert inspection.all_faults() == []
    assert inspection.count >= 3


DISTRICTS = ("", "kieskring/1/", "kieskring/2/", "lijst/1/", "stembureau/1/", "controles/")


def test_pages_of_an_election_with_districts(browser_page: Page, site: str) -> None:
    election_id = publish_province()
    inspection = Inspection(browser_page, site)
    for address in [f"{prefix}verkiezingen/{election_id}/{page}" for prefix in ("/", "/en/") for page in DISTRICTS]:
        answer = browser_page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        inspection.inspect(address)
    assert inspection.all_faults() == []


def publish_province() -> str:
    """Import and publish a fictitious provincial election; return its id."""
    actor, at = command_line_actor(), timezone.now()
    summary = import_election(actor=actor, files=eml_files(), at=at)
    publish_result(actor=actor, election_id=summary.counted.election.id, at=at)
    return summary.counted.election.id


ERROR_PAGES = ("400.html", "403.html", "403_csrf.html", "404.html", "413.html", "429.html")


def test_error_pages(browser_page: Page, site: str) -> None:
    """Errors are hard to cause by clicking, so the site's own pages are shown at addresses that do not exist."""
    inspection = Inspection(browser_page, site)
    for address in [f"{prefix}fout/{template}" for prefix in ("/", "/en/") for template in ERROR_PAGES]:
        show(browser_page, site + address, error_page(address))
        inspection.inspect(address)
    assert inspection.all_faults() == []


def show(page: Page, url: str, body: str) -> None:
    """Load a page of the site's own making at `url`."""
    page.route(url, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(url)


def error_page(address: str) -> str:
    """Return the error page that an address such as "/en/fout/404.html" names, in the language of that address."""
    with translation.override(language_of(address)):
        return str(get_template(Path(address).name).render(request=RequestFactory().get(address)))


def test_the_page_for_a_failing_program_speaks_both_languages(browser_page: Page, site: str) -> None:
    inspection = Inspection(browser_page, site)
    show(browser_page, f"{site}/fout/500.html", str(get_template("500.html").render()))
    inspection.inspect("/fout/500.html")
    assert inspection.all_faults() == []
    assert browser_page.locator("[lang=en] h2").inner_text() == "Something went wrong"
