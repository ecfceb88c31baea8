"""EML_NL 110b: the polling stations of a municipality, with the number of voters called to each."""

from __future__ import annotations

from dataclasses import dataclass

from thorbecke.kernel.messages import gettext_noop

from .eml_identity import Identity, read_identity, refuse_second_contest
from .eml_reader import EmlFile, Node, parse

KINDS = ("", "FixedLocation", "Mobile", "Special")
CHANNELS = {"polling": False, "postal": True}


@dataclass(frozen=True, slots=True)
class PollingStation:
    """One station: number, name, voters called to it, postal code; `kind` is empty or one of the schema's kinds.

    `shared` says whether it stands in one place with another station, None when the file does not tell.
    """

    number: int
    name: str
    voters: int
    postal_code: str = ""
    kind: str = ""
    shared: bool | None = None
    postal: bool = False


@dataclass(frozen=True, slots=True)
class PollingStations:
    """The stations of one municipality, and the number of voters there (EML MaxVotes; 1 where it is not filled)."""

    area_id: str
    area: str
    voters: int
    stations: tuple[PollingStation, ...]


def read_polling_stations(file: EmlFile) -> tuple[Identity, PollingStations]:
    """Read a 110b file of one municipality. Street addresses and opening hours are not kept. Raises BadInput."""
    event = parse(file).child("ElectionEvent")
    election = event.child("Election")
    _refuse_second_election(event)
    refuse_second_contest(election)
    contest = election.child("Contest")
    area = contest.child("ReportingUnit").child("ReportingUnitIdentifier")
    stations: dict[int, PollingStation] = {}
    for node in contest.children("PollingPlace"):
        station = _read_station(node)
        if station.number in stations:
            raise node.wrong(gettext_noop("Polling station %(station)s is in the file twice."), station=station.number)
        stations[station.number] = station
    if not stations:
        raise contest.wrong(gettext_noop("The file holds no polling stations."))
    voters = contest.child("MaxVotes")
    identity = read_identity(election.child("ElectionIdentifier"))
    return identity, PollingStations(
        area_id=area.attribute("Id"),
        area=area.text,
        voters=voters.number() if voters.text else 1,
        stations=tuple(stations.values()),
    )


def _refuse_second_election(event: Node) -> None:
    for position, election in enumerate(event.children("Election")):
        if position:
            raise election.wrong(
                gettext_noop("The file holds more than one election."),
                gettext_noop("Send the files of one election at a time."),
            )


def _read_station(place: Node) -> PollingStation:
    location = place.child("PhysicalLocation")
    station = location.child("PollingStation")
    locality = location.child("Address").child("Locality")
    return PollingStation(
        number=station.id_number(),
        name=locality.child("LocalityName").text,
        voters=station.number(),
        postal_code=locality.text_of("PostalCode", "PostalCodeNumber"),
        kind=_one_of(location.find("ReportingUnitType"), KINDS),
        shared=_truth(location.find("SharedLocation")),
        postal=CHANNELS[_channel(place)],
    )


def _channel(place: Node) -> str:
    channel = place.attribute("Channel")
    if channel not in CHANNELS:
        raise place.wrong(gettext_noop('"%(text)s" is not a known value here.'), text=channel[:40])
    return channel


def _one_of(node: Node | None, values: tuple[str, ...]) -> str:
    if node is None:
        return ""
    if node.text not in values:
        raise node.wrong(gettext_noop('"%(text)s" is not a known value here.'), text=node.text[:40])
    return node.text


def _truth(node: Node | None) -> bool | None:
    """The four ways in which XML Schema writes a boolean."""
    text = _one_of(node, ("true", "false", "1", "0"))
    return None if not text else text in {"true", "1"}
