"""The page of a what-if: what it shows, what its address keeps, what it refuses, and the file that anyone checks."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from thorbecke.elections.domain.list_totals import NamedTotal, PublishedTotals
from thorbecke.elections.domain.what_if_inputs import Options, Source
from thorbecke.elections.web.what_if_page import OPEN, what_if_context
from thorbecke.verify.command import main

from .test_web import ID, publish, shown

pytestmark = pytest.mark.django_db

PAGE = f"/verkiezingen/{ID}/wat-als/"
FILE = f"{PAGE}berekening.json"


@pytest.fixture(autouse=True)
def published(db: None) -> None:
    """Lists 1, 2 and 5 with 345, 196 and 58 votes; by law 5, 3 and 1 of 9 seats."""
    publish()


def ask(client: Client, status: int = 200, page: str = PAGE, **parameters: object) -> str:
    return shown(client, f"{page}?{urlencode(parameters)}", status)


@pytest.mark.parametrize(("prefix", "texts"), [
    ("", ["Dit is een rekenspel, niet de uitslag", "Volgens de wet", "Delen door een rij getallen"]),
    ("/en", ["This is a game with numbers, not the result", "By law", "Divide by a series of numbers"]),
])  # fmt: skip
def test_the_page_shows_the_law_beside_another_way(client: Client, prefix: str, texts: list[str]) -> None:
    page = shown(client, prefix + PAGE)
    for text in [*texts, "Sainte-Laguë", "Partij van de Dijk", "Jakhals", "599"]:
        assert text in page


def test_the_result_leads_to_it(client: Client) -> None:
    assert f'href="{PAGE}"' in shown(client, f"/verkiezingen/{ID}/")
    assert f'href="/en/verkiezingen/{ID}/versie/1/wat-als/"' in shown(client, f"/en/verkiezingen/{ID}/versie/1/")
    assert "noindex" in shown(client, f"/verkiezingen/{ID}/versie/1/wat-als/")


def test_search_engines_stay_out(client: Client) -> None:
    assert client.get(PAGE).headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"{FILE}?method=adams").headers["X-Robots-Tag"] == "noindex"


def test_who_gains_and_who_loses(client: Client) -> None:
    # Danish divisors by hand: 345, 86 1/4, 49 2/7, 34 1/2, 26 7/13 / 196, 49, 28, 19 3/5 / 58, 14 1/2: 5, 3 and 1.
    assert "Geen enkele lijst heeft meer of minder zetels" in ask(client, method="danish")
    page = ask(client, method="imperiali", seats=5)
    assert "Dit is een ander aantal zetels dan volgens de wet (9)." in page
    assert "5 Jakhals, J. (−1)" in page
    assert "Wint zetels" not in page


def test_a_threshold_in_the_decimal_form_of_either_language(client: Client) -> None:
    for percentage in ("9,75", "9.75", " 9.75 % "):
        page = ask(client, method="adams", threshold="share", percentage=percentage)
        assert "Deze lijsten halen de drempel van 58 161/400 stemmen niet: 5." in page
        assert "drempel: 9,75% van de stemmen" in page
    english = ask(client, page=f"/en{PAGE}", method="adams", threshold="share", percentage="9,75")
    assert "threshold: 9.75% of the votes" in english
    assert "Elke lijst haalt de drempel" in ask(client, method="adams", threshold="share", percentage="9")
    assert "Daarom krijgt niemand" not in ask(client, method="adams", threshold="quota")
    assert "Daarom krijgt niemand een zetel" in ask(client, method="adams", threshold="share", percentage="100")


def test_combined_lists(client: Client) -> None:
    page = ask(client, method="hare", combined="1+5")
    assert "lijsten 1+5 tellen als één" in page
    assert "Binnen lijsten 1+5: 6 zetels" in page
    assert "Binnen lijsten 1+5: 6 zetels" in ask(client, method="hare", combined="1 5")


def totals(*votes: int) -> PublishedTotals:
    """A result of nine seats with these votes and no seat by law."""
    lists = tuple(NamedTotal(number, f"Lijst {number}", total, 0) for number, total in enumerate(votes, start=1))
    return PublishedTotals(ID, "Fabeldam", "Fabeldam", date(2022, 3, 16), 9, 0, lists)


def test_a_tie_is_shown_as_open() -> None:
    asked = Options("dhondt", 2)
    with translation.override("nl"):
        way = what_if_context(totals(60, 40, 40), [asked], Source("log", 0, "x"))["ways"][0]
    assert [way.cells[number].seats for number in (1, 2, 3)] == ["1", "0 of 1", "0 of 1"]
    assert way.cells[2].difference == "0 of +1"
    assert way.notes[-1] == "Lijsten 2, 3 zijn gelijk, maar er is maar 1 zetel voor hen. Die blijft hier open."
    assert [seat.list for seat in way.drawing["seats"]] == [1, OPEN]


def test_a_tie_within_a_combination_says_so() -> None:
    asked = Options("hare", 9, combinations=((2, 3),))
    with translation.override("en"):
        way = what_if_context(totals(60, 40, 40), [asked], Source("log", 0, "x"))["ways"][0]
    assert [way.cells[number].seats for number in (1, 2, 3)] == ["4", "2 or 3", "2 or 3"]
    assert way.notes[-1].startswith("If lists 2+3 together have 5: Lists 2, 3 are equal, but there is only 1 seat")


def test_two_ways_stand_beside_the_law(client: Client) -> None:
    page = ask(client, **{"method": "adams", "second-method": "imperiali", "second-seats": "19"})
    assert page.count('class="thorbecke-hemicycle"') == 3
    assert page.count("Download deze berekening") == 2
    assert "method=adams&amp;second-method=imperiali&amp;second-seats=19" in page


def test_the_address_keeps_only_what_was_asked(client: Client) -> None:
    page = ask(
        client, method="droop", seats=9, threshold="share", percentage="0,50", combined=" 5 + 1 ", utm_source="mail"
    )
    assert f"{PAGE}?method=droop&amp;threshold=share&amp;percentage=0.5&amp;combined=5%2B1" in page
    assert "utm_source" not in page.split("<main", 1)[1]


WRONG: list[tuple[dict[str, str], str]] = [
    ({"method": "random"}, "Selecteer een geldige keuze"),
    ({"seats": "0"}, "minstens 1"),
    ({"seats": "151"}, "hoogstens 150"),
    ({"seats": "9" * 5000}, "hoogstens 150"),
    ({"seats": "nine"}, "geheel getal"),
    ({"threshold": "half"}, "Selecteer een geldige keuze"),
    ({"threshold": "share"}, "Vul in welk percentage de drempel is."),
    ({"threshold": "share", "percentage": "101"}, "Vul een percentage in van 0 tot en met 100"),
    ({"threshold": "share", "percentage": "-5"}, "Vul een percentage in van 0 tot en met 100"),
    ({"threshold": "share", "percentage": "1e3"}, "Vul een percentage in van 0 tot en met 100"),
    ({"percentage": "5"}, "U vulde een percentage in."),
    ({"combined": "1"}, "In elke groep staan twee lijsten of meer"),
    ({"combined": "1+1"}, "Lijst 1 staat hier twee keer."),
    ({"combined": "1+2, 2+5"}, "Lijst 2 staat hier twee keer."),
    ({"combined": "1+3"}, "Er is geen lijst 3."),
    ({"combined": "1+999999"}, "Er is geen lijst 999999."),
    ({"combined": "<script>alert(1)</script>"}, "Gebruik alleen lijstnummers, een plus en een komma."),
    ({"combined": "1+" * 200}, "niet meer dan 200 tekens"),
    ({"combined": "1+2\x00"}, "Null-tekens zijn niet toegestaan"),
    ({"second-method": "adams", "second-seats": "0"}, "minstens 1"),
]


@pytest.mark.parametrize(("parameters", "message"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_question_is_explained_in_the_form(client: Client, parameters: dict[str, str], message: str) -> None:
    asked = {"method": "adams", **parameters}
    is_about_the_first = not any(name.startswith("second") for name in parameters)
    for page in (PAGE, FILE) if is_about_the_first else (PAGE,):
        answer = ask(client, 400, page, **asked)
        assert message in answer
        assert "<script>alert" not in answer
        assert "Fout:" in answer


def test_english_says_it_in_english(client: Client) -> None:
    assert "There is no list 3." in ask(client, 400, f"/en{PAGE}", method="adams", combined="1+3")


def test_an_election_or_version_that_is_not_there(client: Client) -> None:
    shown(client, "/verkiezingen/GR2022_Nergens/wat-als/", 404)
    shown(client, f"/verkiezingen/{ID}/versie/2/wat-als/", 404)


def test_only_looking_is_possible(client: Client) -> None:
    assert client.post(PAGE).status_code == 405


def test_it_takes_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(8):
        ask(client, method="adams", seats=150, **{"second-method": "dhondt", "second-seats": "150"})


def downloaded(client: Client, path: Path, **parameters: object) -> dict[str, Any]:
    answer = client.get(FILE, parameters)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{ID}-wat-als-')
    path.write_bytes(answer.content)
    return dict(json.loads(answer.content))


def test_the_file_names_its_source_and_is_computed_again(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, bundle = tmp_path / "what-if.json", tmp_path / "bundle.json"
    content = downloaded(client, file, method="huntington-hill", combined="1+5", seats=15)
    assert content["inputs"]["source"] == {
        "log": "demo.thorbecke.example/log",
        "index": 0,
        "subject": f"elections/{ID}",
    }
    bundle.write_bytes(client.get("/log/outcomes/0/bundle.json").content)
    code = main([str(file), "--source", str(bundle), "--no-memory"])
    said = capsys.readouterr().out
    assert code == 0, said
    assert "it is not in the log" in said
    assert "the votes of every list in the calculation are those of this outcome" in said


def test_a_tampered_file_is_refuted(client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "what-if.json"
    content = downloaded(client, file, method="adams")
    content["result"]["seats"][0] = [1, 9, 9]
    file.write_text(json.dumps(content))
    assert main([str(file), "--no-memory"]) == 1
    assert "the recorded result does not follow from the recorded inputs" in capsys.readouterr().out
