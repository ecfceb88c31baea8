"""EML_NL 230b: the lists of candidates as they stand on the ballot paper."""

from __future__ import annotations

from dataclasses import dataclass

from thorbecke.elections.domain.count import Candidate, CandidateList
from thorbecke.kernel.messages import gettext_noop

from .eml_identity import Identity, read_identity, refuse_second_contest
from .eml_reader import EmlFile, Node, parse


@dataclass(frozen=True, slots=True)
class Ballot:
    """What 230b says: the lists, by number, with their candidates in the order of the list."""

    identity: Identity
    lists: tuple[CandidateList, ...]


def read_ballot(file: EmlFile) -> Ballot:
    """Read a 230b file. Raises BadInput."""
    election = parse(file).child("CandidateList").child("Election")
    identity = read_identity(election.child("ElectionIdentifier"))
    refuse_second_contest(election)
    contest = election.child("Contest")
    lists: dict[int, CandidateList] = {}
    for affiliation in contest.children("Affiliation"):
        each = _read_list(affiliation)
        if each.number in lists:
            raise affiliation.wrong(gettext_noop("List %(list)s is in the file twice."), list=each.number)
        lists[each.number] = each
    if not lists:
        raise contest.wrong(gettext_noop("The file holds no lists."))
    return Ballot(identity, tuple(lists[number] for number in sorted(lists)))


def _read_list(affiliation: Node) -> CandidateList:
    identifier = affiliation.child("AffiliationIdentifier")
    number = identifier.id_number()
    candidates: dict[int, Candidate] = {}
    for node in affiliation.children("Candidate"):
        candidate = _read_candidate(node)
        if candidate.position in candidates:
            raise node.wrong(
                gettext_noop("Candidate %(candidate)s is on list %(list)s twice."),
                candidate=candidate.position,
                list=number,
            )
        candidates[candidate.position] = candidate
    if not candidates:
        raise affiliation.wrong(gettext_noop("List %(list)s has no candidates."), list=number)
    in_order = tuple(candidates[position] for position in sorted(candidates))
    return CandidateList(number, identifier.text_of("RegisteredName"), in_order)


def _read_candidate(node: Node) -> Candidate:
    """A candidate who lives abroad has the place of residence inside a Country element."""
    person = node.child("CandidateFullName").child("PersonName")
    lines = [line for line in person.children("NameLine") if line.element.get("NameType") == "Initials"]
    return Candidate(
        position=node.child("CandidateIdentifier").id_number(),
        last_name=person.child("LastName").text,
        prefix=person.text_of("NamePrefix"),
        initials=lines[0].text if lines else "",
        first_name=person.text_of("FirstName"),
        locality=node.text_of("QualifyingAddress", "Locality", "LocalityName")
        or node.text_of("QualifyingAddress", "Country", "Locality", "LocalityName"),
    )
