"""The pages for people: what the log proves, the latest outcomes, and one outcome with its proof."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from thorbecke.kernel.access import open_to_anyone
from thorbecke.ledger import queries

from .responses import for_reading

PAGE_LENGTH = 20
LARGEST_INDEX = 2**63 - 1


@open_to_anyone
@for_reading
def check_us(request: HttpRequest) -> HttpResponse:
    """Explain what the log proves and what not, and list the latest outcomes; `?before=` gives earlier ones."""
    before = _before(request)
    found = queries.list_latest(limit=PAGE_LENGTH + 1, before=before)
    outcomes = found[:PAGE_LENGTH]
    context = {
        "head": queries.get_head(),
        "outcomes": outcomes,
        "earlier": outcomes[-1].index if len(found) > PAGE_LENGTH else None,
        "is_first_page": before is None,
        "command": f"thorbecke verify {settings.SITE_URL}",
        "origin": settings.LOG_ORIGIN,
    }
    return render(request, "ledger/check_us.html", context)


@open_to_anyone
@for_reading
def outcome(request: HttpRequest, index: int) -> HttpResponse:
    """Show one outcome: what it is, its rule, receipt and downloads, and what it replaces."""
    receipt = queries.get_receipt(index=index)
    logged = queries.find_outcome(index=index)
    if logged is None:
        raise Http404
    context = {
        "outcome": logged,
        "receipt": receipt,
        "command": f"thorbecke verify {settings.SITE_URL}/log/outcomes/{index}/bundle.json",
        "entry_text": json.dumps(receipt.entry, ensure_ascii=False, indent=2),
    }
    return render(request, "ledger/outcome.html", context)


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before")
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or int(text) > LARGEST_INDEX:
        raise Http404(gettext("There is no such page of outcomes."))
    return int(text)
