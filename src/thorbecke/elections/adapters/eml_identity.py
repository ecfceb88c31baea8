"""Which election an EML file speaks of: the part that the forms 110a, 230b and 510b share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from thorbecke.kernel.messages import gettext_noop

from .eml_reader import Node

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,99}")


@dataclass(frozen=True, slots=True)
class Identity:
    """An election as its files name it; `area` is the municipality, empty where the whole country votes.

    `subcategory` is "GR1" for a council of fewer than 19 seats and "GR2" for a larger one; it may be empty.
    """

    id: str
    name: str
    category: str
    subcategory: str
    area_code: str
    area: str
    date: date


@dataclass(frozen=True, slots=True)
class Contest:
    """An electoral district as files name it: "geen" where there are none, "alle" for all together, or its number."""

    id: str
    name: str = ""


NO_DISTRICTS = Contest("geen")


def read_contest(identifier: Node) -> Contest:
    """Read a ContestIdentifier element. Raises BadInput."""
    return Contest(identifier.attribute("Id"), identifier.text_of("ContestName"))


def is_election_id(text: str) -> bool:
    """Say whether a text can name an election: up to 100 letters, digits, "_", "-" and ".", safe in an address."""
    return _IDENTIFIER.fullmatch(text) is not None


def read_identity(identifier: Node) -> Identity:
    """Read an ElectionIdentifier element. Raises BadInput."""
    area = identifier.find("ElectionDomain")
    election_id = identifier.attribute("Id")
    if not is_election_id(election_id):
        raise identifier.wrong(
            gettext_noop('The election is called "%(id)s"; only letters, digits, "_", "-" and "." are expected.'),
            id=election_id[:100],
        )
    return Identity(
        id=election_id,
        name=identifier.text_of("ElectionName") or election_id,
        category=identifier.child("ElectionCategory").text,
        subcategory=identifier.text_of("ElectionSubcategory"),
        area_code=(area.element.get("Id") or "")[:10] if area else "",
        area=identifier.text_of("ElectionDomain"),
        date=read_date(identifier.child("ElectionDate")),
    )


def read_date(node: Node) -> date:
    """Read a day written as YYYY-MM-DD. Raises BadInput."""
    try:
        return date.fromisoformat(node.text)
    except ValueError as error:
        raise node.wrong(
            gettext_noop('"%(text)s" is not a date written as year-month-day.'), text=node.text[:40]
        ) from error


def refuse_second_contest(election: Node) -> None:
    """Refuse a file with several electoral districts. Raises BadInput."""
    for position, contest in enumerate(election.children("Contest")):
        if position:
            raise contest.wrong(
                gettext_noop("The file holds more than one electoral district."),
                gettext_noop("Send a file for each district."),
            )
