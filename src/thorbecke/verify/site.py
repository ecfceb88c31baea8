"""Reads what a site publishes, over HTTP."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import httpx

from .findings import Unreadable

TIMEOUT_SECONDS = 30
LARGEST_ANSWER = 512 * 1024 * 1024
"""Bytes that an answer may have; an election with all its stations stays far below it."""


def new_client() -> httpx.Client:
    """Return a client that gives up after a while and goes nowhere but where it is sent."""
    return httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False)


class Site:
    """The published addresses of one site; `base` is its address without a path."""

    def __init__(self, url: str, client: httpx.Client) -> None:
        parts = urlsplit(url)
        self.base = f"{parts.scheme}://{parts.netloc}"
        self._client = client

    def read(self, path: str) -> bytes:
        """Return the bytes at `path`; raises Unreadable when there is no such answer."""
        address = f"{self.base}{path}"
        try:
            with self._client.stream("GET", address) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise Unreadable(f"{address} answered with status {answer.status_code}.")
                return _bounded(answer, address)
        except httpx.HTTPError as error:
            raise Unreadable(f"{address} gave no answer ({error}). Is the address right and the site up?") from error

    def read_json(self, path: str) -> Any:
        """Return the JSON value at `path`; raises Unreadable when it is not JSON."""
        return parse_json(self.read(path), f"{self.base}{path}")


def parse_json(content: bytes, name: str) -> Any:
    """Parse JSON from `content`; raises Unreadable that names `name`."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is not JSON: {error}") from error


def _bounded(answer: httpx.Response, address: str) -> bytes:
    content = bytearray()
    for chunk in answer.iter_bytes():
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise Unreadable(f"{address} gives more than {LARGEST_ANSWER} bytes.")
    return bytes(content)
