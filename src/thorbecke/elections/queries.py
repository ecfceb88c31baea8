"""Reads of the elections room; all but the files come back as frozen values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from django.db.models import Max, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from thorbecke.kernel.errors import NotFound
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.kernel.outcome import Computation, Disclosed

from . import models
from .domain.count import (
    Admission,
    Candidate,
    CandidateList,
    Difference,
    Election,
    StationCount,
    VoteGroup,
    total_of,
)
from .domain.districts import CountedDistrict, adds_up
from .domain.inputs import WHOLE_COUNT
from .domain.list_totals import NamedTotal, PublishedTotals
from .domain.published import (
    CountedElection,
    ElectionResult,
    ListedElection,
    Progress,
    RecordedDraw,
    StoredFile,
    TotalledElection,
)


def list_elections(*, published: bool, limit: int | None = None) -> list[ListedElection]:
    """List elections, the latest day first, by their latest published revision or (for officials) latest revision."""
    rows = _to_list(models.Revision.objects.filter(id__in=_latest_ids(published=published)))
    return [_listed(row) for row in rows.order_by("-date", "name")[:limit]]


def get_result(*, election_id: str, revision: int | None = None, published: bool = True) -> ElectionResult:
    """Return the result of a revision, or of the latest one; only published ones unless told. Raises NotFound."""
    return _result(_get_revision(_shown(published=published), election_id, revision))


def get_counted_election(*, election_id: str, revision: int | None = None, published: bool = True) -> CountedElection:
    """Return all that was counted in the revision whose result `get_result` returns. Raises NotFound."""
    return get_counted(_get_revision(_shown(published=published), election_id, revision))


def get_list_totals(*, election_id: str, revision: int | None = None) -> PublishedTotals:
    """Return votes and seats per list of a published revision, or of the latest one. Raises NotFound."""
    rows = models.Revision.objects.filter(computed__ledger_index__isnull=False).defer("computed__explanation")
    row = _get_revision(rows, election_id, revision)
    index: int = row.computed.ledger_index  # type: ignore[assignment]  # the filter leaves those with an index
    seats = dict(row.computed.result["seats"])
    lists = list(row.lists.prefetch_related("districts"))
    nameless = models.Candidate.objects.filter(list__revision=row, list__name="").order_by("-position")
    leaders = {each.list_id: candidate_of(each).display_name for each in nameless}
    return PublishedTotals(
        election_id=row.election.eml_id,
        name=row.name,
        authority=row.authority,
        date=row.date,
        seats=row.seats,
        index=index,
        lists=tuple(
            NamedTotal(each.number, each.name or leaders[each.pk], _votes_of(each), seats[each.number])
            for each in lists
        ),
    )


def _votes_of(row: models.CandidateList) -> int:
    return sum(sum(there.votes) for there in row.districts.all())


def find_latest_revision(*, election_id: str) -> models.Revision | None:
    """Find the latest revision of an election, published or not, with its result."""
    rows = models.Revision.objects.filter(election__eml_id=election_id).select_related("election", "computed")
    return rows.order_by("number").last()


def get_counted(revision: models.Revision) -> CountedElection:
    """Return what was counted in a revision, rebuilt from its rows (nine queries)."""
    totalled = _totalled(revision)
    members = {member.name: getattr(totalled, member.name) for member in fields(totalled)}
    return CountedElection(**members, stations=tuple(_stations(revision.stations.select_related("district"))))


def list_stations(result: ElectionResult, *, district: int) -> list[tuple[int, StationCount]]:
    """List the stations of one district in a result with their place, which their address uses."""
    rows = _station_rows(result).filter(district__number=district)
    return [(row.ordinal, each) for row, each in zip(rows, _stations(rows), strict=True)]


def find_station(result: ElectionResult, *, ordinal: int) -> StationCount | None:
    """Find the station of a result by its place."""
    return next(iter(_stations(_station_rows(result).filter(ordinal=ordinal))), None)


def _station_rows(result: ElectionResult) -> QuerySet[models.Station]:
    """The stations of a result, without the one that stands for a count without stations."""
    rows = models.Station.objects.filter(
        revision__election__eml_id=result.counted.election.id, revision__number=result.counted.revision
    )
    return rows.exclude(eml_id=WHOLE_COUNT).select_related("district")


def get_file(*, election_id: str, revision: int, ordinal: int) -> tuple[str, bytes]:
    """Return form and bytes of a file of a published revision, as received. Raises NotFound."""
    row = models.ReceivedFile.objects.filter(
        revision__election__eml_id=election_id,
        revision__number=revision,
        revision__computed__state=models.ResultState.PUBLISHED,
        ordinal=ordinal,
    ).first()
    if row is None:
        raise NotFound(Message(gettext_noop("There is no such file with this election.")))
    return row.form, bytes(row.content)


def find_disclosed(index: int) -> Disclosed | None:
    """Find inputs, result and explanation of the outcome at a log index; the inputs rebuilt from the rows counted.

    Where the totals that pages show are not those of the rows counted, someone changed either: both are disclosed,
    which cannot be what was recorded.
    """
    row = _revision_at(index)
    if row is None:
        return None
    counted = get_counted(row)
    inputs = counted.inputs
    if not adds_up(counted.districts, counted.stations):
        shown = {
            str(each.number): {str(number): votes for number, votes in each.total.votes.items()}
            for each in counted.districts
        }
        inputs = {**inputs, "shown_totals": shown}
    return Disclosed(inputs, row.computed.result, row.computed.explanation)


def list_revisions_at(indexes: Sequence[int]) -> dict[int, tuple[str, int]]:
    """List election id and revision number of the outcomes at these log indexes, by index."""
    rows = models.Result.objects.filter(ledger_index__in=indexes)
    found = rows.values_list("ledger_index", "revision__election__eml_id", "revision__number")
    return {index: (election_id, number) for index, election_id, number in found if index is not None}


def find_pending(*, token: str, received_by: str) -> models.PendingImport | None:
    """Find the unconfirmed import with this token, if this actor made it."""
    return models.PendingImport.objects.filter(token=token, received_by=received_by).first()


def find_elections(*, text: str, limit: int) -> list[ListedElection]:
    """Find published elections whose name, authority or identifier holds every word of `text`."""
    rows = _to_list(models.Revision.objects.filter(id__in=_latest_ids(published=True)))
    for word in text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(authority__icontains=word) | Q(election__eml_id__icontains=word))
    return [_listed(row) for row in rows.order_by("-date")[:limit]]


def find_lists(*, text: str, limit: int) -> list[models.CandidateList]:
    """Find lists of published elections whose name holds every word of `text`."""
    rows = models.CandidateList.objects.filter(revision__in=_latest_ids(published=True))
    for word in text.split():
        rows = rows.filter(name__icontains=word)
    return list(rows.select_related("revision__election").order_by("-revision__date", "number")[:limit])


def find_candidates(*, text: str, limit: int) -> list[models.Candidate]:
    """Find candidates of published elections whose name holds every word of `text`."""
    rows = models.Candidate.objects.filter(list__revision__in=_latest_ids(published=True))
    for word in text.split():
        rows = rows.filter(
            Q(last_name__icontains=word)
            | Q(first_name__icontains=word)
            | Q(initials__icontains=word)
            | Q(prefix__iexact=word)
        )
    related = rows.select_related("list__revision__election")
    return list(related.order_by("-list__revision__date", "list__number", "position")[:limit])


def _shown(*, published: bool) -> QuerySet[models.Revision]:
    rows = models.Revision.objects.all()
    return rows.filter(computed__state=models.ResultState.PUBLISHED) if published else rows


def _get_revision(rows: QuerySet[models.Revision], election_id: str, revision: int | None) -> models.Revision:
    """Return the revision with this number, or the latest, of those among `rows`. Raises NotFound."""
    rows = rows.filter(election__eml_id=election_id).select_related("election", "computed")
    if revision is not None:
        rows = rows.filter(number=revision)
    row = rows.order_by("number").last()
    if row is None:
        raise NotFound(
            Message(gettext_noop("There is no published election called %(id)s here."), {"id": election_id[:100]}),
            Message(gettext_noop("Look it up in the list of elections.")),
        )
    return row


def _to_list(rows: QuerySet[models.Revision]) -> QuerySet[models.Revision]:
    """Join what a list shows, without the result and explanation, which may be long."""
    rows = rows.select_related("election", "computed")
    return rows.defer("computed__result", "computed__explanation")


def _latest_ids(*, published: bool) -> Subquery:
    """The keys of the latest (published) revision of every election."""
    rows = models.Revision.objects.order_by()
    rows = rows.filter(computed__state=models.ResultState.PUBLISHED) if published else rows
    return Subquery(rows.values("election").annotate(latest=Max("id")).values("latest"))


def _revision_at(index: int) -> models.Revision | None:
    rows = models.Revision.objects.filter(computed__ledger_index=index)
    return rows.select_related("election", "computed").first()


def _listed(row: models.Revision) -> ListedElection:
    return ListedElection(
        id=row.election.eml_id,
        name=row.name,
        authority=row.authority,
        date=row.date,
        seats=row.seats,
        revision=row.number,
        progress=Progress(row.computed.state),
        published_at=row.computed.published_at,
        ledger_index=row.computed.ledger_index,
    )


def _result(row: models.Revision) -> ElectionResult:
    published = dict(
        models.Result.objects.filter(revision__election=row.election_id, ledger_index__isnull=False).values_list(
            "revision__number", "ledger_index"
        )
    )
    return ElectionResult(
        counted=_totalled(row),
        progress=Progress(row.computed.state),
        computation=Computation(row.computed.result, row.computed.explanation),
        ledger_index=row.computed.ledger_index,
        published_at=row.computed.published_at,
        replaces=published.get(row.number - 1),
        replaced_by=published.get(row.number + 1),
    )


def _election(row: models.Revision) -> Election:
    return Election(
        id=row.election.eml_id,
        category=row.category,
        name=row.name,
        date=row.date,
        authority=row.authority,
        seats=row.seats,
    )


def _totalled(revision: models.Revision) -> TotalledElection:
    """Return a revision with its totals (seven queries)."""
    rows = list(revision.lists.prefetch_related("candidates"))
    lists = {row.pk: _candidate_list(row) for row in rows}
    return TotalledElection(
        revision=revision.number,
        election=_election(revision),
        lists=tuple(lists.values()),
        districts=_districts(revision, lists),
        files=tuple(StoredFile(*row) for row in revision.files.values_list("form", "name", "sha256", "size")),
        draws=tuple(_draw(row) for row in revision.draws.filter(withdrawn_at=None)),
        deceased=_deceased(rows),
        left_out=tuple(revision.left_out),
    )


def _candidate_list(row: models.CandidateList) -> CandidateList:
    return CandidateList(row.number, row.name, tuple(candidate_of(each) for each in row.candidates.all()))


def _districts(revision: models.Revision, lists: Mapping[int, CandidateList]) -> tuple[CountedDistrict, ...]:
    """Return the districts of a revision; `lists` are its lists by their key."""
    people = {key: {candidate.position: candidate for candidate in each.candidates} for key, each in lists.items()}
    turnout: dict[int, list[VoteGroup]] = defaultdict(list)
    for station in revision.stations.all():
        turnout[station.district_id].append(_group(station, {}))
    return tuple(
        _district(row, lists, people, total_of(turnout[row.pk], ()))
        for row in revision.districts.prefetch_related("lists")
    )


def _district(
    row: models.District,
    groups: Mapping[int, CandidateList],
    people: Mapping[int, Mapping[int, Candidate]],
    turnout: VoteGroup,
) -> CountedDistrict:
    lists, votes = [], {}
    for each in sorted(row.lists.all(), key=lambda one: groups[one.list_id].number):
        group, stand = groups[each.list_id], people[each.list_id]
        known = [(stand[at], count) for at, count in zip(each.candidates, each.votes, strict=True) if at in stand]
        lists.append(CandidateList(group.number, group.name, tuple(candidate for candidate, _ in known)))
        votes[group.number] = tuple(count for _, count in known)
    list_totals = {number: sum(counts) for number, counts in votes.items()}
    total = replace(
        turnout,
        votes=votes,
        list_totals=list_totals,
        valid=sum(list_totals.values()),
        blank=row.blank,
        invalid=row.invalid,
        eligible=row.eligible,
    )
    return CountedDistrict(row.number, row.name, tuple(lists), total)


def _deceased(rows: Sequence[models.CandidateList]) -> Mapping[int, tuple[int, ...]]:
    found = {row.number: tuple(each.position for each in row.candidates.all() if each.deceased) for row in rows}
    return {number: positions for number, positions in found.items() if positions}


def candidate_of(row: models.Candidate) -> Candidate:
    """Return a candidate as the rules know one."""
    return Candidate(
        position=row.position,
        last_name=row.last_name,
        prefix=row.prefix,
        initials=row.initials,
        first_name=row.first_name,
        locality=row.locality,
    )


def _stations(rows: QuerySet[models.Station]) -> list[StationCount]:
    """Return stations with their votes (two queries)."""
    votes: dict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)
    counts = models.ListCount.objects.filter(station__in=rows.order_by().values("pk"))
    # One parse of all arrays together takes a fifth of the time of one for each of them.
    texts = counts.annotate(text=Cast("votes", TextField())).order_by("list__number")
    found = list(texts.values_list("station_id", "list__number", "text"))
    arrays = json.loads(f"[{','.join(text for _, _, text in found)}]")
    for (station, number, _), array in zip(found, arrays, strict=True):
        votes[station][number] = tuple(array)
    return [_station(row, votes[row.pk]) for row in rows]


def _station(row: models.Station, votes: Mapping[int, tuple[int, ...]]) -> StationCount:
    return StationCount(
        row.eml_id, row.name, _group(row, votes), tuple(row.investigations), district=row.district.number
    )


def _group(row: models.Station, votes: Mapping[int, tuple[int, ...]]) -> VoteGroup:
    list_totals = {number: sum(each) for number, each in votes.items()}
    return VoteGroup(
        votes=votes,
        list_totals=list_totals,
        valid=sum(list_totals.values()),
        blank=row.blank,
        invalid=row.invalid,
        eligible=row.eligible,
        admission=_admission(row),
        difference=Difference(row.more_counted, row.fewer_counted, row.explanations),
    )


def _admission(row: models.Station) -> Admission | None:
    if row.admitted is None:
        return None
    return Admission(row.polling_cards or 0, row.proxies or 0, row.voter_passes or 0, row.admitted)


def _draw(row: models.Draw) -> RecordedDraw:
    return RecordedDraw(
        question=row.question,
        chosen=tuple(row.chosen),
        drawn_by=row.drawn_by,
        witnesses=row.witnesses,
        drawn_at=row.drawn_at,
    )
