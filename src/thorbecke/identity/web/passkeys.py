"""Officials: log in with a passkey, add one and remove one. The browser's part is static/identity/passkey.js."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from thorbecke.identity.adapters.passkeys import Question, Site, ask_for_known, ask_for_new
from thorbecke.identity.current import current_actor
from thorbecke.identity.domain.officials import PasskeyRefused
from thorbecke.identity.operations.passkeys import add_passkey, log_in_with_passkey, remove_passkey
from thorbecke.identity.operations.throttling import attempt
from thorbecke.identity.queries import get_official_of, list_passkeys
from thorbecke.kernel.access import AssuranceLevel, for_officials, open_to_anyone

from .client_address import network_of
from .means import show_official_login, welcome
from .official_forms import NewPasskeyForm, OfficialLoginForm

CHALLENGE = "passkey_challenge"


@open_to_anyone
@never_cache
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a passkey of this site."""
    return _ask(request, ask_for_known(_site(request)))


@open_to_anyone
@never_cache
@require_POST
def passkey_login(request: HttpRequest) -> HttpResponse:
    """Log an official in with the passkey that the browser answered with."""
    at = timezone.now()
    attempt(scope="official.passkey", key=network_of(request), limit=60, period=timedelta(minutes=10), at=at)
    try:
        official = log_in_with_passkey(
            site=_site(request),
            credential=request.POST.get("credential", ""),
            challenge=_take_challenge(request),
            at=at,
        )
    except PasskeyRefused as error:
        messages.error(request, error.problem.render(gettext))
        return show_official_login(request, OfficialLoginForm(), status=400)
    return welcome(request, official, AssuranceLevel.HIGH)


@for_officials()
@never_cache
@require_POST
def new_passkey_question(request: HttpRequest) -> HttpResponse:
    """Ask the browser to make a passkey."""
    actor = current_actor()
    official = get_official_of(actor=actor)
    known = [passkey.credential_id for passkey in list_passkeys(official_id=official.pk)]
    question = ask_for_new(
        _site(request), actor_id=actor.id, username=official.username, name=official.name, known=known
    )
    return _ask(request, question)


@for_officials()
@never_cache
@require_POST
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Add the passkey that the browser made."""
    form = NewPasskeyForm(request.POST)
    try:
        add_passkey(
            actor=current_actor(),
            site=_site(request),
            credential=request.POST.get("credential", ""),
            challenge=_take_challenge(request),
            label=form.cleaned_data["label"] if form.is_valid() else gettext("Passkey"),
            at=timezone.now(),
        )
    except PasskeyRefused as error:
        messages.error(request, error.problem.render(gettext))
    else:
        messages.success(request, gettext("The passkey is added. Next time you can log in with it."))
    return redirect("identity:official-account")


@for_officials()
@require_POST
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey of one's own."""
    remove_passkey(actor=current_actor(), passkey_id=pk, at=timezone.now())
    messages.success(request, gettext("The passkey is removed."))
    return redirect("identity:official-account")


def _site(request: HttpRequest) -> Site:
    # Django has checked the Host header against ALLOWED_HOSTS, so it is one of our own names.
    origin = request.build_absolute_uri("/").rstrip("/")
    return Site(host=urlsplit(origin).hostname or "", origin=origin, name=settings.AUTHORITY)


def _ask(request: HttpRequest, question: Question) -> HttpResponse:
    request.session[CHALLENGE] = question.challenge
    return HttpResponse(question.options, content_type="application/json")


def _take_challenge(request: HttpRequest) -> str:
    """Return and forget the challenge that this browser was asked: it counts once. Raises PasskeyRefused."""
    challenge: str | None = request.session.pop(CHALLENGE, None)
    if challenge is None:
        raise PasskeyRefused
    return challenge
