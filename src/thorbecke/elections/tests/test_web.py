"""The pages: results for everyone in both languages, and the way from files to a published result for officials."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from thorbecke.elections import models
from thorbecke.elections.adapters.eml import EmlFile
from thorbecke.elections.adapters.eml_files import write_election
from thorbecke.elections.operations.importing import import_election
from thorbecke.elections.operations.results import publish_result
from thorbecke.elections.queries import get_counted_election
from thorbecke.identity.public import command_line_actor
from thorbecke.identity.tests.logins import log_in_official, log_in_resident

from .test_operations import lot_files, other_files
from .town import ELECTION, LISTS, VOTES, count_in, count_of, eml_files

pytestmark = pytest.mark.django_db

ID = ELECTION.id
PUBLIC = [
    ("", "Stemmen en zetels per lijst", "Votes and seats per list"),
    ("versie/1/", "Gekozen kandidaten", "Elected candidates"),
    ("lijst/1/", "Kandidaten in de volgorde van de lijst", "Candidates in the order of the list"),
    ("versie/1/lijst/2/", "Lijst &amp; Zonen", "Lijst &amp; Zonen"),
    ("stembureau/2/", "Geldige stemmen", "Valid votes"),
    ("versie/1/stembureau/1/", "Toegelaten kiezers", "Voters admitted"),
]


def publish(files: tuple[EmlFile, ...] = eml_files(), **options: Any) -> None:
    """Import and publish from the command line."""
    import_election(actor=command_line_actor(), files=files, at=timezone.now(), **options)
    publish_result(actor=command_line_actor(), election_id=ID, at=timezone.now())


def uploads(files: tuple[EmlFile, ...] = eml_files(), seats: str = "") -> dict[str, Any]:
    """What the upload form sends."""
    return {"eml": [SimpleUploadedFile(file.name, file.content) for file in files], "seats": seats}


@pytest.fixture
def officer(client: Client) -> Client:
    """A client logged in as returning officer."""
    log_in_official(client, roles=["returning-officer"])
    return client


def published_from(client: Client, prefix: str = "") -> Any:
    """Press the button on the page of a result in progress, and return the answer."""
    page = shown(client, f"{prefix}/verkiezingen/beheer/{ID}/")
    seen = re.search(r'name="inputs_sha256" value="(\w+)"', page)
    assert seen is not None
    return client.post(f"{prefix}/verkiezingen/beheer/{ID}/publiceren/", {"inputs_sha256": seen[1]})


def shown(client: Client, address: str, status: int = 200) -> str:
    """The text of a page, which must answer with this status."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


@pytest.mark.parametrize(("path", "dutch", "english"), PUBLIC)
def test_every_public_page_works_in_both_languages(client: Client, path: str, dutch: str, english: str) -> None:
    publish()

    assert dutch in shown(client, f"/verkiezingen/{ID}/{path}")
    assert english in shown(client, f"/en/verkiezingen/{ID}/{path}")


def test_list_of_elections(client: Client) -> None:
    assert "Er is nog geen uitslag gepubliceerd" in shown(client, "/verkiezingen/")
    publish()

    assert f'href="/verkiezingen/{ID}/"' in shown(client, "/verkiezingen/")
    assert re.search(r"election day [^<]*March[^<]* 2022, 9 seats", shown(client, "/en/verkiezingen/"))


def test_result_explains_every_residual_seat(client: Client) -> None:
    publish()

    page = shown(client, f"/en/verkiezingen/{ID}/")

    assert "599 : 9 = 66 5/9" in page
    residual = models.Result.objects.get().explanation
    steps = [step for step in residual if step["step"] in ("largest_remainder", "unique_highest_average")]
    assert steps
    for number, _ in enumerate(steps, start=1):
        assert f"Residual seat {number} goes to list" in page
    assert page.count("Elections Act (Kieswet), article P 8 (1)") == sum(
        step["step"] == "largest_remainder" for step in steps
    )
    assert "345 − 5 × 66 5/9" in page


