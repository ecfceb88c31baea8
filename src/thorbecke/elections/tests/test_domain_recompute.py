"""The recomputation: what it gives, what it refuses, and the rule that it goes by."""

from __future__ import annotations

import copy
import importlib
import operator
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from thorbecke.elections.domain.fields import BadInputs
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.lots import DrawRefused
from thorbecke.elections.domain.recompute import RULES, recompute
from thorbecke.elections.domain.rule import COUNCIL_RULE
from thorbecke.kernel.canonical_json import canonical_bytes, sha256_of
from thorbecke.kernel.outcome import UnknownRule

from .council import council_inputs

REFERENCE = COUNCIL_RULE.reference
DIJK = {1: (100, 20, 5, 0, 0), 2: (60, 70, 3, 2), 5: (30, 1, 0)}
POLDER = {1: (210, 3, 2, 1, 4), 2: (40, 12, 0, 9), 5: (25, 0, 2)}
EVEN = {1: (10, 0), 2: (10, 0)}


def test_the_rule_is_pinned_to_its_hash() -> None:
    """A changed document is another rule: raise its version, keep the old one in RULES, and pin both."""
    assert {f"{rule.id} {rule.version}": rule.reference.sha256 for rule in RULES} == {
        "nl.kieswet.council-seats 1": "01d827a8fe80c278e122b42b6a89374bd2cff229f207752b9896b55d8461c731",
        "nl.kieswet.house-seats 1": "124c0b352574f1ca41b112cc66cea3155aa391bbe1ac50c4657bfa1a94887fa0",
        "nl.kieswet.european-parliament-seats 1": "c195e2f9440839ee40c19de4cf060c98fac7cae34b3f070caad2e3dab0d8b2ae",
        "nl.kieswet.provincial-council-seats 1": "eebc532b4c79676188cd526fd7158cf5be664339abbe4bb0765bd2788b26d268",
        "nl.kieswet.senate-seats 1": "bdfd04d099211d1575715b9d0dc8d449908ba502aaec8e9684efc8342c2da32a",
        "nl.kieswet.water-board-seats 1": "ed97fc4f1c89c2311b2862b709e23be1e0a557e09a919602d4ae50f6fc52edc5",
        "nl.kieswet.island-council-seats 1": "c1ed94c9d17b9705bb8957495801a964069e552b5df4811b1ecf50fea8c2da02",
    }


def test_every_article_in_an_explanation_stands_in_the_rule() -> None:
    computation = recompute(REFERENCE, council_inputs(DIJK, POLDER, deceased={2: [1]}))

    assert {step["article"] for step in computation.explanation} <= set(COUNCIL_RULE.document["articles"])  # type: ignore[arg-type]  # JSON


def test_the_table_of_articles_names_functions_that_exist() -> None:
    page = (Path(__file__).parents[4] / "docs/elections-law.md").read_text().partition("## Following")[0]

    named = [found for row in page.splitlines() if row[0:1] == "|" for found in re.findall(r"`(\w+)\.([\w.]+)`", row)]

    assert len(named) >= 15
    for module, name in named:
        operator.attrgetter(name)(importlib.import_module(f"thorbecke.elections.domain.{module}"))


def test_result_has_totals_quota_seats_and_elected() -> None:
    # 599 votes, 9 seats, quota 66 5/9, of which 75 % is 49 11/12.
    # Lists 345, 196, 58: whole seats 5, 2, 0 and remainders 12 2/9, 62 8/9, 58.
    assert recompute(REFERENCE, council_inputs(DIJK, POLDER)).result == {
        "totals": {"valid": 599, "blank": 2, "invalid": 4},
        "quota": "599/9",
        "seats": [[1, 5], [2, 3], [5, 1]],
        "unassigned": 0,
        "elected": [[1, 1], [1, 2], [1, 3], [1, 4], [1, 5], [2, 1], [2, 2], [2, 3], [5, 1]],
        "open_lot": None,
    }


def test_a_lot_stops_the_result_and_its_draw_completes_it() -> None:
    lot: Any = recompute(REFERENCE, council_inputs(EVEN, seats=3)).result["open_lot"]

    assert (lot["article"], lot["kind"], lot["participants"], lot["choose"]) == (
        "P 8 (1)",
        "largest_remainder",
        [1, 2],
        1,
    )
    drawn = recompute(REFERENCE, council_inputs(EVEN, seats=3, draws=[Draw(lot["id"], (2,))])).result
    assert drawn["seats"] == [[1, 1], [2, 2]]
    assert drawn["open_lot"] is None


def test_a_draw_for_a_lot_that_does_not_occur_is_refused() -> None:
    with pytest.raises(DrawRefused, match="does not occur"):
        recompute(REFERENCE, council_inputs(DIJK, draws=[Draw("P7.no-such-lot", (1,))]))


def test_two_draws_for_one_lot_are_refused() -> None:
    lot: Any = recompute(REFERENCE, council_inputs(EVEN, seats=3)).result["open_lot"]

    with pytest.raises(DrawRefused, match="two draws"):
        recompute(REFERENCE, council_inputs(EVEN, seats=3, draws=[Draw(lot["id"], (2,)), Draw(lot["id"], (1,))]))


