"""Elections with several districts, from their files to the published pages."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from thorbecke.elections import compute_command, models
from thorbecke.elections.adapters.eml import EmlFile, read_election
from thorbecke.elections.adapters.eml_110a_writer import write_definition
from thorbecke.elections.adapters.eml_230_writer import write_ballot
from thorbecke.elections.adapters.eml_510_writer import write_count
from thorbecke.elections.adapters.eml_identity import Contest
from thorbecke.elections.domain.count import Candidate, CandidateList
from thorbecke.elections.domain.districts import DistrictBallot, adds_up, handed_in_lists, join_ballots
from thorbecke.elections.domain.published import Change, inputs_of
from thorbecke.elections.domain.recompute import RULE_OF, recompute
from thorbecke.elections.operations.importing import import_election
from thorbecke.elections.operations.results import publish_result, record_death
from thorbecke.elections.public import disclose
from thorbecke.elections.queries import get_counted_election, get_result
from thorbecke.identity.public import command_line_actor
from thorbecke.identity.tests.logins import log_in_official
from thorbecke.kernel.errors import BadInput
from thorbecke.ledger.public import get_receipt

from .province import (
    DEFINITION,
    ELECTION,
    LETTERHEAD,
    LISTS,
    NORTH,
    SEATS,
    SOUTH,
    VOTES,
    ballot_file,
    count_file,
    count_of_district,
    eml_files,
)

AT = datetime(2023, 3, 20, 10, tzinfo=UTC)
ID = ELECTION.id
Files = tuple[EmlFile, ...]


def people(*names: str, places: tuple[str, ...] = ()) -> tuple[Candidate, ...]:
    """Candidates with these last names, and places of residence where given."""
    where = places or ("",) * len(names)
    return tuple(
        Candidate(position, name, locality=place)
        for position, (name, place) in enumerate(zip(names, where, strict=True), start=1)
    )


def published(files: Files | None = None, *, correction: bool = False) -> int:
    """Import and publish, and return the index in the log."""
    actor = command_line_actor()
    import_election(actor=actor, files=files or eml_files(), at=AT, correction=correction)
    return publish_result(actor=actor, election_id=ID, at=AT)


# How ballot papers are joined


def test_people_of_a_party_have_one_number_on_all_its_lists() -> None:
    joined = join_ballots(
        [
            DistrictBallot(1, "Noord", (CandidateList(7, "Bos", people("Eik", "Beuk", "Noord")),)),
            DistrictBallot(2, "Zuid", (CandidateList(5, "bos", people("Beuk", "Zuid", "Eik")),)),
        ]
    )

    (party,) = joined.groups
    assert (party.number, [each.last_name for each in party.candidates]) == (5, ["Eik", "Beuk", "Noord", "Zuid"])
    assert joined.per_district[2][5].positions == (2, 4, 1)


def test_one_district_keeps_its_lists_as_they_are() -> None:
    gaps = (CandidateList(3, "Gaten", (Candidate(2, "Aap"), Candidate(7, "Aap"))), CandidateList(9, "", people("Beer")))

    assert join_ballots([DistrictBallot(1, "", gaps)]).groups == gaps


@pytest.mark.parametrize(
    ("first", "second", "known"),
    [
        (("Tilburg", "Gouda"), ("Tilburg", "Delft"), 3),
        (("Tilburg", "Gouda"), ("", ""), 2),
        (("", ""), ("Tilburg", "Gouda"), 2),
    ],
)
def test_a_residence_tells_namesakes_apart(first: tuple[str, ...], second: tuple[str, ...], known: int) -> None:
    joined = join_ballots(
        [
            DistrictBallot(number, "", (CandidateList(1, "Bos", people("Vries", "Vries", places=places)),))
            for number, places in ((1, first), (2, second))
        ]
    )

    assert len(joined.groups[0].candidates) == known
    assert {each.locality for each in joined.groups[0].candidates} >= {"Tilburg", "Gouda"}


def test_lists_of_other_parties_with_one_number_get_numbers_of_their_own() -> None:
    ballots = [DistrictBallot(int(number), "", lists) for number, lists in LISTS.items()]

    joined = join_ballots(ballots)

    assert [(each.number, each.name) for each in joined.groups] == [
        (1, "Partij van de Dijk"),
        (2, "Bos en Hei"),
        (3, ""),
        (4, "Alleen in Zuid"),
    ]


# Files


def test_reads_the_files_of_all_districts_in_any_order() -> None:
    received = read_election(eml_files()[::-1])

    assert received.election == ELECTION
    assert [(each.number, each.name, each.total.valid) for each in received.districts] == [
        (1, "Noord", sum(sum(map(sum, each.values())) for each in VOTES["1"].values())),
        (2, "Zuid", sum(sum(map(sum, each.values())) for each in VOTES["2"].values())),
    ]
    assert [(each.id, each.district) for each in received.stations] == [
        ("HSB1::0001", 1),
        ("HSB1::0002", 1),
        ("HSB2::0003", 2),
    ]
    assert {number: len(lists) for number, lists in handed_in_lists(received.districts).items()} == {
        1: 1,
        2: 2,
        3: 1,
        4: 1,
    }
    assert adds_up(received.districts, received.stations)


def test_a_district_may_be_left_out_by_name_only() -> None:
    north = (DEFINITION, ballot_file(NORTH), count_file(NORTH))

    received = read_election(north, left_out=[2])

    assert (len(received.districts), received.left_out) == (1, ("Zuid",))


def test_files_of_all_districts_together_are_one_district() -> None:
    """As for the European Parliament, whose districts all have the same lists; its threshold is 10% (Y 23a)."""
    election = replace(ELECTION, id="EP2024", category="EP", authority="")
    everywhere = Contest("alle")
    definition = write_definition(election, LETTERHEAD, threshold=10, districts=(NORTH, SOUTH))
    ballot = write_ballot(election, LISTS["1"], LETTERHEAD, contest=everywhere)
    count = write_count(election, LISTS["1"], count_of_district(NORTH), LETTERHEAD, form="510d", contest=everywhere)

    received = read_election([EmlFile(each.hex()[:9], each) for each in (definition, ballot, count)])

    assert (received.election.authority, received.lists) == ("Nederland", LISTS["1"])
    assert [(each.number, each.name) for each in received.districts] == [(1, "")]


def as_in(file: EmlFile, old: str, new: str) -> EmlFile:
    """A file with something else in it."""
    assert old.encode() in file.content
    return EmlFile(file.name, file.content.replace(old.encode(), new.encode()))


ALL = eml_files()
OTHER_ELECTION = as_in(count_file(SOUTH), "PS2023_Fabelland", "PS2023_Elders")
MUNICIPAL = as_in(count_file(SOUTH), 'Id="510c"', 'Id="510b"')

WRONG: dict[str, tuple[Callable[[], Files], tuple[int, ...], str]] = {
    # name: (files, districts left out, part of the problem)
    "a district missing": (lambda: ALL[:3], (), "District 2 (Zuid) is missing"),
    "a count missing": (lambda: ALL[:4], (), "count of district 2 (Zuid) is missing"),
    "candidates missing": (lambda: (*ALL[:3], ALL[4]), (), "candidates of district 2 (Zuid) are missing"),
    "a count twice": (lambda: (*ALL, ALL[4]), (), "District 2 is in two files"),
    "candidates twice": (lambda: (*ALL, ALL[3]), (), "District 2 is in two files"),
    "a municipality twice": (lambda: (*ALL[:4], MUNICIPAL, MUNICIPAL), (), "HSB2::0003 is in"),
    "a district and its municipality": (lambda: (*ALL, MUNICIPAL), (), "two counts"),
    "two definitions": (lambda: (*ALL, DEFINITION), (), "two files with form 110a"),
    "another election": (lambda: (*ALL[:4], OTHER_ELECTION), (), "election PS2023_Elders"),
    "candidates of another district": (
        lambda: (*ALL[:4], as_in(count_file(NORTH), 'ContestIdentifier Id="1"', 'ContestIdentifier Id="2"')),
        (),
        "Candidate number 5 of list 2 has no number of votes",
    ),
    "unknown district left out": (lambda: ALL, (3,), "District 3 cannot be left out"),
    "present district left out": (lambda: ALL, (2,), "District 2 cannot be left out"),
    "no number of a district": (
        lambda: (*ALL[:4], as_in(ALL[4], 'ContestIdentifier Id="2"', 'ContestIdentifier Id="zuid"')),
        (),
        '"zuid" is not the number of a district',
    ),
    "other threshold": (
        lambda: (as_in(DEFINITION, "Threshold>25<", "Threshold>50<"), *ALL[1:]),
        (),
        "threshold of 50%",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_files_are_refused_whole(name: str) -> None:
    files, left_out, problem = WRONG[name]

    with pytest.raises(BadInput) as caught:
        read_election(files(), left_out=left_out)

    assert problem in str(caught.value.problem)
    assert str(caught.value.remedy)


def test_unequal_candidates_in_two_files_of_a_district_are_refused() -> None:
    dike, forest, *others = LISTS["2"]
    shorter = replace(forest, candidates=forest.candidates[:4])
    ballot = write_ballot(ELECTION, (dike, shorter, *others), LETTERHEAD, contest=SOUTH)

    with pytest.raises(BadInput, match="List 2 has no candidate number 5"):
        read_election((*ALL[:3], EmlFile("kort.eml.xml", ballot), ALL[4]))


def test_the_house_has_150_seats_without_a_definition() -> None:
    files = tuple(as_in(each, "Category>PS<", "Category>TK<") for each in ALL[1:])

    assert read_election(files).election.seats == 150


# Compute, import and publish


def test_compute_prints_districts_and_gives_seats_per_party(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [str(tmp_path / each.name) for each in ALL]
    for name, each in zip(names, ALL, strict=True):
        Path(name).write_bytes(each.content)

    assert compute_command.main(names) == 0
    assert "in 3 polling stations or municipalities of 2 districts." in capsys.readouterr().out
    assert compute_command.main([*names, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)

    assert document["rule"]["id"] == "nl.kieswet.provincial-council-seats"
    assert sum(document["seats"].values()) == SEATS
    assert {number: len(each) for number, each in document["elected"].items()} == document["seats"]


@pytest.mark.django_db
def test_what_is_published_is_computed_again_from_the_rows() -> None:
    index = published()

    disclosed = disclose(index=index)

    assert disclosed is not None
    assert disclosed.entry_members().items() <= get_receipt(index=index).entry.items()
    rule = RULE_OF["PS"].reference
    assert get_receipt(index=index).entry["rule"] == rule.as_json()
    assert recompute(rule, disclosed.inputs).result == disclosed.result
    assert [each["number"] for each in disclosed.inputs["districts"]] == [1, 2]  # type: ignore[union-attr,index]  # JSON


@pytest.mark.django_db
def test_rows_give_what_the_files_gave() -> None:
    received = read_election(ALL)
    published()

    counted = get_counted_election(election_id=ID)

    assert (counted.lists, counted.districts, counted.stations) == (
        received.lists,
        received.districts,
        received.stations,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda: models.DistrictList.objects.filter(district__number=2, list__number=4).update(votes=[141, 29]),
        lambda: models.DistrictList.objects.filter(district__number=2, list__number=4).update(candidates=[2, 1]),
        lambda: models.ListCount.objects.filter(station__ordinal=3, list__number=4).update(votes=[141, 29]),
        lambda: models.Station.objects.filter(ordinal=3).update(invalid=9),
        lambda: models.District.objects.filter(number=2).update(blank=9),
        lambda: models.District.objects.filter(number=2).update(number=3),
    ],
)
def test_any_changed_row_shows_in_what_is_disclosed(change: Callable[[], object]) -> None:
    index = published()

    change()

    disclosed = disclose(index=index)
    assert disclosed is not None
    assert disclosed.entry_members()["inputs_sha256"] != get_receipt(index=index).entry["inputs_sha256"]


@pytest.mark.django_db
def test_a_correction_names_the_municipality_and_the_votes() -> None:
    published()
    votes = {"HSB2::0003": {**VOTES["2"]["HSB2::0003"], 3: (150, 30)}}
    files = (*ALL[:4], count_file(SOUTH, votes))

    summary = import_election(actor=command_line_actor(), files=files, at=AT, correction=True)

    assert summary.change is Change.CORRECTION
    assert summary.difference["list_votes"] == [[4, 170, 180]]
    assert summary.difference["stations"] == ["HSB2::0003"]
    assert publish_result(actor=command_line_actor(), election_id=ID, at=AT) == 1


@pytest.mark.django_db
def test_a_death_may_need_a_lot_between_the_lists_of_a_party(client: Client) -> None:
    """With five seats for its six candidates, both lists of party 2 have equally many votes for the last one."""
    log_in_official(client, roles=["returning-officer"])
    import_election(actor=command_line_actor(), files=ALL, at=AT)
    record_death(actor=command_line_actor(), election_id=ID, list_number=2, position=2)
    lot: Any = get_result(election_id=ID, published=False).computation.result["open_lot"]
    assert (lot["group"], lot["participants"]) == (2, [1, 2])
    page = client.get(f"/en/verkiezingen/beheer/{ID}/loting/").content.decode()
    assert "A lot must be drawn among lists 1, 2 of group 2 (Bos en Hei)" in page
    assert "1 Noord" in page
    assert "2 Zuid" in page

    drawn = {"lot": lot["id"], "chosen_1": "2", "drawn_by": "A", "witnesses": "B", "drawn_at": "2023-03-20T10:00"}
    assert client.post(f"/en/verkiezingen/beheer/{ID}/loting/", drawn).status_code == 302

    result: Any = get_result(election_id=ID, published=False).computation.result
    assert [each for each in result["list_seats"] if each[0] == 2] == [[2, 1, 2], [2, 2, 3]]
    assert 2 not in [candidate for number, _, candidate in result["elected"] if number == 2]
    assert len(result["elected"]) == SEATS


# Pages


PAGES = [
    ("", "Kieskringen", "Electoral districts"),
    ("kieskring/2/", "Stemmen per lijst in deze kieskring", "Votes per list in this district"),
    ("lijst/2/", "De lijsten van deze partij", "The lists of this party"),
    ("stembureau/3/", "Gemeente 3", "Gemeente 3"),
    ("controles/", "Wat opviel in de telling", "What stood out in the count"),
    ("wat-als/", "Partij van de Dijk", "Partij van de Dijk"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "dutch", "english"), PAGES)
def test_every_page_works_in_both_languages(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, dutch: str, english: str
) -> None:
    published()

    with django_assert_max_num_queries(15):
        assert dutch in client.get(f"/verkiezingen/{ID}/{path}").content.decode()
    assert english in client.get(f"/en/verkiezingen/{ID}/{path}").content.decode()


@pytest.mark.django_db
def test_result_names_the_list_of_a_seat_and_what_is_left_out(client: Client) -> None:
    import_election(actor=command_line_actor(), files=ALL[:3], at=AT, left_out=[2])
    publish_result(actor=command_line_actor(), election_id=ID, at=AT)
    assert "Not counted here: Zuid." in client.get(f"/en/verkiezingen/{ID}/").content.decode()

    published(ALL, correction=True)

    page = client.get(f"/en/verkiezingen/{ID}/").content.decode()
    assert "Not counted" not in page
    assert page.count("<circle") == SEATS
    assert '2 Bos en Hei<br><span class="thorbecke-muted">Zuid</span>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["kieskring/3/", "kieskring/0/", "stembureau/4/", "versie/1/bestand/6/"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    published()

    assert client.get(f"/verkiezingen/{ID}/{path}").status_code == 404


@pytest.mark.django_db
def test_votes_are_empty_where_a_candidate_does_not_stand(client: Client) -> None:
    published()

    text = client.get(f"/verkiezingen/{ID}/stemmen.csv").content.decode("utf-8-sig")
    rows = {row[3]: row[4:] for row in csv.reader(StringIO(text), delimiter=";")}

    assert rows["Zuiderzon, Z."] == ["150", "", "", "150"]
    assert rows["Eik, E."] == ["440", "150", "90", "200"]


@pytest.mark.django_db
def test_files_come_back_as_received(client: Client) -> None:
    published()

    got = [client.get(f"/verkiezingen/{ID}/versie/1/bestand/{ordinal}/").content for ordinal in range(1, len(ALL) + 1)]

    assert sorted(got) == sorted(each.content for each in ALL)


# The table of before


@pytest.mark.django_db(transaction=True)
def test_migration_keeps_what_was_stored() -> None:
    """A revision with two stations from before districts becomes one district with the same totals."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate([("elections", "0003_deaths_and_withdrawn_draws")])
    try:
        old = executor.loader.project_state([("elections", "0003_deaths_and_withdrawn_draws")]).apps
        election = old.get_model("elections", "Election").objects.create(eml_id="GR2022_Oud")
        revision = old.get_model("elections", "Revision").objects.create(
            election=election, number=1, category="GR", name="Oud", date=AT.date(), authority="Oud", seats=9,
            digest="0" * 64, imported_at=AT, imported_by="x", valid=21, blank=3, invalid=1, eligible=40,
        )  # fmt: skip
        for form in ("510b", "110a"):
            revision.files.create(form=form, name=form, sha256="0" * 64, size=1, content=b"x")
        lists = [revision.lists.create(number=number, name=f"Lijst {number}", votes=0) for number in (1, 4)]
        for each in lists:
            for position in (1, 3):
                each.candidates.create(position=position, last_name="Naam")
        for ordinal in (1, 2):
            station = revision.stations.create(ordinal=ordinal, eml_id=f"SB{ordinal}", blank=1, invalid=0)
            for each in lists:
                station.counts.create(list=each, votes=[ordinal, 10 * each.number])
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)

    district = models.District.objects.get(revision__election__eml_id="GR2022_Oud")
    assert (district.number, district.name, district.blank, district.invalid, district.eligible) == (1, "", 3, 1, 40)
    rows = district.lists.order_by("list__number").values_list("list__number", "candidates", "votes")
    assert list(rows) == [(1, [1, 3], [3, 20]), (4, [1, 3], [3, 80])]
    assert district.stations.count() == 2
    assert list(models.ReceivedFile.objects.values_list("ordinal", "form")) == [(1, "110a"), (2, "510b")]
    models.Election.objects.all().delete()


