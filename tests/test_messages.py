"""Every text of the site has its Dutch translation, no translation is left over, and the check that says so works."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "script" / "messages"

CODE = """
from django.utils.translation import gettext as _, ngettext
_("Hello")
ngettext("%(n)s vote", "%(n)s votes", 2)
"""
TEMPLATE = """{% load i18n %}
  <p title="{% translate "Title" %}">{% blocktranslate trimmed with name=x %}
      Dear {{ name }},
      welcome
  {% endblocktranslate %}</p>
"""
CATALOGUE = """
msgid "Hello"
msgstr "Hallo"

msgid "%(n)s vote"
msgid_plural "%(n)s votes"
msgstr[0] "%(n)s stem"
msgstr[1] "%(n)s stemmen"

msgid "Title"
msgstr "Titel"

msgid "Dear %(name)s, welcome"
msgstr "Beste %(name)s, welkom"
"""
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


def test_every_text_has_its_dutch_translation() -> None:
    checked = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.fixture
def messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, looking at a house with one room and complete translations."""
    loader = importlib.machinery.SourceFileLoader("messages_script", str(SCRIPT))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "HOUSE", tmp_path)
    monkeypatch.setattr(module, "CHECKOUT", tmp_path)
    make_room(tmp_path, "hall", CATALOGUE)
    return module


def make_room(house: Path, room: str, catalogue: str) -> None:
    (house / room / "templates").mkdir(parents=True)
    (house / room / "__init__.py").write_text(CODE)
    (house / room / "templates" / "page.html").write_text(TEMPLATE)
    po = house / room / "locale/nl/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text(HEADER + catalogue)


def test_a_complete_catalogue_has_no_fault(messages: ModuleType) -> None:
    assert messages.check() == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgstr "Hallo"', 'msgstr ""', "no Dutch translation in the hall room: 'Hello'"),
        ('msgstr[1] "%(n)s stemmen"', 'msgstr[1] ""', "no Dutch translation in the hall room: '%(n)s vote'"),
        ('msgid "Title"', 'msgid "Other"', "no Dutch translation in the hall room: 'Title'"),
        ('msgid "Title"', 'msgid "Other"', "nobody uses 'Other'"),
        ('msgid "Hello"', '#, fuzzy\nmsgid "Hello"', "marked fuzzy: 'Hello'"),
        ("Beste %(name)s", "Beste %(naam)s", "name other values: naam, name"),
        ("Beste %(name)s, welkom", "Welkom", "name other values: name"),
    ],
)
def test_a_fault_is_named(messages: ModuleType, old: str, new: str, fault: str) -> None:
    path = messages.catalogue_path("hall")
    path.write_text(path.read_text().replace(old, new))
    assert any(fault in line for line in messages.check()), messages.check()


def test_rooms_that_contradict_each_other_are_named(messages: ModuleType) -> None:
    make_room(messages.HOUSE, "room", CATALOGUE.replace("Hallo", "Dag"))
    assert messages.check() == ["hall and room translate 'Hello' in two ways: 'Hallo', 'Dag'"]
