"""The votes of a published result divided in another way: a page whose address is the question, and a file."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thorbecke.elections import queries
from thorbecke.elections.domain.list_totals import PublishedTotals
from thorbecke.elections.domain.what_if import KIND, compute_what_if
from thorbecke.elections.domain.what_if_inputs import Options, Source
from thorbecke.elections.domain.what_if_rule import WHAT_IF_RULE
from thorbecke.kernel.access import open_to_anyone
from thorbecke.kernel.calculation import Calculation
from thorbecke.ledger.public import find_outcome

from .downloads import as_download
from .result_page import pages_address
from .what_if_form import WhatIfForm, read_forms
from .what_if_page import question_of, what_if_context


@open_to_anyone
@require_safe
def what_if(request: HttpRequest, election_id: str, revision: int | None = None) -> HttpResponse:
    """Show the seats by law beside one or two other ways, with the question as a form."""
    totals = queries.get_list_totals(election_id=election_id, revision=revision)
    return _page(request, totals, read_forms(request.GET, totals), revision)


@open_to_anyone
@require_safe
def calculation(request: HttpRequest, election_id: str, revision: int | None = None) -> HttpResponse:
    """Give the first way that is asked as a file that anyone computes again; a wrong question shows the page."""
    totals = queries.get_list_totals(election_id=election_id, revision=revision)
    forms = read_forms(request.GET, totals)
    asked = forms[0].options if forms[0].is_valid() else None
    if asked is None:
        return _page(request, totals, forms, revision)
    question = question_of(totals, asked, _source(totals))
    made = Calculation(KIND, WHAT_IF_RULE, question.inputs, compute_what_if(question))
    content = json.dumps(made.as_json(), ensure_ascii=False)
    answer = as_download(f"{totals.election_id}-wat-als-{asked.method}.json", content, "application/json")
    return _not_in_search(answer)


def _page(
    request: HttpRequest, totals: PublishedTotals, forms: tuple[WhatIfForm, WhatIfForm], revision: int | None
) -> HttpResponse:
    are_right = [form.is_valid() for form in forms]
    asked: list[Options] = (
        [form.options for form in forms if form.is_valid() and form.options] if all(are_right) else []
    )
    base = pages_address(totals.election_id, revision)
    context = what_if_context(totals, asked, _source(totals)) | {
        "form": forms[0] if forms[0].errors or not forms[1].errors else forms[1],
        "first": forms[0],
        "second": forms[1],
        "base": base,
        "site": settings.SITE_URL,
        "is_second_open": bool(forms[1].errors) or len(asked) > 1,
    }
    answer = render(request, "elections/what_if.html", context, status=200 if all(are_right) else 400)
    return _not_in_search(answer)


def _not_in_search(answer: HttpResponse) -> HttpResponse:
    """Keep an answer out of search engines: every question has its own address, and none of them is a result."""
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _source(totals: PublishedTotals) -> Source:
    outcome = find_outcome(index=totals.index)
    subject = outcome.subject if outcome else ""
    return Source(settings.LOG_ORIGIN, totals.index, subject)
