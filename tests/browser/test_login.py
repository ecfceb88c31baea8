"""Residents and officials log in, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from thorbecke.identity.models import Passkey

from .login import log_in_as_official, log_in_as_resident

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_representative_logs_in_acts_for_a_company_and_logs_out(browser_page: Page) -> None:
    log_in_as_resident(browser_page, "Ingrid Sluiswachter")
    header = browser_page.locator("header")
    expect(header).to_contain_text("Ingrid Sluiswachter")
    header.get_by_role("button", name="Handel namens Woonstichting Onder Dak").click()
    expect(header).to_contain_text("Ingrid Sluiswachter, namens Woonstichting Onder Dak")
    header.get_by_role("button", name="Handel namens uzelf").click()
    expect(header).not_to_contain_text("Ingrid Sluiswachter, namens")
    header.get_by_role("button", name="Uitloggen").click()
    expect(browser_page.get_by_text("U bent uitgelogd.")).to_be_visible()
    expect(header.get_by_role("link", name="Inloggen")).to_be_visible()


@pytest.fixture
def localhost_page(chromium: Browser, site: str) -> Iterator[Page]:
    """A page at localhost: a passkey needs a name, an address of numbers will not do."""
    context = chromium.new_context(base_url=site.replace("127.0.0.1", "localhost"))
    yield context.new_page()
    context.close()


def add_device(page: Page) -> None:
    """Put an authenticator with a fingerprint in the browser."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_an_official_adds_a_passkey_and_logs_in_with_it(localhost_page: Page) -> None:
    page = localhost_page
    add_device(page)
    log_in_as_official(page, "beheer")
    page.get_by_label("Naam van de passkey").fill("laptop")
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_text("De passkey is toegevoegd")).to_be_visible()
    page.locator("main").get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_text("U bent uitgelogd.")).to_be_visible()
    page.goto("/medewerkers/inloggen/?next=/medewerkers/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("heading", name="Medewerkers", exact=True)).to_be_visible()
    page.goto("/medewerkers/mijn/")
    expect(page.locator("main")).to_contain_text("hoog")
    assert Passkey.objects.get().sign_count > 0
