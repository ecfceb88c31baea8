"""Writes EML_NL 110a: the definition of an election."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from thorbecke.elections.domain.count import Election

from .eml_identity import NO_DISTRICTS, Contest
from .eml_writer import Letterhead, contest_identifier, document, election_identifier, element

REGIONS = {"GR": "GEMEENTE", "ER": "GEMEENTE", "BC": "DEELGEMEENTE", "GC": "DEELGEMEENTE", "PS": "PROVINCIE"}
WHOLE_COUNTRY = "STAAT"
DISTRICTS = {"PS": "PROVINCIAAL_KIESKRING", "AB": "WATERSCHAP_KIESKRING"}


def write_definition(
    election: Election,
    letterhead: Letterhead,
    *,
    threshold: int,
    parties: Sequence[str] = (),
    districts: Sequence[Contest] = (),
) -> bytes:
    """Return the bytes of a 110a file.

    `threshold` is in percent of the quota; `parties` are the registered appellations; `districts` are numbered.
    """
    contest = Contest("alle") if districts else NO_DISTRICTS
    return document(
        "110a",
        letterhead,
        [
            "<ElectionEvent><EventIdentifier/><Election>",
            election_identifier("110a", election, letterhead),
            f"<Contest>{contest_identifier(contest)}<VotingMethod>SPV</VotingMethod><MaxVotes/></Contest>",
            f"<kr:NumberOfSeats>{election.seats}</kr:NumberOfSeats>",
            f"<kr:PreferenceThreshold>{threshold}</kr:PreferenceThreshold>",
            f"<kr:ElectionTree>{''.join(_regions(election, letterhead, districts))}</kr:ElectionTree>",
            f"<kr:RegisteredParties>{''.join(map(_party, parties))}</kr:RegisteredParties>",
            "</Election></ElectionEvent>",
        ],
    )


def _regions(election: Election, letterhead: Letterhead, districts: Sequence[Contest]) -> Iterator[str]:
    category = "WATERSCHAP" if election.category == "AB" else REGIONS.get(election.category, WHOLE_COUNTRY)
    number = f' RegionNumber="{int(letterhead.area_code)}"' if letterhead.area_code else ""
    committees = '<kr:Committee CommitteeCategory="CSB"/>' + (
        "" if districts else '<kr:Committee CommitteeCategory="HSB"/>'
    )
    name = element("kr:RegionName", election.authority or "Nederland")
    yield f'<kr:Region{number} RegionCategory="{category}">{name}{committees}</kr:Region>'
    for each in districts:
        yield (
            f"<kr:Region RegionNumber={quoteattr(each.id)} "
            f'RegionCategory="{DISTRICTS.get(election.category, "KIESKRING")}" SuperiorRegionCategory="{category}">'
            f'{element("kr:RegionName", each.name)}<kr:Committee CommitteeCategory="HSB"/></kr:Region>'
        )


def _party(appellation: str) -> str:
    return f"<kr:RegisteredParty>{element('kr:RegisteredAppellation', appellation)}</kr:RegisteredParty>"
