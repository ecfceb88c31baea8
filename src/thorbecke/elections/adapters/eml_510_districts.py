"""EML_NL 510d of an election with districts: lists differ by district, and short codes say who is who on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from thorbecke.elections.domain.consistency import BLANK_DIFFER, INVALID_DIFFER, check_group
from thorbecke.elections.domain.count import (
    ASK_THE_SENDER,
    Candidate,
    CandidateList,
    StationsDiffer,
    StationTwice,
    ValidTotalDiffers,
    VoteGroup,
)
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .eml_identity import Identity, read_identity
from .eml_reader import TAKE_IT_AGAIN, EmlFile, Node, stream
from .eml_votes import VoteReader

Person: TypeAlias = tuple[int, str]
"""A list number and a candidate's short code; the code is the number on the list where the file gives none."""


@dataclass(frozen=True, slots=True)
class DistrictTotals:
    """What one district counted: id as in EML ("HSB1"), name, its lists, and its votes in their order.

    `codes` gives per list the short codes in the order of its candidates, who are named by their code in `lists`.
    """

    id: str
    name: str
    lists: tuple[CandidateList, ...]
    codes: dict[int, tuple[str, ...]]
    group: VoteGroup


@dataclass(frozen=True, slots=True)
class TotalsByDistrict:
    """A whole 510d: each district, and the votes of each person in all districts together."""

    identity: Identity
    districts: tuple[DistrictTotals, ...]
    votes: dict[Person, int]


@dataclass(frozen=True, slots=True)
class _Total:
    """What TotalVotes says."""

    place: Place
    votes: dict[Person, int]
    valid: int
    blank: int
    invalid: int


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    identity: Identity | None = None
    total: _Total | None = None
    districts: dict[str, DistrictTotals] = field(default_factory=dict)


def read_totals_by_district(file: EmlFile) -> TotalsByDistrict:
    """Read a 510d file by itself, without candidate lists. Raises BadInput, also when its sums contradict."""
    reading = _Reading()
    for node in stream(file, "ElectionIdentifier", "TotalVotes", "ReportingUnitVotes"):
        if node.path == "ElectionIdentifier":
            reading.identity = read_identity(node)
        elif node.path == "ReportingUnitVotes":
            _read_district(node, reading)
        elif reading.total is not None:
            raise node.wrong(gettext_noop("The file holds totals twice."), ASK_THE_SENDER)
        else:
            reading.total = _read_total(node)
    if reading.identity is None:
        raise _missing(file, "ElectionIdentifier")
    if reading.total is None:
        raise _missing(file, "TotalVotes")
    if not reading.districts:
        raise _missing(file, "ReportingUnitVotes")
    _check_totals(reading.total, tuple(reading.districts.values()))
    return TotalsByDistrict(reading.identity, tuple(reading.districts.values()), reading.total.votes)


def _missing(file: EmlFile, name: str) -> BadInput:
    return BadInput(
        Message(gettext_noop("The element %(name)s is missing here."), {"name": name}),
        Message(TAKE_IT_AGAIN),
        Place(file.name, field="EML"),
    )


def _read_district(node: Node, reading: _Reading) -> None:
    identifier = node.child("ReportingUnitIdentifier")
    district_id = identifier.attribute("Id")
    unit = replace(node, path=f"ReportingUnitVotes {district_id[:60]}")
    if district_id in reading.districts:
        raise StationTwice(
            Message(gettext_noop("Electoral district %(district)s is in the file twice."), {"district": district_id}),
            Message(ASK_THE_SENDER),
            unit.place,
        )
    codes = _codes(unit)
    lists = tuple(_lists(unit, codes))
    group = VoteReader(lists).read(unit)
    check_group(group, lists, unit.place)
    in_order = {each.number: tuple(candidate.last_name for candidate in each.candidates) for each in lists}
    reading.districts[district_id] = DistrictTotals(district_id, identifier.text or district_id, lists, in_order, group)


