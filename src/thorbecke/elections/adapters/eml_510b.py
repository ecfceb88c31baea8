"""EML_NL 510b: the votes per candidate in every polling station, and their totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from thorbecke.elections.domain.consistency import SAME_ELECTION, check_count
from thorbecke.elections.domain.count import (
    ASK_THE_SENDER,
    EXPLANATION_CODES,
    Admission,
    CandidateList,
    Difference,
    ElectionCount,
    StationCount,
    VoteGroup,
    arrange_votes,
)
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import gettext_noop

from .eml_identity import Identity, read_identity
from .eml_reader import EmlFile, Node, stream

LONGEST_STATION_ID = 60


@dataclass(slots=True)
class _Reading:
    """What has been read of one file so far."""

    lists: Mapping[int, CandidateList]
    identity: Identity | None = None
    contests: int = 0
    total: VoteGroup | None = None
    stations: dict[str, StationCount] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


def read_count(file: EmlFile, lists: Sequence[CandidateList]) -> tuple[Identity, ElectionCount]:
    """Read a 510b file that counts the votes for `lists`. Raises BadInput, also when its sums contradict each other."""
    reading = _Reading({each.number: each for each in lists})
    for node in stream(file, "ElectionIdentifier", "ContestIdentifier", "TotalVotes", "ReportingUnitVotes"):
        _READERS[str(etree.QName(node.element).localname)](node, reading)
    if reading.identity is None:
        raise _incomplete(file, "ElectionIdentifier")
    if reading.total is None:
        raise _incomplete(file, "TotalVotes")
    count = ElectionCount(reading.identity.id, reading.total, tuple(reading.stations.values()))
    _check(count, lists, reading.places)
    return reading.identity, count


def _read_identifier(node: Node, reading: _Reading) -> None:
    reading.identity = read_identity(node)


def _read_contest(node: Node, reading: _Reading) -> None:
    reading.contests += 1
    if reading.contests > 1:
        raise node.wrong(
            gettext_noop("The file holds more than one electoral district."),
            gettext_noop("Only elections with one district, such as those of a municipal council, can be computed."),
        )


def _read_total(node: Node, reading: _Reading) -> None:
    reading.total = _read_group(node, reading.lists)
    reading.places["total"] = node.place


def _read_station(node: Node, reading: _Reading) -> None:
    identifier = node.child("ReportingUnitIdentifier")
    station_id = identifier.attribute("Id")
    if len(station_id) > LONGEST_STATION_ID:
        raise identifier.wrong(
            gettext_noop("This text is longer than %(most)s characters."), ASK_THE_SENDER, most=LONGEST_STATION_ID
        )
    if station_id in reading.stations:
        raise identifier.wrong(
            gettext_noop("Polling station %(station)s appears twice."), ASK_THE_SENDER, station=station_id
        )
    unit = replace(node, path=f"ReportingUnitVotes {station_id}")
    reading.places[station_id] = unit.place
    reading.stations[station_id] = StationCount(
        id=station_id,
        name=identifier.text or station_id,
        group=_read_group(unit, reading.lists),
        investigations=_read_investigations(unit),
    )


_READERS = {
    "ElectionIdentifier": _read_identifier,
    "ContestIdentifier": _read_contest,
    "TotalVotes": _read_total,
    "ReportingUnitVotes": _read_station,
}


def _read_group(node: Node, lists: Mapping[int, CandidateList]) -> VoteGroup:
    votes, list_totals = _read_selections(node, lists)
    rejected = _by_reason(node, "RejectedVotes")
    for reason in ("blanco", "ongeldig"):
        if reason not in rejected:
            raise node.wrong(
                gettext_noop('The number of votes "%(reason)s" is missing here.'), ASK_THE_SENDER, reason=reason
            )
    uncounted = _by_reason(node, "UncountedVotes")
    return VoteGroup(
        votes=votes,
        list_totals=list_totals,
        valid=node.child("TotalCounted").number(),
        blank=rejected["blanco"],
        invalid=rejected["ongeldig"],
        eligible=node.child("Cast").number(),
        admission=_admission(uncounted),
        difference=_difference(uncounted),
    )


def _read_selections(
    node: Node, lists: Mapping[int, CandidateList]
) -> tuple[dict[int, tuple[int, ...]], dict[int, int]]:
    """Selections stand in a row: a list, then its candidates, then the next list."""
    by_list: dict[int, dict[int, int]] = {}
    list_totals: dict[int, int] = {}
    places: dict[int, Place] = {}
    current: int | None = None
    for selection in node.children("Selection"):
        affiliation = selection.find("AffiliationIdentifier")
        if affiliation is not None:
            current = _known_list(affiliation, lists, list_totals)
            list_totals[current] = selection.child("ValidVotes").number()
            by_list[current], places[current] = {}, replace(selection, path=f"{node.path}/list {current}").place
        elif current is None:
            raise selection.wrong(gettext_noop("Votes for a candidate stand before any list."), ASK_THE_SENDER)
        else:
            _read_candidate(selection, current, by_list[current])
    votes = {number: arrange_votes(lists[number], each, places[number]) for number, each in by_list.items()}
    return votes, list_totals


def _known_list(affiliation: Node, lists: Mapping[int, CandidateList], read: Mapping[int, int]) -> int:
    number = affiliation.id_number()
    if number not in lists:
        raise affiliation.wrong(
            gettext_noop("List %(list)s does not take part in this election."), SAME_ELECTION, list=number
        )
    if number in read:
        raise affiliation.wrong(gettext_noop("List %(list)s is in the file twice."), ASK_THE_SENDER, list=number)
    return number


def _read_candidate(selection: Node, list_number: int, votes: dict[int, int]) -> None:
    position = selection.child("Candidate").child("CandidateIdentifier").id_number()
    if position in votes:
        raise selection.wrong(
            gettext_noop("Candidate %(candidate)s is on list %(list)s twice."),
            ASK_THE_SENDER,
            candidate=position,
            list=list_number,
        )
    votes[position] = selection.child("ValidVotes").number()


def _by_reason(node: Node, name: str) -> dict[str, int]:
    return {each.attribute("ReasonCode"): each.number() for each in node.children(name)}


def _admission(uncounted: Mapping[str, int]) -> Admission | None:
    if "toegelaten kiezers" not in uncounted:
        return None
    return Admission(
        polling_cards=uncounted.get("geldige stempassen", 0),
        proxies=uncounted.get("geldige volmachtbewijzen", 0),
        voter_passes=uncounted.get("geldige kiezerspassen", 0),
        admitted=uncounted["toegelaten kiezers"],
    )


def _difference(uncounted: Mapping[str, int]) -> Difference:
    return Difference(
        more_counted=uncounted.get("meer getelde stembiljetten", 0),
        fewer_counted=uncounted.get("minder getelde stembiljetten", 0),
        explanations={code: uncounted[code] for code in EXPLANATION_CODES if uncounted.get(code)},
    )


def _read_investigations(unit: Node) -> tuple[str, ...]:
    part = unit.find("ReportingUnitInvestigations")
    if part is None:
        return ()
    return tuple(each.attribute("ReasonCode") for each in part.children("Investigation") if each.text == "true")


def _check(count: ElectionCount, lists: Sequence[CandidateList], places: Mapping[str, Place]) -> None:
    try:
        check_count(count, lists)
    except BadInput as error:
        error.place = places.get(error.place.field or "", error.place)
        raise


def _incomplete(file: EmlFile, name: str) -> BadInput:
    root = Node(file.name, etree.Element("EML"), "EML")
    return root.wrong(gettext_noop("The element %(name)s is missing here."), name=name)
