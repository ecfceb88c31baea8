"""EML_NL 110a: the definition of an election, with its number of seats."""

from __future__ import annotations

from dataclasses import dataclass

from .eml_identity import Identity, read_identity
from .eml_reader import EmlFile, Node, parse


@dataclass(frozen=True, slots=True)
class Definition:
    """What 110a says.

    `threshold` is the preference threshold in percent of the quota, where it is given; `parties` are the registered
    appellations.
    """

    identity: Identity
    seats: int
    seats_node: Node
    threshold: int | None
    threshold_node: Node | None
    parties: tuple[str, ...] = ()


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
    )
