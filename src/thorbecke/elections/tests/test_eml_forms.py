"""The other EML_NL forms: polling stations, nominations, lists of all districts and results, right and wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from thorbecke.elections.adapters.eml_110a import read_definition
from thorbecke.elections.adapters.eml_110b import read_polling_stations
from thorbecke.elections.adapters.eml_210 import read_nomination
from thorbecke.elections.adapters.eml_230 import read_all_ballots, read_ballot
from thorbecke.elections.adapters.eml_510 import read_count
from thorbecke.elections.adapters.eml_520 import read_result
from thorbecke.elections.adapters.eml_identity import Contest
from thorbecke.elections.adapters.eml_reader import EmlFile, form_of
from thorbecke.elections.domain.count import Candidate, CandidateList
from thorbecke.kernel.errors import BadInput

from .test_eml_writers import schema_for, written
from .town import LISTS

NOMINATION = """<?xml version="1.0" encoding="UTF-8"?>
<EML Id="210" SchemaVersion="5" xmlns="urn:oasis:names:tc:evs:schema:eml" xmlns:kr="http://www.kiesraad.nl/extensions"
 xmlns:xal="urn:oasis:names:tc:ciq:xsdschema:xAL:2.0" xmlns:xnl="urn:oasis:names:tc:ciq:xsdschema:xNL:2.0">
