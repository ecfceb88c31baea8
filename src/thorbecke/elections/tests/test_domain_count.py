"""Counts that add up are accepted; each way not to add up has its own name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from thorbecke.elections.domain import count as counts
from thorbecke.elections.domain.consistency import check_count, check_group
from thorbecke.elections.domain.count import Candidate, CandidateList, ElectionCount, StationCount, arrange_votes
from thorbecke.kernel.errors import Place

from .council import candidate_list, vote_group

LISTS = [candidate_list(1, 2), candidate_list(3, 1)]
ONE = vote_group({1: (5, 3), 3: (2,)}, blank=1)
TWO = vote_group({1: (1, 0), 3: (4,)}, invalid=2)
COUNT = ElectionCount(
    "GR2022_Fabeldam",
    counts.total_of([ONE, TWO], LISTS),
    (StationCount("0000::SB1", "Dorpshuis", ONE), StationCount("0000::SB2", "School", TWO)),
)


def test_total_of_stations_adds_every_number() -> None:
    total = COUNT.total

    assert total.votes == {1: (6, 3), 3: (6,)}
    assert (total.list_totals, total.valid, total.blank, total.invalid, total.ballots) == ({1: 9, 3: 6}, 15, 1, 2, 18)
    assert total.eligible is None
    assert total.admission is None


def test_total_of_admissions_and_differences() -> None:
    admission = counts.Admission(polling_cards=5, proxies=2, voter_passes=1, admitted=8)
    difference = counts.Difference(more_counted=1, explanations={"geen verklaring": 1})
    group = replace(ONE, eligible=20, admission=admission, difference=difference)

    total = counts.total_of([group, group], LISTS)

    assert total.eligible == 40
    assert total.admission == counts.Admission(10, 4, 2, 16)
    assert total.difference == counts.Difference(2, 0, {"geen verklaring": 2})


def test_total_of_nothing_is_zero_for_every_candidate() -> None:
    assert counts.total_of([], LISTS).votes == {1: (0, 0), 3: (0,)}


def test_a_count_that_adds_up_is_accepted() -> None:
    check_count(COUNT, LISTS)
    check_count(replace(COUNT, stations=()), LISTS)


@pytest.mark.parametrize(
    ("group", "error"),
    [
        (replace(ONE, votes={**ONE.votes, 4: (1,)}), counts.UnknownList),
        (replace(ONE, votes={1: (5, 3)}), counts.MissingList),
        (replace(ONE, list_totals={1: 8}), counts.MissingList),
        (replace(ONE, votes={1: (8,), 3: (2,)}), counts.MissingCandidate),
        (replace(ONE, votes={1: (9, -1), 3: (2,)}), counts.NegativeCount),
        (replace(ONE, blank=-1), counts.NegativeCount),
        (replace(ONE, admission=counts.Admission(1, 1, -1, 1)), counts.NegativeCount),
        (replace(ONE, list_totals={1: 9, 3: 2}), counts.ListTotalDiffers),
        (replace(ONE, valid=11), counts.ValidTotalDiffers),
    ],
)
def test_a_group_that_contradicts_itself_is_refused_by_name(group: counts.VoteGroup, error: Any) -> None:
    with pytest.raises(error) as refused:
        check_group(group, LISTS, Place(field="0000::SB1"))

    assert "0000::SB1" in str(refused.value.place)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        (replace(COUNT, stations=(COUNT.stations[0], COUNT.stations[0])), counts.StationTwice),
        (replace(COUNT, stations=COUNT.stations[:1]), counts.StationsDiffer),
        (replace(COUNT, total=replace(COUNT.total, blank=2)), counts.StationsDiffer),
        (replace(COUNT, total=replace(COUNT.total, invalid=0)), counts.StationsDiffer),
        (replace(COUNT, total=vote_group({1: (5, 4), 3: (6,)}, blank=1, invalid=2)), counts.StationsDiffer),
    ],
)
def test_stations_and_total_that_differ_are_refused_by_name(changed: ElectionCount, error: Any) -> None:
    with pytest.raises(error):
        check_count(changed, LISTS)


def test_votes_are_arranged_in_the_order_of_the_list() -> None:
    gaps = CandidateList(1, "", (Candidate(2, "Buizerd"), Candidate(7, "Cirkel")))

    assert arrange_votes(gaps, {7: 1, 2: 3}, Place()) == (3, 1)
    with pytest.raises(counts.UnknownCandidate):
        arrange_votes(gaps, {7: 1, 2: 3, 3: 0}, Place())
    with pytest.raises(counts.MissingCandidate):
        arrange_votes(gaps, {7: 1}, Place())


@pytest.mark.parametrize(
    ("candidate", "shown"),
    [
        (Candidate(1, "Buizerd", "van", "B.", "Bea"), "Buizerd, B. van (Bea)"),
        (Candidate(1, "Buizerd", "", "B."), "Buizerd, B."),
        (Candidate(1, "Buizerd"), "Buizerd"),
    ],
)
def test_display_name(candidate: Candidate, shown: str) -> None:
    assert candidate.display_name == shown
