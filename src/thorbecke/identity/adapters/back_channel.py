"""The line from this server to the eID: over the network, or straight into this program for the development eID."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import httpx
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation

PATIENCE_SECONDS = 10.0


class OwnSite(httpx.BaseTransport):
    """Serves a request with this very program, in this thread, inside the request that waits for it.

    The development eID lives in the site itself. Over the network that would need a second free worker and
    an address by which the server reaches itself; neither is certain on a laptop or in a container. No signals
    of a begun or ended request are sent, because those close the database connection that is in use.
    """

    def __init__(self) -> None:
        self._site = BaseHandler()
        self._site.load_middleware()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the site's answer; the language of the waiting request stays what it was."""
        with translation.override(None):
            answer = self._site.get_response(WSGIRequest(_environment(request)))
        content: bytes = getattr(answer, "content", b"")
        return httpx.Response(answer.status_code, headers=list(answer.items()), content=content)


def is_development_eid() -> bool:
    """Return whether residents log in with the development eID."""
    return bool(settings.DEVELOPMENT_EID) and not settings.EID_ISSUER


def issuer() -> str:
    """Return the issuer identifier of the eID that residents use; "" where none is set."""
    return settings.EID_ISSUER or (f"{settings.SITE_URL}/oefen-eid" if settings.DEVELOPMENT_EID else "")


def open_line() -> httpx.Client:
    """Return an HTTP client that reaches the eID; it follows no redirects."""
    transport = _own_site() if is_development_eid() else None
    return httpx.Client(transport=transport, timeout=PATIENCE_SECONDS, follow_redirects=False, trust_env=False)


@cache
def _own_site() -> OwnSite:
    return OwnSite()


def _environment(request: httpx.Request) -> dict[str, Any]:
    body = request.read()
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
    return {
        **headers,
        "REQUEST_METHOD": request.method,
        "PATH_INFO": request.url.path,
        "QUERY_STRING": request.url.query.decode(),
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": request.url.host,
        "SERVER_PORT": str(request.url.port or (443 if request.url.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": request.url.scheme,
        "wsgi.input": BytesIO(body),
    }
