"""The fictitious people of the development eID, and what it checks before it lets one of them log in."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from thorbecke.kernel.access import AssuranceLevel
from thorbecke.kernel.messages import gettext_noop


@dataclass(frozen=True, slots=True)
class PracticeCompany:
    """A company that does not exist, with a number that looks like one of the trade register."""

    kvk: str
    name: str


@dataclass(frozen=True, slots=True)
class PracticePerson:
    """Someone who does not exist, with the highest level of their means and the companies they represent."""

    key: str
    name: str
    description: str
    highest: AssuranceLevel
    companies: tuple[PracticeCompany, ...] = ()

    @property
    def levels(self) -> tuple[AssuranceLevel, ...]:
        """The levels at which this person can log in, lowest first."""
        return tuple(level for level in AssuranceLevel if AssuranceLevel.NONE < level <= self.highest)


BAKERY = PracticeCompany("90000011", "Bakkerij De Gouden Halm")
SHIPYARD = PracticeCompany("90000022", "Scheepswerf Noorderhaven B.V.")
HOUSING = PracticeCompany("90000033", "Woonstichting Onder Dak")

PEOPLE = (
    PracticePerson(
        "jasmijn", "Jasmijn de Wit", gettext_noop("Rents a flat and wants to join in decisions."), AssuranceLevel.HIGH
    ),
    PracticePerson(
        "willem",
        "Willem Hoogland",
        gettext_noop("Is retired and only has a user name and password."),
        AssuranceLevel.LOW,
    ),
    PracticePerson(
        "samira", "Samira Bouzid", gettext_noop("Owns a house and uses an app to log in."), AssuranceLevel.SUBSTANTIAL
    ),
    PracticePerson(
        "youssef", "Youssef van Dalen", gettext_noop("Is a student of 18 years old."), AssuranceLevel.SUBSTANTIAL
    ),
    PracticePerson(
        "marijke", "Marijke Terpstra", gettext_noop("Looks after the affairs of her father."), AssuranceLevel.HIGH
    ),
    PracticePerson(
        "pieter", "Pieter Graanoogst", gettext_noop("Owns a bakery."), AssuranceLevel.SUBSTANTIAL, (BAKERY,)
    ),
    PracticePerson(
        "ingrid",
        "Ingrid Sluiswachter",
        gettext_noop("Arranges permits for two organisations."),
        AssuranceLevel.HIGH,
        (SHIPYARD, HOUSING),
    ),
)
PERSON_BY_KEY = {person.key: person for person in PEOPLE}


def matches_challenge(*, verifier: str, challenge: str) -> bool:
    """Return whether `verifier` is the secret behind `challenge` (RFC 7636, section 4.6, method S256)."""
    digest = hashlib.sha256(verifier.encode("ascii", "ignore")).digest()
    return hmac.compare_digest(urlsafe_b64encode(digest).rstrip(b"="), challenge.encode())
