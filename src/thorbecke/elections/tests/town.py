"""A fictitious council election, small enough to count on paper, as domain values and as EML files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from thorbecke.elections.adapters.eml import ReceivedElection
from thorbecke.elections.adapters.eml_files import write_election
from thorbecke.elections.adapters.eml_reader import EmlFile
from thorbecke.elections.domain.count import (
    Admission,
    Candidate,
    CandidateList,
    Election,
    ElectionCount,
    StationCount,
    VoteGroup,
    total_of,
)
from thorbecke.elections.domain.inputs import WHOLE_COUNT
from thorbecke.elections.domain.published import CountedElection

SEATS = 9

ELECTION = Election(
    id="GR2022_Fabeldam",
    category="GR",
    name="Gemeenteraad Fabeldam 2022",
    date=date(2022, 3, 16),
    authority="Fabeldam",
    seats=SEATS,
)


def candidates(*names: str) -> tuple[Candidate, ...]:
    """Candidates numbered from 1 with these last names."""
    return tuple(
        Candidate(position, name, initials=f"{name[0]}.", locality="Fabeldam")
        for position, name in enumerate(names, start=1)
    )


LISTS = (
    CandidateList(1, "Partij van de Dijk", candidates("Aalscholver", "Buizerd", "Cirkel", "Duiker", "Eend")),
    CandidateList(2, "Lijst & Zonen", candidates("Fazant", "Grutto", "Houtduif", "IJsvogel")),
    CandidateList(5, "", candidates("Jakhals", "Kievit", "Lijster")),
)

VOTES: Mapping[str, Mapping[int, tuple[int, ...]]] = {
    "0000::SB1": {1: (100, 20, 5, 0, 0), 2: (60, 70, 3, 2), 5: (30, 1, 0)},
    "0000::SB2": {1: (210, 3, 2, 1, 4), 2: (40, 12, 0, 9), 5: (25, 0, 2)},
}
"""Votes per station, list and candidate: 345, 196 and 58 for the lists, 599 in all."""


def group(votes: Mapping[int, tuple[int, ...]], blank: int = 2, invalid: int = 1) -> VoteGroup:
    """A group of votes that adds up, with as many voters admitted as ballots found."""
    totals = {number: sum(each) for number, each in votes.items()}
    valid = sum(totals.values())
    ballots = valid + blank + invalid
    return VoteGroup(
        votes=votes,
        list_totals=totals,
        valid=valid,
        blank=blank,
        invalid=invalid,
        eligible=2 * ballots,
        admission=Admission(polling_cards=ballots, proxies=0, voter_passes=0, admitted=ballots),
    )


def count_of(
    votes: Mapping[str, Mapping[int, tuple[int, ...]]], lists: Sequence[CandidateList] = LISTS
) -> ElectionCount:
    """The count of these votes in stations named by their id."""
    stations = tuple(StationCount(each, f"Stembureau {each[-1]}", group(given)) for each, given in votes.items())
    return ElectionCount(ELECTION.id, total_of((station.group for station in stations), lists), stations)


def eml_files() -> tuple[EmlFile, EmlFile, EmlFile]:
    """The 110a, 230b and 510b files of this election."""
    return write_election(ELECTION, LISTS, count_of(VOTES), threshold=50)


def count_in(counted: ReceivedElection | CountedElection) -> ElectionCount:
    """What was counted in the only district of an election."""
    (district,) = counted.districts
    stations = tuple(each for each in counted.stations if each.id != WHOLE_COUNT)
    return ElectionCount(counted.election.id, district.total, stations)
