"""Import, draw, correct and publish: whole or not at all, by those who may, and the same twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from thorbecke.elections import models
from thorbecke.elections.adapters.eml import EmlFile
from thorbecke.elections.adapters.eml_files import write_election
from thorbecke.elections.domain.published import Change
from thorbecke.elections.domain.recompute import recompute
from thorbecke.elections.domain.rule import COUNCIL_RULE
from thorbecke.elections.operations import importing
from thorbecke.elections.operations.importing import AlreadyPublished, import_election, preview_import
from thorbecke.elections.operations.results import (
    LotIsOpen,
    LotNotOpen,
    TooLate,
    publish_result,
    record_death,
    record_draw,
    withdraw_draws,
)
from thorbecke.elections.operations.uploads import confirm_upload, discard_upload, keep_upload, preview_upload
from thorbecke.elections.public import disclose, get_result, list_elections, list_page_urls, search_elections
from thorbecke.elections.queries import get_counted_election
from thorbecke.elections.queries import get_result as get_any_result
from thorbecke.identity.public import Actor, ActorKind, AssuranceLevel, command_line_actor
from thorbecke.kernel.errors import BadInput, NotEntitled, NotFound
from thorbecke.ledger.public import count_outcomes, get_bundle, get_receipt

from .town import ELECTION, LISTS, SEATS, VOTES, count_in, count_of, eml_files

pytestmark = pytest.mark.django_db

AT = datetime(2022, 3, 17, 9, 30, tzinfo=UTC)
ID = ELECTION.id
OFFICER = Actor(
    kind=ActorKind.OFFICIAL,
    id="official:7",
    name="Toos Toetser",
    level=AssuranceLevel.SUBSTANTIAL,
    permissions=frozenset({"elections.import", "elections.draw", "elections.publish"}),
)
RESIDENT = Actor(ActorKind.PERSON, "person:1", "Tom Toetser", level=AssuranceLevel.HIGH)
OTHER_OFFICIAL = Actor(ActorKind.OFFICIAL, "official:8", "Dirk Doorn", level=AssuranceLevel.SUBSTANTIAL)


def imported(files: tuple[EmlFile, ...] = eml_files(), **options: Any) -> None:
    """Import as an officer."""
    import_election(actor=OFFICER, files=files, at=AT, **options)


def published() -> int:
    """Publish as an officer."""
    return publish_result(actor=OFFICER, election_id=ID, at=AT)


def other_files() -> tuple[EmlFile, ...]:
    """The same election with another count: candidate 3 of list 1 has five votes more in station 1."""
    votes = {**VOTES, "0000::SB1": {**VOTES["0000::SB1"], 1: (100, 20, 10, 0, 0)}}
    return write_election(ELECTION, LISTS, count_of(votes), threshold=50)


def lot_files() -> tuple[EmlFile, ...]:
    """An election of nine seats and 900 votes: lists 1 and 2 both have 50 votes left for the last seat."""
    votes = {"0000::SB1": {1: (350, 0, 0, 0, 0), 2: (250, 0, 0, 0), 5: (300, 0, 0)}}
    return write_election(ELECTION, LISTS, count_of(votes), threshold=50)


def test_import_keeps_files_counts_and_result() -> None:
    summary = import_election(actor=OFFICER, files=eml_files(), at=AT)

    found = get_any_result(election_id=ID, published=False)
    assert summary.change is Change.NEW
    assert found.counted.election == ELECTION
    assert found.counted.lists == LISTS
    assert count_in(get_counted_election(election_id=ID, published=False)) == count_of(VOTES)
    assert found.computation.result == summary.computation.result
    stored = models.ReceivedFile.objects.get(form="510b")
    assert (bytes(stored.content), stored.sha256) == (eml_files()[2].content, eml_files()[2].sha256)


def test_inputs_from_rows_equal_inputs_from_files() -> None:
    summary = preview_import(actor=OFFICER, files=eml_files())
    imported()

    assert get_counted_election(election_id=ID, published=False).inputs == summary.counted.inputs


def test_preview_writes_nothing() -> None:
    assert preview_import(actor=OFFICER, files=eml_files()).change is Change.NEW
    assert not models.Election.objects.exists()


def test_the_same_files_twice_change_nothing() -> None:
    imported()
    rows = models.ListCount.objects.values_list("pk", flat=True)
    before = list(rows)

    again = import_election(actor=OFFICER, files=eml_files()[::-1], at=AT)

    assert again.change is Change.UNCHANGED
    assert list(rows.all()) == before
    assert models.Revision.objects.count() == 1


def test_other_files_replace_an_unpublished_result() -> None:
    imported()

    summary = import_election(actor=OFFICER, files=other_files(), at=AT)

    assert summary.change is Change.REPLACES_DRAFT
    assert summary.difference["list_votes"] == [[1, 345, 350]]
    assert summary.difference["stations"] == ["0000::SB1"]
    assert count_in(get_counted_election(election_id=ID, published=False)).total.list_totals[1] == 350
    assert models.Revision.objects.count() == 1


def test_a_wrong_file_imports_nothing() -> None:
    definition, ballot, count = eml_files()
    broken = EmlFile(count.name, count.content[:-200])

    with pytest.raises(BadInput):
        imported((definition, ballot, broken))

    assert not models.Election.objects.exists()


def test_a_failure_halfway_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(importing, "_write_stations", fail)

    with pytest.raises(OSError, match="disk"):
        imported()

    assert not models.Election.objects.exists()
    assert not models.ReceivedFile.objects.exists()


def test_a_failure_halfway_keeps_the_earlier_import(monkeypatch: pytest.MonkeyPatch) -> None:
    imported()

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(importing, "_write_stations", fail)
    with pytest.raises(OSError, match="disk"):
        imported(other_files())

    assert count_in(get_counted_election(election_id=ID, published=False)) == count_of(VOTES)


def test_publish_records_the_outcome_in_the_log() -> None:
    imported()

    index = published()

    result = get_result(election_id=ID)
    entry = get_receipt(index=index).entry
    assert result.ledger_index == index
    assert entry["kind"] == "elections.seats"
    assert entry["subject"] == f"elections/{ID}"
    assert entry["result"] == result.computation.result
    assert list_page_urls(indexes=[index, 99]) == {index: f"/verkiezingen/{ID}/versie/1/"}


def test_publish_twice_records_once() -> None:
    imported()

    assert published() == published()
    assert count_outcomes() == 1


def test_the_log_holds_no_name() -> None:
    imported()

    entry = str(get_receipt(index=published()).entry)

    assert not any(candidate.last_name in entry for each in LISTS for candidate in each.candidates)
    assert "Toetser" not in entry


def test_disclosed_inputs_give_the_result_again() -> None:
    imported()
    index = published()

    disclosed = disclose(index=index)

    assert disclosed is not None
    assert recompute(COUNCIL_RULE.reference, disclosed.inputs).result == disclosed.result
    assert get_receipt(index=index).entry.items() >= disclosed.entry_members().items()


def test_a_vote_changed_in_the_database_shows_in_what_is_disclosed() -> None:
    imported()
    index = published()
    row = models.ListCount.objects.filter(list__number=2).first()
    assert row is not None
    row.votes[1] += 1
    row.save()

    disclosed = disclose(index=index)

    assert disclosed is not None
    assert disclosed.entry_members()["inputs_sha256"] != get_receipt(index=index).entry["inputs_sha256"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda: models.DistrictList.objects.filter(list__number=1).update(votes=[345, 0, 0, 0, 0]), "a total"),
        (lambda: models.Revision.objects.update(seats=11), "the seats"),
        (lambda: models.Station.objects.filter(ordinal=1).update(blank=3), "blank votes"),
        (lambda: models.Candidate.objects.filter(list__number=1, position=2).delete(), "a candidate"),
        (lambda: models.ReceivedFile.objects.filter(form="510b").update(sha256="0" * 64), "a file"),
    ],
)
def test_any_row_changed_shows_in_what_is_disclosed(change: Any, where: str) -> None:
    imported()
    index = published()

    change()

    disclosed = disclose(index=index)
    assert disclosed is not None, where
    assert disclosed.entry_members()["inputs_sha256"] != get_receipt(index=index).entry["inputs_sha256"], where


def test_nothing_is_disclosed_of_another_index() -> None:
    assert disclose(index=99) is None
    assert list_page_urls(indexes=[99]) == {}


def test_the_bundle_of_a_published_result_is_complete() -> None:
    imported()

    bundle = get_bundle(index=published())

    assert bundle is not None


def test_other_files_of_a_published_result_are_refused() -> None:
    imported()
    published()

    with pytest.raises(AlreadyPublished, match="is published") as caught:
        imported(other_files())

    assert "correction" in str(caught.value.remedy)
    assert count_in(get_counted_election(election_id=ID)) == count_of(VOTES)


def test_a_correction_is_a_new_outcome_that_replaces_the_old_one() -> None:
    imported()
    first = published()
    imported(other_files(), correction=True)
    assert get_result(election_id=ID).counted.revision == 1

    second = published()

    entry = get_receipt(index=second).entry
    assert entry["replaces"] == {
        "index": first,
        "difference": {"valid": [599, 604], "list_votes": [[1, 345, 350]], "stations": ["0000::SB1"]},
    }
    new, old = get_result(election_id=ID), get_result(election_id=ID, revision=1)
    assert (new.counted.revision, new.replaces, new.replaced_by) == (2, first, None)
    assert (old.ledger_index, old.replaced_by) == (first, second)
    for index in (first, second):
        disclosed = disclose(index=index)
        assert disclosed is not None
        assert get_receipt(index=index).entry.items() >= disclosed.entry_members().items()


def test_a_correction_of_name_and_day_leaves_the_old_outcome_provable() -> None:
    imported()
    first = published()
    moved = replace(ELECTION, name="Gemeenteraad Fabeldam (herstemming)", date=date(2022, 3, 23))
    imported(write_election(moved, LISTS, count_of(VOTES), threshold=50), correction=True)
    second = published()

    assert get_result(election_id=ID).counted.election.name == moved.name
    for index in (first, second):
        disclosed = disclose(index=index)
        assert disclosed is not None
        assert get_receipt(index=index).entry.items() >= disclosed.entry_members().items()


def test_a_published_result_waits_for_its_correction_in_public_lists() -> None:
    imported()
    published()
    imported(other_files(), correction=True)

    assert [(each.revision, each.progress.value) for each in list_elections()] == [(1, "published")]


def open_lot() -> dict[str, Any]:
    """The open lot of the result in progress."""
    lot: Any = get_any_result(election_id=ID, published=False).computation.result["open_lot"]
    return dict(lot)


def drawn(chosen: list[int], lot: str | None = None, actor: Actor = OFFICER) -> models.ResultState:
    """Record a draw for the open lot."""
    return record_draw(
        actor=actor,
        election_id=ID,
        lot=open_lot()["id"] if lot is None else lot,
        chosen=chosen,
        drawn_by="Voorzitter",
        witnesses="Leden van het centraal stembureau",
        drawn_at=AT,
        at=AT,
    )


def test_a_lot_stops_publication_until_it_is_drawn() -> None:
    imported(lot_files())
    assert open_lot()["participants"] == [1, 2]
    with pytest.raises(LotIsOpen):
        published()

    assert drawn([2]) is models.ResultState.COMPLETE

    index = published()
    result: Any = get_result(election_id=ID).computation.result
    assert dict(result["seats"]) == {1: 3, 2: 3, 5: 3}
    disclosed: Any = disclose(index=index)
    assert [each["chosen"] for each in disclosed.inputs["draws"]] == [[2]]
    assert "Voorzitter" not in str(disclosed)


@pytest.mark.parametrize("chosen", [[], [5], [1, 2], [1, 1]])
def test_a_draw_that_does_not_fit_is_refused(chosen: list[int]) -> None:
    imported(lot_files())

    with pytest.raises(BadInput, match="1 different ones out of 1, 2"):
        drawn(chosen)

    assert not models.Draw.objects.exists()


def test_a_draw_for_another_lot_is_refused() -> None:
    imported(lot_files())

    with pytest.raises(LotNotOpen):
        drawn([1], lot="P9.something")


def test_a_lot_is_drawn_once() -> None:
    imported(lot_files())
    lot = open_lot()["id"]
    drawn([1])

    with pytest.raises(LotNotOpen):
        drawn([2], lot=lot)


def test_a_draw_recorded_wrongly_is_withdrawn_and_kept() -> None:
    imported(lot_files())
    lot = open_lot()["id"]
    drawn([1])

    assert withdraw_draws(actor=OFFICER, election_id=ID, at=AT) is models.ResultState.LOT_OPEN
    assert open_lot()["id"] == lot
    drawn([2])

    disclosed: Any = disclose(index=published())
    assert [each["chosen"] for each in disclosed.inputs["draws"]] == [[2]]
    assert models.Draw.objects.filter(withdrawn_by=OFFICER.id).get().chosen == [1]


def died(position: int, **options: Any) -> models.ResultState:
    """Record the death of a candidate of list 1."""
    return record_death(actor=OFFICER, election_id=ID, list_number=1, position=position, **options)


def elected_of_list_1() -> list[int]:
    """Positions elected on list 1, in the order of their seats."""
    result: Any = get_any_result(election_id=ID, published=False).computation.result
    return [position for number, position in result["elected"] if number == 1]


def test_no_seat_goes_to_a_candidate_who_died() -> None:
    imported()
    assert elected_of_list_1() == [1, 2, 3, 4, 5]

    died(2)

    assert elected_of_list_1() == [1, 3, 4, 5]
    disclosed: Any = disclose(index=published())
    assert disclosed.inputs["lists"][0]["deceased"] == [2]


def test_a_death_recorded_by_mistake_is_taken_back() -> None:
    imported()
    died(2)
    died(2, died=False)

    assert elected_of_list_1() == [1, 2, 3, 4, 5]


def test_a_death_holds_for_the_next_files_too() -> None:
    imported()
    died(2)
    assert import_election(actor=OFFICER, files=eml_files(), at=AT).change is Change.UNCHANGED

    imported(other_files())

    assert 2 not in elected_of_list_1()


def test_a_death_comes_too_late_after_a_draw_or_publication() -> None:
    imported(lot_files())
    drawn([1])
    with pytest.raises(TooLate, match="A lot is recorded already"):
        died(1)
    published()
    with pytest.raises(TooLate, match="is published"):
        died(1)
    with pytest.raises(TooLate, match="is published"):
        withdraw_draws(actor=OFFICER, election_id=ID, at=AT)


def test_only_a_candidate_of_the_election_can_be_recorded_as_dead() -> None:
    imported()

    with pytest.raises(NotFound, match="no such candidate"):
        died(9)


@pytest.mark.parametrize("actor", [RESIDENT, OTHER_OFFICIAL])
def test_only_who_has_the_permission_may_act(actor: Actor) -> None:
    imported(lot_files())
    lot = open_lot()["id"]
    for act in (
        lambda: preview_import(actor=actor, files=eml_files()),
        lambda: import_election(actor=actor, files=eml_files(), at=AT),
        lambda: keep_upload(actor=actor, files=eml_files(), seats=None, at=AT),
        lambda: drawn([1], lot=lot, actor=actor),
        lambda: publish_result(actor=actor, election_id=ID, at=AT),
        lambda: withdraw_draws(actor=actor, election_id=ID, at=AT),
        lambda: record_death(actor=actor, election_id=ID, list_number=1, position=1),
    ):
        with pytest.raises(NotEntitled):
            act()
    assert count_outcomes() == 0


def test_the_command_line_may_do_it_all() -> None:
    import_election(actor=command_line_actor(), files=eml_files(), at=AT)

    assert publish_result(actor=command_line_actor(), election_id=ID, at=AT) == 0


def test_nothing_can_be_published_that_is_not_here() -> None:
    with pytest.raises(NotFound, match="no election called"):
        published()


def test_an_upload_is_kept_confirmed_and_forgotten() -> None:
    token = keep_upload(actor=OFFICER, files=eml_files(), seats=SEATS, at=AT)

    assert preview_upload(actor=OFFICER, token=token).change is Change.NEW
    assert confirm_upload(actor=OFFICER, token=token, at=AT).change is Change.NEW
    with pytest.raises(NotFound):
        confirm_upload(actor=OFFICER, token=token, at=AT)
    assert not models.PendingFile.objects.exists()


def test_a_refused_upload_is_still_kept() -> None:
    imported()
    published()
    token = keep_upload(actor=OFFICER, files=other_files(), seats=None, at=AT)

    with pytest.raises(AlreadyPublished):
        confirm_upload(actor=OFFICER, token=token, at=AT)

    assert confirm_upload(actor=OFFICER, token=token, at=AT, correction=True).counted.revision == 2


def test_an_upload_of_someone_else_is_out_of_reach() -> None:
    token = keep_upload(actor=OFFICER, files=eml_files(), seats=None, at=AT)
    other = Actor(ActorKind.OFFICIAL, "official:9", "", AssuranceLevel.SUBSTANTIAL, OFFICER.permissions)

    discard_upload(actor=other, token=token)

    with pytest.raises(NotFound):
        preview_upload(actor=other, token=token)
    assert preview_upload(actor=OFFICER, token=token)


def test_old_uploads_are_removed_at_the_next_one() -> None:
    keep_upload(actor=command_line_actor(), files=eml_files(), seats=None, at=AT.replace(day=15))

    keep_upload(actor=OFFICER, files=eml_files(), seats=None, at=AT)

    assert models.PendingImport.objects.get().received_by == OFFICER.id


def test_the_database_refuses_two_published_results_at_one_index() -> None:
    imported()
    published()
    imported(other_files(), correction=True)
    draft = models.Result.objects.get(ledger_index=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        models.Result.objects.filter(pk=draft.pk).update(state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Station.objects.filter(ordinal=1, revision=draft.revision).update(blank=-1)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("fabeldam", ["election"]),
        ("Dijk", ["list"]),
        ("grutto", ["candidate"]),
        ("f. fazant", ["candidate"]),
        ("gemeenteraad 2022", ["election"]),
        ("   ", []),
        ("nergens", []),
        ("100%", []),
    ],
)
def test_search_finds_elections_lists_and_candidates(text: str, kinds: list[str]) -> None:
    imported()
    assert search_elections(text=text, limit=5) == []
    published()

    assert [hit.kind for hit in search_elections(text=text, limit=5)] == kinds


def test_search_gives_paths_and_keeps_to_its_limit() -> None:
    imported()
    published()

    assert search_elections(text="grutto", limit=5)[0].path == f"/verkiezingen/{ID}/lijst/2/#kandidaat-2"
    assert len(search_elections(text="a", limit=2)) == 2


@pytest.mark.conformance
def test_real_election_has_seventeen_seats(conformance: Path) -> None:
    folder = conformance / "elections/real/gr2022_west_maas_en_waal"
    files = tuple(EmlFile(path.name, path.read_bytes()) for path in folder.glob("*.eml.xml"))

    imported(files, seats=17)
    publish_result(actor=OFFICER, election_id="GR2022_WestMaasenWaal", at=AT)

    result: Any = get_result(election_id="GR2022_WestMaasenWaal").computation.result
    assert dict(result["seats"]) == {1: 3, 2: 2, 3: 3, 4: 2, 5: 2, 6: 2, 7: 2, 8: 1}
    assert len(result["elected"]) == 17
