"""Pages for everyone: the elections, a result, its lists, its polling stations and its files."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from thorbecke.elections import queries
from thorbecke.elections.domain.published import ElectionResult
from thorbecke.identity.public import current_actor
from thorbecke.kernel.access import open_to_anyone
from thorbecke.kernel.errors import NotFound
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.ledger.public import get_receipt

from .downloads import as_download, seats_csv, votes_csv
from .looks_page import looks_context
from .result_page import explain_list, pages_address, result_context


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
    context = result_context(found, pages_address(election_id, revision))
    return render(request, "elections/result.html", context | _receipt_context(request, found))


@open_to_anyone
@require_safe
def candidate_list(request: HttpRequest, election_id: str, number: int, revision: int | None = None) -> HttpResponse:
    """Show the candidates of a list with their votes in every polling station, and who of them is elected."""
    found = queries.get_result(election_id=election_id, revision=revision)
    context = result_context(found, pages_address(election_id, revision))
    outcome = next((each for each in context["overview"].lists if each.list.number == number), None)
    if outcome is None:
        raise NotFound(Message(gettext_noop("There is no list %(number)s in this election."), {"number": number}))
    elected = {each.candidate.position: each for each in context["overview"].elected if each.list.number == number}
    votes = found.counted.count.total.votes[number]
    rows = [
        (candidate, votes[index], elected.get(candidate.position))
        for index, candidate in enumerate(outcome.list.candidates)
    ]
    steps = explain_list(found.counted, found.computation, number)
    per_station = [(row, row.station.group.list_totals[number]) for row in context["stations"]]
    own = {"outcome": outcome, "rows": rows, "steps": steps, "station_votes": per_station}
    return render(request, "elections/list.html", context | own)


@open_to_anyone
@require_safe
def station(request: HttpRequest, election_id: str, ordinal: int, revision: int | None = None) -> HttpResponse:
    """Show what one polling station counted."""
    found = queries.get_result(election_id=election_id, revision=revision)
    return station_page(request, found, ordinal, pages_address(election_id, revision))


def station_page(request: HttpRequest, found: ElectionResult, ordinal: int, base: str) -> HttpResponse:
    """Show what one polling station counted in a result, published or not, whose page is at `base`."""
    stations = found.counted.count.stations
    if not 1 <= ordinal <= len(stations):
        raise NotFound(Message(gettext_noop("There is no such polling station in this election.")))
    one = stations[ordinal - 1]
    lists = [
        (each, one.group.list_totals[each.number], zip(each.candidates, one.group.votes[each.number], strict=True))
        for each in found.counted.lists
    ]
    context = {
        "election": found.counted.election,
        "base": base,
        "station": one,
        "group": one.group,
        "lists": lists,
    }
    return render(request, "elections/station.html", context)


@open_to_anyone
@require_safe
def checks(request: HttpRequest, election_id: str, revision: int | None = None) -> HttpResponse:
    """Show what the checks found in a published count, and how much hangs on it."""
    found = queries.get_result(election_id=election_id, revision=revision)
    context = {"election": found.counted.election}
    looks = looks_context(found.counted, pages_address(election_id, revision))
    return render(request, "elections/checks.html", context | looks)


@open_to_anyone
@require_safe
def file(request: HttpRequest, election_id: str, revision: int, form: str) -> HttpResponse:
    """Give a file with the very bytes that were received."""
    _, content = queries.get_file(election_id=election_id, revision=revision, form=form)
    return as_download(f"{election_id}-{form}.eml.xml", content, "application/xml")


@open_to_anyone
@require_safe
def votes(request: HttpRequest, election_id: str, revision: int | None = None) -> HttpResponse:
    """Give the votes per candidate and polling station as CSV."""
    return votes_csv(queries.get_result(election_id=election_id, revision=revision))


@open_to_anyone
@require_safe
def seats(request: HttpRequest, election_id: str, revision: int | None = None) -> HttpResponse:
    """Give votes and seats per list as CSV."""
    return seats_csv(queries.get_result(election_id=election_id, revision=revision))


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
