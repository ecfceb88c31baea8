"""Residents and companies: log in with an eID, see the login, act as, log out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thorbecke.identity.adapters import back_channel, oidc
from thorbecke.identity.current import current_actor
from thorbecke.identity.domain.levels import level_from_word
from thorbecke.identity.domain.login_errors import EidUnreachable, LoginCancelled, LoginFailed, LoginUnknown
from thorbecke.identity.operations.residents import act_as as act_as_operation
from thorbecke.identity.operations.residents import log_in_resident, log_out, note_refused_login
from thorbecke.identity.operations.throttling import attempt
from thorbecke.kernel.access import AssuranceLevel, for_residents, open_to_anyone

from . import session
from .client_address import network_of
from .level_names import level_name
from .redirects import LEVEL, NEXT, safe_path

STARTED = "started_logins"
STARTED_AT_ONCE = 5
STARTED_LIFETIME = timedelta(minutes=15)


@open_to_anyone
@never_cache
@require_GET
def login(request: HttpRequest) -> HttpResponse:
    """Show how to log in; with a level in the address also why more certainty is needed."""
    return _login_page(request)


@open_to_anyone
@never_cache
@require_GET
def login_start(request: HttpRequest) -> HttpResponse:
    """Take the visitor to the eID."""
    at = timezone.now()
    attempt(scope="identity.login", key=network_of(request), limit=60, period=timedelta(minutes=10), at=at)
    started = oidc.new_login(request.build_absolute_uri(reverse("identity:login-return")))
    try:
        with back_channel.open_line() as line:
            provider = oidc.discover(line, back_channel.issuer())
    except LoginFailed as error:
        return _failed(request, error, _next_path(request), at)
    _keep_started(request, started, at)
    return HttpResponseRedirect(
        oidc.authorization_address(
            provider, _client(), started, level=_wanted_level(request), language=get_language() or "nl"
        )
    )


@open_to_anyone
@never_cache
@require_GET
def login_return(request: HttpRequest) -> HttpResponse:
    """Receive the visitor back from the eID, and log them in."""
    at = timezone.now()
    kept = _take_started(request, request.GET.get("state", ""), at)
    next_path = safe_path(kept["next"] if kept else None, default=reverse("identity:account"))
    try:
        claims = _claims(request, kept, at)
        actor = log_in_resident(claims=claims, issuer=back_channel.issuer(), at=at)
    except LoginFailed as error:
        return _failed(request, error, next_path, at)
    session.begin_resident(request, actor, at)
    return HttpResponseRedirect(next_path)


@open_to_anyone
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the login."""
    log_out(actor=current_actor(), at=timezone.now())
    session.end(request)
    messages.success(request, gettext("You are logged out."))
    return redirect("identity:login")


@for_residents()
@never_cache
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show who is logged in, how surely, and for whom they act."""
    actor = current_actor()
    context = {
        "actor": actor,
        "level": level_name(actor.level),
        "can_go_higher": actor.level < AssuranceLevel.HIGH,
        "higher": AssuranceLevel(min(actor.level + 1, AssuranceLevel.HIGH)).name.lower(),
        "minutes": settings.SESSION_MINUTES,
    }
    return render(request, "identity/account.html", context)


@for_residents()
@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Go on for a representee, or for oneself again."""
    actor = act_as_operation(
        actor=current_actor(), representee_id=request.POST.get("representee") or None, at=timezone.now()
    )
    session.change_resident(request, actor)
    return HttpResponseRedirect(safe_path(request.POST.get(NEXT), default=reverse("identity:account")))


def _login_page(request: HttpRequest, error: LoginFailed | None = None, next_path: str = "") -> HttpResponse:
    level = _wanted_level(request)
    actor = current_actor()
    context = {
        "next": next_path or _next_path(request),
        "level_word": level.name.lower(),
        "level": level_name(level),
        "must_go_higher": actor.is_resident and actor.level < level,
        "needs_level": level > AssuranceLevel.LOW,
        "own_level": level_name(actor.level),
        "is_practice": back_channel.is_development_eid(),
        "problem": error.problem.render(gettext) if error else "",
        "remedy": error.remedy.render(gettext) if error and error.remedy else "",
    }
    status = 200 if error is None else 503 if isinstance(error, EidUnreachable) else 400
    return render(request, "identity/login.html", context, status=status)


def _failed(request: HttpRequest, error: LoginFailed, next_path: str, at: datetime) -> HttpResponse:
    note_refused_login(reason=error.reason, at=at)
    return _login_page(request, error, next_path)


def _claims(request: HttpRequest, kept: dict[str, Any] | None, at: datetime) -> Any:
    if kept is None:
        raise LoginUnknown
    if "error" in request.GET or not request.GET.get("code"):
        raise LoginCancelled
    started = oidc.StartedLogin(**kept["login"])
    with back_channel.open_line() as line:
        provider = oidc.discover(line, back_channel.issuer())
        return oidc.exchange(line, provider, _client(), started, code=request.GET["code"], at=at)


def _client() -> oidc.Client:
    return oidc.Client(back_channel.issuer(), settings.EID_CLIENT_ID, settings.EID_CLIENT_SECRET)


def _wanted_level(request: HttpRequest) -> AssuranceLevel:
    return level_from_word(request.GET.get(LEVEL))


def _next_path(request: HttpRequest) -> str:
    return safe_path(request.GET.get(NEXT), default="")


def _keep_started(request: HttpRequest, started: oidc.StartedLogin, at: datetime) -> None:
    others = list(request.session.get(STARTED, {}).items())[1 - STARTED_AT_ONCE :]
    this = {"login": asdict(started), "next": _next_path(request), "at": at.isoformat()}
    request.session[STARTED] = {**dict(others), started.state: this}


def _take_started(request: HttpRequest, state: str, at: datetime) -> dict[str, Any] | None:
    """Return and forget the started login with `state`, unless it was too long ago."""
    all_started = dict(request.session.get(STARTED, {}))
    kept: dict[str, Any] | None = all_started.pop(state, None)
    if kept is None:
        return None
    request.session[STARTED] = all_started
    return kept if at - datetime.fromisoformat(kept["at"]) <= STARTED_LIFETIME else None
