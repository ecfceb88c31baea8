"""Writes EML_NL 510: what one station (a), the stations of a municipality (b), a district (c) or all (d) counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from thorbecke.elections.domain.count import CandidateList, Election, ElectionCount, StationCount, VoteGroup

from .eml_identity import NO_DISTRICTS, Contest
from .eml_writer import (
    Letterhead,
    affiliation,
    contest_identifier,
    document,
    election_identifier,
    identified_candidate,
)

CountForm: TypeAlias = Literal["510a", "510b", "510c", "510d"]


def write_count(
    election: Election,
    lists: Sequence[CandidateList],
    count: ElectionCount,
    letterhead: Letterhead,
    *,
    form: CountForm = "510b",
    contest: Contest = NO_DISTRICTS,
) -> bytes:
    """Return the bytes of a 510 file; its units are the stations of `count`: stations, municipalities or districts."""
    return document(
        form,
        letterhead,
        [
            "<Count><EventIdentifier/><Election>",
            election_identifier(form, election, letterhead),
            f"<Contests><Contest>{contest_identifier(contest)}",
            "<TotalVotes>",
            *_group(count.total, lists),
            "</TotalVotes>",
            *(line for station in count.stations for line in _station(station, lists)),
            "</Contest></Contests></Election></Count>",
        ],
    )


def _station(station: StationCount, lists: Sequence[CandidateList]) -> Iterator[str]:
    yield "<ReportingUnitVotes>"
    yield f"<ReportingUnitIdentifier Id={quoteattr(station.id)}>{escape(station.name)}</ReportingUnitIdentifier>"
    yield from _group(station.group, lists)
    if station.investigations:
        codes = "".join(
            f"<kr:Investigation ReasonCode={quoteattr(code)}>true</kr:Investigation>" for code in station.investigations
        )
        yield f"<kr:ReportingUnitInvestigations>{codes}</kr:ReportingUnitInvestigations>"
    yield "</ReportingUnitVotes>"


def _group(group: VoteGroup, lists: Sequence[CandidateList]) -> Iterator[str]:
    for each in lists:
        yield f"<Selection>{affiliation(each)}<ValidVotes>{group.list_totals[each.number]}</ValidVotes></Selection>"
        for position, number in zip(each.positions, group.votes[each.number], strict=True):
            candidate = f"<Candidate>{identified_candidate(position)}</Candidate>"
            yield f"<Selection>{candidate}<ValidVotes>{number}</ValidVotes></Selection>"
    yield f"<Cast>{group.eligible or 0}</Cast>"
    yield f"<TotalCounted>{group.valid}</TotalCounted>"
    yield f'<RejectedVotes ReasonCode="ongeldig">{group.invalid}</RejectedVotes>'
    yield f'<RejectedVotes ReasonCode="blanco">{group.blank}</RejectedVotes>'
    for code, number in _uncounted(group):
        yield f'<UncountedVotes ReasonCode="{code}">{number}</UncountedVotes>'


def _uncounted(group: VoteGroup) -> Iterator[tuple[str, int]]:
    if group.admission is not None:
        yield "geldige stempassen", group.admission.polling_cards
        yield "geldige volmachtbewijzen", group.admission.proxies
        yield "geldige kiezerspassen", group.admission.voter_passes
        yield "toegelaten kiezers", group.admission.admitted
    yield "meer getelde stembiljetten", group.difference.more_counted
    yield "minder getelde stembiljetten", group.difference.fewer_counted
    yield from group.difference.explanations.items()