@pytest.mark.parametrize(
    "reference",
    [
        replace(REFERENCE, id="nl.kieswet.other"),
        replace(REFERENCE, version="0"),
        replace(REFERENCE, sha256="0" * 64),
    ],
)
def test_a_rule_that_is_not_known_is_refused(reference: Any) -> None:
    with pytest.raises(UnknownRule):
        recompute(reference, council_inputs(DIJK))


def test_inputs_and_result_hold_no_names() -> None:
    inputs = council_inputs(DIJK, POLDER)

    for published in (inputs, recompute(REFERENCE, inputs).result):
        text = canonical_bytes(published)
        assert b"Naam" not in text
        assert b"Dorpshuis" not in text


def test_the_result_of_the_largest_council_fits_in_a_log_entry() -> None:
    station = {number: (500 - number, *(300 - p for p in range(79))) for number in range(1, 31)}

    result = recompute(REFERENCE, council_inputs(station, seats=45)).result

    assert len(result["elected"]) == 45  # type: ignore[arg-type]  # JSON
    assert len(canonical_bytes(result)) < 6_000


def test_an_open_lot_among_the_longest_lists_fits_in_a_log_entry() -> None:
    result = recompute(REFERENCE, council_inputs({1: (100,) * 80}, seats=45)).result

    assert result["open_lot"] is not None
    assert len(canonical_bytes(result)) < 6_000


Change = Callable[[dict[str, Any]], Any]

WRONG: list[tuple[str, str, Change]] = [
    ("election", "This is missing", lambda i: i.pop("election")),
    ("extra", "is not part of the inputs", lambda i: i.update(extra=1)),
    ("election.seats", "whole number", lambda i: i["election"].update(seats=0)),
    ("election.seats", "whole number", lambda i: i["election"].update(seats=True)),
    ("election.seats", "whole number", lambda i: i["election"].update(seats="9")),
    ("election.seats", "whole number", lambda i: i["election"].update(seats=10**9)),
    ("election.date", "must be a date", lambda i: i["election"].update(date="16-03-2022")),
    ("election.id", "must be a text", lambda i: i["election"].update(id="")),
    ("election.category", "not meant", lambda i: i["election"].update(category="TK")),
    ("lists", "at least one list", lambda i: i.update(lists=[])),
    ("lists", "must be an array", lambda i: i.update(lists={})),
    ("lists[1].number", "appears twice", lambda i: i["lists"][1].update(number=1)),
    ("lists[0].candidates", "at least one candidate", lambda i: i["lists"][0].update(candidates=[])),
    ("lists[0].candidates", "must rise", lambda i: i["lists"][0].update(candidates=[1, 2, 2, 3, 4])),
    ("lists[0].deceased", "not on the list", lambda i: i["lists"][0].update(deceased=[9])),
    ("stations", "at least one polling station", lambda i: i.update(stations=[])),
    ("stations[0]", "must be an object", lambda i: i.update(stations=[7])),
    ("stations[1].id", "appears twice", lambda i: i["stations"][1].update(id="0000::SB1")),
    ("stations[0].blank", "whole number", lambda i: i["stations"][0].update(blank=-1)),
    ("stations[0].blank", "is missing", lambda i: i["stations"][0].pop("blank")),
    ("stations[0].eligible", "whole number", lambda i: i["stations"][0].update(eligible=1.5)),
    ("stations[0].votes.1[2]", "whole number", lambda i: i["stations"][0]["votes"]["1"].__setitem__(2, -5)),
    ("stations[0].votes.1", "6 numbers of votes for 5", lambda i: i["stations"][0]["votes"]["1"].append(1)),
    ("stations[0].votes.2", "is missing", lambda i: i["stations"][0]["votes"].pop("2")),
    ("stations[0].votes.9", "does not take part", lambda i: i["stations"][0]["votes"].update({"9": [1]})),
    ("stations[0].votes.01", "does not take part", lambda i: i["stations"][0]["votes"].update({"01": [1]})),
    ("totals.lists.1", "says 344", lambda i: i["totals"]["lists"].update({"1": 344})),
    ("totals.valid", "add up to 599", lambda i: i["totals"].update(valid=600)),
    ("totals.blank", "add up to 2", lambda i: i["totals"].update(blank=3)),
    ("totals.invalid", "add up to 4", lambda i: i["totals"].update(invalid=0)),
    ("totals.lists.5", "add up to 59", lambda i: i["stations"][0]["votes"]["5"].__setitem__(0, 31)),
    ("draws[0].chosen[0]", "whole number", lambda i: i.update(draws=[{"lot": "x", "chosen": ["1"]}])),
    ("files[0].sha256", "must be a SHA-256", lambda i: i["files"][0].update(sha256="AB" * 32)),
]


@pytest.mark.parametrize(("field", "said", "change"), WRONG, ids=[f"{field}: {said}" for field, said, _ in WRONG])
def test_wrong_inputs_are_refused_by_name(field: str, said: str, change: Change) -> None:
    inputs = copy.deepcopy(council_inputs(DIJK, POLDER))
    change(inputs)

    with pytest.raises(BadInputs, match=said) as refused:
        recompute(REFERENCE, inputs)

    assert refused.value.place.field == field


def test_one_vote_more_gives_other_inputs() -> None:
    more = {**DIJK, 1: (101, *DIJK[1][1:])}

    assert sha256_of(council_inputs(DIJK)) != sha256_of(council_inputs(more))
