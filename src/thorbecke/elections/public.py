"""The door of the elections room: what is published, search, and what the log asks about a recorded result."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from thorbecke.kernel.outcome import Disclosed

from . import models, queries
from .domain.published import ElectionResult, Hit, ListedElection

__all__ = [
    "ElectionResult",
    "Hit",
    "ListedElection",
    "disclose",
    "get_result",
    "list_elections",
    "list_page_urls",
    "search_elections",
]


def list_elections(*, limit: int | None = None) -> list[ListedElection]:
    """List the elections whose result is published, the latest day first."""
    return queries.list_elections(published=True, limit=limit)


def get_result(*, election_id: str, revision: int | None = None) -> ElectionResult:
    """Return the published result of an election: the latest, or that of a revision. Raises NotFound."""
    return queries.get_result(election_id=election_id, revision=revision)


def search_elections(*, text: str, limit: int) -> list[Hit]:
    """Find published elections, lists and candidates whose name holds every word of `text`: at most `limit` hits.

    Paths and texts are in the active language. Blank text finds nothing.
    """
    if not text.strip():
        return []
    hits = [_election_hit(each) for each in queries.find_elections(text=text, limit=limit)]
    hits += [_list_hit(row) for row in queries.find_lists(text=text, limit=limit - len(hits))]
    hits += [_candidate_hit(row) for row in queries.find_candidates(text=text, limit=limit - len(hits))]
    return hits


def disclose(*, index: int) -> Disclosed | None:
    """Give inputs, result and explanation of the result at a log index, built from the rows counted; None elsewhere."""
    return queries.find_disclosed(index)


def list_page_urls(*, indexes: Sequence[int]) -> dict[int, str]:
    """List the paths of the pages that show the results at these log indexes, in the active language."""
    found = queries.list_revisions_at(indexes)
    return {index: reverse("elections:revision", args=revision) for index, revision in found.items()}


def _election_hit(each: ListedElection) -> Hit:
    seats = ngettext("%(seats)s seat", "%(seats)s seats", each.seats) % {"seats": each.seats}
    return Hit("election", each.name, reverse("elections:result", args=[each.id]), f"{each.authority}, {seats}")


def _list_hit(row: models.CandidateList) -> Hit:
    election = row.revision.election
    title = f"{gettext('List')} {row.number}: {row.name}"
    return Hit("list", title, reverse("elections:list", args=[election.eml_id, row.number]), row.revision.name)


def _candidate_hit(row: models.Candidate) -> Hit:
    election = row.list.revision.election
    path = reverse("elections:list", args=[election.eml_id, row.list.number])
    name = queries.candidate_of(row).display_name
    return Hit("candidate", name, f"{path}#kandidaat-{row.position}", f"{row.list.name}, {row.list.revision.name}")
