"""Finds the pages of the site: from the front pages and the routes without parameters, along every link."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation
from playwright.sync_api import Page

PAGES_OF_ONE_KIND = 2
"""Of pages that one view makes from its data, such as one for each polling station, this many are looked at."""

LINKS = "nodes => nodes.map(node => node.getAttribute('href'))"


def addresses_without_parameters() -> list[str]:
    """Return every address that needs no value, in every language."""
    patterns = [address for address in _addresses(get_resolver().url_patterns) if not re.search(r"[<(\\]", address)]
    return ["/" + address for address in patterns] + ["/en/" + address for address in patterns]


def _addresses(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, address)
        else:
            yield address


def language_of(path: str) -> str:
    """Return the language that an address asks for."""
    return "en" if path.startswith("/en/") else "nl"


def match_of(path: str) -> ResolverMatch | None:
    """Return the route behind an address, which depends on its language; None when there is none."""
    with translation.override(language_of(path)):
        try:
            return resolve(path)
        except Resolver404:
            return None


class Crawl:
    """Walks the site as one visitor; `broken` tells of links that lead nowhere."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.seen: set[str] = set()
        self.kinds: Counter[tuple[str, str]] = Counter()
        self.broken: list[str] = []

    def pages(self) -> Iterator[str]:
        """Yield each HTML page, loaded in the browser, as its address from the root of the site."""
        waiting = [(address, "a route") for address in addresses_without_parameters()]
        while waiting:
            address, source = waiting.pop(0)
            if not self._is_new(address):
                continue
            answer = self.page.request.get(self.site + address, max_redirects=0)
            if 300 <= answer.status < 400:
                waiting.append((urljoin(address, answer.headers["location"]), source))
            elif answer.status >= 400 and source != "a route":
                self.broken.append(f"{source} links to {address}: {answer.status}")
            elif answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
                self.page.goto(self.site + address)
                yield address
                waiting += [(link, address) for link in self._links(address)]

    def _is_new(self, address: str) -> bool:
        path = urlsplit(address).path
        if urlsplit(address).netloc or path in self.seen or path.startswith("/static/"):
            return False
        self.seen.add(path)
        match = match_of(path)
        if match is None:
            return True
        kind = (match.view_name, language_of(path))
        self.kinds[kind] += 1
        return self.kinds[kind] <= PAGES_OF_ONE_KIND

    def _links(self, address: str) -> Iterator[str]:
        for link in self.page.locator("a[href]").evaluate_all(LINKS):
            target = urljoin(address, link).partition("#")[0]
            if urlsplit(target).scheme in {"", "http", "https"} and not urlsplit(target).netloc:
                yield target
