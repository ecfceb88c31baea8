"""The pages about the log, in both languages."""

from __future__ import annotations

from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from thorbecke.kernel.outcome import Disclosed
from thorbecke.ledger import public

from .conftest import AT, RULE, SALT, MakeOutcome, disclosures

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"])


@BOTH
def test_an_empty_log_is_explained(prefix: str, client: Client) -> None:
    page = client.get(f"{prefix}/controleren/")
    assert page.status_code == 200
    assert f"thorbecke verify {settings.SITE_URL}" in page.text


def test_the_page_explains_in_dutch_and_in_english(client: Client) -> None:
    assert "Wat het logboek niet bewijst" in client.get("/controleren/").text
    assert "What the log does not prove" in client.get("/en/controleren/").text


@BOTH
def test_the_latest_outcomes_are_listed_with_key_and_checkpoint(
    prefix: str, client: Client, make_outcome: MakeOutcome
) -> None:
    public.record_all(outcomes=[make_outcome(number) for number in range(25)], at=AT)
    head = public.get_head()
    page = unescape(client.get(f"{prefix}/controleren/").text)
    assert f"{prefix}/controleren/uitkomsten/24/" in page
    assert f"{prefix}/controleren/uitkomsten/4/" not in page
    assert head.keys[0] in page
    assert head.checkpoint in page
    earlier = client.get(f"{prefix}/controleren/?before=5").text
    assert f"{prefix}/controleren/uitkomsten/4/" in earlier
    assert f"{prefix}/controleren/uitkomsten/5/" not in earlier


@pytest.mark.parametrize("before", ["-1", "x", "", "9" * 30, "9" * 19, "٣"])
def test_an_impossible_page_is_not_found(before: str, client: Client) -> None:
    assert client.get("/controleren/", {"before": before}).status_code == 404


@BOTH
def test_an_outcome_has_its_rule_receipt_and_downloads(prefix: str, client: Client, make_outcome: MakeOutcome) -> None:
    outcome = make_outcome(21)
    receipt = public.record(outcome=outcome, at=AT)
    disclosures[0] = Disclosed(outcome.inputs, outcome.computation.result, outcome.computation.explanation)
    page = client.get(f"{prefix}/controleren/uitkomsten/0/").text
    for link in (
        f"/log/rules/{RULE.reference.sha256}.json",
        "/log/outcomes/0/proof.json",
        "/log/outcomes/0/bundle.json",
        "/verdubbeld/0/",
    ):
        assert f'href="{link}"' in page
    assert receipt.checkpoint.splitlines()[0] in page
    assert f"thorbecke verify {settings.SITE_URL}/log/outcomes/0/bundle.json" in page


@BOTH
def test_a_correction_and_what_it_replaces_point_at_each_other(
    prefix: str, client: Client, make_outcome: MakeOutcome
) -> None:
    public.record(outcome=make_outcome(1), at=AT)
    public.record(outcome=make_outcome(2, replaces=0), at=AT)
    assert f'href="{prefix}/controleren/uitkomsten/1/"' in client.get(f"{prefix}/controleren/uitkomsten/0/").text
    assert f'href="{prefix}/controleren/uitkomsten/0/"' in client.get(f"{prefix}/controleren/uitkomsten/1/").text


def test_a_personal_outcome_offers_no_bundle(client: Client, make_outcome: MakeOutcome) -> None:
    outcome = make_outcome(1, salt=SALT)
    public.record(outcome=outcome, at=AT)
    disclosures[0] = Disclosed(outcome.inputs, outcome.computation.result, outcome.computation.explanation, SALT)
    page = client.get("/en/controleren/uitkomsten/0/").text
    assert "bundle.json" not in page
    assert "A. Voorbeeld" not in page
    assert "Only that person can download the inputs" in page


@pytest.mark.parametrize("index", ["0", "99999999999999999999"])
def test_an_outcome_that_is_not_there_is_not_found(index: str, client: Client) -> None:
    assert client.get(f"/controleren/uitkomsten/{index}/").status_code == 404


@pytest.mark.parametrize(
    ("prefix", "text"), [("", "1.001 uitkomsten in het logboek"), ("/en", "1,001 outcomes in the log")]
)
def test_counts_are_written_as_the_language_does(
    prefix: str, text: str, client: Client, make_outcome: MakeOutcome
) -> None:
    public.record_all(outcomes=[make_outcome(number) for number in range(1001)], at=AT)
    assert text in client.get(f"{prefix}/controleren/").text


def test_pages_take_a_handful_of_queries(
    client: Client, make_outcome: MakeOutcome, django_assert_max_num_queries
) -> None:
    public.record_all(outcomes=[make_outcome(number) for number in range(600)], at=AT)
    with django_assert_max_num_queries(4):
        client.get("/controleren/")
    with django_assert_max_num_queries(8):
        client.get("/controleren/uitkomsten/300/")
