"""The front page, search, and what the site says about itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thorbecke.elections.public import list_elections
from thorbecke.home.doors import list_doors
from thorbecke.home.queries import search_everything
from thorbecke.kernel.access import open_to_anyone
from thorbecke.ledger.public import list_latest

SEARCH_TEXT_MAX = 100
LATEST_RESULTS, LATEST_OUTCOMES = 3, 5


@open_to_anyone
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """Show the doors that a person looks for, and what happened latest."""
    context = {
        "doors": list_doors(),
        "results": list_elections(limit=LATEST_RESULTS),
        "outcomes": list_latest(limit=LATEST_OUTCOMES),
    }
    return render(request, "home/front_page.html", context)


@open_to_anyone
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what every room finds for the text in `q`, grouped by room."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:SEARCH_TEXT_MAX]
    groups = search_everything(text=text) if text else []
    return render(request, "home/search.html", {"text": text, "groups": groups, "text_max": SEARCH_TEXT_MAX})


@open_to_anyone
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how accessible the site is, and whom to tell when it is not."""
    return render(request, "home/accessibility.html", {"contact": settings.CONTACT})


@open_to_anyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show which cookies and personal data the site uses."""
    context = {"contact": settings.CONTACT, "session_minutes": settings.SESSION_MINUTES}
    return render(request, "home/privacy.html", context)
