"""The EML files of one election: read whole, in any order, and refused with place and remedy where they are wrong."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thorbecke.elections.adapters import eml_reader
from thorbecke.elections.adapters.eml import EmlFile, read_election
from thorbecke.elections.adapters.eml_110a import read_definition
from thorbecke.elections.adapters.eml_230 import read_ballot
from thorbecke.elections.adapters.eml_510 import read_count
from thorbecke.elections.adapters.eml_files import write_election
from thorbecke.elections.domain.count import Candidate, CandidateList, StationCount
from thorbecke.kernel.errors import BadInput

from .town import ELECTION, LISTS, SEATS, VOTES, count_in, count_of, eml_files, group

DEFINITION, BALLOT, COUNT = eml_files()


def test_reads_what_was_written() -> None:
    received = read_election(eml_files())

    assert received.election == ELECTION
    assert received.lists == LISTS
    assert count_in(received) == count_of(VOTES)
    assert [each.form for each in received.files] == ["110a", "230b", "510b"]


def test_recognises_files_by_content_in_any_order() -> None:
    files = [EmlFile("a.txt", COUNT.content), EmlFile("b", DEFINITION.content), EmlFile("c.csv", BALLOT.content)]

    assert count_in(read_election(files)) == count_of(VOTES)


def test_accepts_the_number_of_seats_instead_of_a_definition() -> None:
    assert read_election([BALLOT, COUNT], seats=SEATS).election == ELECTION


def test_accepts_a_number_of_seats_that_the_definition_confirms() -> None:
    assert read_election(eml_files(), seats=SEATS).election.seats == SEATS


def test_reads_investigations_gaps_and_byte_order_mark() -> None:
    lists = (CandidateList(3, "Gaten", (Candidate(2, "Aap"), Candidate(7, "Beer"))),)
    station = StationCount("0000::SB1", "Zaal", group({3: (4, 6)}), ("stembiljetten deels herteld",))
    count = replace(count_of({"0000::SB1": {3: (4, 6)}}, lists), stations=(station,))
    files = [
        EmlFile(file.name, b"\xef\xbb\xbf" + file.content)
        for file in write_election(ELECTION, lists, count, threshold=50)
    ]

    received = read_election(files)

    assert received.lists[0].positions == (2, 7)
    assert count_in(received).stations == (station,)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 10_000), min_size=12, max_size=12), min_size=1, max_size=4))
def test_whatever_is_written_is_read_the_same(stations: list[list[int]]) -> None:
    votes = {
        f"0000::SB{number}": {1: tuple(each[:5]), 2: tuple(each[5:9]), 5: tuple(each[9:])}
        for number, each in enumerate(stations, start=1)
    }
    count = count_of(votes)

    assert count_in(read_election(write_election(ELECTION, LISTS, count, threshold=50))) == count


Change = Callable[[], tuple[list[EmlFile], int | None]]


def in_file(which: EmlFile, old: str, new: str) -> Change:
    """The three files with the first `old` in one of them changed into `new`."""

    def change() -> tuple[list[EmlFile], int | None]:
        text = which.content.decode()
        assert old in text, f"{old!r} is not in {which.name}"
        changed = EmlFile(which.name, text.replace(old, new, 1).encode())
        return [changed if file is which else file for file in (DEFINITION, BALLOT, COUNT)], None

    return change


def instead_of(which: EmlFile, content: bytes) -> Change:
    """The three files with the bytes of one of them replaced."""
    return lambda: (
        [EmlFile(file.name, content) if file is which else file for file in (DEFINITION, BALLOT, COUNT)],
        None,
    )


def only(*files: EmlFile, seats: int | None = None) -> Change:
    """Just these files."""
    return lambda: (list(files), seats)


def zipped() -> bytes:
    """The count in a zip archive."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("telling.xml", COUNT.content)
    return archive.getvalue()


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<EML Id="510b" xmlns="urn:oasis:names:tc:evs:schema:eml">&c;</EML>"""
STEALS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<EML Id="230b" xmlns="urn:oasis:names:tc:evs:schema:eml">&x;</EML>"""
DEEP = b'<EML Id="230b" xmlns="urn:oasis:names:tc:evs:schema:eml">' + b"<a>" * 5000 + b"</a>" * 5000 + b"</EML>"
CUT = COUNT.content[: len(COUNT.content) // 2]
STATION_1 = '<ReportingUnitIdentifier Id="0000::SB1">'
STATION_2 = '<ReportingUnitIdentifier Id="0000::SB2">'

WRONG: dict[str, tuple[Change, str, str, str]] = {
    # name: (files, part of the place, part of the problem, part of the remedy)
    "empty file": (instead_of(COUNT, b" \n"), COUNT.name, "is empty", "again"),
    "csv": (instead_of(COUNT, b'"Verkiezing";;"Raad"\n'), COUNT.name, '"Datum" is missing', "again"),
    "zip": (instead_of(COUNT, zipped()), COUNT.name, "compressed", "Unpack"),
    "pdf": (instead_of(COUNT, b"%PDF-1.7\n1 0 obj"), COUNT.name, "not an XML file", "510b"),
    "other xml": (instead_of(COUNT, b"<html><body/></html>"), "line 1", "first element is html", "510b"),
    "no namespace": (instead_of(COUNT, b'<EML Id="510b"/>'), "line 1", "not EML_NL", "510b"),
    "form 520": (in_file(COUNT, 'Id="510b"', 'Id="520"'), "line 2", "EML form 520", "230b"),
    "form 510a": (in_file(COUNT, 'Id="510b"', 'Id="510a"'), "line 2", "EML form 510a", "510b"),
    "no form": (in_file(COUNT, 'Id="510b" ', ""), "line 2, EML", "attribute Id is missing", "again"),
    "cut off": (instead_of(COUNT, CUT), COUNT.name, "damaged or cut off", "again"),
    "cut off ballot": (instead_of(BALLOT, BALLOT.content[:900]), BALLOT.name, "damaged or cut off", "again"),
    "broken tag": (in_file(COUNT, "</Selection>", "</Selction>"), "line 10", "damaged or cut off", "again"),
    "billion laughs": (instead_of(COUNT, LAUGHS), "line 2", "document type", "DOCTYPE"),
    "external entity": (instead_of(BALLOT, STEALS), "line 1", "document type", "DOCTYPE"),
    "unknown entity": (in_file(COUNT, "Stembureau 1", "&bad; 1"), "line", "damaged or cut off", "again"),
    "far too deep": (instead_of(BALLOT, DEEP), BALLOT.name, "damaged or cut off", "again"),
    "latin-1 as utf-8": (
        instead_of(BALLOT, BALLOT.content.replace(b"Aalscholver", "Aalschölver".encode("latin-1"))),
        "line 12",
        "not encoded as UTF-8",
        "UTF-8",
    ),
    "declared latin-1": (in_file(BALLOT, 'encoding="UTF-8"', 'encoding="ISO-8859-1"'), "line 1", "ISO-8859-1", "UTF-8"),
    "utf-16": (instead_of(BALLOT, BALLOT.content.decode().encode("utf-16")), BALLOT.name, "UTF-8", "UTF-8"),
    "negative votes": (in_file(COUNT, "<ValidVotes>100<", "<ValidVotes>-100<"), "ValidVotes", '"-100"', "again"),
    "votes in words": (in_file(COUNT, "<ValidVotes>70<", "<ValidVotes>zeventig<"), "0000::SB1", '"zeventig"', "again"),
    "decimal votes": (in_file(COUNT, "<ValidVotes>100<", "<ValidVotes>100.0<"), "line", '"100.0"', "again"),
    "arabic digits": (in_file(COUNT, "<ValidVotes>100<", "<ValidVotes>١٠٠<"), "line", "whole number", "again"),
    "absurd votes": (in_file(COUNT, "<ValidVotes>100<", "<ValidVotes>99999999999999999999<"), "", "whole", "again"),
    "station twice": (in_file(COUNT, STATION_2, STATION_1), "ReportingUnitVotes", "0000::SB1 appears twice", "paper"),
    "station without id": (in_file(COUNT, 'Id="0000::SB1"', 'Id=""'), "line", "attribute Id", "again"),
    "list does not add up": (
        in_file(COUNT, "<ValidVotes>70<", "<ValidVotes>71<"),
        f"{COUNT.name}, line 36, ReportingUnitVotes 0000::SB1",
        "list 2 have 136 votes, but its total says 135",
        "paper",
    ),
    "valid does not add up": (
        in_file(COUNT, "<TotalCounted>599<", "<TotalCounted>600<"),
        f"{COUNT.name}, line 9, TotalVotes",
        "599",
        "paper",
    ),
    "stations do not add up": (in_file(COUNT, 'blanco">4<', 'blanco">5<'), "TotalVotes", "blank", "paper"),
    "unknown list": (
        in_file(BALLOT, '<AffiliationIdentifier Id="5"', '<AffiliationIdentifier Id="6"'),
        "TotalVotes",
        "List 5 does",
        "same",
    ),
    "unknown candidate": (
        in_file(COUNT, '<CandidateIdentifier Id="5"/>', '<CandidateIdentifier Id="9"/>'),
        "list 1",
        "no candidate number 9",
        "same",
    ),
    "candidate without votes": (
        in_file(
            COUNT,
            '<Selection><Candidate><CandidateIdentifier Id="5"/></Candidate><ValidVotes>4</ValidVotes></Selection>',
            "",
        ),
        "TotalVotes/list 1",
        "Candidate number 5 of list 1",
        "paper",
    ),
    "list twice in count": (
        in_file(COUNT, '<AffiliationIdentifier Id="2">', '<AffiliationIdentifier Id="1">'),
        "line",
        "List 1 is in the file twice",
        "paper",
    ),
    "list twice on ballot": (
        in_file(BALLOT, '<AffiliationIdentifier Id="2">', '<AffiliationIdentifier Id="1">'),
        "Affiliation[2]",
        "List 1 is in the file twice",
        "again",
    ),
    "candidate twice on ballot": (
        in_file(BALLOT, '<CandidateIdentifier Id="2"/>', '<CandidateIdentifier Id="1"/>'),
        "Candidate[2]",
        "Candidate 1 is on list 1 twice",
        "again",
    ),
    "candidate without name": (
        in_file(BALLOT, "LastName>Aalscholver</xnl:LastName", "Other>A</xnl:Other"),
        "PersonName",
        "LastName is missing",
        "again",
    ),
    "candidate number zero": (
        in_file(BALLOT, '<CandidateIdentifier Id="1"/>', '<CandidateIdentifier Id="0"/>'),
        "CandidateIdentifier",
        "start at 1",
        "again",
    ),
    "endless name": (in_file(BALLOT, "Aalscholver", "A" * 5000), "LastName", "longer than 250", "again"),
    "other election": (
        in_file(COUNT, 'Id="GR2022_Fabeldam"', 'Id="GR2022_Elders"'),
        COUNT.name,
        "election GR2022_Elders",
        "one election at a time",
    ),
    "other day": (
        in_file(DEFINITION, "ElectionDate>2022-03-16", "ElectionDate>2026-03-18"),
        DEFINITION.name,
        "2026-03-18",
        "one election at a time",
    ),
    "not a day": (
        in_file(COUNT, "ElectionDate>2022-03-16", "ElectionDate>16-03-2022"),
        "ElectionDate",
        "not a date",
        "again",
    ),
    "strange id": (in_file(BALLOT, 'Id="GR2022_Fabeldam"', 'Id="../../etc"'), "ElectionIdentifier", "letters", "again"),
    "senate election": (in_file(BALLOT, "Category>GR<", "Category>EK<"), BALLOT.name, "category EK", "GR"),
    "two districts": (
        in_file(BALLOT, "</Contest>", '</Contest><Contest><ContestIdentifier Id="2"/></Contest>'),
        "Contest[2]",
        "holds no lists",
        "again",
    ),
    "no stations": (
        instead_of(COUNT, COUNT.content.split(b"<TotalVotes>")[0] + b"</Contest></Contests></Election></Count></EML>"),
        COUNT.name,
        "TotalVotes is missing",
        "again",
    ),
    "no blank votes": (in_file(COUNT, "blanco", "wit"), "TotalVotes", "blanco", "paper"),
    "no ballot": (only(DEFINITION, COUNT), "", "form 230b is missing", "230b"),
    "no count": (only(DEFINITION, BALLOT), "", "form 510b is missing", "510b"),
    "nothing": (only(), "", "form 230b is missing", "510b"),
    "same file twice": (only(BALLOT, BALLOT, COUNT), BALLOT.name, "two files with form 230b", "one file"),
    "seats unknown": (only(BALLOT, COUNT), "seats", "number of seats is unknown", "110a"),
    "seats contradicted": (only(DEFINITION, BALLOT, COUNT, seats=11), "NumberOfSeats", "9 seats, but 11", "right file"),
    "seats of another kind of council": (
        only(BALLOT, COUNT, seats=27),
        "seats",
        "27 seats do not fit",
        "fewer than 19",
    ),
    "no seats in file": (in_file(DEFINITION, "Seats>9<", "Seats>0<"), "NumberOfSeats", "0 is not a possible", "17"),
    "unlawful threshold": (in_file(DEFINITION, "Threshold>50<", "Threshold>25<"), "Threshold", "law says 50%", "25%"),
    "no seats": (only(BALLOT, COUNT, seats=0), "seats", "0 is not a possible", "17"),
    "seats in words": (in_file(DEFINITION, "Seats>9<", "Seats>negen<"), "NumberOfSeats", '"negen"', "again"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_names_place_problem_and_remedy(name: str) -> None:
    change, place, problem, remedy = WRONG[name]
    files, seats = change()

    with pytest.raises(BadInput) as caught:
        read_election(files, seats)

    assert place in str(caught.value.place)
    assert problem in str(caught.value.problem)
    assert remedy in str(caught.value.remedy)


def test_refuses_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eml_reader, "LARGEST_FILE", 100)

    with pytest.raises(BadInput, match="larger than 100 bytes"):
        read_election(eml_files())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(COUNT.content) - 1), st.binary(min_size=0, max_size=4))
