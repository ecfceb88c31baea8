"""EML_NL 520: the result of an election, with the elected candidates per list."""

from __future__ import annotations

from dataclasses import dataclass

from thorbecke.elections.domain.count import Candidate
from thorbecke.kernel.messages import gettext_noop

from .eml_230 import read_candidate
from .eml_identity import Identity, read_identity, refuse_second_contest
from .eml_reader import EmlFile, Node, parse

BY_PREFERENCE = 1
"""Ranking of a candidate elected by own votes (Kieswet, P 15)."""

BY_ORDER = 2
"""Ranking of a candidate elected in another way, such as the order of the list (Kieswet, P 17)."""


@dataclass(frozen=True, slots=True)
class ElectedCandidate:
    """An elected candidate as 520 names one: list number, `ranking` 1 or 2 and own votes, None where not told."""

    list_number: int
    candidate: Candidate
    ranking: int | None
    votes: int | None


def read_result(file: EmlFile) -> tuple[Identity, tuple[ElectedCandidate, ...]]:
    """Read a 520 file: who is elected, in the order of the file. Raises BadInput."""
    election = parse(file).child("Result").child("Election")
    identity = read_identity(election.child("ElectionIdentifier"))
    refuse_second_contest(election)
    contest = election.child("Contest")
    elected: dict[tuple[int, int], ElectedCandidate] = {}
    lists: set[int] = set()
    current: int | None = None
    for selection in contest.children("Selection"):
        affiliation = selection.find("AffiliationIdentifier")
        if affiliation is not None:
            current = _new_list(affiliation, lists)
        elif current is None:
            raise selection.wrong(gettext_noop("An elected candidate stands before any list."))
        else:
            each = _read_elected(selection, current)
            key = current, each.candidate.position
            if key in elected:
                raise selection.wrong(
                    gettext_noop("Candidate %(candidate)s is on list %(list)s twice."),
                    candidate=each.candidate.position,
                    list=current,
                )
            elected[key] = each
    return identity, tuple(elected.values())


def _new_list(affiliation: Node, read: set[int]) -> int:
    number = affiliation.id_number()
    if number in read:
        raise affiliation.wrong(gettext_noop("List %(list)s is in the file twice."), list=number)
    read.add(number)
    return number


def _read_elected(selection: Node, list_number: int) -> ElectedCandidate:
    ranking, votes = selection.find("Ranking"), selection.find("Votes")
    if selection.child("Elected").text != "yes":
        raise selection.child("Elected").wrong(gettext_noop("This says that someone is not elected."))
    if ranking is not None and ranking.number() not in {BY_PREFERENCE, BY_ORDER}:
        raise ranking.wrong(gettext_noop('"%(text)s" is not a known value here.'), text=ranking.text[:40])
    return ElectedCandidate(
        list_number=list_number,
        candidate=read_candidate(selection.child("Candidate")),
        ranking=None if ranking is None else ranking.number(),
        votes=None if votes is None else votes.number(),
    )
