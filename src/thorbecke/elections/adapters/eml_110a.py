"""EML_NL 110a: the definition of an election, with its number of seats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .eml_identity import Contest, Identity, read_identity
from .eml_reader import EmlFile, Node, parse

DISTRICTS = frozenset({"KIESKRING", "PROVINCIAAL_KIESKRING", "WATERSCHAP_KIESKRING"})
"""RegionCategory of an electoral district (EML_NL schemas)."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What 110a says.

    `threshold` is the preference threshold in percent of the quota, where it is given; `parties` are the registered
    appellations. `districts` are the electoral districts where there are several, `municipalities` the number of the
    district of each municipality by its code of four digits, as far as the file tells.
    """

    identity: Identity
    seats: int
    seats_node: Node
    threshold: int | None
    threshold_node: Node | None
    parties: tuple[str, ...] = ()
    districts: tuple[Contest, ...] = ()
    municipalities: Mapping[str, int] = field(default_factory=dict)


def read_definition(file: EmlFile) -> Definition:
    """Read a 110a file. Raises BadInput."""
    election = parse(file).child("ElectionEvent").child("Election")
    seats = election.child("NumberOfSeats")
    threshold = election.find("PreferenceThreshold")
    registered = election.find("RegisteredParties")
    parties = registered.children("RegisteredParty") if registered else ()
    return Definition(
        identity=read_identity(election.child("ElectionIdentifier")),
        seats=seats.number(),
        seats_node=seats,
        threshold=threshold.number() if threshold else None,
        threshold_node=threshold,
        parties=tuple(each.child("RegisteredAppellation").text for each in parties),
        districts=tuple(_districts(election)),
        municipalities=dict(_municipalities(election)),
    )


def _regions(election: Node) -> Iterator[Node]:
    tree = election.find("ElectionTree")
    return tree.children("Region") if tree else iter(())


def _districts(election: Node) -> Iterator[Contest]:
    for region in _regions(election):
        if region.element.get("RegionCategory") in DISTRICTS:
            yield Contest(region.attribute("RegionNumber"), region.child("RegionName").text)


def _municipalities(election: Node) -> Iterator[tuple[str, int]]:
    for region in _regions(election):
        above = region.element.get("SuperiorRegionCategory")
        if region.element.get("RegionCategory") == "GEMEENTE" and above in DISTRICTS:
            yield region.attribute("RegionNumber").zfill(4), region.numbered("SuperiorRegionNumber")
