"""What every EML_NL file that is written here shares: header, name spaces, election, names of lists and candidates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from thorbecke.elections.domain.count import Candidate, CandidateList, Election

from .eml_identity import NO_DISTRICTS, Contest
from .eml_reader import Form

__all__ = [
    "CODE",
    "Letterhead",
    "affiliation",
    "contest_identifier",
    "document",
    "election_identifier",
    "element",
    "fictitious_letterhead",
    "identified_candidate",
    "person_name",
    "residence",
]

_NAMESPACES = (
    'xmlns="urn:oasis:names:tc:evs:schema:eml" xmlns:kr="http://www.kiesraad.nl/extensions" '
    'xmlns:xal="urn:oasis:names:tc:ciq:xsdschema:xAL:2.0" xmlns:xnl="urn:oasis:names:tc:ciq:xsdschema:xNL:2.0"'
)
CODE = "0000"
"""Code of a fictitious municipality: no real one has it (CBS)."""

DATED_FORMS = frozenset({"110a", "110b", "230b", "230c"})
"""Forms with an IssueDate (EML_NL schemas)."""

FORMS_WITH_NOMINATION = frozenset({"110a", "230b", "230c"})
"""Forms that may tell the day of nomination (EML_NL schemas)."""

SIZED_CATEGORIES = frozenset({"GR", "AB"})
UNSIZED_SUBCATEGORIES = {"ER": "ER1", "TK": "TK", "EK": "EK", "EP": "EP", "BC": "BC", "GC": "GC"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes a file and when: what an election and its count do not hold.

    `authority_id` is "CSB", "HSB" or "SB" with a number, or the four digits of a municipality; `area_code` the CBS code
    of the municipality that votes, empty for other elections.
    """

    authority_id: str
    authority: str
    at: datetime
    area_code: str = ""
    nomination_date: date | None = None


def fictitious_letterhead(election: Election) -> Letterhead:
    """Return the letterhead of a municipality that does not exist, an hour before midnight on the day of election."""
    at = datetime(election.date.year, election.date.month, election.date.day, 23)
    return Letterhead(CODE, election.authority, at, area_code=CODE)


def document(form: Form, letterhead: Letterhead, lines: Iterable[str]) -> bytes:
    """Return the bytes of an EML_NL file; equal arguments give equal bytes."""
    body = "\n".join(lines)
    issued = f"<IssueDate>{letterhead.at:%Y-%m-%d}</IssueDate>\n" if form in DATED_FORMS else ""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<EML Id="{form}" SchemaVersion="5" {_NAMESPACES}>\n'
        "<TransactionId>1</TransactionId>\n"
        f"<ManagingAuthority><AuthorityIdentifier Id={quoteattr(letterhead.authority_id)}>"
        f"{escape(letterhead.authority)}</AuthorityIdentifier><AuthorityAddress/></ManagingAuthority>\n"
        f"{issued}<kr:CreationDateTime>{letterhead.at.isoformat()}</kr:CreationDateTime>\n{body}\n</EML>\n"
    )
    return text.encode()


def election_identifier(form: Form, election: Election, letterhead: Letterhead) -> str:
    """Return the element that says which election a file is about."""
    size = _subcategory(election)
    area_id = f" Id={quoteattr(letterhead.area_code)}" if letterhead.area_code else ""
    area = f"<kr:ElectionDomain{area_id}>{escape(election.authority)}</kr:ElectionDomain>" if election.authority else ""
    nomination = letterhead.nomination_date if form in FORMS_WITH_NOMINATION else None
    return "".join(
        (
            f"<ElectionIdentifier Id={quoteattr(election.id)}>",
            element("ElectionName", election.name),
            element("ElectionCategory", election.category),
            element("kr:ElectionSubcategory", size) if size else "",
            area,
            f"<kr:ElectionDate>{election.date}</kr:ElectionDate>",
            f"<kr:NominationDate>{nomination}</kr:NominationDate>" if nomination else "",
            "</ElectionIdentifier>",
        )
    )


def _subcategory(election: Election) -> str:
    """Provinces are left without: PS1 or PS2 depends on districts, which an election does not hold."""
    if election.category in SIZED_CATEGORIES:
        size = 1 if election.seats < 19 else 2  # Kieswet, P 7 and P 8: 19 seats or more
        return f"{election.category}{size}"
    return UNSIZED_SUBCATEGORIES.get(election.category, "")


def contest_identifier(contest: Contest = NO_DISTRICTS) -> str:
    """Return the element that names an electoral district."""
    if not contest.name:
        return f"<ContestIdentifier Id={quoteattr(contest.id)}/>"
    return f"<ContestIdentifier Id={quoteattr(contest.id)}>{element('ContestName', contest.name)}</ContestIdentifier>"


def affiliation(each: CandidateList) -> str:
    """Return the element that names a list by number and appellation."""
    return f'<AffiliationIdentifier Id="{each.number}">{element("RegisteredName", each.name)}</AffiliationIdentifier>'


def identified_candidate(position: int) -> str:
    """Return the element with a candidate's number on the list."""
    return f'<CandidateIdentifier Id="{position}"/>'


def person_name(candidate: Candidate) -> str:
    """Return the element with the parts of a candidate's name; empty parts are left out."""
    initials = (
        f'<xnl:NameLine NameType="Initials">{escape(candidate.initials)}</xnl:NameLine>' if candidate.initials else ""
    )
    return (
        f"<CandidateFullName><xnl:PersonName>{initials}"
        f"{element('xnl:FirstName', candidate.first_name) if candidate.first_name else ''}"
        f"{element('xnl:NamePrefix', candidate.prefix) if candidate.prefix else ''}"
        f"{element('xnl:LastName', candidate.last_name)}</xnl:PersonName></CandidateFullName>"
    )


def residence(candidate: Candidate) -> str:
    """Return the element with a candidate's place of residence."""
    locality = element("xal:LocalityName", candidate.locality)
    return f"<QualifyingAddress><xal:Locality>{locality}</xal:Locality></QualifyingAddress>"


def element(name: str, text: str) -> str:
    """Return an element that holds only text."""
    return f"<{name}>{escape(text)}</{name}>"
