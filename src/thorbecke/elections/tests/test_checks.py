"""Each check finds what it is for and nothing just below it; proportional counts and the order of stations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thorbecke.elections.adapters.eml import EmlFile, read_election
from thorbecke.elections.domain.check_exchange import find_exchange
from thorbecke.elections.domain.checks import CHECKS, check_all
from thorbecke.elections.domain.checks_unlikely import unexplained_ballots
from thorbecke.elections.domain.count import (
    Admission,
    CandidateList,
    Difference,
    ElectionCount,
    StationCount,
    VoteGroup,
    total_of,
)
from thorbecke.elections.domain.findings import THRESHOLDS, Finding

from .council import candidate_list
from .town import count_in

LISTS = [candidate_list(1, 3), candidate_list(2, 2), candidate_list(3, 3)]
USUAL = {1: (300, 60, 40), 2: (200, 100), 3: (250, 40, 10)}
"""Votes of a usual station: 1,000 in all, of 400, 300 and 300."""

Votes = Mapping[int, tuple[int, ...]]


def station(place: str, votes: Votes = USUAL, *, blank: int = 2, invalid: int = 1, **changes: object) -> StationCount:
    """A station in which everything adds up, one in ten voters by proxy, with changes to its group."""
    totals = {number: sum(each) for number, each in votes.items()}
    ballots = sum(totals.values()) + blank + invalid
    proxies = ballots // 10
    admission = Admission(ballots - proxies, proxies, 0, ballots)
    group = VoteGroup(votes, totals, sum(totals.values()), blank, invalid, 2 * ballots, admission)
    return StationCount(place, f"Stembureau {place}", replace(group, **changes))  # type: ignore[arg-type]  # fields of VoteGroup


def count_of(*stations: StationCount) -> ElectionCount:
    """A count of these stations, with the total that they make."""
    return ElectionCount("GR2022_Fabeldam", total_of((each.group for each in stations), LISTS), stations)


def with_one(one: StationCount) -> ElectionCount:
    """A count of one station that is looked at, between three usual ones."""
    return count_of(station("SB1"), one, station("SB3"), station("SB4"))


def admitted(cards: int, proxies: int = 0, passes: int = 0, stated: int | None = None) -> Admission:
    """Voters let in; `stated` where the record of the count gives another sum."""
    return Admission(cards, proxies, passes, cards + proxies + passes if stated is None else stated)


def differing(ballots_more: int, explanations: Mapping[str, int] | None = None) -> StationCount:
    """A station of 1,003 ballots with so many ballots more than voters (or fewer), recorded as it is."""
    stated = Difference(max(ballots_more, 0), max(-ballots_more, 0), explanations or {})
    return station("SB2", admission=admitted(1003 - ballots_more), difference=stated)


def swapped(votes: Votes, number: int, first: int, second: int) -> Votes:
    """The votes with those of two candidates of a list (by index) in each other's place."""
    row = list(votes[number])
    row[first], row[second] = row[second], row[first]
    return {**votes, number: tuple(row)}


WHOLE = with_one(station("SB2"))
SMALL_LISTS = {1: (600, 60, 40), 2: (20, 10), 3: (200, 60, 10)}
"""Lists of 700, 30 and 270 votes."""


def small_lists(*, exchanged: bool) -> ElectionCount:
    """Four stations of small lists, in one of which the votes of lists 1 and 2 stand in each other's place."""
    odd = {1: (20, 5, 5), 2: (600, 100), 3: SMALL_LISTS[3]} if exchanged else SMALL_LISTS
    return count_of(*(station(f"SB{at}", odd if at == 2 else SMALL_LISTS) for at in range(1, 5)))


