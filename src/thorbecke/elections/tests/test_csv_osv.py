"""The Electoral Council's CSV: every dialect read, equal to the EML of a count, and refused by line and column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thorbecke.elections.adapters.csv_osv import OsvHeading, is_osv_csv, osv_name, read_osv_csv
from thorbecke.elections.adapters.csv_osv_writer import write_osv_csv
from thorbecke.elections.adapters.eml_230 import read_ballot
from thorbecke.elections.adapters.eml_510 import read_count
from thorbecke.elections.adapters.eml_reader import EmlFile
from thorbecke.elections.domain.count import Candidate, CandidateList, Difference, ElectionCount, total_of
from thorbecke.kernel.errors import BadInput

from .town import ELECTION, LISTS, VOTES, count_of, eml_files

HEADING = OsvHeading(
    ELECTION.name, ELECTION.date, "Gemeente Fabeldam", "0000", {"0000::SB1": "1234 AB", "0000::SB2": "1234 CD"}
)
COUNT = replace(
    count_of(VOTES), stations=tuple(replace(each, name=f"Zaal {each.id[-1]}") for each in count_of(VOTES).stations)
)
CSV = write_osv_csv(HEADING, LISTS, COUNT)
TEXT = CSV.decode("utf-8-sig")


def read(text: str, *, encoding: str = "utf-8", lists: tuple[CandidateList, ...] | None = LISTS) -> ElectionCount:
    """The count in a file with this text."""
    return read_osv_csv(EmlFile("telling.csv", text.encode(encoding)), ELECTION.id, lists).count


def test_looks_as_the_council_writes_it() -> None:
    lines = TEXT.split("\n")

    assert lines[:8] == [
        '"Verkiezing";;"Gemeenteraad Fabeldam 2022"',
        '"Datum";;"2022-03-16"',
        '"Gebied";;"Gemeente Fabeldam"',
        '"Nummer";;"0000"',
        "",
        '"Lijstnummer";"Aanduiding";"Volgnummer";"Naam kandidaat";"Totaal";"Zaal 1";"Zaal 2"',
        '"Gebiednummer";;;;;"1";"2"',
        '"Postcode";;;;;"1234 AB";"1234 CD"',
    ]
    assert '"1";"Partij van de Dijk";;;"345";"125";"220"' in lines
    assert ';;"1";"Aalscholver, A.";"310";"100";"210"' in lines


def test_what_is_written_is_read_the_same() -> None:
    result = read_osv_csv(EmlFile("telling.csv", CSV), ELECTION.id, LISTS)

    assert (result.heading, result.lists, result.count) == (HEADING, LISTS, COUNT)


def test_takes_lists_and_names_from_the_file_where_none_are_given() -> None:
    lists = (CandidateList(3, "Gaten", (Candidate(2, "Berg", "van den", "A.B."), Candidate(7, "Zonder"))),)
    count = count_of({"0000::SB1": {3: (4, 6)}}, lists)

    result = read_osv_csv(EmlFile("telling.csv", write_osv_csv(HEADING, lists, count)), ELECTION.id)

    assert [(each.position, osv_name(each)) for each in result.lists[0].candidates] == [
        (2, "van den Berg, A.B."),
        (7, "Zonder"),
    ]
    assert result.count.total == count.total


def test_keeps_differences_and_unusual_explanations() -> None:
    explained = Difference(2, 5, {"geen verklaring": 3, "kwijtgeraakte stembiljetten": 1})
    stations = tuple(replace(each, group=replace(each.group, difference=explained)) for each in COUNT.stations)
    count = replace(COUNT, total=total_of((each.group for each in stations), LISTS), stations=stations)

    assert read(write_osv_csv(HEADING, LISTS, count).decode("utf-8-sig")) == count


def unquoted(text: str) -> str:
    """As a spreadsheet program saves it: no quotes, every line as long, other dates, no zeros in front."""
    lines = text.replace('"', "").replace("2022-03-16", "16-03-2022").replace(";0000", ";0").split("\n")
    return "".join(line + ";" * (6 - line.count(";")) + "\r\n" for line in lines)


SPREADSHEET = unquoted(TEXT)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT, "utf-8-sig"),
        (TEXT, "utf-16"),
        (TEXT, "cp1252"),
        (SPREADSHEET, "utf-8"),
        (SPREADSHEET, "cp1252"),
        (TEXT.replace('";', '",').replace(";", ",").replace('"",', '"",'), "utf-8"),
        (SPREADSHEET.replace(";", "\t"), "utf-8"),
        (TEXT.replace("\n", "\r\n") + "\r\n\r\n", "utf-8"),
    ],
    ids=["as written", "utf-16", "windows", "spreadsheet", "old spreadsheet", "commas", "tabs", "line ends"],
)
def test_reads_every_dialect(text: str, encoding: str) -> None:
    assert is_osv_csv(EmlFile("x", text.encode(encoding)))
    assert read(text, encoding=encoding) == COUNT


def test_names_in_windows_encoding_are_read_right() -> None:
    lists = (CandidateList(1, "Één", (Candidate(1, "Müller", initials="É."),)),)
    count = count_of({"0000::SB1": {1: (4,)}}, lists)
    text = write_osv_csv(HEADING, lists, count).decode("utf-8-sig")

    assert read(text, encoding="cp1252", lists=lists).total == count.total


def test_knows_other_files() -> None:
    assert not any(is_osv_csv(file) for file in eml_files())
    assert not is_osv_csv(EmlFile("", b""))


WRONG: dict[str, tuple[str, str, str, str]] = {
    # name: (text, text instead, place, part of the problem)
    "votes in words": ('"310";"100"', '"310";"honderd"', "line 26, column 6 (Zaal 1)", '"honderd"'),
    "votes below zero": ('"310";"100"', '"310";"-100"', "line 26, column 6 (Zaal 1)", '"-100"'),
    "decimals": ('"310";"100"', '"310";"100,0"', "line 26, column 6 (Zaal 1)", '"100,0"'),
    "empty cell": ('"310";"100"', '"310";', "line 26, column 6 (Zaal 1)", '""'),
    "too few columns": ('"310";"100";"210"', '"310";"100"', "line 26, column 7 (Zaal 2)", "6 filled columns, and 7"),
    "too many columns": ('"310";"100";"210"', '"310";"100";"210";"1"', "line 26, column 8", "8 filled columns, and 7"),
    "list does not add up": (
        '"345";"125"',
        '"345";"126"',
        "line 25, column 6 (Zaal 1)",
        "125 votes, but its total says 126",
    ),
    "lists do not add up": ('"599";"291"', '"599";"290"', "line 14, column 6 (Zaal 1)", "291 votes together"),
    "ballots found": (
        'aangetroffen stembiljetten";;;"605";"294"',
        'aangetroffen stembiljetten";;;"605";"295"',
        "line 17, column 6 (Zaal 1)",
        "294 valid, blank and invalid",
    ),
    "candidate's total": (
        '"310";"100";"210"\n;;"2";"Buizerd, B.";"23"',
        '"311";"100";"210"\n;;"2";"Buizerd, B.";"22"',
        "line 26, column 5 (Totaal)",
        "310 votes, but the total says 311",
    ),
    "blank total": ('blanco stembiljetten";;;"4"', 'blanco stembiljetten";;;"5"', "column 5 (Totaal)", "605"),
    "list twice": ('"2";"Lijst & Zonen"', '"1";"Lijst & Zonen"', "line 31, column 1 (Lijstnummer)", "twice"),
    "list unknown": ('"2";"Lijst & Zonen"', '"3";"Lijst & Zonen"', "line 31, column 1", "List 3 does not take part"),
    "candidate twice": (';;"2";"Buizerd', ';;"1";"Buizerd', "line 27, column 3 (Volgnummer)", "on list 1 twice"),
    "candidate zero": (';;"1";"Aal', ';;"0";"Aal', "line 26, column 3", "start at 1"),
    "other name": ("Buizerd, B.", "Havik, H.", "line 27, column 4 (Naam kandidaat)", 'is "Havik, H." here'),
    "other position": (';;"5";"Eend', ';;"6";"Eend', "line 25", "no candidate number 6"),
    "station twice": ('"1";"2"', '"1";"1"', "line 7, column 7 (Zaal 2)", "0000::SB1 appears twice"),
    "unknown figure": ("geen verklaring", "rode sokken", "column 2 (Aanduiding)", "rode sokken"),
    "figure twice": ("blanco stem", "ongeldige stem", "column 2 (Aanduiding)", "in the file twice"),
    "no blank votes": ('\n;"blanco', '\n;"geen briefstembiljetten";;;"0";"0";"0"\n#;"blanco', "column 1", '"#"'),
    "list without candidates": (
        '"2";"Lijst & Zonen"',
        '"3";"Leeg";;;"0";"0";"0"\n"2";"Lijst & Zonen"',
        "line 31, column 1",
        "no candidates",
    ),
    "no numbers of stations": ('"Gebiednummer";;;;;"1";"2"\n', "", "telling.csv", '"Gebiednummer" is missing'),
    "other heading": ('"Totaal"', '"Som"', "line 6, column 5", 'must be "Totaal"'),
    "no day": ('"2022-03-16"', '"morgen"', "line 2, column 3", '"morgen" is not a day'),
    "unknown line at the top": ('"Gebied";', '"Streek";', "line 3, column 1", '"Streek"'),
    "quotes": ('"Zaal 1"', '"Zaal 1"x', "line 6", "quotes"),
    "control character": ("Buizerd", "Bui\x0bzerd", "line 27", "does not belong in text"),
    "endless name": ("Buizerd", "B" * 300, "line 27, column 4", "longer than 250"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_file_names_line_column_and_remedy(name: str) -> None:
    old, new, place, problem = WRONG[name]
    assert old in TEXT

    with pytest.raises(BadInput) as caught:
        read(TEXT.replace(old, new, 1))

    assert str(caught.value.place).startswith("telling.csv")
    assert place in str(caught.value.place)
    assert problem in str(caught.value.problem)
    assert str(caught.value.remedy)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"PK\x03\x04abc", "compressed"),
        (b'"Verkiezing";;"\x81"', "encoding"),
        (b'"Verkiezing";;"Raad"', '"Datum" is missing'),
        (b"\xff\xfeV\x00e", "encoding|missing|not known"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        read_osv_csv(EmlFile("telling.csv", content), ELECTION.id)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(CSV) - 1), st.binary(max_size=4))
def test_damage_is_refused_or_harmless(at: int, damage: bytes) -> None:
    content = CSV[:at] + damage + CSV[at + len(damage) + 1 :]

    try:
        count = read_osv_csv(EmlFile("telling.csv", content), ELECTION.id).count
    except BadInput:
        return
    assert count.total.valid == sum(count.total.list_totals.values())


def real(conformance: Path) -> Path:
    """The folder with real files."""
    return conformance / "elections/real"


@pytest.mark.conformance
def test_real_table_counts_as_the_real_eml(conformance: Path) -> None:
    folder = real(conformance) / "gr2022_west_maas_en_waal"
    ballot_file, count_file = (EmlFile(path.name, path.read_bytes()) for path in sorted(folder.glob("*.eml.xml")))
    ballot = read_ballot(ballot_file)
    identity, count = read_count(count_file, ballot.lists)
    table = EmlFile("t.csv", next(folder.glob("*.csv")).read_bytes())

    read = read_osv_csv(table, identity.id, ballot.lists)

    assert (read.heading.name, read.heading.date, read.heading.area_id) == (identity.name, identity.date, "0668")
    assert read.count.total == count.total
    assert [(each.id, each.group) for each in read.count.stations] == [(each.id, each.group) for each in count.stations]
    without_codes = replace(read.heading, postal_codes={})
    assert write_osv_csv(without_codes, ballot.lists, count) == table.content


@pytest.mark.conformance
def test_reads_every_real_table(conformance: Path) -> None:
    paths = sorted(real(conformance).glob("*/[oO][sS][vV]4*.csv"))
    results = {path.name: read_osv_csv(EmlFile(path.name, path.read_bytes()), "TK2023") for path in paths}

    assert len(results) == 20
    assert {each.heading.date for each in results.values()} == {date(2022, 3, 16), date(2023, 11, 22)}
    leeuwarden = results["osv4-3-telling-tk2023-kieskring-leeuwarden.csv"]
    assert leeuwarden.count.stations[0].id == "HSB2::0059"
    rotterdam = results["osv4-3_telling_tk2023_gemeente_rotterdam.csv"]
    content = (real(conformance) / "tk2023/osv4-3_telling_tk2023_gemeente_rotterdam.csv").read_bytes()
    assert write_osv_csv(rotterdam.heading, rotterdam.lists, rotterdam.count) == content
    for result in results.values():
        again = write_osv_csv(result.heading, result.lists, result.count)
        assert read_osv_csv(EmlFile("again", again), "TK2023") == result


@pytest.mark.conformance
@pytest.mark.parametrize("district", ["Utrecht", "Amsterdam"])
def test_real_tables_name_the_candidates_of_the_real_lists(district: str, conformance: Path) -> None:
    ballot_file = real(conformance) / f"tk2023_candidates/Kandidatenlijsten_TK2023_{district}.eml.xml"
    lists = read_ballot(EmlFile("lists", ballot_file.read_bytes())).lists
    path = next((real(conformance) / "tk2023").glob(f"*{district.lower()}.csv"))

    assert read_osv_csv(EmlFile(path.name, path.read_bytes()), "TK2023", lists).lists == lists
