"""Votes of alike stations are read without the XML parser: whatever the file, the outcome is that of the parser."""

from __future__ import annotations

from itertools import count as counting

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thorbecke.elections.adapters import eml_510, eml_runs
from thorbecke.elections.adapters.eml_510 import read_count
from thorbecke.elections.adapters.eml_files import write_election
from thorbecke.elections.adapters.eml_reader import EmlFile
from thorbecke.elections.adapters.eml_runs import CutFile
from thorbecke.elections.domain.count import ElectionCount
from thorbecke.kernel.errors import BadInput

from .town import ELECTION, LISTS, VOTES, count_of, eml_files

TEXT = eml_files()[2].content.decode()
RUN = TEXT[TEXT.index("<Selection>") : TEXT.index("<Cast>")]
STATION_1 = TEXT.index("<ReportingUnitVotes>")
STATION_2 = TEXT.rindex("<ReportingUnitVotes>")


def outcome(text: str) -> ElectionCount | str:
    """The count in a file, or the words that refuse it."""
    try:
        return read_count(EmlFile("count", text.encode()), LISTS)[1]
    except BadInput as error:
        return str(error)


def rows_cut(text: str) -> int:
    """How many runs do not go to the parser."""
    cut = CutFile(text.encode())
    pieces = b"".join(iter(cut.read, b""))
    return pieces.count(b" Row=")


def swapped(text: str) -> str:
    """The first two candidates of list 1 change places everywhere."""
    first, second = '<CandidateIdentifier Id="1"/>', '<CandidateIdentifier Id="2"/>'
    return text.replace(first, "#").replace(second, first).replace("#", second)


FORGED, FORGED_FIRST = '<Cut Kind="0" Row="2"/>', '<Cut Kind="0"/>'
HEAD, TAIL = TEXT[:STATION_1], TEXT[STATION_1:]
UNUSUAL = {
    "pretty printed": TEXT.replace("><", ">\n    <"),
    "another order of candidates": swapped(TEXT),
    "another order in one station": TEXT[:STATION_2] + swapped(TEXT[STATION_2:]),
    "comment with a run before the totals": TEXT.replace("<TotalVotes>", f"<!-- {RUN} <Cast> --><TotalVotes>"),
    "comment with another run first": TEXT.replace("<TotalVotes>", f"<!-- {swapped(RUN)} <Cast> --><TotalVotes>"),
    "comment with another run first, same station": TEXT[:STATION_2].replace(
        "<TotalVotes>", f"<!-- {swapped(RUN)} <Cast> --><TotalVotes>"
    )
    + swapped(TEXT[STATION_2:]),
    "comment inside a run": TEXT.replace("<ValidVotes>70<", "<ValidVotes><!-- x -->70<"),
    "spaces around a number": TEXT.replace(">70<", "> 70 <"),
    "votes in CDATA": TEXT.replace(">70<", "><![CDATA[70]]><"),
    "a run in CDATA": TEXT.replace("<TotalVotes>", f"<![CDATA[{RUN} <Cast>]]><TotalVotes>"),
    "forged mark": HEAD + TAIL.replace("<Selection>", f"{FORGED}<Selection>", 1),
    "forged mark instead of votes": HEAD + TAIL.replace(RUN[:200], f"{FORGED}{RUN[:200]}", 1),
    "forged first mark": HEAD + TAIL.replace("<Selection>", f"{FORGED_FIRST}<Selection>", 1),
    "forged mark before the totals": TEXT.replace("<TotalVotes>", f"<TotalVotes>{FORGED_FIRST}", 1),
    "two numbers in one selection": TEXT.replace(
        "<ValidVotes>70</ValidVotes>", "<ValidVotes>70</ValidVotes><ValidVotes>71</ValidVotes>"
    ),
    "station without numbers": TEXT[:STATION_2] + TEXT[STATION_2:].replace("<Selection>", "<Other>"),
    "too large a number": TEXT.replace(">70<", ">1000000000<"),
    "list that does not add up": TEXT.replace(">70<", ">71<"),
    "cut off within a run": TEXT[: STATION_2 + 300],
    "no totals": TEXT.replace("TotalVotes>", "Other>"),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_files_come_out_as_the_parser_reads_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = outcome(UNUSUAL[name])
    monkeypatch.setattr(eml_runs, "_runs", lambda _: [])

    assert fast == outcome(UNUSUAL[name])


def test_alike_stations_do_not_go_to_the_parser() -> None:
    assert rows_cut(TEXT) == len(VOTES)
    assert outcome(TEXT) == count_of(VOTES)
    assert outcome(UNUSUAL["another order of candidates"]) != outcome(TEXT)


def test_a_corrected_file_has_kinds_of_its_own() -> None:
    corrected = TEXT.replace("<ValidVotes>345<", "<kr:InitialValidVotes>344</kr:InitialValidVotes><ValidVotes>345<")

    assert corrected != TEXT
    assert rows_cut(corrected) == len(VOTES) - 1
    assert outcome(corrected) == count_of(VOTES)


def test_too_many_kinds_go_to_the_parser() -> None:
    stations = {f"0000::SB{number}": VOTES["0000::SB1"] for number in range(1, 10)}
    count = count_of(stations)
    text = write_election(ELECTION, LISTS, count, threshold=50)[2].content.decode()
    parts = text.split("<ReportingUnitVotes>")
    various = "<ReportingUnitVotes>".join(
        part.replace("<Selection><Aff", f"<Selection>{' ' * number}<Aff", 1) for number, part in enumerate(parts)
    )

    assert rows_cut(text) == 9
    assert rows_cut(various) == 0
    assert outcome(various) == count


def test_an_unusual_file_is_read_again_by_the_parser_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = counting()
    read = eml_510._read
    monkeypatch.setattr(eml_510, "_read", lambda *arguments: (next(reads), read(*arguments))[1])

    outcome(UNUSUAL["comment with a run before the totals"])

    assert next(reads) == 2


@settings(max_examples=150, deadline=None)
@given(st.integers(len(HEAD) - len(RUN), len(TEXT) - 1), st.text("<>/Selction 0123&-!", max_size=6))
def test_damage_comes_out_as_the_parser_reads_it(at: int, damage: str) -> None:
    text = TEXT[:at] + damage + TEXT[at + len(damage) :]

    fast = outcome(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(eml_runs, "_runs", lambda _: [])
        assert fast == outcome(text)
