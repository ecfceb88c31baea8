"""EML_NL 210: one nomination, a list of candidates as it was handed in for an electoral district."""

from __future__ import annotations

from dataclasses import dataclass

from thorbecke.elections.domain.count import Candidate
from thorbecke.kernel.messages import gettext_noop

from .eml_230 import read_candidate
from .eml_identity import Contest, Identity, read_contest, read_identity
from .eml_reader import EmlFile, parse


@dataclass(frozen=True, slots=True)
class Nomination:
    """A list before it has a number. Birth dates, citizen numbers, addresses and proposers are never kept."""

    identity: Identity
    contest: Contest
    name: str
    candidates: tuple[Candidate, ...]


def read_nomination(file: EmlFile) -> Nomination:
    """Read a 210 file. Raises BadInput."""
    nomination = parse(file).child("Nomination")
    affiliation = nomination.child("Affiliation")
    candidates: dict[int, Candidate] = {}
    for node in affiliation.children("Candidate"):
        candidate = read_candidate(node)
        if candidate.position in candidates:
            raise node.wrong(
                gettext_noop("Candidate %(candidate)s is in the file twice."), candidate=candidate.position
            )
        candidates[candidate.position] = candidate
    if not candidates:
        raise affiliation.wrong(gettext_noop("The list has no candidates."))
    return Nomination(
        identity=read_identity(nomination.child("ElectionIdentifier")),
        contest=read_contest(nomination.child("ContestIdentifier")),
        name=affiliation.child("AffiliationIdentifier").text_of("RegisteredName"),
        candidates=tuple(candidates[position] for position in sorted(candidates)),
    )
