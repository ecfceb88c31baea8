"""Answers that caches may keep: entity tag, lifetime and "not modified"."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from thorbecke.kernel.errors import NotFound

FOREVER = "public, max-age=31536000, immutable"
A_FEW_SECONDS = "public, max-age=2"
TILE = "application/octet-stream"
JSON = "application/json"
TEXT = "text/plain; charset=utf-8"


def cacheable(request: HttpRequest, content: bytes, *, content_type: str, lifetime: str) -> HttpResponse:
    """Return `content`, or status 304 when the client holds it already; any site's pages may read it."""
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    answer["Cache-Control"] = lifetime
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def for_reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Allow only GET and HEAD, and answer 404 when the view raises NotFound."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotFound as error:
            raise Http404(error.problem.render(gettext)) from error

    return answer
