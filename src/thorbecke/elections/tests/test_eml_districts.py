"""A 510d of an election with districts: who is who by short codes, totals per person, contradictions refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from thorbecke.elections.adapters.eml_510_districts import read_totals_by_district
from thorbecke.elections.adapters.eml_reader import EmlFile
from thorbecke.kernel.errors import BadInput

from .test_eml_writers import schema_for, written


def selections(votes: dict[int, list[tuple[str, int]]]) -> str:
    """Selection elements of lists, with candidates by the attributes that identify them."""
    return "".join(
        f'<Selection><AffiliationIdentifier Id="{number}"><RegisteredName>Lijst {number}</RegisteredName>'
        f"</AffiliationIdentifier><ValidVotes>{sum(each for _, each in candidates)}</ValidVotes></Selection>"
        + "".join(
            f"<Selection><Candidate><CandidateIdentifier {identifier}/></Candidate><ValidVotes>{each}</ValidVotes>"
            "</Selection>\n"
            for identifier, each in candidates
        )
        for number, candidates in votes.items()
    )


def sums(valid: int, blank: int, invalid: int) -> str:
    """The numbers that follow the selections."""
    return (
        f'<Cast>{2 * valid}</Cast><TotalCounted>{valid}</TotalCounted><RejectedVotes ReasonCode="ongeldig">{invalid}'
        f'</RejectedVotes><RejectedVotes ReasonCode="blanco">{blank}</RejectedVotes>'
    )


NORTH = {1: [('Id="1" ShortCode="AapA"', 10), ('Id="2" ShortCode="BeerB"', 5)], 2: [('Id="1" ShortCode="UilU"', 7)]}
SOUTH = {1: [('Id="1" ShortCode="BeerB"', 20), ('Id="2" ShortCode="CavC1"', 1)]}
ALL = {1: [('ShortCode="AapA"', 10), ('ShortCode="BeerB"', 25), ('ShortCode="CavC1"', 1)], 2: [('ShortCode="UilU"', 7)]}

TEXT = f"""<?xml version="1.0" encoding="UTF-8"?>
<EML Id="510d" SchemaVersion="5" xmlns="urn:oasis:names:tc:evs:schema:eml" xmlns:kr="http://www.kiesraad.nl/extensions">
<TransactionId>1</TransactionId><ManagingAuthority><AuthorityIdentifier Id="CSB">Centraal stembureau
</AuthorityIdentifier><AuthorityAddress/></ManagingAuthority>
<kr:CreationDateTime>2099-03-20T12:00:00</kr:CreationDateTime>
<Count><EventIdentifier/><Election><ElectionIdentifier Id="TK2099"><ElectionCategory>TK</ElectionCategory>
<kr:ElectionDate>2099-03-18</kr:ElectionDate></ElectionIdentifier><Contests><Contest><ContestIdentifier Id="alle"/>
<TotalVotes>{selections(ALL)}{sums(43, 3, 1)}</TotalVotes>
<ReportingUnitVotes><ReportingUnitIdentifier Id="HSB1">Kieskring Noord</ReportingUnitIdentifier>
{selections(NORTH)}{sums(22, 2, 1)}</ReportingUnitVotes>
<ReportingUnitVotes><ReportingUnitIdentifier Id="HSB2">Kieskring Zuid</ReportingUnitIdentifier>
{selections(SOUTH)}{sums(21, 1, 0)}</ReportingUnitVotes>
</Contest></Contests></Election></Count></EML>"""


def read(text: str):
    """The totals in a file with this text."""
    return read_totals_by_district(EmlFile("totaal.eml.xml", text.encode()))


def test_knows_people_by_their_code_wherever_they_stand() -> None:
    totals = read(TEXT)

    assert totals.votes == {(1, "AapA"): 10, (1, "BeerB"): 25, (1, "CavC1"): 1, (2, "UilU"): 7}
    north, south = totals.districts
    assert (north.id, north.name, north.codes) == ("HSB1", "Kieskring Noord", {1: ("AapA", "BeerB"), 2: ("UilU",)})
    assert south.codes == {1: ("BeerB", "CavC1")}
    assert south.group.votes == {1: (20, 1)}
    assert (north.group.blank, south.group.eligible) == (2, 42)


def test_takes_the_number_where_there_is_no_code() -> None:
    totals = read_totals_by_district(written("510d"))

    assert totals.votes[1, "1"] == 310
    assert totals.districts[0].codes[5] == ("1", "2", "3")


@pytest.mark.conformance
def test_the_file_is_valid_by_the_schema(conformance: Path) -> None:
    schema_for("510d", conformance).assertValid(etree.fromstring(TEXT.encode()))


@pytest.mark.conformance
def test_reads_the_sample(conformance: Path) -> None:
    path = conformance / "elections/eml_samples/deserialize_eml510d_test.eml.xml"

    assert read(path.read_text()).votes == {(1, "1"): 50, (1, "2"): 50}


WRONG = {
    "district twice": ('Id="HSB2"', 'Id="HSB1"', "HSB1", "district HSB1 is in the file twice"),
    "person twice in a district": (
        'Id="2" ShortCode="BeerB"',
        'Id="2" ShortCode="AapA"',
        "HSB1",
        "AapA is on list 1 twice",
    ),
    "person twice in the totals": (
        '<CandidateIdentifier ShortCode="CavC1"',
        '<CandidateIdentifier ShortCode="AapA"',
        "TotalVotes",
        "AapA is on list 1 twice",
    ),
    "another person": (
        'Id="2" ShortCode="CavC1"',
        'Id="2" ShortCode="DasD"',
        "TotalVotes",
        "CavC1 of list 1 has 0 votes",
    ),
    "person's votes": (
        "<ValidVotes>25<",
        "<ValidVotes>26<",
        "TotalVotes",
        "BeerB of list 1 has 25 votes in the districts",
    ),
    "list in a district": ("<ValidVotes>15<", "<ValidVotes>16<", "HSB1", "15 votes, but its total says 16"),
    "valid votes": (">43<", ">44<", "TotalVotes", "43 votes together"),
    "blank votes": ('blanco">3<', 'blanco">4<', "TotalVotes", "blank"),
    "invalid votes": ('ongeldig">0<', 'ongeldig">1<', "TotalVotes", "invalid"),
    "no number": ('Id="1" ShortCode="UilU"', 'ShortCode="UilU"', "HSB1", "attribute Id is missing"),
    "no totals": ("TotalVotes>", "Totals>", "EML", "TotalVotes is missing"),
    "no districts": ("ReportingUnitVotes>", "Units>", "EML", "ReportingUnitVotes is missing"),
    "candidate before any list": (
        "<TotalVotes><Selection><AffiliationIdentifier",
        "<TotalVotes><Selection><Other",
        "totaal.eml.xml",
        "damaged",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_contradictions_are_refused(name: str) -> None:
    old, new, place, problem = WRONG[name]
    assert old in TEXT
    many = name in {"no totals", "no districts"}

    with pytest.raises(BadInput) as caught:
        read(TEXT.replace(old, new) if many else TEXT.replace(old, new, 1))

    assert place in str(caught.value.place)
    assert problem in str(caught.value.problem)
    assert str(caught.value.remedy)
