"""EML_NL 110a: the definition of an election, with its number of seats."""

from __future__ import annotations

from dataclasses import dataclass

from .eml_identity import Identity, read_identity
from .eml_reader import EmlFile, Node, parse


@dataclass(frozen=True, slots=True)
class Definition:
    """What 110a says: seats of the council, and the preference threshold in percent of the quota where it is given."""

    file: EmlFile
    identity: Identity
    seats: int
    preference_threshold: int | None
    seats_node: Node


def read_definition(file: EmlFile) -> Definition:
    """Read a 110a file. Raises BadInput."""
    election = parse(file).child("ElectionEvent").child("Election")
    seats = election.child("NumberOfSeats")
    threshold = election.find("PreferenceThreshold")
    return Definition(
        file=file,
        identity=read_identity(election.child("ElectionIdentifier")),
        seats=seats.number(),
        preference_threshold=threshold.number() if threshold else None,
        seats_node=seats,
    )