def test_damage_anywhere_is_refused_or_harmless(at: int, damage: bytes) -> None:
    content = COUNT.content[:at] + damage + COUNT.content[at + len(damage) + 1 :]

    try:
        received = read_election([DEFINITION, BALLOT, EmlFile(COUNT.name, content)])
    except BadInput:
        return
    assert count_in(received).total.valid == sum(count_in(received).total.list_totals.values())


def test_a_broken_file_does_not_get_the_line_of_another() -> None:
    late = COUNT.content.replace(b"</Contests>", b"</Contest>")
    early = COUNT.content.replace(b"</Selection>", b"</Selection2>", 1)
    places = []

    for content in (early, late, early, late, early):
        with pytest.raises(BadInput) as caught:
            read_election([DEFINITION, BALLOT, EmlFile(COUNT.name, content)])
        places.append(caught.value.place.line)

    lines = COUNT.content.decode().split("\n")
    first, last = (
        next(i for i, line in enumerate(lines, 1) if text in line) for text in ("</Selection>", "</Contests>")
    )
    assert places == [first, last, first, last, first]


WEST = "elections/real/gr2022_west_maas_en_waal"


@pytest.mark.conformance
def test_real_count_equals_the_published_table(conformance: Path) -> None:
    folder = conformance / WEST
    files = [EmlFile(path.name, path.read_bytes()) for path in folder.glob("*.eml.xml")]

    received = read_election(files, seats=17)

    table = list(csv.reader(StringIO(next(folder.glob("*.csv")).read_text("utf-8-sig")), delimiter=";"))
    assert votes_in(table) == {
        (each.number, candidate.position): (
            count_in(received).total.votes[each.number][index],
            *(station.group.votes[each.number][index] for station in count_in(received).stations),
        )
        for each in received.lists
        for index, candidate in enumerate(each.candidates)
    }
    row = {line[1]: [int(cell) for cell in line[4:]] for line in table if len(line) > 4 and line[0] == "" and line[1]}
    groups = [count_in(received).total, *(station.group for station in count_in(received).stations)]
    assert row["opgeroepenen"] == [each.eligible for each in groups]
    assert row["toegelaten kiezers"] == [each.admission and each.admission.admitted for each in groups]
    assert row["blanco stembiljetten"] == [each.blank for each in groups]
    assert row["ongeldige stembiljetten"] == [each.invalid for each in groups]


