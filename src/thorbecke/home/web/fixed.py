"""Texts at fixed addresses: where to report a weakness, and what search engines may read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from thorbecke.kernel.access import open_to_anyone

SECURITY_TXT_VALID_DAYS = 180
"""RFC 9116, section 2.5.5, advises less than a year ahead."""


@open_to_anyone
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116); valid for some months from now, until midnight UTC."""
    expires = (datetime.now(UTC) + timedelta(days=SECURITY_TXT_VALID_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return _plain_text(lines)


@open_to_anyone
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Let search engines read everything but search results."""
    return _plain_text(["User-agent: *", "Disallow: /zoeken/", "Disallow: /en/zoeken/"])


def _plain_text(lines: list[str]) -> HttpResponse:
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
