"""Writes EML_NL 110a, 230b and 510b: for the demonstration election and for tests of the readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from thorbecke.elections.domain.count import Candidate, CandidateList, Election, ElectionCount, StationCount, VoteGroup

from .eml_reader import EmlFile

_NAMESPACES = (
    'xmlns="urn:oasis:names:tc:evs:schema:eml" xmlns:kr="http://www.kiesraad.nl/extensions" '
    'xmlns:xal="urn:oasis:names:tc:ciq:xsdschema:xAL:2.0" xmlns:xnl="urn:oasis:names:tc:ciq:xsdschema:xNL:2.0"'
)
CODE = "0000"
"""Code of the fictitious municipality: no real one has it (CBS)."""


def write_election(
    election: Election, lists: Sequence[CandidateList], count: ElectionCount, *, threshold: int
) -> tuple[EmlFile, EmlFile, EmlFile]:
    """Return the 110a, 230b and 510b files of an election; `threshold` in percent of the quota."""
    return (
        EmlFile(f"Verkiezingsdefinitie_{election.id}.eml.xml", write_definition(election, threshold=threshold)),
        EmlFile(f"Kandidatenlijsten_{election.id}.eml.xml", write_ballot(election, lists)),
        EmlFile(f"Telling_{election.id}.eml.xml", write_count(election, lists, count)),
    )


def write_definition(election: Election, *, threshold: int) -> bytes:
    """Return the bytes of a 110a file."""
    return _document(
        "110a",
        election,
        [
            "<ElectionEvent><EventIdentifier/><Election>",
            _identifier(election),
            '<Contest><ContestIdentifier Id="geen"/><VotingMethod>SPV</VotingMethod><MaxVotes/></Contest>',
            f"<kr:NumberOfSeats>{election.seats}</kr:NumberOfSeats>",
            f"<kr:PreferenceThreshold>{threshold}</kr:PreferenceThreshold>",
            "</Election></ElectionEvent>",
        ],
    )


def write_ballot(election: Election, lists: Sequence[CandidateList]) -> bytes:
    """Return the bytes of a 230b file."""
    return _document(
        "230b",
        election,
        [
            "<CandidateList><Election>",
            _identifier(election),
            '<Contest><ContestIdentifier Id="geen"/>',
            *(line for each in lists for line in _list(each)),
            "</Contest></Election></CandidateList>",
        ],
    )


def write_count(election: Election, lists: Sequence[CandidateList], count: ElectionCount) -> bytes:
    """Return the bytes of a 510b file."""
    return _document(
        "510b",
        election,
        [
            "<Count><EventIdentifier/><Election>",
            _identifier(election),
            '<Contests><Contest><ContestIdentifier Id="geen"/>',
            "<TotalVotes>",
            *_group(count.total, lists),
            "</TotalVotes>",
            *(line for station in count.stations for line in _station(station, lists)),
            "</Contest></Contests></Election></Count>",
        ],
    )


def _document(form: str, election: Election, lines: Sequence[str]) -> bytes:
    body = "\n".join(lines)
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<EML Id="{form}" SchemaVersion="5" {_NAMESPACES}>\n'
        "<TransactionId>1</TransactionId>\n"
        f'<ManagingAuthority><AuthorityIdentifier Id="{CODE}">{escape(election.authority)}</AuthorityIdentifier>'
        "<AuthorityAddress/></ManagingAuthority>\n"
        f"<IssueDate>{election.date}</IssueDate>\n"
        f"<kr:CreationDateTime>{election.date}T23:00:00</kr:CreationDateTime>\n{body}\n</EML>\n"
    )
    return text.encode()


def _identifier(election: Election) -> str:
    size = "GR1" if election.seats < 19 else "GR2"  # Kieswet, P 7 and P 8: 19 seats or more
    return (
        f"<ElectionIdentifier Id={quoteattr(election.id)}><ElectionName>{escape(election.name)}</ElectionName>"
        f"<ElectionCategory>{escape(election.category)}</ElectionCategory>"
        f"<kr:ElectionSubcategory>{size}</kr:ElectionSubcategory>"
        f'<kr:ElectionDomain Id="{CODE}">{escape(election.authority)}</kr:ElectionDomain>'
        f"<kr:ElectionDate>{election.date}</kr:ElectionDate></ElectionIdentifier>"
    )


def _list(each: CandidateList) -> Iterator[str]:
    yield f"<Affiliation>{_affiliation(each)}<Type>op zichzelf staande lijst</Type>"
    yield '<kr:ListData PublicationLanguage="nl" PublishGender="false"/>'
    for candidate in each.candidates:
        yield _candidate(candidate)
    yield "</Affiliation>"


def _affiliation(each: CandidateList) -> str:
    name = f"<RegisteredName>{escape(each.name)}</RegisteredName>"
    return f'<AffiliationIdentifier Id="{each.number}">{name}</AffiliationIdentifier>'


def _candidate(candidate: Candidate) -> str:
    first = f"<xnl:FirstName>{escape(candidate.first_name)}</xnl:FirstName>" if candidate.first_name else ""
    prefix = f"<xnl:NamePrefix>{escape(candidate.prefix)}</xnl:NamePrefix>" if candidate.prefix else ""
    return (
        f'<Candidate><CandidateIdentifier Id="{candidate.position}"/><CandidateFullName><xnl:PersonName>'
        f'<xnl:NameLine NameType="Initials">{escape(candidate.initials)}</xnl:NameLine>{first}{prefix}'
        f"<xnl:LastName>{escape(candidate.last_name)}</xnl:LastName></xnl:PersonName></CandidateFullName>"
        f"<QualifyingAddress><xal:Locality><xal:LocalityName>{escape(candidate.locality)}</xal:LocalityName>"
        "</xal:Locality></QualifyingAddress></Candidate>"
    )


def _station(station: StationCount, lists: Sequence[CandidateList]) -> Iterator[str]:
    yield "<ReportingUnitVotes>"
    yield f"<ReportingUnitIdentifier Id={quoteattr(station.id)}>{escape(station.name)}</ReportingUnitIdentifier>"
    yield from _group(station.group, lists)
    if station.investigations:
        codes = "".join(
            f'<kr:Investigation ReasonCode="{code}">true</kr:Investigation>' for code in station.investigations
        )
        yield f"<kr:ReportingUnitInvestigations>{codes}</kr:ReportingUnitInvestigations>"
    yield "</ReportingUnitVotes>"


def _group(group: VoteGroup, lists: Sequence[CandidateList]) -> Iterator[str]:
    for each in lists:
        votes = f"<ValidVotes>{group.list_totals[each.number]}</ValidVotes>"
        yield f"<Selection>{_affiliation(each)}{votes}</Selection>"
        for position, number in zip(each.positions, group.votes[each.number], strict=True):
            identifier = f'<Candidate><CandidateIdentifier Id="{position}"/></Candidate>'
            yield f"<Selection>{identifier}<ValidVotes>{number}</ValidVotes></Selection>"
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
