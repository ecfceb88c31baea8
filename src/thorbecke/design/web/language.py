"""The language of a page is in its address, and nowhere else."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language


class AddressLanguageMiddleware(LocaleMiddleware):
    """Django's own, without "Vary: Accept-Language": what a browser prefers changes no answer here."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Name the language that the answer is in."""
        response.headers.setdefault("Content-Language", get_language() or "")
        return response
