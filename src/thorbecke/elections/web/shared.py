"""Pages that are the same for every stranger, made once: on election night everyone asks for the same few."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from thorbecke.ledger.public import get_head

SECONDS = 60
"""How long a page may be shown again. A publication shows at once: it gives the log another checkpoint."""


def shared(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let visitors who bring no cookie share what `view` made for one of them.

    For pages of published results only: what they show may change with the log and nothing else.
    """

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.COOKIES or request.method != "GET":
            return view(request, *args, **kwargs)
        address = f"{get_head().checkpoint}\n{request.get_full_path()}"
        key = "elections.page." + hashlib.sha256(address.encode()).hexdigest()
        kept = cache.get(key)
        if kept is not None:
            return HttpResponse(kept, headers={"Vary": "Cookie"})
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if response.status_code == 200 and not response.cookies:
            cache.set(key, response.content, SECONDS)
        return response

    return serve
