"""Writes EML_NL 110b: the polling stations of a municipality."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from thorbecke.elections.domain.count import Election

from .eml_110b import PollingStation, PollingStations
from .eml_writer import Letterhead, contest_identifier, document, election_identifier, element


def write_polling_stations(election: Election, places: PollingStations, letterhead: Letterhead) -> bytes:
    """Return the bytes of a 110b file."""
    unit = f"<ReportingUnitIdentifier Id={quoteattr(places.area_id)}>"
    return document(
        "110b",
        letterhead,
        [
            "<ElectionEvent><EventIdentifier/><Election>",
            election_identifier("110b", election, letterhead),
            f"<Contest>{contest_identifier()}",
            f"<ReportingUnit>{unit}{escape(places.area)}</ReportingUnitIdentifier></ReportingUnit>",
            f"<VotingMethod>SPV</VotingMethod><MaxVotes>{places.voters}</MaxVotes>",
            *map(_station, places.stations),
            "</Contest></Election></ElectionEvent>",
        ],
    )


def _station(station: PollingStation) -> str:
    shared = f"<kr:SharedLocation>{str(station.shared).lower()}</kr:SharedLocation>"
    code = element("xal:PostalCodeNumber", station.postal_code)
    postal_code = f"<xal:PostalCode>{code}</xal:PostalCode>" if station.postal_code else ""
    locality = f"<Locality>{element('xal:LocalityName', station.name)}{postal_code}</Locality>"
    return (
        f'<PollingPlace Channel="{"postal" if station.postal else "polling"}"><PhysicalLocation>'
        f'<Address>{locality}</Address><PollingStation Id="{station.number}">{station.voters}</PollingStation>'
        f"{element('kr:ReportingUnitType', station.kind) if station.kind else ''}"
        f"{'' if station.shared is None else shared}</PhysicalLocation></PollingPlace>"
    )
