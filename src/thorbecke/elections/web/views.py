"""Pages for everyone: the elections, a result, its lists, its polling stations and its files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from thorbecke.elections import queries
from thorbecke.elections.adapters.eml_reader import FORMS
from thorbecke.elections.domain.districts import ONLY_DISTRICT
from thorbecke.elections.domain.published import ElectionResult
from thorbecke.identity.public import current_actor
from thorbecke.kernel.access import open_to_anyone
from thorbecke.kernel.errors import NotFound
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.ledger.public import get_receipt

from .downloads import as_download, seats_csv, votes_csv
from .looks_page import looks_context
from .result_page import (
    StationRow,
    explain_list,
    lists_of_party,
    pages_address,
    result_context,
    several_districts,
)


@open_to_anyone
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the published elections, and for officials those in progress."""
    may_import = current_actor().may("elections.import")
    listed = queries.list_elections(published=True)
    drafts = (
        [each for each in queries.list_elections(published=False) if each.published_at is None] if may_import else []
    )
    return render(
        request, "elections/elections.html", {"elections": listed, "drafts": drafts, "may_import": may_import}
    )


@open_to_anyone
@require_safe
def result(request: HttpRequest, election_id: str, revision: int | None = None) -> HttpResponse:
    """Show a published result: seats, elected candidates, every step, turnout, files and receipt."""
    found = queries.get_result(election_id=election_id, revision=revision)
    context = _context(found, revision)
    return render(request, "elections/result.html", context | _receipt_context(request, found))


@open_to_anyone
@require_safe
def district(request: HttpRequest, election_id: str, number: int, revision: int | None = None) -> HttpResponse:
    """Show what one electoral district counted: votes per list, and its polling stations or municipalities."""
    found = queries.get_result(election_id=election_id, revision=revision)
    one = next((each for each in several_districts(found.counted) if each.number == number), None)
    if one is None:
        raise NotFound(Message(gettext_noop("There is no district %(number)s in this election."), {"number": number}))
    context = {
        "election": found.counted.election,
        "base": pages_address(election_id, revision),
        "district": one,
        "group": one.total,
        "lists": [(each, one.total.list_totals[each.number]) for each in one.lists],
        "stations": [StationRow(*each) for each in queries.list_stations(found, district=number)],
    }
    return render(request, "elections/district.html", context)


@open_to_anyone
@require_safe
def candidate_list(request: HttpRequest, election_id: str, number: int, revision: int | None = None) -> HttpResponse:
    """Show the candidates of a list, who of them is elected, and its votes per polling station or district."""
    found = queries.get_result(election_id=election_id, revision=revision)
    context = _context(found, revision)
    outcome = next((each for each in context["overview"].lists if each.list.number == number), None)
    if outcome is None:
        raise NotFound(Message(gettext_noop("There is no list %(number)s in this election."), {"number": number}))
    elected = {each.candidate.position: each for each in context["overview"].elected if each.list.number == number}
    votes = context["total"].votes[number]
    rows = [
        (candidate, votes[index], elected.get(candidate.position))
        for index, candidate in enumerate(outcome.list.candidates)
    ]
    steps = explain_list(found.counted, found.computation, number)
    own = {
        "outcome": outcome,
        "rows": rows,
        "steps": steps,
        "party_lists": lists_of_party(found.counted, found.computation, number),
        "station_votes": [(row, row.station.group.list_totals[number]) for row in context["stations"]],
        "district_votes": [(each, each.total.list_totals.get(number)) for each in context["districts"]],
    }
    return render(request, "elections/list.html", context | own)


@open_to_anyone
@require_safe
def station(request: HttpRequest, election_id: str, ordinal: int, revision: int | None = None) -> HttpResponse:
    """Show what one polling station counted."""
    found = queries.get_result(election_id=election_id, revision=revision)
    return station_page(request, found, ordinal, pages_address(election_id, revision))


def station_page(request: HttpRequest, found: ElectionResult, ordinal: int, base: str) -> HttpResponse:
    """Show what one polling station counted in a result, published or not, whose page is at `base`."""
    one = queries.find_station(found, ordinal=ordinal)
    if one is None:
        raise NotFound(Message(gettext_noop("There is no such polling station in this election.")))
    within = next(each for each in found.counted.districts if each.number == one.district)
    lists = [
        (each, one.group.list_totals[each.number], zip(each.candidates, one.group.votes[each.number], strict=True))
        for each in within.lists
    ]
    context = {
        "election": found.counted.election,
        "base": base,
        "station": one,
        "district": within if several_districts(found.counted) else None,
        "district_url": f"{base}kieskring/{within.number}/",
        "group": one.group,
        "lists": lists,
    }
    return render(request, "elections/station.html", context)


@open_to_anyone
@require_safe
def checks(request: HttpRequest, election_id: str, revision: int | None = None) -> HttpResponse:
    """Show what the checks found in a published count, and how much hangs on it."""
    counted = queries.get_counted_election(election_id=election_id, revision=revision)
    context = {"election": counted.election}
    looks = looks_context(counted, pages_address(election_id, revision))
    return render(request, "elections/checks.html", context | looks)


@open_to_anyone
@require_safe
def file(request: HttpRequest, election_id: str, revision: int, ordinal: int) -> HttpResponse:
    """Give a file with the very bytes that were received."""
    form, content = queries.get_file(election_id=election_id, revision=revision, ordinal=ordinal)
    if form in FORMS:
        return as_download(f"{election_id}-{ordinal}-{form}.eml.xml", content, "application/xml")
    if content.startswith(b"{"):
        return as_download(f"{election_id}-{ordinal}.json", content, "application/json")
    return as_download(f"{election_id}-{ordinal}.csv", content, "text/csv")


@open_to_anyone
@require_safe
def votes(request: HttpRequest, election_id: str, revision: int | None = None) -> HttpResponse:
    """Give the votes per candidate and polling station as CSV."""
    return votes_csv(queries.get_counted_election(election_id=election_id, revision=revision))


@open_to_anyone
@require_safe
def seats(request: HttpRequest, election_id: str, revision: int | None = None) -> HttpResponse:
    """Give votes and seats per list as CSV."""
    return seats_csv(queries.get_result(election_id=election_id, revision=revision))


def _context(found: ElectionResult, revision: int | None) -> dict[str, Any]:
    """What the pages of a result share; with several districts the stations are on the pages of these."""
    stations = [] if several_districts(found.counted) else queries.list_stations(found, district=ONLY_DISTRICT)
    return result_context(found, pages_address(found.counted.election.id, revision), stations)


def _receipt_context(request: HttpRequest, found: ElectionResult) -> dict[str, object]:
    """A published result always has an index in the log."""
    if found.ledger_index is None:
        return {}
    index = found.ledger_index
    bundle = reverse("log:bundle", args=[index])
    return {
        "receipt": get_receipt(index=index),
        "outcome_url": reverse("ledger:outcome", args=[index]),
        "bundle_url": bundle,
        "verify_address": f"{settings.SITE_URL}{bundle}",
        "replaces": found.replaces,
        "replaced_by": found.replaced_by,
    }