def votes_in(table: list[list[str]]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Votes per list and candidate: the total and every station, from the CSV form of a count."""
    votes, current = {}, 0
    for line in table:
        current = int(line[0]) if line and line[0].isdigit() else current
        if current and len(line) > 4 and line[2].isdigit():
            votes[current, int(line[2])] = tuple(int(cell) for cell in line[4:])
    return votes


@pytest.mark.conformance
def test_reads_every_sample_of_the_three_forms(conformance: Path) -> None:
    samples = conformance / "elections/eml_samples"
    definitions = [read_definition(read(path)) for path in sorted(samples.glob("eml110a*"))]
    ballots = {path.name: read_ballot(read(path)) for path in sorted(samples.glob("eml230b*"))}
    lists = (CandidateList(1, "Test Party", (Candidate(1, "A"), Candidate(2, "B"))),)
    counts = [read_count(read(path), lists)[1] for path in sorted(samples.glob("*510b*"))]

    assert sorted(each.seats for each in definitions) == [15, 45]
    assert ballots["eml230b_test_with_gaps.eml.xml"].lists[0].positions[:4] == (2, 3, 6, 8)
    assert [each.total.valid for each in counts] == [100, 100]
    assert {each.stations[0].investigations for each in counts} == {(), ("toegelaten kiezers opnieuw vastgesteld",)}


@pytest.mark.conformance
def test_reads_house_candidates_and_definition(conformance: Path) -> None:
    folder = conformance / "elections/real/tk2023_candidates"
    ballots = [read_ballot(read(path)) for path in sorted(folder.glob("Kandidatenlijsten*"))]

    assert read_definition(read(folder / "Verkiezingsdefinitie_TK2023.eml.xml")).seats == 150
    assert [len(each.lists) for each in ballots] == [26, 26]
    assert all(candidate.last_name for each in ballots for one in each.lists for candidate in one.candidates)


def read(path: Path) -> EmlFile:
    """A conformance file as received."""
    return EmlFile(path.name, path.read_bytes())
