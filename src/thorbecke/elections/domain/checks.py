"""All checks on a count by their code, and what they find; docs/elections-checks.md explains each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from . import check_exchange, checks_sums, checks_unlikely
from .count import CandidateList, ElectionCount, StationCount, VoteGroup, total_of
from .findings import THRESHOLDS, Case, Finding, Thresholds
from .inputs import WHOLE_COUNT


@dataclass(frozen=True, slots=True)
class Check:
    """A check: code, the article or whose practice it follows, its function, and the thresholds that it uses."""

    code: str
    source: str
    function: Callable[..., Iterable[Finding]]
    parameters: tuple[str, ...] = ()


SUM_CHECKS = (
    Check("F01", "Kieswet N 6", checks_sums.list_totals_that_differ),
    Check("F02", "Kieswet N 6", checks_sums.valid_votes_that_differ),
)
"""Checks on one group of votes: (group, station id)."""

STATION_CHECKS = (
    Check("F04", "Kieswet N 1; Abacus F.201", checks_sums.admitted_voters_that_differ),
    Check("F05", "Kieswet N 8a; Abacus F.301-F.309", checks_sums.difference_that_is_wrong),
    Check("F06", "Kieswet L 3, L 4", checks_sums.proxies_above_the_limit, ("proxies_per_voter",)),
    Check("W01", "Kiesraad; Abacus W.201", checks_unlikely.many_blank_votes, ("blank_share",)),
    Check("W02", "Kiesraad; Abacus W.202", checks_unlikely.many_invalid_votes, ("invalid_share",)),
    Check(
        "W03", "Kiesraad; Abacus W.203", checks_unlikely.large_difference, ("difference_share", "difference_ballots")
    ),
    Check("W04", "Kieswet N 8a; Kiesraad", checks_unlikely.difference_without_explanation),
    Check("W05", "Kiesraad; Abacus W.205", checks_unlikely.no_votes_at_all),
    Check("W06", "Kiesraad", checks_unlikely.lists_that_deviate, ("deviation_share",)),
    Check(
        "W07",
        "Kiesraad; CBS",
        check_exchange.exchanged_candidates,
        ("exchange_factor", "exchange_votes", "exchange_fit"),
    ),
    Check(
        "W08",
        "Thorbecke",
        check_exchange.exchanged_lists,
        ("exchange_factor_lists", "exchange_votes", "exchange_fit_lists"),
    ),
    Check("W09", "Thorbecke", checks_unlikely.unlikely_proxies, ("proxies_factor", "proxies_surplus")),
)
"""Checks on a station beside the others: (case)."""

WHOLE_CHECKS = (
    Check("F07", "Kieswet J 7, K 1", checks_sums.more_voters_than_called),
    Check("F08", "Kieswet N 11", checks_sums.stations_given_twice),
)
"""Checks on the whole count: (count)."""

TOTAL_CHECK = Check("F03", "Kieswet N 11, O 2", checks_sums.totals_that_differ)
"""The check of the stations against the whole: (count, lists)."""

CHECKS: tuple[Check, ...] = tuple(
    sorted((*SUM_CHECKS, TOTAL_CHECK, *STATION_CHECKS, *WHOLE_CHECKS), key=lambda check: check.code)
)
"""Every check, in the order of the codes."""


def check_all(
    count: ElectionCount, lists: Sequence[CandidateList], thresholds: Thresholds = THRESHOLDS
) -> tuple[Finding, ...]:
    """Return what all checks find in a count whose lists and candidates are known (`consistency.check_count`).

    Findings stand in the order of station and code, those of the whole first. A count without stations is judged as
    one station.
    """
    found = [*_in_the_whole(count, lists), *_in_the_stations(count, lists, thresholds)]
    return tuple(sorted(found, key=lambda each: (each.station or "", each.code)))


def _in_the_whole(count: ElectionCount, lists: Sequence[CandidateList]) -> Iterator[Finding]:
    yield from _sums(count.total, None)
    yield from TOTAL_CHECK.function(count, lists)
    for check in WHOLE_CHECKS:
        yield from check.function(count)


def _in_the_stations(count: ElectionCount, lists: Sequence[CandidateList], thresholds: Thresholds) -> Iterator[Finding]:
    stations = count.stations or (StationCount(WHOLE_COUNT, "", count.total),)
    together = total_of((each.group for each in stations), lists)
    for each in stations:
        if count.stations:
            yield from _sums(each.group, each.id)
        case = Case(each, together, len(stations), lists, thresholds)
        for check in STATION_CHECKS:
            yield from check.function(case)


def _sums(group: VoteGroup, station: str | None) -> Iterator[Finding]:
    for check in SUM_CHECKS:
        yield from check.function(group, station)
