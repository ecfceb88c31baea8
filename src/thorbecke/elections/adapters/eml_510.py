"""EML_NL 510: the votes per candidate in each unit (station, municipality or district), and their totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from thorbecke.elections.domain.consistency import check_count
from thorbecke.elections.domain.count import ASK_THE_SENDER, CandidateList, ElectionCount, StationCount, VoteGroup
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import gettext_noop

from .eml_identity import Contest, Identity, read_contest, read_identity
from .eml_reader import EmlFile, Form, Node, stream
from .eml_runs import CutFile, NotFamiliar
from .eml_votes import VoteReader

COUNT_FORMS: tuple[Form, ...] = ("510a", "510b", "510c", "510d")
LONGEST_STATION_ID = 60


@dataclass(slots=True)
class _Reading:
    """What has been read of one file so far."""

    votes: VoteReader
    identity: Identity | None = None
    contests: int = 0
    total: VoteGroup | None = None
    stations: dict[str, StationCount] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


def read_count(file: EmlFile, lists: Sequence[CandidateList]) -> tuple[Identity, ElectionCount]:
    """Read a 510 file that counts the votes for `lists`, in one pass.

    A file of one station (510a) may leave out the totals, which are then those of the station. Raises BadInput, also
    when the sums contradict each other.
    """
    try:
        reading = _read(file, lists, CutFile(file.content))
    except (NotFamiliar, BadInput):  # what is wrong is told by the parser, which knows every line
        reading = _read(file, lists, None)
    if reading.identity is None:
        raise _incomplete(file, "ElectionIdentifier")
    total = reading.total or _total_of_one(reading)
    if total is None:
        raise _incomplete(file, "TotalVotes")
    count = ElectionCount(reading.identity.id, total, tuple(reading.stations.values()))
    _check(count, lists, reading.places)
    return reading.identity, count


def read_heading(file: EmlFile) -> tuple[Identity, Contest]:
    """Return which election and district a 510 file is about, without its votes. Raises BadInput."""
    identity = None
    for node in stream(file, "ElectionIdentifier", "ContestIdentifier"):
        if etree.QName(node.element).localname == "ContestIdentifier":
            if identity is None:
                break
            return identity, read_contest(node)
        identity = read_identity(node)
    raise _incomplete(file, "ContestIdentifier" if identity else "ElectionIdentifier")


def _read(file: EmlFile, lists: Sequence[CandidateList], cut: CutFile | None) -> _Reading:
    reading = _Reading(VoteReader(lists, cut))
    names = ("ElectionIdentifier", "ContestIdentifier", "TotalVotes", "ReportingUnitVotes")
    for node in stream(file, *names, source=cut):
        _READERS[str(etree.QName(node.element).localname)](node, reading)
    return reading


def _total_of_one(reading: _Reading) -> VoteGroup | None:
    return next(iter(reading.stations.values())).group if len(reading.stations) == 1 else None


def _read_identifier(node: Node, reading: _Reading) -> None:
    reading.identity = read_identity(node)


def _read_contest(node: Node, reading: _Reading) -> None:
    reading.contests += 1
    if reading.contests > 1:
        raise node.wrong(
            gettext_noop("The file holds more than one electoral district."),
            gettext_noop("Send a file for each district."),
        )


def _read_total(node: Node, reading: _Reading) -> None:
    reading.total = reading.votes.read(node)
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
        group=reading.votes.read(unit),
        investigations=_read_investigations(unit),
    )


_READERS = {
    "ElectionIdentifier": _read_identifier,
    "ContestIdentifier": _read_contest,
    "TotalVotes": _read_total,
    "ReportingUnitVotes": _read_station,
}


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
