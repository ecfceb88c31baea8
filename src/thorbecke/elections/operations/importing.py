"""Import the files of an election: in one transaction, idempotent, and never over a published result unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from thorbecke.elections import models
from thorbecke.elections.adapters.eml import EmlFile, ReceivedElection, read_election
from thorbecke.elections.domain.correction import difference_of
from thorbecke.elections.domain.count import CandidateList, StationCount
from thorbecke.elections.domain.districts import CountedDistrict
from thorbecke.elections.domain.published import Change, CountedElection, ImportSummary, StoredFile
from thorbecke.elections.domain.recompute import RULE_OF, recompute
from thorbecke.elections.queries import find_latest_revision, get_counted
from thorbecke.identity.public import Actor, AssuranceLevel, require
from thorbecke.kernel.canonical_json import JsonObject, sha256_of
from thorbecke.kernel.errors import ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop
from thorbecke.kernel.outcome import Computation

IMPORT = "elections.import"


class AlreadyPublished(ThorbeckeError):
    """Other files than those of the published result are offered, and not as a correction."""


def preview_import(
    *, actor: Actor, files: Sequence[EmlFile], seats: int | None = None, left_out: Sequence[int] = ()
) -> ImportSummary:
    """Say what importing these files would change, without the districts in `left_out`; writes nothing.

    Needs the permission "elections.import". Raises NotEntitled, and BadInput for a wrong file.
    """
    require(actor=actor, permission=IMPORT, level=AssuranceLevel.SUBSTANTIAL)
    received = read_election(files, seats, left_out)
    return _summarise(received, find_latest_revision(election_id=received.election.id))


def import_election(
    *,
    actor: Actor,
    files: Sequence[EmlFile],
    at: datetime,
    seats: int | None = None,
    correction: bool = False,
    left_out: Sequence[int] = (),
) -> ImportSummary:
    """Import the files of one election, compute the result and keep both, whole or not at all; say what changed.

    The same files and seats again change nothing. Other files replace an unpublished result; a published one only
    with `correction`, which makes a next revision. Needs the permission "elections.import". Raises NotEntitled,
    BadInput for a wrong file, and AlreadyPublished.
    """
    require(actor=actor, permission=IMPORT, level=AssuranceLevel.SUBSTANTIAL)
    received = read_election(files, seats, left_out)
    with transaction.atomic():
        _lock(received)
        latest = find_latest_revision(election_id=received.election.id)
        summary = _summarise(received, latest)
        if summary.change is Change.CORRECTION and not correction:
            raise _already_published(received.election.id)
        if summary.change is not Change.UNCHANGED:
            if summary.change is Change.REPLACES_DRAFT and latest is not None:
                latest.delete()
            _write(received, summary, actor, at)
    return summary


def state_of(computation: Computation) -> models.ResultState:
    """Return the state of a result that is not published: complete, or waiting for a lot."""
    lot_open = computation.result["open_lot"] is not None
    return models.ResultState.LOT_OPEN if lot_open else models.ResultState.COMPLETE


def _lock(received: ReceivedElection) -> None:
    """Make the election and hold its row, so that two imports of one election wait for each other."""
    models.Election.objects.get_or_create(eml_id=received.election.id)
    models.Election.objects.select_for_update().get(eml_id=received.election.id)


def _summarise(received: ReceivedElection, latest: models.Revision | None) -> ImportSummary:
    change = _change(received, latest)
    number = 1 if latest is None else latest.number + (change is Change.CORRECTION)
    before = None if latest is None else get_counted(latest)
    counted = CountedElection(
        revision=number,
        election=received.election,
        lists=received.lists,
        districts=received.districts,
        stations=received.stations,
        left_out=received.left_out,
        files=tuple(
            StoredFile(each.form, each.file.name, each.file.sha256, len(each.file.content)) for each in received.files
        ),
        deceased={} if before is None else _still_deceased(before, received),
    )
    computation = recompute(RULE_OF[received.election.category].reference, counted.inputs)
    difference: JsonObject = {}
    if latest is not None and before is not None:
        difference = difference_of(
            inputs_before=before.inputs,
            result_before=latest.computed.result,
            inputs_after=counted.inputs,
            result_after=computation.result,
        )
    return ImportSummary(change, counted, computation, difference)


def _still_deceased(before: CountedElection, received: ReceivedElection) -> Mapping[int, tuple[int, ...]]:
    """Who died is recorded by people, not by files, so it holds for the next files of the same candidates too."""
    on_list = {each.number: each.positions for each in received.lists}
    return {
        number: tuple(position for position in positions if position in on_list[number])
        for number, positions in before.deceased.items()
        if number in on_list
    }


def _change(received: ReceivedElection, latest: models.Revision | None) -> Change:
    if latest is None:
        return Change.NEW
    if latest.digest == digest_of(received):
        return Change.UNCHANGED
    published = latest.computed.state == models.ResultState.PUBLISHED
    return Change.CORRECTION if published else Change.REPLACES_DRAFT


def digest_of(received: ReceivedElection) -> str:
    """Return the SHA-256 over the files and the number of seats: equal when an import would change nothing."""
    files = [[each.form, each.file.sha256] for each in received.files]
    left_out = {"left_out": received.left_out} if received.left_out else {}
    return sha256_of({"files": files, "seats": received.election.seats, **left_out})


def _already_published(election_id: str) -> AlreadyPublished:
    return AlreadyPublished(
        Message(gettext_noop("The result of %(id)s is published, and these files are different."), {"id": election_id}),
        Message(
            gettext_noop("Import them as a correction. The published result stays in the log; the new one replaces it.")
        ),
    )


def _write(received: ReceivedElection, summary: ImportSummary, actor: Actor, at: datetime) -> None:
    election = received.election
    revision = models.Revision.objects.create(
        election=models.Election.objects.get(eml_id=election.id),
        number=summary.counted.revision,
        category=election.category,
        name=election.name,
        date=election.date,
        authority=election.authority,
        seats=election.seats,
        digest=digest_of(received),
        imported_at=at,
        imported_by=actor.id,
        left_out=received.left_out,
    )
    _write_files(revision, received)
    lists = _write_lists(revision, received, summary.counted.deceased)
    _write_stations(revision, received, lists, _write_districts(revision, received, lists))
    models.Result.objects.create(
        revision=revision,
        state=state_of(summary.computation),
        result=summary.computation.result,
        explanation=list(summary.computation.explanation),
    )


def _write_files(revision: models.Revision, received: ReceivedElection) -> None:
    models.ReceivedFile.objects.bulk_create(
        models.ReceivedFile(
            revision=revision,
            ordinal=ordinal,
            form=each.form,
            name=each.file.name,
            sha256=each.file.sha256,
            size=len(each.file.content),
            content=each.file.content,
        )
        for ordinal, each in enumerate(received.files, start=1)
    )


def _write_lists(
    revision: models.Revision, received: ReceivedElection, deceased: Mapping[int, Sequence[int]]
) -> Mapping[int, models.CandidateList]:
    rows = models.CandidateList.objects.bulk_create(
        models.CandidateList(revision=revision, number=each.number, name=each.name) for each in received.lists
    )
    models.Candidate.objects.bulk_create(
        candidate
        for row, each in zip(rows, received.lists, strict=True)
        for candidate in _candidates(row, each, deceased.get(each.number, ()))
    )
    return {row.number: row for row in rows}


def _write_districts(
    revision: models.Revision, received: ReceivedElection, lists: Mapping[int, models.CandidateList]
) -> Mapping[int, models.District]:
    rows = models.District.objects.bulk_create(_district(revision, each) for each in received.districts)
    models.DistrictList.objects.bulk_create(
        models.DistrictList(
            district=row,
            list=lists[there.number],
            candidates=list(there.positions),
            votes=list(each.total.votes[there.number]),
        )
        for row, each in zip(rows, received.districts, strict=True)
        for there in each.lists
    )
    return {row.number: row for row in rows}


def _district(revision: models.Revision, each: CountedDistrict) -> models.District:
    total = each.total
    return models.District(
        revision=revision,
        number=each.number,
        name=each.name,
        blank=total.blank,
        invalid=total.invalid,
        eligible=total.eligible,
    )


def _candidates(row: models.CandidateList, each: CandidateList, deceased: Sequence[int]) -> list[models.Candidate]:
    return [
        models.Candidate(
            list=row,
            position=candidate.position,
            last_name=candidate.last_name,
            prefix=candidate.prefix,
            initials=candidate.initials,
            first_name=candidate.first_name,
            locality=candidate.locality,
            deceased=candidate.position in deceased,
        )
        for candidate in each.candidates
    ]


def _write_stations(
    revision: models.Revision,
    received: ReceivedElection,
    lists: Mapping[int, models.CandidateList],
    districts: Mapping[int, models.District],
) -> None:
    rows = models.Station.objects.bulk_create(
        _station(revision, districts[station.district], ordinal, station)
        for ordinal, station in enumerate(received.stations, start=1)
    )
    models.ListCount.objects.bulk_create(
        models.ListCount(station=row, list=lists[number], votes=list(votes))
        for row, station in zip(rows, received.stations, strict=True)
        for number, votes in station.group.votes.items()
    )


def _station(
    revision: models.Revision, district: models.District, ordinal: int, station: StationCount
) -> models.Station:
    group, admission = station.group, station.group.admission
    return models.Station(
        revision=revision,
        district=district,
        ordinal=ordinal,
        eml_id=station.id,
        name=station.name,
        blank=group.blank,
        invalid=group.invalid,
        eligible=group.eligible,
        polling_cards=None if admission is None else admission.polling_cards,
        proxies=None if admission is None else admission.proxies,
        voter_passes=None if admission is None else admission.voter_passes,
        admitted=None if admission is None else admission.admitted,
        more_counted=group.difference.more_counted,
        fewer_counted=group.difference.fewer_counted,
        explanations=dict(group.difference.explanations),
        investigations=list(station.investigations),
    )
