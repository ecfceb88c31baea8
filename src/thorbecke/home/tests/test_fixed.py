"""Texts at fixed addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client


def test_security_txt_has_what_rfc_9116_asks(settings: Any, client: Client) -> None:
    settings.SECURITY_CONTACT = "mailto:security@town.example"
    settings.SITE_URL = "https://town.example"
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:security@town.example"
    assert fields["Canonical"] == "https://town.example/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "nl, en"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


def test_robots_may_read_everything_but_search_results(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == ["User-agent: *", "Disallow: /zoeken/", "Disallow: /en/zoeken/"]
