"""Every page of the identity room works in both languages."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from . import eid
from .logins import log_in_official, log_in_resident

pytestmark = pytest.mark.django_db

OPEN = {
    "inloggen/": ("Inloggen", "Log in"),
    "medewerkers/inloggen/": ("Inloggen als medewerker", "Log in as an official"),
}
RESIDENT = {"mijn/inloggen/": ("Mijn login", "My login")}
OFFICIAL = {
    "medewerkers/": ("Medewerkers", "Officials"),
    "medewerkers/nieuw/": ("Nieuwe medewerker", "New official"),
    "medewerkers/mijn/": ("Mijn login", "My login"),
}


def heading(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    language = "en" if path.startswith("/en/") else "nl"
    assert f'<html lang="{language}"' in page
    [text] = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return str(text).strip()


@pytest.mark.parametrize(("path", "names"), [*OPEN.items(), *RESIDENT.items(), *OFFICIAL.items()])
def test_a_page_in_both_languages(client: Client, path: str, names: tuple[str, str]) -> None:
    if path in RESIDENT:
        log_in_resident(client)
    elif path in OFFICIAL:
        log_in_official(client, roles=["administrator"])
    assert (heading(client, f"/{path}"), heading(client, f"/en/{path}")) == names


def test_the_pages_of_the_eid_in_both_languages(client: Client) -> None:
    nl, en = eid.path_and_query(eid.start(client)), eid.path_and_query(eid.start(client, prefix="/en"))
    en = str(client.get(en).headers["Location"])
    assert (heading(client, nl), heading(client, en)) == ("Oefen-eID: wie bent u?", "Practice eID: who are you?")
    chosen = [heading(client, f"{address}&persoon=samira") for address in (nl, en)]
    assert chosen == ["Oefen-eID: log in als Samira Bouzid", "Practice eID: log in as Samira Bouzid"]


def test_errors_of_a_form_are_in_the_language_of_the_page(client: Client) -> None:
    form = {"username": "otto", "password": "wrong", "code": "123456"}
    assert "klopt niet" in client.post("/medewerkers/inloggen/", form).content.decode()
    assert "is not right" in client.post("/en/medewerkers/inloggen/", form).content.decode()
