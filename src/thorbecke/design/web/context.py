"""What every page shows of the site itself: the authority's name and this page in the other languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from thorbecke.design.domain.language import LanguageLink, path_in_language


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the page template the name of the authority and the links to the other languages."""
    return {"authority": settings.AUTHORITY, "other_languages": _other_languages(request)}


def _other_languages(request: HttpRequest) -> list[LanguageLink]:
    default = settings.LANGUAGE_CODE
    codes = [code for code, _name in settings.LANGUAGES]
    path = request.get_full_path() if request.method == "GET" else request.path
    return [
        LanguageLink(
            code,
            get_language_info(code)["name_local"],
            path_in_language(path, language=code, default=default, prefixed=frozenset(codes) - {default}),
        )
        for code in codes
        if code != get_language()
    ]
