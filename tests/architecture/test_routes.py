"""Every route declares who may enter; a route that declares nothing is noticed here and closed by the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from thorbecke.kernel.access import Access, Audience, access_of, open_to_anyone

Route = tuple[str, Callable[..., Any]]


def routes(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[Route]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def undeclared(patterns: Iterable[URLPattern | URLResolver]) -> list[str]:
    return [address for address, view in routes(patterns) if access_of(view) is None]


def test_every_route_declares_who_may_enter() -> None:
    assert undeclared(get_resolver().url_patterns) == []


def test_routes_for_officials_name_a_permission_that_a_role_gives(settings: Any) -> None:
    given = frozenset[str]().union(*settings.ROLES.values())
    declared = [(address, access_of(view)) for address, view in routes(get_resolver().url_patterns)]
    official = [(address, access) for address, access in declared if access and access.audience is Audience.OFFICIAL]
    assert official
    for address, access in official:
        assert access.permission is None or access.permission in given, address


def test_a_route_that_declares_nothing_is_noticed() -> None:
    def closed(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @open_to_anyone
    def opened(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert undeclared([path("a/", closed), path("b/", opened)]) == ["a/"]
    assert access_of(opened) == Access(Audience.ANYONE)