TABLE: list[tuple[str, ElectionCount, ElectionCount]] = [
    ("F01", with_one(station("SB2", list_totals={1: 401, 2: 300, 3: 300})), WHOLE),
    ("F02", with_one(station("SB2", valid=1001)), WHOLE),
    ("F03", replace(WHOLE, total=replace(WHOLE.total, blank=9)), WHOLE),
    ("F03", replace(WHOLE, total=replace(WHOLE.total, votes=swapped(WHOLE.total.votes, 2, 0, 1))), WHOLE),
    ("F04", with_one(station("SB2", admission=admitted(900, 100, 3, stated=1004))), WHOLE),
    (
        "F05",
        with_one(station("SB2", difference=Difference(more_counted=1))),
        with_one(differing(1)),
    ),
    ("F05", with_one(station("SB2", admission=admitted(1004))), with_one(differing(-1))),
    (
        "F06",
        with_one(station("SB2", admission=admitted(330, 669, 4))),
        with_one(station("SB2", admission=admitted(331, 668, 4))),
    ),
    (
        "F07",
        replace(WHOLE, total=replace(WHOLE.total, eligible=4011)),
        replace(WHOLE, total=replace(WHOLE.total, eligible=4012)),
    ),
    ("F08", with_one(station("SB1")), WHOLE),
    (
        "W01",
        with_one(station("SB2", blank=31, invalid=0)),
        with_one(station("SB2", blank=30, invalid=0)),
    ),
    (
        "W02",
        with_one(station("SB2", blank=0, invalid=31)),
        with_one(station("SB2", blank=0, invalid=30)),
    ),
    ("W03", with_one(differing(15)), with_one(differing(14))),
    (
        "W03",
        with_one(station("SB2", {1: (50, 0, 0), 2: (0, 0), 3: (0, 0, 0)}, blank=0, invalid=0, admission=admitted(51))),
        with_one(station("SB2", {1: (51, 0, 0), 2: (0, 0), 3: (0, 0, 0)}, blank=0, invalid=0, admission=admitted(52))),
    ),
    (
        "W04",
        with_one(differing(-3, {"meegenomen stembiljetten": 2})),
        with_one(differing(-3, {"meegenomen stembiljetten": 3})),
    ),
    (
        "W05",
        with_one(station("SB2", {1: (0, 0, 0), 2: (0, 0), 3: (0, 0, 0)}, blank=0, invalid=0)),
        with_one(station("SB2", {1: (0, 0, 0), 2: (0, 0), 3: (0, 0, 0)}, blank=1, invalid=0)),
    ),
    (
        "W06",
        with_one(station("SB2", {1: (900, 0, 0), 2: (50, 0), 3: (50, 0, 0)})),
        with_one(station("SB2", {1: (899, 0, 0), 2: (50, 0), 3: (51, 0, 0)})),
    ),
    ("W07", with_one(station("SB2", swapped(USUAL, 3, 0, 2))), with_one(station("SB2", swapped(USUAL, 3, 0, 1)))),
    ("W08", small_lists(exchanged=True), small_lists(exchanged=False)),
    (
        "W09",
        with_one(station("SB2", admission=admitted(803, 200))),
        with_one(station("SB2", admission=admitted(804, 199))),
    ),
]


def codes(found: tuple[Finding, ...]) -> set[str]:
    """The codes of findings."""
    return {each.code for each in found}


@pytest.mark.parametrize(
    ("code", "trips", "passes"), TABLE, ids=[f"{code}-{at}" for at, (code, *_) in enumerate(TABLE)]
)
def test_a_check_finds_its_case_and_not_the_one_beside_it(
    code: str, trips: ElectionCount, passes: ElectionCount
) -> None:
    assert code in codes(check_all(trips, LISTS))
    assert code not in codes(check_all(passes, LISTS))


def test_every_check_is_in_the_table_and_fills_its_own_words() -> None:
    assert {code for code, *_ in TABLE} == {check.code for check in CHECKS}
    for _, trips, _ in TABLE:
        for each in check_all(trips, LISTS):
            assert "%(" not in str(each.text)
            assert each.votes > 0
            assert each.numbers


def test_a_finding_names_station_and_numbers() -> None:
    found = check_all(with_one(differing(15)), LISTS)

    large = next(each for each in found if each.code == "W03")
    assert (large.station, large.votes, large.is_error) == ("SB2", 15, False)
    assert (large.numbers["ballots"], large.numbers["admitted"], large.numbers["apart"]) == (1003, 988, 15)


def test_votes_exchanged_between_candidates_stay_within_their_list() -> None:
    (found,) = check_all(with_one(station("SB2", swapped(USUAL, 3, 0, 2))), LISTS)

    assert (found.code, found.votes, found.between_lists) == ("W07", 240, False)
    assert (found.numbers["many"], found.numbers["few"]) == (3, 1)


def test_without_voters_let_in_nothing_is_said_of_them() -> None:
    unknown = count_of(*(station(f"SB{at}", admission=None) for at in range(1, 4)))

    assert check_all(unknown, LISTS) == ()


def test_a_count_without_stations_is_judged_as_a_whole() -> None:
    whole = station("total", blank=100).group
    found = check_all(ElectionCount("GR2022_Fabeldam", whole, ()), LISTS)

    assert codes(found) == {"W01"}


