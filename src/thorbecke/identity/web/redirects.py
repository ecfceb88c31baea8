"""Where a visitor goes after a login: only to a path of this site."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from thorbecke.kernel.access import AssuranceLevel, Audience

NEXT, LEVEL = "next", "niveau"
LONGEST_PATH = 2000


def safe_path(wanted: str | None, *, default: str) -> str:
    """Return `wanted` when it is a path on this site, otherwise `default`."""
    is_path = wanted and wanted.startswith("/") and len(wanted) <= LONGEST_PATH
    if wanted and is_path and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return default


def to_login(request: HttpRequest, audience: Audience, level: AssuranceLevel) -> HttpResponseRedirect:
    """Send the visitor to the login page for `audience`, to come back where they are now."""
    query = {NEXT: _return_path(request)}
    if audience is Audience.OFFICIAL:
        return HttpResponseRedirect(f"{reverse('identity:official-login')}?{urlencode(query)}")
    if level > AssuranceLevel.LOW:
        query[LEVEL] = level.name.lower()
    return HttpResponseRedirect(f"{reverse('identity:login')}?{urlencode(query)}")


def _return_path(request: HttpRequest) -> str:
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return safe_path(came_from._replace(scheme="", netloc="").geturl(), default="/")
