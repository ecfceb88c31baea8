"""Writes EML_NL 230b and 230c: the lists of candidates of one electoral district, or of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thorbecke.elections.domain.count import Candidate, CandidateList, Election

from .eml_230 import DistrictLists
from .eml_identity import NO_DISTRICTS, Contest
from .eml_reader import Form
from .eml_writer import (
    Letterhead,
    affiliation,
    contest_identifier,
    document,
    election_identifier,
    identified_candidate,
    person_name,
    residence,
)


def write_ballot(
    election: Election, lists: Sequence[CandidateList], letterhead: Letterhead, *, contest: Contest = NO_DISTRICTS
) -> bytes:
    """Return the bytes of a 230b file: the lists of one district."""
    return _write("230b", election, [DistrictLists(contest, tuple(lists))], letterhead)


def write_all_ballots(election: Election, districts: Sequence[DistrictLists], letterhead: Letterhead) -> bytes:
    """Return the bytes of a 230c file: the lists of every district."""
    return _write("230c", election, districts, letterhead)


def _write(form: Form, election: Election, districts: Sequence[DistrictLists], letterhead: Letterhead) -> bytes:
    return document(
        form,
        letterhead,
        [
            "<CandidateList><Election>",
            election_identifier(form, election, letterhead),
            *(line for each in districts for line in _contest(each)),
            "</Election></CandidateList>",
        ],
    )


def _contest(district: DistrictLists) -> Iterator[str]:
    yield f"<Contest>{contest_identifier(district.contest)}"
    for each in district.lists:
        yield f"<Affiliation>{affiliation(each)}<Type>op zichzelf staande lijst</Type>"
        yield '<kr:ListData PublicationLanguage="nl" PublishGender="false"/>'
        for candidate in each.candidates:
            yield _candidate(candidate)
        yield "</Affiliation>"
    yield "</Contest>"


def _candidate(candidate: Candidate) -> str:
    address = residence(candidate) if candidate.locality else ""
    return f"<Candidate>{identified_candidate(candidate.position)}{person_name(candidate)}{address}</Candidate>"