@pytest.mark.parametrize(
    ("difference", "explanations", "left"),
    [
        (0, {}, 0),
        (2, {}, 2),
        (2, {"te veel uitgereikte stembiljetten": 2}, 0),
        (2, {"te weinig uitgereikte stembiljetten": 2}, 4),
        (-1, {"meegenomen stembiljetten": 3, "te veel uitgereikte stembiljetten": 2}, 0),
        (-4, {"kwijtgeraakte stembiljetten": 1, "andere verklaring": 2}, 1),
        (-1, {"geen verklaring": 1}, 1),
    ],
)
def test_reasons_work_in_one_direction_and_may_cancel_out(
    difference: int, explanations: Mapping[str, int], left: int
) -> None:
    assert unexplained_ballots(difference, Difference(explanations=explanations)) == left


@pytest.mark.parametrize(
    ("here", "found"),
    [
        ((250, 40, 10), None),
        ((10, 40, 250), (2, 0)),
        ((250, 10, 40), None),
        ((100, 40, 160), None),
        ((0, 0, 0), None),
    ],
)
def test_only_an_exchange_that_makes_everything_fit_is_found(
    here: tuple[int, ...], found: tuple[int, int] | None
) -> None:
    assert find_exchange(here, (750, 120, 30), factor=10, fit=4, votes=15) == found


@given(
    base=st.lists(st.integers(0, 50), min_size=8, max_size=8).filter(any),
    factors=st.lists(st.integers(1, 30), min_size=2, max_size=6),
)
def test_nothing_stands_out_where_all_stations_vote_alike(base: list[int], factors: list[int]) -> None:
    stations = []
    for at, factor in enumerate(factors):
        row = [votes * factor for votes in base]
        votes = {1: tuple(row[:3]), 2: tuple(row[3:5]), 3: tuple(row[5:])}
        stations.append(station(f"SB{at}", votes, blank=0, invalid=0, admission=admitted(9 * sum(row), sum(row))))
    ballots = [each.group.ballots for each in stations]
    same = [
        replace(each, group=replace(each.group, admission=admitted(number)))
        for each, number in zip(stations, ballots, strict=True)
    ]

    assert check_all(count_of(*same), LISTS) == ()


@pytest.mark.parametrize("count", [trips for _, trips, _ in TABLE if len({s.id for s in trips.stations}) == 4])
def test_the_order_of_the_stations_changes_nothing(count: ElectionCount) -> None:
    found = check_all(count, LISTS)
    for stations in permutations(count.stations):
        assert check_all(replace(count, stations=stations), LISTS) == found


DOCUMENT = Path(__file__).parents[4] / "docs" / "elections-checks.md"


def test_the_document_has_a_row_for_every_check_with_its_function_source_and_thresholds() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if re.match(r"\| [FW]\d\d \|", line)
    ]
    stated = [(code, parameters, source, function) for code, _, parameters, source, function, _ in rows]

    assert stated == [
        (
            check.code,
            ", ".join(f"`{name}` {getattr(THRESHOLDS, name)}" for name in check.parameters),
            check.source,
            f"`{check.function.__module__.rpartition('.')[2]}.{check.function.__name__}`",
        )
        for check in CHECKS
    ]


@pytest.fixture
def west(conformance: Path) -> tuple[ElectionCount, tuple[CandidateList, ...]]:
    """The count of West Maas en Waal in 2022: 21 stations in villages, most with a list of their own."""
    folder = conformance / "elections/real/gr2022_west_maas_en_waal"
    received = read_election([EmlFile(path.name, path.read_bytes()) for path in sorted(folder.glob("*.eml.xml"))], 17)
    return count_in(received), received.lists


@pytest.mark.conformance
def test_the_real_count_has_no_errors_and_strong_village_lists(
    west: tuple[ElectionCount, tuple[CandidateList, ...]],
) -> None:
    found = check_all(*west)

    by_code: dict[str, list[str]] = {}
    for each in found:
        by_code.setdefault(each.code, []).append(str(each.station).removeprefix("0668::SB"))
    assert by_code == {
        "W04": ["1", "7"],
        "W06": ["10", "11", "113", "115", "116", "119", "121", "7", "8", "9"],
        "W07": ["1", "10"],
    }
    assert [each.votes for each in found if each.code == "W04"] == [1, 1]


@pytest.mark.conformance
def test_votes_exchanged_on_purpose_in_the_real_count_are_found(
    west: tuple[ElectionCount, tuple[CandidateList, ...]],
) -> None:
    count, lists = west
    one = count.stations[4]
    votes = swapped(one.group.votes, 2, 0, 6)
    wrong = replace(one, group=replace(one.group, votes=votes))
    stations = (*count.stations[:4], wrong, *count.stations[5:])
    total = total_of((each.group for each in stations), lists)

    found = check_all(replace(count, total=total, stations=stations), lists)

    assert any(each.code == "W07" and each.station == one.id and each.numbers["list"] == 2 for each in found)
