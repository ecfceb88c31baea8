"""Officials: log in with a password and a code or with a passkey, set up a login, and see it."""

from __future__ import annotations

from datetime import timedelta

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from thorbecke.identity.adapters.back_channel import is_development_eid
from thorbecke.identity.current import current_actor
from thorbecke.identity.domain import demo
from thorbecke.identity.domain.officials import MANAGE, CodeWrong, OfficialRefused, SetupLinkSpent
from thorbecke.identity.domain.totp import enrolment_address, new_secret
from thorbecke.identity.models import Official
from thorbecke.identity.operations.means import log_in_with_password, set_up_official
from thorbecke.identity.operations.throttling import attempt
from thorbecke.identity.queries import find_official_to_set_up, get_official_of, list_demo_codes, list_passkeys
from thorbecke.kernel.access import AssuranceLevel, for_officials, open_to_anyone

from . import session
from .client_address import network_of
from .known_device import origin_of, remember_device
from .level_names import level_name, role_name
from .official_forms import NewPasskeyForm, OfficialLoginForm, SetupForm
from .redirects import NEXT, safe_path

TOTP_SECRET = "setup_totp_secret"  # noqa: S105  # the name under which the session keeps it


@open_to_anyone
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def official_login(request: HttpRequest) -> HttpResponse:
    """Log an official in with user name, password and code."""
    form = OfficialLoginForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show_official_login(request, form)
    at = timezone.now()
    given = form.cleaned_data
    try:
        official = log_in_with_password(**given, origin=origin_of(request, given["username"]), at=at)
    except OfficialRefused as error:
        form.add_error(None, f"{error.problem.render(gettext)} {error.remedy.render(gettext) if error.remedy else ''}")
        return show_official_login(request, form)
    return welcome(request, official, AssuranceLevel.SUBSTANTIAL)


def show_official_login(request: HttpRequest, form: OfficialLoginForm, status: int = 200) -> HttpResponse:
    """Show the ways in which an official logs in; on a practice site also the officials to practise with."""
    is_practice = is_development_eid() and not settings.PRODUCTION
    context = {
        "form": form,
        "next": next_path(request, default=""),
        "demo_codes": list_demo_codes(at=timezone.now()) if is_practice else [],
        "demo_password": demo.PASSWORD,
    }
    return render(request, "identity/official_login.html", context, status=status)


def next_path(request: HttpRequest, *, default: str) -> str:
    """Return where the official goes after the login: a path of this site."""
    return safe_path(request.POST.get(NEXT) or request.GET.get(NEXT), default=default)


def welcome(request: HttpRequest, official: Official, level: AssuranceLevel) -> HttpResponse:
    """Begin the login of `official`, remember this device, and go on."""
    target = next_path(request, default=reverse("identity:official-account"))
    session.begin_official(request, official, level, timezone.now())
    response = HttpResponseRedirect(target)
    remember_device(request, response, official)
    return response


@open_to_anyone
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def official_setup(request: HttpRequest, token: str) -> HttpResponse:
    """Let a new official, or one whose login was reset, choose a password and add an authenticator app."""
    at = timezone.now()
    if request.method == "POST":
        attempt(scope="official.setup", key=network_of(request), limit=20, period=timedelta(minutes=10), at=at)
    official = find_official_to_set_up(token=token, at=at)
    if official is None:
        return _setup_spent(request)
    secret = request.session.setdefault(TOTP_SECRET, new_secret())
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password, code = form.cleaned_data["password"], form.cleaned_data["code"]
        try:
            official = set_up_official(token=token, password=password, totp_secret=secret, code=code, at=at)
        except CodeWrong as error:
            form.add_error("code", error.problem.render(gettext))
        except SetupLinkSpent:
            return _setup_spent(request)
        else:
            messages.success(request, gettext("Your login is ready, and you are logged in."))
            return welcome(request, official, AssuranceLevel.SUBSTANTIAL)
    return _setup_page(request, official, form, secret)


@for_officials()
@never_cache
@require_GET
def official_account(request: HttpRequest) -> HttpResponse:
    """Show an official their roles, how surely they are logged in, and their passkeys."""
    actor = current_actor()
    official = get_official_of(actor=actor)
    context = {
        "official": official,
        "level": level_name(actor.level),
        "roles": [role_name(role) for role in official.roles],
        "may_manage": actor.may(MANAGE),
        "passkeys": list_passkeys(official_id=official.pk),
        "form": NewPasskeyForm(),
        "minutes": settings.SESSION_MINUTES,
    }
    return render(request, "identity/official_account.html", context)


def _setup_page(request: HttpRequest, official: Official, form: SetupForm, secret: str) -> HttpResponse:
    address = enrolment_address(secret=secret, account=official.username, issuer=settings.AUTHORITY)
    context = {
        "official": official,
        "form": form,
        "picture": segno.make(address, micro=False).svg_data_uri(scale=5, border=4, light="#fff"),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }
    return render(request, "identity/official_setup.html", context)


def _setup_spent(request: HttpRequest) -> HttpResponse:
    error = SetupLinkSpent()
    context = {"problem": error.problem.render(gettext), "remedy": error.remedy.render(gettext) if error.remedy else ""}
    return render(request, "403.html", context, status=403)
