"""Walks through the development eID as a browser does."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from django.test import Client

from thorbecke.kernel.access import AssuranceLevel


def path_and_query(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def start(client: Client, *, next_path: str = "", level: str = "low", prefix: str = "") -> str:
    """Press the login button; returns the eID's address."""
    response = client.get(f"{prefix}/inloggen/eid/", {"next": next_path, "niveau": level})
    assert response.status_code == 302, response.content
    return str(response.headers["Location"])


def choose(client: Client, address: str, *, person: str, level: AssuranceLevel, company: str = "") -> str:
    """Choose a person and level at the eID; returns the address to which the browser goes back."""
    page = f"{path_and_query(address)}&persoon={person}"
    response = client.post(page, {"level": int(level), "company": company or "self"})
    assert response.status_code == 302, response.content
    return str(response.headers["Location"])


def log_in(
    client: Client,
    *,
    person: str = "jasmijn",
    level: AssuranceLevel = AssuranceLevel.LOW,
    company: str = "",
    next_path: str = "",
) -> str:
    """Log in; returns the path where the site sends the visitor then."""
    back = choose(client, start(client, next_path=next_path), person=person, level=level, company=company)
    response = client.get(path_and_query(back))
    assert response.status_code == 302, response.content
    return str(response.headers["Location"])