<TransactionId>1</TransactionId><IssueDate>2022-01-31</IssueDate>
<kr:CreationDateTime>2022-01-31T12:00:00</kr:CreationDateTime>
<Nomination>
<ElectionIdentifier Id="GR2022_Fabeldam"><ElectionCategory>GR</ElectionCategory>
<kr:ElectionSubcategory>GR1</kr:ElectionSubcategory><kr:ElectionDate>2022-03-16</kr:ElectionDate></ElectionIdentifier>
<ContestIdentifier Id="geen"><ContestName>Fabeldam</ContestName></ContestIdentifier>
<Affiliation><AffiliationIdentifier><RegisteredName>Partij van de Dijk</RegisteredName></AffiliationIdentifier>
<Type>op zichzelf staande lijst</Type><kr:ListData PublishGender="false"/>
<Candidate><CandidateIdentifier Id="1"/><CandidateFullName><xnl:PersonName>
<xnl:NameLine NameType="Initials">A.</xnl:NameLine><xnl:LastName>Aalscholver</xnl:LastName></xnl:PersonName>
</CandidateFullName><DateOfBirth>1990-01-01</DateOfBirth><QualifyingAddress><xal:Locality>
<xal:LocalityName>Fabeldam</xal:LocalityName></xal:Locality></QualifyingAddress></Candidate>
</Affiliation>
<Nominate>
<Proposer><Name><xnl:PersonName><xnl:LastName>Inleveraar</xnl:LastName></xnl:PersonName></Name><Contact><MailingAddress>
<xal:Locality><xal:LocalityName>Fabeldam</xal:LocalityName></xal:Locality></MailingAddress></Contact>
<JobTitle>inleveraar</JobTitle></Proposer>
<Proposer><Name><xnl:PersonName><xnl:LastName>Vervanger</xnl:LastName></xnl:PersonName></Name><Contact><MailingAddress>
<xal:Locality><xal:LocalityName>Fabeldam</xal:LocalityName></xal:Locality></MailingAddress></Contact>
<JobTitle>plaatsvervanger van de inleveraar</JobTitle></Proposer>
</Nominate>
</Nomination></EML>"""


def nominated(text: str = NOMINATION) -> EmlFile:
    """The nomination as a file."""
    return EmlFile("nominatie.eml.xml", text.encode())


def test_reads_a_nomination_without_what_is_private() -> None:
    read = read_nomination(nominated())

    assert read.contest == Contest("geen", "Fabeldam")
    assert (read.name, read.candidates) == (
        "Partij van de Dijk",
        (Candidate(1, "Aalscholver", initials="A.", locality="Fabeldam"),),
    )
    assert "1990" not in repr(read)


@pytest.mark.conformance
def test_the_nomination_is_valid_by_the_schema(conformance: Path) -> None:
    schema_for("210", conformance).assertValid(etree.fromstring(NOMINATION.encode()))


Reader = Callable[[EmlFile], object]


def count_reader(file: EmlFile) -> object:
    """Read a count for the lists of the fictitious town."""
    return read_count(file, LISTS)


CANDIDATE_1 = '<CandidateIdentifier Id="1"/>'
CANDIDATE_4 = '<CandidateIdentifier Id="4"/>'

WRONG: dict[str, tuple[str, Reader, str, str, str, str]] = {
    # name: (form, reader, first text, text instead, part of the place, part of the problem)
    "station twice": (
        "110b",
        read_polling_stations,
        'PollingStation Id="2"',
        'PollingStation Id="1"',
        "line 13, EML/ElectionEvent/Election/Contest/PollingPlace[2]",
        "Polling station 1 is in the file twice",
    ),
    "voters in words": ("110b", read_polling_stations, ">1200<", ">veel<", "PollingStation", '"veel"'),
    "unknown kind": ("110b", read_polling_stations, ">Mobile<", ">Flying<", "ReportingUnitType", '"Flying"'),
    "unknown channel": ("110b", read_polling_stations, '"postal"', '"dove"', "PollingPlace[3]", '"dove"'),
    "neither true nor false": ("110b", read_polling_stations, ">true<", ">maybe<", "SharedLocation", '"maybe"'),
    "no stations": ("110b", read_polling_stations, "PollingPlace", "Place", "Contest", "no polling stations"),
    "two elections": (
        "110b",
        read_polling_stations,
        "</Election>",
        "</Election><Election/>",
        "Election[2]",
        "more than one election",
    ),
    "district twice": (
        "230c",
        read_all_ballots,
        'ContestIdentifier Id="2"',
        'ContestIdentifier Id="1"',
        "Contest[2]",
        "Electoral district 1 is in the file twice",
    ),
    "two districts where one is meant": ("230c", read_ballot, "", "", "Contest[2]", "more than one electoral district"),
    "elected twice": ("520", read_result, CANDIDATE_4, CANDIDATE_1, "Selection[3]", "Candidate 1 is on list 1 twice"),
    "list twice": (
        "520",
        read_result,
        'AffiliationIdentifier Id="2"',
        'AffiliationIdentifier Id="1"',
        "AffiliationIdentifier",
        "List 1 is in the file twice",
    ),
    "ranking 3": ("520", read_result, "<Ranking>2<", "<Ranking>3<", "Ranking", '"3" is not a known value'),
    "not elected": ("520", read_result, "<Ranking>1</Ranking><Elected>yes", "<Elected>no", "Elected", "not elected"),
    "elected before any list": (
        "520",
        read_result,
        "<Selection><AffiliationIdentifier",
        "<Other/><Selection><Candidate/></Selection><Selection><AffiliationIdentifier",
        "Selection[1]",
        "before any list",
    ),
    "municipality twice": (
        "510c",
        count_reader,
        "HSB3::0109",
        "HSB3::0106",
        "ReportingUnitVotes",
        "HSB3::0106 appears twice",
    ),
    "districts do not add up": ("510d", count_reader, 'blanco">4<', 'blanco">5<', "TotalVotes", "blank"),
    "several districts in a count": (
        "510d",
        count_reader,
        "</Contest>",
        '</Contest><Contest><ContestIdentifier Id="2"/></Contest>',
        "ContestIdentifier",
        "more than one electoral district",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_file_names_place_problem_and_remedy(name: str) -> None:
    form, read, old, new, place, problem = WRONG[name]
    text = written(form).content.decode()
    assert old in text
    changed = text.replace(old, new) if name == "no stations" else text.replace(old, new, 1)

    with pytest.raises(BadInput) as caught:
        read(EmlFile("file.eml.xml", changed.encode()))

    assert place in str(caught.value.place)
    assert problem in str(caught.value.problem)
    assert str(caught.value.remedy)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("</Affiliation>", "<Candidate><CandidateIdentifier Id='1'/></Candidate></Affiliation>", "CandidateFullName"),
        ('<CandidateIdentifier Id="1"/>', '<CandidateIdentifier Id="x"/>', '"x" is not'),
        ("Candidate>", "Person>", "no candidates"),
    ],
)
def test_wrong_nomination_is_refused(old: str, new: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        read_nomination(nominated(NOMINATION.replace(old, new)))


PAIR = (CandidateList(1, "Test Party", (Candidate(1, "A"), Candidate(2, "B"))),)

SAMPLE_READERS: dict[str, Reader] = {
    "110a": read_definition,
    "110b": read_polling_stations,
    "230b": read_ballot,
    "510b": lambda file: read_count(file, PAIR),
    "510d": lambda file: read_count(file, PAIR),
    "520": read_result,
}


@pytest.mark.conformance
def test_reads_every_sample(conformance: Path) -> None:
    paths = sorted((conformance / "elections/eml_samples").glob("*.eml.xml"))
    files = [EmlFile(path.name, path.read_bytes()) for path in paths]

    assert {form_of(file) for file in files} == set(SAMPLE_READERS)
    assert all(SAMPLE_READERS[form_of(file)](file) for file in files)


@pytest.mark.conformance
def test_reads_what_the_samples_say(conformance: Path) -> None:
    def sample(name: str) -> EmlFile:
        path = conformance / "elections/eml_samples" / name
        return EmlFile(name, path.read_bytes())

    stations = read_polling_stations(sample("eml110b_test_420_polling_stations.eml.xml"))[1]
    elected = read_result(sample("eml520_test.eml.xml"))[1]

    assert (len(stations.stations), stations.voters) == (420, 612694)
    assert (stations.stations[0].name, stations.stations[0].voters) == ("Stadhuis", 1273)
    assert [each.ranking for each in elected[:5]] == [1, 1, 1, 1, 2]
    assert elected[1].candidate == Candidate(2, "Blikkert", "de", "K.", "Krisje", "Heemdamseburg")
