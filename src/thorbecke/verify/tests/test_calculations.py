"""A calculation outside the log is computed again, and its votes are compared with the outcome that it names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from thorbecke.elections.domain.what_if import KIND, compute_what_if
from thorbecke.elections.domain.what_if_inputs import ListTotal, Options, Question, Source
from thorbecke.elections.domain.what_if_rule import WHAT_IF_RULE
from thorbecke.kernel.calculation import Calculation
from thorbecke.verify.command import main

from .published import BASE, ORIGIN, Published, inputs, outcome

Verify = Callable[..., tuple[int, str]]
TOTALS = (ListTotal(1, 70), ListTotal(2, 30))
OUTCOME_1 = Source(ORIGIN, 1, "elections/town")


def calculation(lists: tuple[ListTotal, ...] = TOTALS, source: Source = OUTCOME_1) -> dict[str, Any]:
    """A what-if on the votes of outcome 1 of the site, as its file."""
    question = Question(source, lists, Options("sainte-lague", 3))
    made = Calculation(KIND, WHAT_IF_RULE, question.inputs, compute_what_if(question))
    return dict(json.loads(json.dumps(made.as_json())))


@pytest.fixture
def site() -> Published:
    return Published([outcome(inputs(votes=votes, name=f"town{votes}")) for votes in (60, 70, 80)])


@pytest.fixture
def verify(tmp_path: Path, site: Published, capsys: pytest.CaptureFixture[str]) -> Verify:
    def run(content: dict[str, Any] | bytes, *options: str) -> tuple[int, str]:
        path = tmp_path / "what-if.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        code = main([str(path), "--memory", str(tmp_path / "memory.json"), *options], client=site.client())
        return code, capsys.readouterr().out

    return run


def test_an_honest_calculation_is_computed_again_and_named_what_it_is(verify: Verify) -> None:
    code, said = verify(calculation())
    assert code == 0, said
    assert "computed again from the inputs in the file" in said
    assert "it is not in the log" in said
    assert f"its votes come from outcome 1 (elections/town) of the log “{ORIGIN}”: give --source" in said


@pytest.mark.parametrize("source", [BASE, f"{BASE}/", f"{BASE}/log/outcomes/1/bundle.json"])
def test_its_votes_are_those_of_the_outcome(verify: Verify, source: str) -> None:
    code, said = verify(calculation(), "--source", source)
    assert code == 0, said
    assert "Outcome 1 (elections/town): it is in the signed log" in said
    assert "the votes of every list in the calculation are those of this outcome" in said


def test_its_votes_are_those_of_a_bundle_in_a_file(verify: Verify, site: Published, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.json"
    bundle.write_bytes(site.answers[site.bundle_path(1)])
    code, said = verify(calculation(), "--source", str(bundle))
    assert code == 0, said


def test_an_address_with_a_question_is_read_whole(
    site: Published, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/log/key":
            return httpx.Response(200, content=site.answers["/log/key"])
        asked.append(str(request.url))
        return httpx.Response(200, json=calculation())

    target = f"{BASE}/verkiezingen/x/wat-als/berekening.json?method=adams&seats=3"
    client = httpx.Client(transport=httpx.MockTransport(answer))
    assert main([target, "--memory", str(tmp_path / "memory.json")], client=client) == 0, capsys.readouterr().out
    assert asked == [target]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda file: file["result"]["seats"][0].__setitem__(1, 3),
            "This calculation: the recorded result does not follow from the recorded inputs.",
        ),
        (lambda file: file["explanation"].pop(), "gives another explanation"),
        (lambda file: file["inputs"]["lists"][0].update(votes=20), "gives another result"),
        (lambda file: file["inputs"]["options"].update(seats=151), "the rule can't be applied"),
        (lambda file: file["rule"]["document"].update(title="The law"), "is not one that this checker knows"),
        (lambda file: file.update(kind="elections.seats"), "can't compute the kind “elections.seats” again"),
        (lambda file: file.pop("inputs"), "is not a calculation: “inputs” is missing"),
        (lambda file: file.update(explanation=[1]), "“explanation” is missing or has the wrong form"),
        (lambda file: file["result"].update(more=0.5), "holds a value that is not exact"),
        (lambda file: file["rule"]["document"].update(title=2**60), "holds a value that is not exact"),
        (lambda file: file.update(format="thorbecke-calculation-v9"), "This file is not a bundle"),
    ],
    ids=["seats", "step", "votes", "options", "rule", "kind", "no inputs", "no steps", "float", "huge", "format"],
)
def test_a_changed_calculation_is_refuted(
    verify: Verify, change: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    file = calculation()
    change(file)
    code, said = verify(file)
    assert code == 1
    assert sentence in said
    assert said.endswith("NOT verified.\n")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            calculation((ListTotal(1, 71), ListTotal(2, 30))),
            "List 1 has 71 votes in the calculation and 70 votes in the outcome.",
        ),
        (calculation((ListTotal(1, 70),)), "List 2 has no votes at all in the calculation and 30 votes in the outcome"),
        (calculation(source=Source("other.example/log", 1, "elections/town")), "Its log is “town.example/log”"),
        (calculation(source=Source(ORIGIN, 1, "elections/city")), "Its subject is “elections/town”"),
        (calculation(source=Source(ORIGIN, 7, "elections/town")), "answered with status 404"),
    ],
    ids=["votes", "a list fewer", "log", "subject", "index"],
)
def test_a_calculation_with_other_votes_is_refuted(verify: Verify, file: dict[str, Any], sentence: str) -> None:
    assert verify(file)[0] == 0, "by itself it is a right calculation"
    code, said = verify(file, "--source", BASE)
    assert code == 1
    assert sentence in said


def test_a_source_that_lies_is_refuted(verify: Verify, site: Published) -> None:
    site.change_bundle(1, lambda bundle: bundle["inputs"]["totals"]["lists"].update({"1": 71}))  # type: ignore[index]  # JSON
    code, said = verify(calculation((ListTotal(1, 71), ListTotal(2, 30))), "--source", BASE)
    assert code == 1
    assert "Someone changed the inputs after this was put in the log." in said


def test_a_source_without_a_calculation_is_refused(verify: Verify, site: Published) -> None:
    code, said = verify(site.answers[site.bundle_path(1)], "--source", BASE)
    assert code == 1
    assert "is not a calculation, so it has no --source" in said
    assert main([BASE, "--source", BASE], client=site.client()) == 1


def test_a_bundle_whose_rule_is_not_exact_is_refuted(verify: Verify, site: Published) -> None:
    site.change_bundle(1, lambda bundle: bundle["rule"]["document"].update(title=2**60))  # type: ignore[index]  # JSON
    code, said = verify(site.answers[site.bundle_path(1)])
    assert code == 1
    assert "the rule shown now can't have been recorded" in said