def test_result_draws_every_seat_and_shows_the_same_in_a_table(client: Client) -> None:
    publish()

    page = shown(client, f"/verkiezingen/{ID}/")

    assert page.count("<circle") == ELECTION.seats
    assert re.search(r'<svg class="thorbecke-hemicycle"[^>]*role="img" aria-labelledby="hemicycle-title"', page)
    assert "style=" not in page[page.index("<main") : page.index("</main")]


def test_result_links_to_receipt_bundle_and_downloads(client: Client) -> None:
    publish()

    page = shown(client, f"/en/verkiezingen/{ID}/")

    assert 'href="/en/controleren/uitkomsten/0/"' in page
    assert "thorbecke verify http" in page
    for address in set(re.findall(rf'href="(/(?:en/verkiezingen/{ID}|log)/[^"#]*)"', page)):
        assert client.get(address).status_code == 200, address


def test_files_come_back_as_received(client: Client) -> None:
    publish()

    for ordinal, (file, form) in enumerate(zip(eml_files(), ("110a", "230b", "510b"), strict=True), start=1):
        response = client.get(f"/verkiezingen/{ID}/versie/1/bestand/{ordinal}/")
        assert response.content == file.content
        assert f'filename="{ID}-{ordinal}-{form}.eml.xml"' in response["Content-Disposition"]


def test_csv_gives_every_vote(client: Client) -> None:
    publish()

    text = client.get(f"/verkiezingen/{ID}/stemmen.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))

    assert rows[0][:5] == ["lijstnummer", "lijst", "kandidaatnummer", "kandidaat", "totaal"]
    assert rows[1] == ["1", "Partij van de Dijk", "1", "Aalscholver, A.", "310", "100", "210"]
    assert sum(int(row[4]) for row in rows[1:]) == 599
    seats = client.get(f"/verkiezingen/{ID}/zetels.csv").content.decode("utf-8-sig").splitlines()
    assert seats[1].startswith("1;Partij van de Dijk;345;5;")


def test_csv_does_not_make_a_spreadsheet_calculate(client: Client) -> None:
    publish()
    models.CandidateList.objects.filter(number=1).update(name='=HYPERLINK("http://example.org")')

    assert ";'=HYPERLINK" in client.get(f"/verkiezingen/{ID}/zetels.csv").content.decode().replace('"', "")


@pytest.mark.parametrize(
    "path",
    [
        "GR1900_Nergens/",
        f"{ID}/lijst/9/",
        f"{ID}/stembureau/9/",
        f"{ID}/stembureau/0/",
        f"{ID}/versie/2/",
        f"{ID}/versie/1/bestand/4/",
        f"{ID}/versie/2/stemmen.csv",
        f"{ID}/nergens/",
    ],
)
def test_what_is_not_there_is_a_page_that_helps(client: Client, path: str) -> None:
    publish()

    assert "Wat kunt u doen?" in shown(client, f"/verkiezingen/{path}", 404)


def test_a_count_without_polling_stations_is_published_as_a_whole(client: Client) -> None:
    count = replace(count_of(VOTES), stations=())
    publish(write_election(ELECTION, LISTS, count, threshold=50))

    assert count_in(get_counted_election(election_id=ID)) == count
    page = shown(client, f"/en/verkiezingen/{ID}/")
    assert "345" in page
    assert "stembureau/" not in page
    assert "Votes for this list" not in shown(client, f"/en/verkiezingen/{ID}/lijst/1/")
    assert shown(client, f"/verkiezingen/{ID}/stemmen.csv").splitlines()[1].endswith(";310")
    shown(client, f"/verkiezingen/{ID}/stembureau/1/", 404)


def test_an_election_without_a_valid_vote_leaves_every_seat_empty(client: Client) -> None:
    count = count_of({"0000::SB1": {1: (0,) * 5, 2: (0,) * 4, 5: (0,) * 3}})
    publish(write_election(ELECTION, LISTS, count, threshold=50))

    page = shown(client, f"/en/verkiezingen/{ID}/")

    assert "Seats that stay empty: 9." in page
    assert page.count("<circle") == 0


def test_an_unpublished_result_is_for_nobody_but_officials(client: Client) -> None:
    import_election(actor=command_line_actor(), files=eml_files(), at=timezone.now())

    assert ID not in shown(client, "/verkiezingen/")
    for path in ("", "versie/1/", "lijst/1/", "stemmen.csv", "versie/1/bestand/3/"):
        shown(client, f"/verkiezingen/{ID}/{path}", 404)
    assert client.get(f"/verkiezingen/beheer/{ID}/").status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path",
    [
        "invoeren/",
        "invoeren/token/",
        f"beheer/{ID}/",
        f"beheer/{ID}/loting/",
        f"beheer/{ID}/overleden/",
        f"beheer/{ID}/intrekken/",
        f"beheer/{ID}/publiceren/",
    ],
)
def test_work_of_officials_is_closed_to_others(client: Client, path: str, method: str) -> None:
    import_election(actor=command_line_actor(), files=lot_files(), at=timezone.now())

    assert getattr(client, method)(f"/verkiezingen/{path}").status_code == 302
    log_in_resident(client)
    assert getattr(client, method)(f"/verkiezingen/{path}").status_code in {302, 403}
    other = Client()
    log_in_official(other, roles=["administrator"])
    assert getattr(other, method)(f"/verkiezingen/{path}").status_code == 403
    assert not models.PendingImport.objects.exists()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_from_files_to_a_published_result(officer: Client, prefix: str) -> None:
    shown(officer, f"{prefix}/verkiezingen/invoeren/")
    sent = officer.post(f"{prefix}/verkiezingen/invoeren/", uploads())
    assert sent.status_code == 302, sent.content.decode()
    assert ELECTION.name in shown(officer, sent["Location"])
    assert not models.Election.objects.exists()

    confirmed = officer.post(sent["Location"], {"confirm": "1"})
    assert confirmed["Location"] == f"{prefix}/verkiezingen/beheer/{ID}/"
    assert f'action="{prefix}/verkiezingen/beheer/{ID}/publiceren/"' in shown(officer, confirmed["Location"])
    assert ID in shown(officer, f"{prefix}/verkiezingen/")

    done = published_from(officer, prefix)
    assert done["Location"] == f"{prefix}/verkiezingen/{ID}/"
    shown(Client(), done["Location"])


