"""A fictitious provincial election with two districts, small enough to count on paper, as the files of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from thorbecke.elections.adapters.eml_110a_writer import write_definition
from thorbecke.elections.adapters.eml_230_writer import write_ballot
from thorbecke.elections.adapters.eml_510_writer import write_count
from thorbecke.elections.adapters.eml_identity import Contest
from thorbecke.elections.adapters.eml_reader import EmlFile
from thorbecke.elections.adapters.eml_writer import fictitious_letterhead
from thorbecke.elections.domain.count import Candidate, CandidateList, Election, ElectionCount, StationCount, total_of

from .town import group

SEATS = 19
ELECTION = Election(
    id="PS2023_Fabelland",
    category="PS",
    name="Provinciale Staten Fabelland 2023",
    date=date(2023, 3, 15),
    authority="Fabelland",
    seats=SEATS,
)
NORTH, SOUTH = Contest("1", "Noord"), Contest("2", "Zuid")
LETTERHEAD = fictitious_letterhead(ELECTION)


def candidates(*names: str) -> tuple[Candidate, ...]:
    """Candidates numbered from 1 with these last names."""
    return tuple(
        Candidate(position, name, initials=f"{name[0]}.", locality="Fabelland")
        for position, name in enumerate(names, start=1)
    )


DIKE = CandidateList(1, "Partij van de Dijk", candidates(*(f"Dijk{letter}" for letter in "abcdefghijklm")))
LISTS: Mapping[str, tuple[CandidateList, ...]] = {
    "1": (
        DIKE,
        CandidateList(2, "Bos en Hei", candidates("Eik", "Beuk", "Noorderlicht", "Wilg")),
        CandidateList(3, "", candidates("Alleen")),
    ),
    "2": (
        DIKE,
        CandidateList(2, "Bos en Hei", candidates("Beuk", "Eik", "Zuiderzon", "Wilg", "Kers")),
        CandidateList(3, "Alleen in Zuid", candidates("Zuid", "Zuider")),
        CandidateList(4, "", candidates("Alleen")),
    ),
}
"""Party 2 has another list in each district; number 3 is a list without a name in the north, another in the south."""

VOTES: Mapping[str, Mapping[str, Mapping[int, tuple[int, ...]]]] = {
    "1": {
        "HSB1::0001": {1: (400, 50, *(5,) * 11), 2: (150, 30, 60, 5), 3: (45,)},
        "HSB1::0002": {1: (300, 20, *(4,) * 11), 2: (90, 20, 80, 10), 3: (25,)},
    },
    "2": {
        "HSB2::0003": {1: (250, 60, *(3,) * 11), 2: (80, 200, 150, 10, 5), 3: (140, 30), 4: (40,)},
    },
}


def ballot_file(contest: Contest) -> EmlFile:
    """The 230b of one district."""
    content = write_ballot(ELECTION, LISTS[contest.id], LETTERHEAD, contest=contest)
    return EmlFile(f"Kandidatenlijsten_{contest.name}.eml.xml", content)


def count_of_district(
    contest: Contest, votes: Mapping[str, Mapping[int, tuple[int, ...]]] | None = None
) -> ElectionCount:
    """What the municipalities of one district counted."""
    counted = VOTES[contest.id] if votes is None else votes
    stations = tuple(StationCount(each, f"Gemeente {each[-1]}", group(given)) for each, given in counted.items())
    return ElectionCount(ELECTION.id, total_of((each.group for each in stations), LISTS[contest.id]), stations)


def count_file(contest: Contest, votes: Mapping[str, Mapping[int, tuple[int, ...]]] | None = None) -> EmlFile:
    """The 510c of one district."""
    count = count_of_district(contest, votes)
    content = write_count(ELECTION, LISTS[contest.id], count, LETTERHEAD, form="510c", contest=contest)
    return EmlFile(f"Telling_{contest.name}.eml.xml", content)


DEFINITION = EmlFile(
    "Verkiezingsdefinitie.eml.xml", write_definition(ELECTION, LETTERHEAD, threshold=25, districts=(NORTH, SOUTH))
)


def eml_files() -> tuple[EmlFile, ...]:
    """All files of this election."""
    return (DEFINITION, *(make(each) for each in (NORTH, SOUTH) for make in (ballot_file, count_file)))
