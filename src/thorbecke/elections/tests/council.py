"""Inputs of a small fictitious council, for tests of the recomputation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from thorbecke.elections.domain.count import (
    Candidate,
    CandidateList,
    Election,
    ElectionCount,
    StationCount,
    VoteGroup,
    total_of,
)
from thorbecke.elections.domain.inputs import Draw, SourceFile, build_inputs

Votes = Mapping[int, tuple[int, ...]]


def candidate_list(number: int, size: int) -> CandidateList:
    """A list of `size` candidates with fictitious names."""
    return CandidateList(number, f"Lijst {number}", tuple(Candidate(p, f"Naam{p}") for p in range(1, size + 1)))


def vote_group(votes: Votes, *, blank: int = 0, invalid: int = 0) -> VoteGroup:
    """A vote group whose stated sums are right."""
    totals = {number: sum(counts) for number, counts in votes.items()}
    return VoteGroup(votes, totals, sum(totals.values()), blank, invalid)


def council_inputs(
    *stations: Votes,
    seats: int = 9,
    deceased: Mapping[int, Sequence[int]] | None = None,
    draws: Sequence[Draw] = (),
) -> dict[str, Any]:
    """Inputs of a council of `seats` with these votes per station, one blank and two invalid votes each."""
    lists = [candidate_list(number, len(votes)) for number, votes in stations[0].items()]
    counts = tuple(
        StationCount(f"0000::SB{index}", "Dorpshuis", vote_group(votes, blank=1, invalid=2))
        for index, votes in enumerate(stations, start=1)
    )
    count = ElectionCount("GR2022_Fabeldam", total_of((each.group for each in counts), lists), counts)
    election = Election("GR2022_Fabeldam", "GR", "Gemeenteraad Fabeldam", date(2022, 3, 16), "Fabeldam", seats)
    files = [SourceFile("EML 510b", "ab" * 32)]
    built = build_inputs(election=election, lists=lists, count=count, deceased=deceased, draws=draws, files=files)
    return dict(built)