def test_a_result_that_changed_meanwhile_is_not_published(officer: Client) -> None:
    import_election(actor=command_line_actor(), files=eml_files(), at=timezone.now())
    page = shown(officer, f"/en/verkiezingen/beheer/{ID}/")
    seen = re.search(r'name="inputs_sha256" value="(\w+)"', page)
    assert seen is not None
    import_election(actor=command_line_actor(), files=other_files(), at=timezone.now())

    for given in ({"inputs_sha256": seen[1]}, {}):
        response = officer.post(f"/en/verkiezingen/beheer/{ID}/publiceren/", given, follow=True)
        assert "This result changed after you opened the page." in response.content.decode()
    assert not models.Result.objects.filter(state="published").exists()
    assert published_from(officer, "/en")["Location"] == f"/en/verkiezingen/{ID}/"


def test_seats_are_asked_for_when_no_file_tells_them(officer: Client) -> None:
    without = eml_files()[1:]

    refused = officer.post("/en/verkiezingen/invoeren/", uploads(without))
    accepted = officer.post("/en/verkiezingen/invoeren/", uploads(without, seats="9"))

    assert refused.status_code == 422
    assert "Add the 110a file, or give the number of seats." in refused.content.decode()
    assert accepted.status_code == 302


@pytest.mark.parametrize(
    ("prefix", "problem", "remedy"),
    [
        ("", "Er staan geen lijsten in het bestand", "Haal het bestand opnieuw"),
        ("/en", "The file holds no lists", "Take the file again"),
    ],
)
def test_a_wrong_file_is_named_with_line_and_remedy(officer: Client, prefix: str, problem: str, remedy: str) -> None:
    definition, ballot, count = eml_files()
    empty = EmlFile("leeg.xml", re.sub(rb"<Affiliation>.*</Affiliation>", b"", ballot.content, flags=re.DOTALL))

    response = officer.post(f"{prefix}/verkiezingen/invoeren/", uploads((definition, empty, count)))

    page = response.content.decode()
    assert response.status_code == 422
    assert problem in page
    assert remedy in page
    assert "<dd>leeg.xml</dd>" in page
    assert re.search(r"<dd>\d+</dd>", page)
    assert not models.PendingImport.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"eml": []},
        {"eml": "text"},
        {**uploads(), "seats": "zeventien"},
        {**uploads(), "seats": "0"},
        {"eml": [SimpleUploadedFile(f"{number}.xml", b"<a/>") for number in range(4)]},
        {"eml": [SimpleUploadedFile("leeg.xml", b"")]},
    ],
)
def test_a_form_filled_in_wrongly_says_so(officer: Client, given: dict[str, Any]) -> None:
    response = officer.post("/verkiezingen/invoeren/", given)

    assert response.status_code == 422
    assert not models.PendingImport.objects.exists()


