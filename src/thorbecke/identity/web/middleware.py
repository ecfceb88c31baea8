"""Sets who is asking, and lets nobody in where the route does not say that they may."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from thorbecke.identity.current import asking, current_actor
from thorbecke.identity.domain.actor import LevelTooLow, LoginNeeded, require
from thorbecke.identity.domain.throttle import TooManyAttempts
from thorbecke.kernel.access import Audience, access_of
from thorbecke.kernel.errors import NotEntitled, NotFound, ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop

from .redirects import to_login
from .session import read_actor

logger = logging.getLogger(__name__)


class AccessUndeclared(NotEntitled):
    """A route does not say who may enter, so nobody may."""

    def __init__(self) -> None:
        super().__init__(
            Message(gettext_noop("This page does not say who may see it. That is why it stays closed.")),
            Message(gettext_noop("Tell the authority which page this was, so that we can mend it.")),
        )


class ActorMiddleware:
    """Makes `current_actor` answer for this request, enforces access, and shows refusals as pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request` with its actor; the session is read only when someone asks for the actor."""
        with asking(cache(lambda: read_actor(request))):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse the request unless the view declares access and the actor fits it."""
        access = access_of(view)
        if access is None:
            logger.error("refused a route that declares no access: %s.%s", view.__module__, view.__qualname__)
            return _refuse(request, AccessUndeclared())
        if access.audience is Audience.ANYONE:
            return None
        try:
            require(actor=current_actor(), permission=access.permission, audience=access.audience, level=access.level)
        except NotEntitled as error:
            return _refuse(request, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Show a refusal, something that is not there, and too many attempts as a page that helps."""
        if isinstance(error, NotEntitled):
            return _refuse(request, error)
        if isinstance(error, NotFound):
            return _page(request, error, 404)
        if isinstance(error, TooManyAttempts):
            response = _page(request, error, 429)
            response.headers["Retry-After"] = str(error.retry_after)
            return response
        return None


def _refuse(request: HttpRequest, error: NotEntitled) -> HttpResponse:
    if isinstance(error, LoginNeeded):
        return to_login(request, error.audience, error.level)
    if isinstance(error, LevelTooLow):
        audience = Audience.OFFICIAL if current_actor().is_official else Audience.RESIDENT
        return to_login(request, audience, error.level)
    return _page(request, error, 403)


def _page(request: HttpRequest, error: ThorbeckeError, status: int) -> HttpResponse:
    context = {
        "problem": error.problem.render(gettext),
        "remedy": error.remedy.render(gettext) if error.remedy else "",
    }
    return render(request, f"{status}.html", context, status=status)