# A real House


@pytest.mark.conformance
def test_house_of_2023_has_the_seats_of_the_record(conformance: Path) -> None:
    elections = conformance / "elections"
    paths = [*(elections / "real/tk2023").glob("*.csv"), *(elections / "real/tk2023_candidates").glob("*.xml")]
    expected = json.loads((elections / "tk2023_multi_kieskring_case.json").read_text())["expected"]

    received = read_election([EmlFile(path.name, path.read_bytes()) for path in paths], left_out=[20])

    counted = inputs_of(
        received.election,
        received.lists,
        received.districts,
        received.stations,
        draws=[],
        files=[each.source for each in received.files],
        deceased={},
    )
    result: Any = recompute(RULE_OF["TK"].reference, counted).result
    names = {each.number: each.name for each in received.lists}
    assert {names[number]: seats for number, seats in result["seats"] if seats} == {
        name: seats for name, seats in expected["seats_per_group"].items() if seats
    }
    shown = {each.number: {one.position: one for one in each.candidates} for each in received.lists}
    elected = {(names[number], _plain(shown[number][candidate])) for number, _, candidate in result["elected"]}
    assert elected == {(group, name) for group, name in expected["elected"]}


def _plain(candidate: Candidate) -> str:
    """A name as the CSV writes it."""
    return f"{candidate.prefix} {candidate.last_name}, {candidate.initials}".strip()