def test_discarding_imports_nothing(officer: Client) -> None:
    address = officer.post("/verkiezingen/invoeren/", uploads())["Location"]

    assert officer.post(address, {"discard": "1"})["Location"] == "/verkiezingen/invoeren/"

    assert not models.Election.objects.exists()
    shown(officer, address, 404)


def test_a_correction_must_be_asked_for(officer: Client) -> None:
    publish()
    address = officer.post("/en/verkiezingen/invoeren/", uploads(other_files()))["Location"]
    page = shown(officer, address)
    assert "You can only import these files as a correction." in page
    assert "Votes of list 1 (Partij van de Dijk)" in page

    assert officer.post(address, {"confirm": "1"}).status_code == 409
    officer.post(address, {"correction": "1"})
    published_from(officer, "/en")

    assert "This is a correction of an earlier result." in shown(officer, f"/en/verkiezingen/{ID}/")
    assert "This result was corrected later." in shown(officer, f"/en/verkiezingen/{ID}/versie/1/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_lot_is_asked_recorded_and_used(officer: Client, prefix: str) -> None:
    import_election(actor=command_line_actor(), files=lot_files(), at=timezone.now())
    assert f'href="{prefix}/verkiezingen/beheer/{ID}/loting/"' in shown(officer, f"{prefix}/verkiezingen/beheer/{ID}/")
    page = shown(officer, f"{prefix}/verkiezingen/beheer/{ID}/loting/")
    lot = re.search(r'name="lot" value="([^"]+)"', page)
    assert lot is not None
    assert "P 14" in page
    answer = {"drawn_by": "Voorzitter", "witnesses": "Het stembureau", "drawn_at": "2022-03-18T10:00", "lot": lot[1]}

    assert officer.post(f"{prefix}/verkiezingen/beheer/{ID}/loting/", answer).status_code == 422
    assert (
        officer.post(
            f"{prefix}/verkiezingen/beheer/{ID}/loting/", {**answer, "chosen_1": "1", "lot": "other"}
        ).status_code
        == 422
    )
    assert officer.post(f"{prefix}/verkiezingen/beheer/{ID}/publiceren/")["Location"].endswith(f"beheer/{ID}/")
    done = officer.post(f"{prefix}/verkiezingen/beheer/{ID}/loting/", {**answer, "chosen_1": "2"})

    assert done["Location"] == f"{prefix}/verkiezingen/beheer/{ID}/"
    assert "Het stembureau" in shown(officer, done["Location"])
    published_from(officer, prefix)
    assert "Het stembureau" not in shown(Client(), f"{prefix}/verkiezingen/{ID}/")
    shown(officer, f"{prefix}/verkiezingen/beheer/{ID}/loting/", 404)


def test_a_lot_among_candidates_asks_for_each_turn(officer: Client) -> None:
    votes = {"0000::SB1": {1: (352, 0, 0, 0, 0), 2: (62, 62, 62, 62), 5: (300, 0, 0)}}
    files = write_election(ELECTION, LISTS, count_of(votes), threshold=50)
    import_election(actor=command_line_actor(), files=files, at=timezone.now())
    address = f"/en/verkiezingen/beheer/{ID}/loting/"
    page = shown(officer, address)
    assert "Who was drawn as number 2?" in page
    assert "3 Houtduif, H." in page
    lot = re.search(r'name="lot" value="([^"]+)"', page)
    assert lot is not None
    answer = {"drawn_by": "x", "witnesses": "y", "drawn_at": "2022-03-18T10:00", "lot": lot[1], "chosen_1": "3"}

    twice = officer.post(address, {**answer, "chosen_2": "3"})
    done = officer.post(address, {**answer, "chosen_2": "1"})

    assert "Nobody can be drawn twice." in twice.content.decode()
    assert done.status_code == 302
    elected = models.Result.objects.get().result["elected"]
    assert [position for number, position in elected if number == 2] == [3, 1]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_death_is_recorded_and_taken_back(officer: Client, prefix: str) -> None:
    import_election(actor=command_line_actor(), files=eml_files(), at=timezone.now())
    address = f"{prefix}/verkiezingen/beheer/{ID}/overleden/"
    assert address in shown(officer, f"{prefix}/verkiezingen/beheer/{ID}/")
    assert "Buizerd, B." in shown(officer, address)

    assert officer.post(address, {"candidate": "1:9"}).status_code == 422
    done = officer.post(address, {"candidate": "1:2"})

    assert "2 (Buizerd, B.)" in shown(officer, done["Location"])
    assert models.Candidate.objects.get(deceased=True).last_name == "Buizerd"
    officer.post(address, {"candidate": "1:2", "mistake": "on"})
    assert not models.Candidate.objects.filter(deceased=True).exists()


def test_lots_are_withdrawn_from_the_page(officer: Client) -> None:
    import_election(actor=command_line_actor(), files=lot_files(), at=timezone.now())
    lot = models.Result.objects.get().result["open_lot"]["id"]
    answer = {"chosen_1": "1", "drawn_by": "x", "witnesses": "y", "drawn_at": "2022-03-18T10:00", "lot": lot}
    officer.post(f"/en/verkiezingen/beheer/{ID}/loting/", answer)
    assert "Withdraw the lots" in shown(officer, f"/en/verkiezingen/beheer/{ID}/")
    refused = officer.post(f"/en/verkiezingen/beheer/{ID}/overleden/", {"candidate": "1:1"})
    assert "A lot is recorded already." in refused.content.decode()

    officer.post(f"/en/verkiezingen/beheer/{ID}/intrekken/")

    assert "A lot must be drawn" in shown(officer, f"/en/verkiezingen/beheer/{ID}/")


def test_a_lot_in_the_future_is_refused(officer: Client) -> None:
    import_election(actor=command_line_actor(), files=lot_files(), at=timezone.now())
    answer = {"chosen_1": "1", "drawn_by": "x", "witnesses": "y", "drawn_at": "2999-01-01T10:00"}

    response = officer.post(f"/en/verkiezingen/beheer/{ID}/loting/", answer)

    assert "This moment is still to come." in response.content.decode()
    assert not models.Draw.objects.exists()


@pytest.mark.parametrize(
    ("path", "most"),
    [("", 14), ("lijst/1/", 13), ("stembureau/1/", 13), ("stemmen.csv", 12)],
)
def test_pages_ask_the_database_a_handful_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    publish()

    with django_assert_max_num_queries(most):
        shown(client, f"/verkiezingen/{ID}/{path}")


@pytest.mark.conformance
def test_real_result_page_asks_no_more(
    client: Client, conformance: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    folder = conformance / "elections/real/gr2022_west_maas_en_waal"
    files = tuple(EmlFile(path.name, path.read_bytes()) for path in folder.glob("*.eml.xml"))
    import_election(actor=command_line_actor(), files=files, seats=17, at=timezone.now())
    publish_result(actor=command_line_actor(), election_id="GR2022_WestMaasenWaal", at=timezone.now())

    with django_assert_max_num_queries(14):
        page = shown(client, "/verkiezingen/GR2022_WestMaasenWaal/")
    assert page.count("<circle") == 17
    assert "Jagtenberg- Poulussen, E.M. (Ellen)" in page
