"""The officials of the demo authority, who exist only beside the development eID."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoOfficial:
    """An official who does not exist, with a password and a code secret that everyone may know."""

    username: str
    name: str
    role: str
    totp_secret: str


PASSWORD = "oefenen-op-de-demo"  # noqa: S105  # shown on the login page of a practice site, refused in production
OFFICIALS = (
    DemoOfficial("stembureau", "Sanne Kiesman", "returning-officer", "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA"),
    DemoOfficial("beheer", "Bram Sleutelaar", "administrator", "NB2W45BAPFXXKIDTMVSSA5DIMUQGIYLO"),
)
