"""Every EML_NL form that is written: read again as the same values, equal bytes each time, valid by the schemas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from lxml import etree

from thorbecke.elections.adapters.eml_110a import read_definition
from thorbecke.elections.adapters.eml_110a_writer import write_definition
from thorbecke.elections.adapters.eml_110b import PollingStation, PollingStations, read_polling_stations
from thorbecke.elections.adapters.eml_110b_writer import write_polling_stations
from thorbecke.elections.adapters.eml_230 import DistrictLists, read_all_ballots, read_ballot
from thorbecke.elections.adapters.eml_230_writer import write_all_ballots, write_ballot
from thorbecke.elections.adapters.eml_510 import read_count
from thorbecke.elections.adapters.eml_510_writer import CountForm, write_count
from thorbecke.elections.adapters.eml_520 import ElectedCandidate, read_result
from thorbecke.elections.adapters.eml_520_writer import write_result
from thorbecke.elections.adapters.eml_identity import Contest
from thorbecke.elections.adapters.eml_reader import EmlFile, form_of
from thorbecke.elections.adapters.eml_writer import Letterhead
from thorbecke.elections.domain.count import Candidate, CandidateList, Difference, Election, StationCount, total_of

from .town import ELECTION, LISTS, VOTES, count_of, group

AT = datetime(2022, 3, 17, 1, 32, 49)
TOWN = Letterhead("0000", "Fabeldam & Omstreken", AT, area_code="0000", nomination_date=date(2022, 1, 31))
BOARD = Letterhead("CSB", "Centraal stembureau Fabeldam", AT)
HOUSE = Election("TK2099", "TK", "Tweede Kamer 2099", date(2099, 3, 18), "", 150)
DISTRICTS = (Contest("1", "Noord"), Contest("2", "Zuid & West"))
PLACES = PollingStations(
    area_id="0000",
    area="Fabeldam",
    voters=4100,
    stations=(
        PollingStation(1, "Zaal <Eén>", voters=1200, postal_code="1234 AB"),
        PollingStation(2, "Bus", voters=0, kind="Mobile"),
        PollingStation(3, "School", voters=900, kind="FixedLocation", shared=True, postal=True),
    ),
)
PERSON = Candidate(2, "Wolf & Zoon", "van der", "A.B.", "Éva", "Fabeldam")
ELECTED = (
    ElectedCandidate(1, Candidate(1, "Aalscholver", initials="A.", locality="Fabeldam"), 1, 310),
    ElectedCandidate(1, Candidate(4, "Duiker", locality="Fabeldam"), 2, None),
    ElectedCandidate(2, PERSON, None, 12),
)
DISTURBED = replace(
    count_of(VOTES).stations[0],
    group=replace(
        count_of(VOTES).stations[0].group,
        difference=Difference(2, 5, {"geen verklaring": 3, "kwijtgeraakte stembiljetten": 1}),
    ),
    investigations=("stembiljetten deels herteld", "onderzocht vanwege andere reden"),
)
COUNT = replace(
    count_of(VOTES),
    total=total_of([DISTURBED.group, count_of(VOTES).stations[1].group], LISTS),
    stations=(DISTURBED, count_of(VOTES).stations[1]),
)
ONE_STATION = replace(COUNT, total=DISTURBED.group, stations=(replace(DISTURBED, id="SB1"),))
MUNICIPALITIES = replace(
    COUNT, stations=(replace(COUNT.stations[0], id="HSB3::0106"), replace(COUNT.stations[1], id="HSB3::0109"))
)

WRITTEN: dict[str, Callable[[], bytes]] = {
    "110a town": lambda: write_definition(ELECTION, TOWN, threshold=50, parties=["Lijst & Zonen"]),
    "110a house": lambda: write_definition(HOUSE, BOARD, threshold=25, districts=DISTRICTS),
    "110b": lambda: write_polling_stations(ELECTION, PLACES, TOWN),
    "230b": lambda: write_ballot(ELECTION, LISTS, TOWN),
    "230b district": lambda: write_ballot(HOUSE, LISTS, BOARD, contest=DISTRICTS[1]),
    "230c": lambda: write_all_ballots(HOUSE, [DistrictLists(each, LISTS) for each in DISTRICTS], BOARD),
    "510a": lambda: write_count(ELECTION, LISTS, ONE_STATION, TOWN, form="510a"),
    "510b": lambda: write_count(ELECTION, LISTS, COUNT, TOWN),
    "510c": lambda: write_count(HOUSE, LISTS, MUNICIPALITIES, BOARD, form="510c", contest=DISTRICTS[0]),
    "510d": lambda: write_count(ELECTION, LISTS, COUNT, BOARD, form="510d"),
    "520": lambda: write_result(ELECTION, LISTS, ELECTED, BOARD),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_equal_values_give_equal_bytes_of_the_right_form(name: str) -> None:
    assert WRITTEN[name]() == WRITTEN[name]()
    assert form_of(EmlFile("", WRITTEN[name]())) == name.split()[0]


@pytest.mark.conformance
@pytest.mark.parametrize("name", WRITTEN)
def test_is_valid_by_the_schema(name: str, conformance: Path) -> None:
    schema = schema_for(name.split()[0], conformance)

    schema.assertValid(etree.fromstring(WRITTEN[name]()))


@pytest.mark.conformance
def test_the_demonstration_is_valid_by_the_schemas(conformance: Path) -> None:
    for path in (Path(__file__).parents[1] / "demo").glob("*.eml.xml"):
        schema_for(form_of(EmlFile(path.name, path.read_bytes())), conformance).assertValid(etree.parse(path))


def schema_for(form: str, conformance: Path) -> etree.XMLSchema:
    """The schema of a form, from the folder of the Electoral Council."""
    number = form if form.startswith("110") else form[:3]
    path = next((conformance / "elections/eml_xsd").glob(f"{number}-*.xsd"))
    return etree.XMLSchema(etree.parse(path))


def written(name: str) -> EmlFile:
    """What was written, as a file that is received."""
    return EmlFile(f"{name}.eml.xml", WRITTEN[name]())


def test_definition_is_read_the_same() -> None:
    read = read_definition(written("110a town"))

    assert (read.seats, read.threshold, read.parties) == (ELECTION.seats, 50, ("Lijst & Zonen",))
    assert (read.identity.id, read.identity.subcategory, read.identity.area) == (ELECTION.id, "GR1", "Fabeldam")


def test_polling_stations_are_read_the_same() -> None:
    identity, read = read_polling_stations(written("110b"))

    assert read == PLACES
    assert identity.id == ELECTION.id


def test_lists_are_read_the_same() -> None:
    assert read_ballot(written("230b")).lists == LISTS
    assert read_ballot(written("230b district")).contest == DISTRICTS[1]
    assert read_all_ballots(written("230c")).districts == tuple(DistrictLists(each, LISTS) for each in DISTRICTS)


@pytest.mark.parametrize(
    ("name", "count"),
    [("510a", ONE_STATION), ("510b", COUNT), ("510c", replace(MUNICIPALITIES, election_id="TK2099")), ("510d", COUNT)],
)
def test_counts_are_read_the_same(name: CountForm, count: object) -> None:
    assert read_count(written(name), LISTS)[1] == count


def test_a_single_station_needs_no_totals() -> None:
    text = WRITTEN["510a"]().decode()
    start, end = text.index("<TotalVotes>"), text.index("</TotalVotes>") + len("</TotalVotes>")

    read = read_count(EmlFile("a", (text[:start] + text[end:]).encode()), LISTS)[1]

    assert read == ONE_STATION


def test_elected_candidates_are_read_the_same() -> None:
    identity, elected = read_result(written("520"))

    assert elected == ELECTED
    assert identity.name == ELECTION.name


def test_reads_and_writes_lists_with_gaps() -> None:
    lists = (CandidateList(7, "Gaten", (Candidate(3, "Aap"), PERSON.__class__(9, "Beer"))),)
    count = count_of({"0000::SB1": {7: (4, 6)}, "0000::SB2": {7: (0, 1)}}, lists)

    read = read_count(EmlFile("b", write_count(ELECTION, lists, count, TOWN)), lists)[1]

    assert read == count
    assert read.stations[0] == StationCount("0000::SB1", "Stembureau 1", group({7: (4, 6)}))


@pytest.mark.conformance
def test_real_count_written_and_read_again_is_equal(conformance: Path) -> None:
    folder = conformance / "elections/real/gr2022_west_maas_en_waal"
    ballot_file, count_file = (EmlFile(path.name, path.read_bytes()) for path in sorted(folder.glob("*.eml.xml")))
    ballot = read_ballot(ballot_file)
    _, count = read_count(count_file, ballot.lists)
    identity = ballot.identity
    election = Election(identity.id, identity.category, identity.name, identity.date, identity.area, 17)
    letterhead = Letterhead("0668", "West Maas en Waal", AT, area_code=identity.area_code)

    ballot_again, count_again = (
        write_ballot(election, ballot.lists, letterhead),
        write_count(election, ballot.lists, count, letterhead),
    )

    assert read_ballot(EmlFile("", ballot_again)).lists == ballot.lists
    assert read_count(EmlFile("", count_again), ballot.lists)[1] == count
    schema_for("230b", conformance).assertValid(etree.fromstring(ballot_again))
    schema_for("510b", conformance).assertValid(etree.fromstring(count_again))
