"""Templates and style sheet fit together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "src" / "thorbecke"
STYLE = HOUSE / "design/static/design/built/thorbecke.css"
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))


def classes_of(template: str) -> set[str]:
    """Return the classes that a template names in full; one that it completes with a value is left out."""
    values = [re.sub(r"--\{%.*?\{% endif %\}", "--?", value) for value in re.findall(r'class="([^"]*)"', template)]
    plain = [re.sub(r"\{\{.*?\}\}", "?", re.sub(r"\{%.*?%\}", " ", value)) for value in values]
    return {name for value in plain for name in value.split() if "?" not in name}


@pytest.mark.parametrize("template", TEMPLATES, ids=[str(path.relative_to(HOUSE)) for path in TEMPLATES])
def test_every_class_in_a_template_is_in_the_style_sheet(template: Path) -> None:
    if not STYLE.is_file():
        pytest.skip("the front-end is not built: run script/frontend")
    sheets = [STYLE, *HOUSE.glob("*/static/*/*.css")]
    styled = {name for sheet in sheets for name in re.findall(r"\.([a-zA-Z][\w-]*)", sheet.read_text(encoding="utf-8"))}
    assert classes_of(template.read_text(encoding="utf-8")) - styled == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=[str(path.relative_to(HOUSE)) for path in TEMPLATES])
def test_no_template_holds_a_style_or_a_script_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text)
