"""What the front-end is made of: free licences, exact versions, no addresses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[4]
PACKAGES = json.loads((CHECKOUT / "package.json").read_text())
LOCK = json.loads((CHECKOUT / "package-lock.json").read_text())
BUILT = CHECKOUT / "src/thorbecke/design/static/design/built"
FREE = {"EUPL-1.2", "OFL-1.1", "MIT", "MPL-2.0"}


def test_every_package_has_a_free_licence_and_a_hash_but_no_address() -> None:
    installed = {name: package for name, package in LOCK["packages"].items() if name}
    assert installed
    assert {name: package["license"] for name, package in installed.items() if package["license"] not in FREE} == {}
    assert [name for name, package in installed.items() if "integrity" not in package] == []
    assert [name for name, package in installed.items() if "resolved" in package] == []


def test_versions_are_exact() -> None:
    versions = {**PACKAGES["dependencies"], **PACKAGES["devDependencies"]}
    assert {name: version for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)} == {}


def test_the_built_style_sheet_asks_nothing_of_another_host() -> None:
    if not BUILT.is_dir():
        pytest.skip("the front-end is not built: run script/frontend")
    style = (BUILT / "thorbecke.css").read_text()
    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", style) == []
    assert "@import" not in style
    for font in re.findall(r"url\([\"']?\./([^)\"']+)", style):
        assert (BUILT / font).is_file()
