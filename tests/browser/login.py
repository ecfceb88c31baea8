"""Logs in through the pages, as a person does."""

from __future__ import annotations

import re

import pyotp
from playwright.sync_api import Page, expect

from thorbecke.identity.domain.demo import OFFICIALS, PASSWORD


def log_in_as_resident(page: Page, name: str | None = None) -> None:
    """Log in with the practice eID as the person with this name, or as the first of the list."""
    page.goto("/inloggen/")
    page.locator("main a[href*='/inloggen/eid/']").click()
    people = page.locator("main .thorbecke-card a")
    (people.filter(has_text=name) if name else people).first.click()
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/mijn/inloggen/$"))


def log_in_as_official(page: Page, username: str) -> None:
    """Log in as a demo official with password and code."""
    secret = next(official.totp_secret for official in OFFICIALS if official.username == username)
    page.goto("/medewerkers/inloggen/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_code").fill(pyotp.TOTP(secret).now())
    page.locator("form:has(#id_code) button[type=submit]").click()
    expect(page.locator("header form[action$='/uitloggen/']")).to_be_visible()
