"""Every step has a sentence, in English and in Dutch, and every residual seat a table."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from thorbecke.elections.domain.explain import (
    TEMPLATES,
    Comparison,
    UnknownStep,
    compare,
    explain,
    mixed_number,
    percentage,
)
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.recompute import RULES, recompute

from .council import council_inputs

ROOM = Path(__file__).parents[1]
REFERENCE = RULES[0].reference


def steps_of(*stations: Mapping[int, tuple[int, ...]], seats: int, **more: Any) -> list[Mapping[str, Any]]:
    """Steps of a council up to the first open lot, and with each lot drawn in rising order."""
    told: list[Mapping[str, Any]] = []
    draws: list[Draw] = []
    while True:
        computation = recompute(REFERENCE, council_inputs(*stations, seats=seats, draws=draws, **more))
        told += computation.explanation
        lot: Any = computation.result["open_lot"]
        if not lot:
            return told
        draws.append(Draw(lot["id"], tuple(lot["participants"][: lot["choose"]])))


def votes(*totals: int, candidates: int = 3) -> dict[int, tuple[int, ...]]:
    return {number: (total, *(0,) * (candidates - 1)) for number, total in enumerate(totals, start=1)}


COUNCILS = [
    steps_of(votes(2571, 977, 567, 536, 453, candidates=20), seats=15, deceased={1: [2]}),
    steps_of(votes(540, 160, 160, 80, 80, 80, 60, 40, candidates=15), seats=15),
    steps_of(votes(10, 10), seats=3),
    steps_of(votes(5, 5, 50, candidates=2), seats=5),
    steps_of(votes(40, 12, 12, 12, candidates=1) | {1: (40, 0, 0)}, seats=5),
    steps_of(votes(100, 10, 10, 10, 10, candidates=4), seats=9),
    steps_of(votes(480, 480, 480, 460, candidates=9), seats=19),
    steps_of(votes(7501, 1249, 1249, 1249, 1249, 1248, 1248, 8, candidates=20), seats=24),
    steps_of(votes(500, 140, 140, 140, 140, 140, candidates=20), seats=23),
    steps_of({1: (10, 70, 70, 70)}, seats=2),
    steps_of({1: (10, 70, 70, 60)}, seats=3),
    steps_of({1: (1, 0), 2: (0, 0)}, seats=9),
    steps_of({1: (200, 0), 2: (7, 0, 0, 0), 3: (7, 0, 0, 0), 4: (5, 0, 0, 0)}, seats=9),
    steps_of({1: (200, 0), 2: (7, 0, 0, 0), 3: (7, 0, 0, 0), 4: (9, 0, 0, 0)}, seats=5),
]


def test_every_template_is_used_and_filled() -> None:
    said = set()
    for steps in COUNCILS:
        for step in steps:
            sentence = explain(step)
            assert "%(" not in str(sentence.text)
            assert sentence.article.startswith("P ")
            said.add(sentence.text.template)

    assert set(TEMPLATES.values()) - said == set()


def test_an_unknown_step_is_named() -> None:
    with pytest.raises(UnknownStep, match="horoscope"):
        explain({"step": "horoscope", "article": "P 99"})


def test_a_residual_seat_has_a_table_that_can_be_checked_by_hand() -> None:
    first = next(step for step in COUNCILS[0] if step["step"] == "largest_remainder")

    assert compare(first)[:2] == (
        Comparison(list=2, seats=2, value="296 7/15", exact="4447/15", wins=True),
        Comparison(list=3, seats=1, value="226 11/15", exact="3401/15", wins=False),
    )


def test_other_steps_have_no_table() -> None:
    assert compare(COUNCILS[0][0]) == ()


@pytest.mark.parametrize(
    ("exact", "shown"), [("5104/15", "340 4/15"), ("80/1", "80"), ("1/2", "1/2"), ("0/1", "0"), ("62/15", "4 2/15")]
)
def test_mixed_number(exact: str, shown: str) -> None:
    assert mixed_number(exact) == shown


@pytest.mark.parametrize(("share", "shown"), [("1/4", "25%"), ("1/2", "50%"), ("1/3", "1/3")])
def test_percentage(share: str, shown: str) -> None:
    assert percentage(share) == shown


def marked_texts() -> set[str]:
    return {
        call.args[0].value
        for file in (ROOM / "domain").glob("*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "gettext_noop"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def dutch() -> dict[str, str]:
    text = (ROOM / "locale/nl/LC_MESSAGES/django.po").read_text().replace('"\n"', "")
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, flags=re.MULTILINE))


def test_every_text_of_the_law_has_a_dutch_translation_with_the_same_values() -> None:
    translations = dutch()

    for english in marked_texts():
        assert english in translations
        assert set(re.findall(r"%\(\w+\)s", english)) == set(re.findall(r"%\(\w+\)s", translations[english]))
