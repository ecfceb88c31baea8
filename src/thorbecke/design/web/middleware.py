"""Refuses requests that are too large before they are read, and shows bad requests as a page that helps."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from thorbecke.kernel.errors import BadInput


class InputMiddleware:
    """Stands behind the language middleware, so that its pages are in the visitor's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request` unless its body is larger than REQUEST_MAX_BYTES (413) or its path holds a NUL (404)."""
        if "\0" in request.path:  # nothing has such a name, and PostgreSQL refuses to look for it
            raise Http404
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.REQUEST_MAX_BYTES:
            raise RequestDataTooBig("the request is larger than REQUEST_MAX_BYTES")
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return _not_allowed(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show input that a page did not catch itself as a page with its problem and remedy (400)."""
        if not isinstance(error, BadInput):
            return None
        remedy = error.remedy.render(gettext) if error.remedy else ""
        context = {"problem": f"{error.place} {error.problem.render(gettext)}".strip(), "remedy": remedy}
        return render(request, "400.html", context, status=400)


def _not_allowed(request: HttpRequest, refusal: HttpResponseNotAllowed) -> HttpResponse:
    """Show that this address only takes a form that is sent (405), to who comes back to it by a link."""
    page = render(request, "405.html", status=405)
    page.headers["Allow"] = refusal.headers["Allow"]
    return page
