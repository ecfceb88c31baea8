"""The number of seats of an election: by its 110a file, by law, or as given; never against the rule of its category."""

from __future__ import annotations

from thorbecke.elections.domain.recompute import RULE_OF
from thorbecke.elections.domain.rule import Parameters, read_parameters
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .eml_110a import Definition
from .eml_identity import Identity
from .eml_writer import SIZED_CATEGORIES

MOST_SEATS = 999
SEATS = "seats"
OTHER_SEATS = gettext_noop("The file says %(stated)s seats, but %(given)s seats were given.")
CHECK_SEATS = gettext_noop("Leave out the number of seats, or check whether this is the right file.")
IMPOSSIBLE_SEATS = gettext_noop("%(seats)s is not a possible number of seats.")
GIVE_SEATS = gettext_noop("Give the number of seats of the council, such as 17.")

SEATS_BY_LAW = {"TK": 150}
"""The House has 150 members (Grondwet, 51); other numbers change by law or with the number of inhabitants."""


def settle_seats(definition: Definition | None, given: int | None, identity: Identity) -> int:
    """Return the number of seats. Raises BadInput when it is unknown, impossible or contradicted."""
    if definition is None:
        return _given_seats(given, identity)
    if given is not None and given != definition.seats:
        raise definition.seats_node.wrong(
            OTHER_SEATS,
            CHECK_SEATS,
            stated=definition.seats,
            given=given,
        )
    if not 1 <= definition.seats <= MOST_SEATS:
        raise definition.seats_node.wrong(IMPOSSIBLE_SEATS, GIVE_SEATS, seats=definition.seats)
    _refuse_other_threshold(definition)
    return definition.seats


def _parameters(identity: Identity) -> Parameters:
    return read_parameters(RULE_OF[identity.category])


def _given_seats(given: int | None, identity: Identity) -> int:
    """The files of a council say whether it has fewer than 19 seats, which catches a slip of the pen."""
    seats = SEATS_BY_LAW.get(identity.category) if given is None else given
    if seats is None:
        raise BadInput(
            Message(gettext_noop("The number of seats is unknown: there is no 110a file and it was not given.")),
            Message(gettext_noop("Add the 110a file, or give the number of seats.")),
            Place(field=SEATS),
        )
    if not 1 <= seats <= MOST_SEATS:
        raise BadInput(Message(IMPOSSIBLE_SEATS, {"seats": seats}), Message(GIVE_SEATS), Place(field=SEATS))
    expected = f"{identity.category}{2 if _parameters(identity).is_large(seats) else 1}"
    if identity.category in SIZED_CATEGORIES and identity.subcategory not in {"", expected}:
        raise BadInput(
            Message(
                gettext_noop("%(seats)s seats do not fit the files: they are of an election of kind %(kind)s."),
                {"seats": seats, "kind": identity.subcategory},
            ),
            Message(gettext_noop("GR1 has fewer than 19 seats, GR2 has 19 or more. Give the right number of seats.")),
            Place(field=SEATS),
        )
    return seats


def _refuse_other_threshold(definition: Definition) -> None:
    """The threshold follows from the number of seats (Kieswet, P 15)."""
    lawful = _parameters(definition.identity).preference_share(definition.seats) * 100
    if definition.threshold_node is not None and definition.threshold != lawful:
        raise definition.threshold_node.wrong(
            gettext_noop("The file says a preference threshold of %(stated)s%%, but the law says %(lawful)s%%."),
            gettext_noop(
                "Check the number of seats in the file: from 19 seats the threshold is 25%%, below that 50%%."
            ),
            stated=definition.threshold or 0,
            lawful=str(lawful),
        )
