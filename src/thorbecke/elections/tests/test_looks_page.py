"""What the checks found, on the pages: for everyone beside the result, for officials before it is published."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from thorbecke.elections import models
from thorbecke.elections.adapters.eml import EmlFile
from thorbecke.elections.adapters.eml_files import write_election
from thorbecke.elections.domain.checks import CHECKS
from thorbecke.elections.domain.count import Difference, ElectionCount, total_of
from thorbecke.elections.operations.importing import import_election
from thorbecke.elections.web.looks_page import TITLES, looks_context
from thorbecke.identity.public import command_line_actor
from thorbecke.identity.tests.logins import log_in_official, log_in_resident

from .test_web import ID, publish, shown, uploads
from .town import ELECTION, LISTS, VOTES, count_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> Client:
    """A client logged in as returning officer."""
    log_in_official(client, roles=["returning-officer"])
    return client


def odd_files() -> tuple[EmlFile, ...]:
    """The files of a count in which the second station has a fifth of its ballots blank, and seven voters too many."""
    count = count_of(VOTES)
    first, second = count.stations
    admission = second.group.admission
    assert admission is not None
    group = replace(
        second.group,
        blank=80,
        admission=replace(admission, polling_cards=396, admitted=396),
        difference=Difference(fewer_counted=7),
    )
    stations = (first, replace(second, group=group))
    total = total_of((each.group for each in stations), LISTS)
    return write_election(ELECTION, LISTS, ElectionCount(ELECTION.id, total, stations), threshold=50)


@pytest.mark.parametrize(
    ("prefix", "texts"),
    [
        (
            "",
            (
                "Wat opviel in de telling",
                "Er vielen 2 dingen op.",
                "Veel blanco stemmen",
                "Van de 389 stembiljetten zijn er 80 blanco. Dat is 3% of meer.",
                "Zonder verklaring: 7.",
                "Kan om een zetel gaan",
                "Bijvoorbeeld van lijst",
                "geen bewijs van een fout",
            ),
        ),
        (
            "/en",
            (
                "What stood out in the count",
                "It found 2 things that stand out.",
                "Many blank votes",
                "80 of 389 ballots are blank. That is 3% or more.",
                "does not explain 7 of the difference",
                "Could move a seat",
                "no proof of an error",
            ),
        ),
    ],
)
def test_everyone_sees_what_stood_out_in_both_languages(client: Client, prefix: str, texts: tuple[str, ...]) -> None:
    publish(odd_files())

    page = shown(client, f"{prefix}/verkiezingen/{ID}/controles/")

    for text in texts:
        assert text in page
    assert f'href="{prefix}/verkiezingen/{ID}/stembureau/2/"' in page
    assert page.index("W01") < page.index("W04")
    assert f'href="{prefix}/verkiezingen/{ID}/controles/"' in shown(client, f"{prefix}/verkiezingen/{ID}/")


def test_a_version_has_its_own_page(client: Client) -> None:
    publish(odd_files())

    assert f"/verkiezingen/{ID}/versie/1/stembureau/2/" in shown(client, f"/verkiezingen/{ID}/versie/1/controles/")


def test_a_count_without_findings_says_so_and_promises_nothing(client: Client) -> None:
    publish()

    page = shown(client, f"/verkiezingen/{ID}/controles/")

    assert "Er viel niets op." in page
    assert "kan er een fout in de telling zitten" in page


def test_an_unpublished_count_has_no_public_page(client: Client) -> None:
    import_election(actor=command_line_actor(), files=odd_files(), at=timezone.now())

    shown(client, f"/verkiezingen/{ID}/controles/", status=404)


def test_officials_see_it_before_they_import_and_before_they_publish(officer: Client) -> None:
    sent = officer.post("/verkiezingen/invoeren/", uploads(odd_files()))
    summary = shown(officer, sent["Location"])
    assert "Om naar te kijken" in summary
    assert "Veel blanco stemmen" in summary

    officer.post(sent["Location"], {"confirm": "1"})
    draft = shown(officer, f"/verkiezingen/beheer/{ID}/")
    station = re.search(rf'href="(/verkiezingen/beheer/{ID}/stembureau/2/)"', draft)
    assert station is not None
    assert "80" in shown(officer, station[1])
    shown(officer, f"/verkiezingen/beheer/{ID}/stembureau/9/", status=404)


def test_officials_see_that_nothing_stands_out(officer: Client) -> None:
    sent = officer.post("/verkiezingen/invoeren/", uploads())

    assert "Bij de controles viel niets op." in shown(officer, sent["Location"])


def test_the_stations_of_an_unpublished_count_are_closed_to_others(client: Client) -> None:
    import_election(actor=command_line_actor(), files=odd_files(), at=timezone.now())
    log_in_resident(client)

    answer = client.get(f"/verkiezingen/beheer/{ID}/stembureau/2/")
    assert answer["Location"].startswith("/medewerkers/inloggen/")


def test_a_vote_changed_in_the_database_is_shown_as_an_error(client: Client) -> None:
    publish()
    row = models.ListCount.objects.get(station__eml_id="0000::SB1", list__number=1)
    models.ListCount.objects.filter(pk=row.pk).update(votes=[90, *row.votes[1:]])

    page = shown(client, f"/verkiezingen/{ID}/controles/")

    assert "Fout: moet worden opgelost" in page
    assert "De stembureaus tellen niet op tot het totaal" in page


def test_the_page_asks_the_database_a_handful_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    publish(odd_files())

    with django_assert_max_num_queries(12):
        shown(client, f"/verkiezingen/{ID}/controles/")


def test_every_check_has_a_title() -> None:
    assert set(TITLES) == {check.code for check in CHECKS}


@pytest.mark.conformance
def test_the_real_count_names_lists_and_candidates(client: Client, conformance: Path) -> None:
    folder = conformance / "elections/real/gr2022_west_maas_en_waal"
    files = [EmlFile(path.name, path.read_bytes()) for path in sorted(folder.glob("*.eml.xml"))]
    actor = command_line_actor()
    counted = import_election(actor=actor, files=files, at=timezone.now(), seats=17).counted

    context = looks_context(counted, "/")

    first = context["shown_looks"][0]
    assert (first.finding.code, first.could_move_a_seat) == ("W06", True)
    assert "5 (F.D. Wamel)" in first.text
    (exchanged,) = [each for each in context["shown_looks"] if each.finding.votes == 28]
    assert re.search(r"8 \(.+\).*2 \(.+\)", exchanged.text)
    assert not exchanged.could_move_a_seat
    assert context["looks"].margin.votes == 14
