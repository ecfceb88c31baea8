"""The pages of the home room, as a visitor meets them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from lxml import html

pytestmark = pytest.mark.django_db


def document_of(client: Client, address: str) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/", "Een overheid die u zelf kunt controleren"),
        ("/en/", "Government that you can check yourself"),
        ("/zoeken/", "Zoeken"),
        ("/en/zoeken/", "Search"),
        ("/toegankelijkheid/", "Toegankelijkheid"),
        ("/en/toegankelijkheid/", "Accessibility"),
        ("/privacy/", "Privacy en cookies"),
        ("/en/privacy/", "Privacy and cookies"),
    ],
)
def test_page_exists_in_its_language(client: Client, address: str, title: str) -> None:
    document = document_of(client, address)
    assert document.get("lang") == ("en" if address.startswith("/en/") else "nl")
    assert document.xpath("normalize-space(//h1)") == title


def test_every_page_offers_the_same_page_in_the_other_language(client: Client) -> None:
    (link,) = document_of(client, "/zoeken/?q=raad&x=1").xpath("//a[@hreflang='en']")
    assert link.get("href") == "/en/zoeken/?q=raad&x=1"
    assert link.get("lang") == "en"


def test_the_menu_marks_where_the_visitor_is(client: Client) -> None:
    current = document_of(client, "/controleren/").xpath("//nav[@aria-label='Hoofdmenu']//a[@aria-current]")
    assert [link.text_content() for link in current] == ["Controleer ons"]
    assert document_of(client, "/").xpath("//nav[@aria-label='Hoofdmenu']//a[@aria-current]") == []


def test_the_front_page_shows_only_doors_that_open(client: Client) -> None:
    doors = document_of(client, "/").xpath("//ul[@class='thorbecke-doors']//a/@href")
    assert doors
    assert [client.get(door).status_code for door in doors] == [200] * len(doors)


def test_the_name_of_the_authority_is_on_every_page(client: Client, settings: Any) -> None:
    settings.AUTHORITY = "Waterschap <Laag>"
    response = client.get("/privacy/")
    assert "Waterschap &lt;Laag&gt;" in response.content.decode()


def test_an_empty_search_asks_for_words(client: Client) -> None:
    document = document_of(client, "/zoeken/?q=%20")
    assert "Typ een of meer woorden" in document.text_content()


def test_a_search_without_result_says_what_to_do(client: Client) -> None:
    document = document_of(client, "/zoeken/?q=%3Cb%3Exyzzy")
    assert "Niets gevonden voor ‘<b>xyzzy’" in document.text_content()
    assert "typefout" in document.text_content()
    assert document.xpath("//main//b") == []


@pytest.mark.parametrize("text", ["x" * 500, "%", "'", "\\", "a b " * 40, "\u0000", "ﬀ𝔸"])
def test_any_text_can_be_searched_for(client: Client, text: str) -> None:
    response = client.get("/zoeken/", {"q": text})
    assert response.status_code == 200
    kept = html.fromstring(response.content.decode()).xpath("//input[@id='search-text']/@value")[0]
    assert len(kept) <= 100


@pytest.fixture
def demo(db: None) -> None:
    call_command("load_demo", verbosity=0)


@pytest.mark.usefixtures("demo")
def test_the_front_page_shows_the_latest_results_and_outcomes(client: Client) -> None:
    document = document_of(client, "/")
    results = document.xpath("//section[@aria-labelledby='results']//a/@href")
    outcomes = document.xpath("//section[@aria-labelledby='outcomes']//a/@href")
    assert results[0] == "/verkiezingen/GR2026_Voorbeeldstad/"
    assert outcomes == ["/controleren/uitkomsten/1/", "/controleren/uitkomsten/0/"]
    assert {client.get(address).status_code for address in results + outcomes} == {200}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_search_finds_elections_and_candidates_in_the_language_of_the_visitor(client: Client, prefix: str) -> None:
    links = document_of(client, f"{prefix}/zoeken/?q=voorbeeldstad+2026").xpath("//ul[@class='thorbecke-results']//a")
    assert links[0].get("href") == f"{prefix}/verkiezingen/GR2026_Voorbeeldstad/"
    assert client.get(links[0].get("href")).status_code == 200


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("address", "most"), [("/", 6), ("/zoeken/?q=voorbeeldstad", 5), ("/privacy/", 0)])
def test_a_page_asks_the_database_a_handful_of_questions(
    client: Client, django_assert_max_num_queries: Any, address: str, most: int
) -> None:
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_pages_for_reading_take_no_post(client: Client) -> None:
    assert client.post("/zoeken/").status_code == 405


def test_no_page_holds_a_script_or_a_style(client: Client) -> None:
    for address in ("/", "/zoeken/", "/privacy/", "/toegankelijkheid/", "/no-such-page/"):
        document = html.fromstring(client.get(address).content.decode())
        assert document.xpath("//script | //style | //@style") == []


def test_the_content_security_policy_allows_only_this_site(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_front_page_asks_the_database_as_often_for_one_outcome_as_for_more(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    call_command("load_demo_election", verbosity=0)
    with django_assert_max_num_queries(4):
        client.get("/")
