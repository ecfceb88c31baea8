"""The project's own tables: described by Table Schema, read as written, and refused by file, line and column."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thorbecke.elections.adapters.eml_230 import read_ballot
from thorbecke.elections.adapters.eml_510 import read_count
from thorbecke.elections.adapters.eml_reader import EmlFile
from thorbecke.elections.adapters.plain_reader import is_package, read_package
from thorbecke.elections.adapters.plain_schema import PACKAGE
from thorbecke.elections.adapters.plain_writer import write_package
from thorbecke.elections.domain.count import Candidate, CandidateList, Election, ElectionCount
from thorbecke.kernel.errors import BadInput

from .test_eml_writers import COUNT
from .town import ELECTION, LISTS, VOTES, count_of, eml_files

FILES = write_package(ELECTION, LISTS, COUNT)
BY_NAME = {file.name: file for file in FILES}


def test_what_is_written_is_read_the_same() -> None:
    read = read_package(FILES[::-1])

    assert (read.election, read.lists, read.count) == (ELECTION, LISTS, COUNT)
    assert [file.name for file in read.files] == [
        PACKAGE,
        "lists.csv",
        "candidates.csv",
        "stations.csv",
        "votes.csv",
    ]
    assert write_package(ELECTION, LISTS, COUNT) == FILES


def test_a_count_without_stations_or_admitted_voters_is_read_the_same() -> None:
    total = replace(count_of(VOTES).total, eligible=None, admission=None)
    count = ElectionCount(ELECTION.id, total, ())

    assert read_package(write_package(ELECTION, LISTS, count)).count == count


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS.filter(bool), st.lists(st.integers(0, 10**6), min_size=2, max_size=2))
def test_any_name_and_number_is_read_the_same(appellation: str, name: str, votes: list[int]) -> None:
    lists = (CandidateList(4, appellation, (Candidate(1, name), Candidate(9, "B", locality=appellation))),)
    count = count_of({"0000::SB1": {4: tuple(votes)}}, lists)

    read = read_package(write_package(ELECTION, lists, count))

    assert (read.lists, read.count) == (lists, count)


def test_every_table_is_described() -> None:
    described = json.loads(BY_NAME[PACKAGE].content)

    for resource in described["resources"]:
        file = BY_NAME[resource["path"]]
        header = file.content.decode().partition("\n")[0].split(",")
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert all(field["type"] in {"integer", "string"} and field["description"] for field in fields)
        assert (resource["bytes"], resource["hash"]) == (len(file.content), f"sha256:{file.sha256}")
    votes = described["resources"][3]["schema"]
    assert votes["primaryKey"] == ["station", "list", "candidate"]
    assert votes["fields"][3]["constraints"] == {"required": True, "minimum": 0, "maximum": 999_999_999}


def test_knows_a_package_by_its_content() -> None:
    assert [is_package(file) for file in (*FILES, *eml_files())] == [True, *[False] * 7]


def changed(name: str, old: str, new: str) -> list[EmlFile]:
    """The files with the first `old` in one of them changed; hashes are left out, as by hand."""
    texts = {file.name: file.content.decode() for file in FILES}
    described = json.loads(texts[PACKAGE])
    for resource in described["resources"]:
        del resource["hash"]
    texts[PACKAGE] = json.dumps(described, indent=2, ensure_ascii=False)
    assert old in texts[name]
    texts[name] = texts[name].replace(old, new, 1)
    return [EmlFile(each, text.encode()) for each, text in texts.items()]


def test_reads_tables_saved_by_a_spreadsheet_program() -> None:
    files = [
        replace(file, content=file.content.replace(b",", b";").replace(b"\n", b"\r\n"))
        if file.name in {"votes.csv", "lists.csv"}
        else file
        for file in changed("lists.csv", "list", "list")
    ]

    assert read_package(files).count == COUNT


WRONG: dict[str, tuple[str, str, str, str, str]] = {
    # name: (file, text, text instead, place, part of the problem)
    "votes in words": ("votes.csv", "SB1,1,1,100", "SB1,1,1,veel", "votes.csv, line 14, column 4 (votes)", '"veel"'),
    "votes below zero": ("votes.csv", "SB1,1,1,100", "SB1,1,1,-1", "line 14, column 4 (votes)", '"-1"'),
    "no votes": ("votes.csv", "SB1,1,1,100", "SB1,1,1,", "line 14, column 4 (votes)", "must be filled"),
    "line twice": ("votes.csv", "SB1,1,2,", "SB1,1,1,", "line 15, column 3 (candidate)", "0000::SB1 1 1"),
    "unknown station": ("votes.csv", "0000::SB1,1", "0000::SB7,1", "line 14, column 1 (station)", "table stations"),
    "unknown candidate": ("votes.csv", "SB1,1,1,", "SB1,1,8,", "line 14, column 3 (candidate)", "table candidates"),
    "too many cells": ("votes.csv", "SB1,1,1,100", "SB1,1,1,100,9", "line 14, column 5", "5 filled columns, and 4"),
    "candidate left out": ("votes.csv", "0000::SB1,1,1,100\n", "", "stations.csv, line 3", "no number of votes"),
    "votes do not make the total": ("votes.csv", "SB1,1,1,100", "SB1,1,1,101", "stations.csv, line 2", "311 votes"),
    "column missing": ("votes.csv", "candidate,votes", "candidate", "line 1, column 4", '"votes" is missing'),
    "column unknown": ("votes.csv", "candidate,votes", "person,votes", "column 3", 'no column "person"'),
    "column twice": ("votes.csv", "candidate,votes", "votes,votes", "column 4", 'no column "votes", or has it twice'),
    "blank do not make the total": ("stations.csv", "total,,4,", "total,,5,", "stations.csv, line 2", "blank"),
    "no totals": ("stations.csv", "total,", "sum,", "votes.csv, line 2, column 1 (station)", "table stations"),
    "half of the admitted": ("stations.csv", ",294,0,0,294,", ",294,,0,294,", "column 7 (proxies)", "or none"),
    "list zero": ("lists.csv", "\n1,", "\n0,", "lists.csv, line 2, column 1 (list)", "start at 1"),
    "list without candidates": ("lists.csv", "\n2,", "\n3,X\n2,", "lists.csv, line 3", "List 3 has no candidates"),
    "candidate on no list": ("candidates.csv", "\n5,1", "\n6,1", "candidates.csv, line 11", "table lists"),
    "nobody": ("candidates.csv", "Aalscholver", "", "candidates.csv, line 2, column 3 (last_name)", "must be filled"),
    "endless name": ("candidates.csv", "Aalscholver", "A" * 251, "column 3 (last_name)", "longer than 250"),
    "empty table": ("votes.csv", BY_NAME["votes.csv"].content.decode(), ",,", "votes.csv, line 1", "is missing"),
    "no JSON": (PACKAGE, '"name"', "name", "datapackage.json, line 3", "not JSON"),
    "no election": (PACKAGE, '"election"', '"poll"', "election.id", "missing or wrong"),
    "strange id": (PACKAGE, '"GR2022_Fabeldam"', '"../x"', "election.id", "missing or wrong"),
    "seats in words": (PACKAGE, '"seats": 9', '"seats": "9"', "election.seats", "missing or wrong"),
    "no day": (PACKAGE, "2022-03-16", "morgen", "election.date", "missing or wrong"),
    "table not described": (PACKAGE, '"name": "votes"', '"name": "x"', "resources.votes.path", "missing or wrong"),
    "file missing": (PACKAGE, '"votes.csv"', '"stemmen.csv"', "", '"stemmen.csv" is missing'),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_table_names_file_line_column_and_remedy(name: str) -> None:
    file, old, new, place, problem = WRONG[name]

    with pytest.raises(BadInput) as caught:
        read_package(changed(file, old, new))

    assert place in str(caught.value.place)
    assert problem in str(caught.value.problem)
    assert str(caught.value.remedy)


def test_a_table_changed_after_it_was_described_is_refused() -> None:
    files = [replace(file, content=file.content + b"\n") if file.name == "votes.csv" else file for file in FILES]

    with pytest.raises(BadInput, match=r"votes\.csv: This file was changed after it was described"):
        read_package(files)


def test_a_file_too_many_or_too_few_is_refused() -> None:
    with pytest.raises(BadInput, match=r"notes\.txt: This file is not part"):
        read_package([*FILES, EmlFile("notes.txt", b"hello")])
    with pytest.raises(BadInput, match=r'"datapackage\.json" is missing'):
        read_package(FILES[1:])


@pytest.mark.conformance
def test_real_count_is_read_the_same(conformance: Path) -> None:
    folder = conformance / "elections/real/gr2022_west_maas_en_waal"
    ballot_file, count_file = (EmlFile(path.name, path.read_bytes()) for path in sorted(folder.glob("*.eml.xml")))
    ballot = read_ballot(ballot_file)
    identity, count = read_count(count_file, ballot.lists)
    election = Election(identity.id, identity.category, identity.name, identity.date, identity.area, 17)

    read = read_package(write_package(election, ballot.lists, count))

    assert (read.election, read.lists, read.count) == (election, ballot.lists, count)
