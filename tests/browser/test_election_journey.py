"""From received files to a result that a stranger recomputes: import, publish, read and verify, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, ViewportSize, expect

from thorbecke.elections.demo.generate import FOLDER
from thorbecke.verify.command import main

from .login import log_in_as_official

pytestmark = pytest.mark.browser
FILES = sorted(FOLDER.glob("*GR2026_Voorbeeldstad.eml.xml"))
REAL = "elections/real/gr2022_west_maas_en_waal"


@pytest.fixture
def empty_site(live_server: Any, settings: Any, tmp_path: Path) -> str:
    settings.SITE_URL = live_server.url
    settings.DATA = tmp_path
    call_command("load_demo_officials", verbosity=0)
    return str(live_server.url)


@dataclass(frozen=True)
class Visitor:
    """A browser window of some width, with or without scripts, and the language as the start of its addresses."""

    page: Page
    language: str


@pytest.fixture(params=[(360, True, ""), (1280, True, "/en"), (1280, False, "")], ids=["phone", "English", "no script"])
def visitor(request: pytest.FixtureRequest, chromium: Browser, empty_site: str) -> Iterator[Visitor]:
    width, has_script, language = request.param
    viewport: ViewportSize = {"width": width, "height": 800}
    context = chromium.new_context(base_url=empty_site, viewport=viewport, java_script_enabled=has_script)
    yield Visitor(context.new_page(), language)
    context.close()


def import_and_publish(page: Page, language: str, files: list[Path], seats: str = "") -> None:
    log_in_as_official(page, "stembureau")
    page.goto(f"{language}/verkiezingen/invoeren/")
    page.locator("input[type=file]").set_input_files(files)
    page.locator("#id_seats").fill(seats)
    page.locator("main form button[type=submit]").click()
    page.locator("main button[name=confirm]").click()
    page.locator("main form[action$='/publiceren/'] button").click()


def verify(site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main([site, "--memory", str(tmp_path / "memory.json")])
    return code, capsys.readouterr().out


def test_import_publish_verify(
    visitor: Visitor, empty_site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, language = visitor.page, visitor.language
    import_and_publish(page, language, FILES)
    page.goto(f"{language}/verkiezingen/")
    page.locator("main a", has_text="Voorbeeldstad").first.click()
    expect(page.locator("h1")).to_contain_text("Voorbeeldstad")
    expect(page.locator("main")).to_contain_text(f"thorbecke verify {empty_site}")
    page.locator("main a[href*='/controleren/uitkomsten/0/']").first.click()
    expect(page.locator("main")).to_contain_text("nl.kieswet.council-seats")
    code, said = verify(empty_site, tmp_path, capsys)
    assert code == 0, said
    assert "computed again from the inputs" in said


@pytest.mark.conformance
def test_the_real_files_of_a_real_election(
    chromium: Browser,
    empty_site: str,
    conformance: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    context = chromium.new_context(base_url=empty_site)
    page = context.new_page()
    import_and_publish(page, "", sorted((conformance / REAL).glob("*.xml")), seats="17")
    page.goto("/verkiezingen/GR2022_WestMaasenWaal/")
    expect(page.locator("main")).to_contain_text("17")
    expect(page.locator("main")).to_contain_text("Reuvers, R.A.N. (Rob)")
    context.close()
    code, said = verify(empty_site, tmp_path, capsys)
    assert code == 0, said
    assert "Outcome 0 (elections/GR2022_WestMaasenWaal): computed again" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not xml", "Telling_GR2026_Voorbeeldstad.eml.xml"),
        (b"<EML xmlns='urn:oasis:names:tc:evs:schema:eml' Id='510b'><Count>", "Telling_GR2026_Voorbeeldstad.eml.xml"),
    ],
    ids=["not XML", "cut off"],
)
def test_a_wrong_file_is_named_and_nothing_is_imported(
    chromium: Browser, empty_site: str, tmp_path: Path, content: bytes, sentence: str
) -> None:
    wrong = tmp_path / "Telling_GR2026_Voorbeeldstad.eml.xml"
    wrong.write_bytes(content)
    files = [wrong, *(path for path in FILES if "Telling" not in path.name)]
    context = chromium.new_context(base_url=empty_site)
    page = context.new_page()
    log_in_as_official(page, "stembureau")
    page.goto("/verkiezingen/invoeren/")
    page.locator("input[type=file]").set_input_files(files)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main .utrecht-alert--error").first).to_contain_text(sentence)
    page.goto("/verkiezingen/")
    expect(page.locator("main")).not_to_contain_text("Voorbeeldstad 2026")
    context.close()
