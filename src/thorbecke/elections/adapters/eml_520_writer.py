"""Writes EML_NL 520: the elected candidates of an election."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thorbecke.elections.domain.count import CandidateList, Election
from thorbecke.elections.domain.overview import Elected

from .eml_520 import BY_ORDER, BY_PREFERENCE, ElectedCandidate
from .eml_identity import NO_DISTRICTS, Contest
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

_ELECTED = "<Elected>yes</Elected>"


def elected_of(elected: Sequence[Elected]) -> tuple[ElectedCandidate, ...]:
    """Return the elected candidates of a computed result as 520 names them; it cannot say that someone has 0 votes."""
    return tuple(
        ElectedCandidate(
            each.list.number, each.candidate, BY_PREFERENCE if each.by_preference else BY_ORDER, each.votes or None
        )
        for each in elected
    )


def write_result(
    election: Election,
    lists: Sequence[CandidateList],
    elected: Sequence[ElectedCandidate],
    letterhead: Letterhead,
    *,
    contest: Contest = NO_DISTRICTS,
) -> bytes:
    """Return the bytes of a 520 file: the lists with seats, each with its elected candidates in the order given."""
    return document(
        "520",
        letterhead,
        [
            "<Result><Election>",
            election_identifier("520", election, letterhead),
            f"<Contest>{contest_identifier(contest)}",
            *(
                line
                for each in lists
                for line in _list(each, [one for one in elected if one.list_number == each.number])
            ),
            "</Contest></Election></Result>",
        ],
    )


def _list(each: CandidateList, elected: Sequence[ElectedCandidate]) -> Iterator[str]:
    if elected:
        yield f"<Selection>{affiliation(each)}{_ELECTED}</Selection>"
    for one in elected:
        candidate = one.candidate
        votes = f"<Votes>{one.votes}</Votes>" if one.votes else ""
        ranking = f"<Ranking>{one.ranking}</Ranking>" if one.ranking else ""
        yield (
            f"<Selection><Candidate>{identified_candidate(candidate.position)}{person_name(candidate)}"
            f"{residence(candidate)}</Candidate>{votes}{ranking}{_ELECTED}</Selection>"
        )