def _codes(unit: Node) -> dict[int, dict[int, str]]:
    """Return per list the short code of each position; refuse a person who stands on one list twice."""
    codes: dict[int, dict[int, str]] = {}
    for number, identifier, _ in _selections(unit):
        codes.setdefault(number, {})
        if identifier is not None:
            code = _code(identifier)
            if code in codes[number].values():
                raise identifier.wrong(
                    gettext_noop("Candidate %(candidate)s is on list %(list)s twice."),
                    ASK_THE_SENDER,
                    candidate=code,
                    list=number,
                )
            codes[number][identifier.id_number()] = code
    return codes


def _lists(unit: Node, codes: dict[int, dict[int, str]]) -> Iterator[CandidateList]:
    names = {
        affiliation.id_number(): affiliation.text_of("RegisteredName")
        for selection in unit.children("Selection")
        if (affiliation := selection.find("AffiliationIdentifier")) is not None
    }
    for number in sorted(codes):
        candidates = tuple(Candidate(position, codes[number][position]) for position in sorted(codes[number]))
        yield CandidateList(number, names[number], candidates)


def _selections(node: Node) -> Iterator[tuple[int, Node | None, Node]]:
    """Give the list of each Selection, the identifier of its candidate (None for the list itself), and itself."""
    current: int | None = None
    for selection in node.children("Selection"):
        affiliation = selection.find("AffiliationIdentifier")
        if affiliation is not None:
            current = affiliation.id_number()
            yield current, None, selection
        elif current is None:
            raise selection.wrong(gettext_noop("Votes for a candidate stand before any list."), ASK_THE_SENDER)
        else:
            yield current, selection.child("Candidate").child("CandidateIdentifier"), selection


def _code(identifier: Node) -> str:
    """The schema allows a short code as attribute and as element."""
    given = identifier.element.get("ShortCode")
    code = identifier.attribute("ShortCode") if given else identifier.text_of("ShortCode")
    return code or str(identifier.id_number())


def _read_total(node: Node) -> _Total:
    votes: dict[Person, int] = {}
    for number, identifier, selection in _selections(node):
        if identifier is not None:
            person = number, _code(identifier)
            if person in votes:
                raise selection.wrong(
                    gettext_noop("Candidate %(candidate)s is on list %(list)s twice."),
                    ASK_THE_SENDER,
                    candidate=person[1],
                    list=number,
                )
            votes[person] = selection.child("ValidVotes").number()
    rejected = {each.attribute("ReasonCode"): each.number() for each in node.children("RejectedVotes")}
    return _Total(
        place=node.place,
        votes=votes,
        valid=node.child("TotalCounted").number(),
        blank=rejected.get("blanco", 0),
        invalid=rejected.get("ongeldig", 0),
    )


def _check_totals(total: _Total, districts: tuple[DistrictTotals, ...]) -> None:
    """Refuse totals that are not the sum of the districts, for each person and for blank and invalid votes."""
    summed: Counter[Person] = Counter()
    for district in districts:
        for number, codes in district.codes.items():
            summed.update(
                {(number, code): votes for code, votes in zip(codes, district.group.votes[number], strict=True)}
            )
    for person in sorted({*summed, *total.votes}):
        if summed[person] != total.votes.get(person, 0):
            raise StationsDiffer(
                Message(
                    gettext_noop(
                        "Candidate %(candidate)s of list %(list)s has %(sum)s votes in the districts together, but the "
                        "total says %(stated)s."
                    ),
                    {
                        "candidate": person[1],
                        "list": person[0],
                        "sum": summed[person],
                        "stated": total.votes.get(person, 0),
                    },
                ),
                Message(ASK_THE_SENDER),
                total.place,
            )
    groups = [district.group for district in districts]
    valid_differ = gettext_noop("The lists have %(sum)s votes together, but the total of valid votes says %(stated)s.")
    for template, kind, found, stated in (
        (valid_differ, ValidTotalDiffers, sum(each.valid for each in groups), total.valid),
        (BLANK_DIFFER, StationsDiffer, sum(each.blank for each in groups), total.blank),
        (INVALID_DIFFER, StationsDiffer, sum(each.invalid for each in groups), total.invalid),
    ):
        if found != stated:
            raise kind(Message(template, {"sum": found, "stated": stated}), Message(ASK_THE_SENDER), total.place)
