"""EML_NL 230b and 230c: the lists of candidates of one electoral district, or of all districts."""

from __future__ import annotations

from dataclasses import dataclass

from thorbecke.elections.domain.count import Candidate, CandidateList
from thorbecke.kernel.messages import gettext_noop

from .eml_identity import NO_DISTRICTS, Contest, Identity, read_contest, read_identity, refuse_second_contest
from .eml_reader import EmlFile, Node, parse


@dataclass(frozen=True, slots=True)
class Ballot:
    """What 230b says: the lists, by number, with their candidates in the order of the list."""

    identity: Identity
    lists: tuple[CandidateList, ...]
    contest: Contest = NO_DISTRICTS


@dataclass(frozen=True, slots=True)
class DistrictLists:
    """The lists of one electoral district, by number."""

    contest: Contest
    lists: tuple[CandidateList, ...]


@dataclass(frozen=True, slots=True)
class AllBallots:
    """What 230c says: the lists of every district."""

    identity: Identity
    districts: tuple[DistrictLists, ...]


def read_ballot(file: EmlFile) -> Ballot:
    """Read a 230b file. Raises BadInput."""
    election = parse(file).child("CandidateList").child("Election")
    identity = read_identity(election.child("ElectionIdentifier"))
    refuse_second_contest(election)
    district = _read_district(election.child("Contest"))
    return Ballot(identity, district.lists, district.contest)


def read_all_ballots(file: EmlFile) -> AllBallots:
    """Read a 230c file (or a 230b file as one with a single district). Raises BadInput."""
    election = parse(file).child("CandidateList").child("Election")
    identity = read_identity(election.child("ElectionIdentifier"))
    districts: dict[str, DistrictLists] = {}
    for node in election.children("Contest"):
        district = _read_district(node)
        if district.contest.id in districts:
            raise node.wrong(
                gettext_noop("Electoral district %(district)s is in the file twice."), district=district.contest.id
            )
        districts[district.contest.id] = district
    if not districts:
        raise election.wrong(gettext_noop("The file holds no lists."))
    return AllBallots(identity, tuple(districts.values()))


def _read_district(contest: Node) -> DistrictLists:
    lists: dict[int, CandidateList] = {}
    for affiliation in contest.children("Affiliation"):
        each = _read_list(affiliation)
        if each.number in lists:
            raise affiliation.wrong(gettext_noop("List %(list)s is in the file twice."), list=each.number)
        lists[each.number] = each
    if not lists:
        raise contest.wrong(gettext_noop("The file holds no lists."))
    return DistrictLists(
        read_contest(contest.child("ContestIdentifier")), tuple(lists[number] for number in sorted(lists))
    )


def _read_list(affiliation: Node) -> CandidateList:
    identifier = affiliation.child("AffiliationIdentifier")
    number = identifier.id_number()
    candidates: dict[int, Candidate] = {}
    for node in affiliation.children("Candidate"):
        candidate = read_candidate(node)
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


def read_candidate(node: Node) -> Candidate:
    """Read name and residence of a Candidate element; one who lives abroad has the place inside a Country element."""
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
