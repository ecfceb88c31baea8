"""Administrators: see officials, create them, give roles, stop and resume them, reset their login."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thorbecke.identity.current import current_actor
from thorbecke.identity.domain.officials import MANAGE, LastAdministrator, UsernameUnusable
from thorbecke.identity.models import Official
from thorbecke.identity.operations import officials as operations
from thorbecke.identity.queries import get_official, list_events_about, list_officials
from thorbecke.kernel.access import for_officials
from thorbecke.kernel.errors import ThorbeckeError

from .level_names import role_name, verb_name
from .official_forms import NewOfficialForm, RolesForm


@for_officials(MANAGE)
@never_cache
@require_GET
def officials(request: HttpRequest) -> HttpResponse:
    """List the officials."""
    rows = [
        {"official": official, "roles": [role_name(role) for role in official.roles]} for official in list_officials()
    ]
    return render(request, "identity/officials.html", {"rows": rows})


@for_officials(MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def official_new(request: HttpRequest) -> HttpResponse:
    """Create an official and show the link to set up their login."""
    form = NewOfficialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pk, token = operations.create_official(actor=current_actor(), **form.cleaned_data, at=timezone.now())
        except UsernameUnusable as error:
            form.add_error("username", _text(error))
        else:
            return _show_link(request, pk, token)
    return render(request, "identity/official_new.html", {"form": form})


@for_officials(MANAGE)
@never_cache
@require_GET
def official(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an official with what can be changed."""
    row = get_official(pk=pk)
    return _show_official(request, row, RolesForm(initial={"roles": row.roles}))


@for_officials(MANAGE)
@require_POST
def official_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an official other roles."""
    form = RolesForm(request.POST)
    if not form.is_valid():
        return _show_official(request, get_official(pk=pk), form, status=400)
    try:
        operations.set_roles(actor=current_actor(), official_id=pk, roles=form.cleaned_data["roles"], at=timezone.now())
    except LastAdministrator as error:
        messages.error(request, _text(error))
    else:
        messages.success(request, gettext("The roles are changed."))
    return redirect("identity:official", pk=pk)


@for_officials(MANAGE)
@require_POST
def official_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an official."""
    try:
        operations.deactivate_official(actor=current_actor(), official_id=pk, at=timezone.now())
    except LastAdministrator as error:
        messages.error(request, _text(error))
    else:
        messages.success(request, gettext("This official can not log in any more."))
    return redirect("identity:official", pk=pk)


@for_officials(MANAGE)
@require_POST
def official_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an official log in again."""
    operations.activate_official(actor=current_actor(), official_id=pk, at=timezone.now())
    messages.success(request, gettext("This official can log in again."))
    return redirect("identity:official", pk=pk)


@for_officials(MANAGE)
@never_cache
@require_POST
def official_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the official's means of login away and show the link to set up new ones."""
    token = operations.reset_means(actor=current_actor(), official_id=pk, at=timezone.now())
    return _show_link(request, pk, token)


def _show_official(request: HttpRequest, row: Official, form: RolesForm, status: int = 200) -> HttpResponse:
    events = [
        {"at": event.at, "what": verb_name(event.verb), "by": "" if event.actor_id == row.actor_id else event.actor_id}
        for event in list_events_about(official=row)
    ]
    context = {"official": row, "form": form, "events": events}
    return render(request, "identity/official.html", context, status=status)


def _show_link(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("identity:official-setup", args=[token]))
    context = {"official": get_official(pk=pk), "link": link, "days": operations.SETUP_LIFETIME.days}
    return render(request, "identity/official_link.html", context)


def _text(error: ThorbeckeError) -> str:
    parts = [error.problem, error.remedy]
    return " ".join(part.render(gettext) for part in parts if part)
