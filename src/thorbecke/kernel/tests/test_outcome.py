"""Outcome: what the log gets to see, and what it binds."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from thorbecke.kernel.canonical_json import canonical_bytes, sha256_of
from thorbecke.kernel.outcome import Computation, Disclosed, Outcome, PublishedRule, Replacement

RULE = PublishedRule("test.sum", "1", {"articles": ["Test 1"]})
INPUTS = {"numbers": [1, 2]}
STEPS = [{"step": "add", "article": "Test 1"}]
AT = datetime(2026, 3, 18, 22, 30, tzinfo=timezone(timedelta(hours=1)))


def outcome(**changes: object) -> Outcome:
    values = {
        "kind": "test.sum",
        "subject": "test/1",
        "rule": RULE.reference,
        "inputs": INPUTS,
        "computation": Computation({"sum": 3}, STEPS),
    }
    return Outcome(**{**values, **changes})  # type: ignore[arg-type]  # values of mixed types


def test_public_entry_binds_inputs_and_explanation_and_shows_the_result() -> None:
    entry = outcome().entry(recorded_at=AT)
    assert entry == {
        "version": 1,
        "kind": "test.sum",
        "subject": "test/1",
        "rule": {"id": "test.sum", "version": "1", "sha256": sha256_of(RULE.as_json())},
        "recorded_at": "2026-03-18T21:30:00Z",
        "inputs_sha256": sha256_of(INPUTS),
        "explanation_sha256": sha256_of(STEPS),
        "result": {"sum": 3},
    }


def test_personal_entry_holds_commitments_only() -> None:
    salted = outcome(inputs={"name": "Aaltje"}, salt="5a" * 16)
    entry = salted.entry(recorded_at=AT)
    assert b"Aaltje" not in canonical_bytes(entry)
    assert {"inputs_sha256", "result", "explanation_sha256"}.isdisjoint(entry)
    shown = Disclosed({"name": "Aaltje"}, {"sum": 3}, STEPS, "5a" * 16).entry_members()
    assert shown.items() <= entry.items()


def test_another_salt_or_value_gives_another_commitment() -> None:
    forms = {
        outcome(salt=salt, inputs=inputs).entry(recorded_at=AT)["inputs_commitment"]
        for salt in ("5a" * 16, "5b" * 16)
        for inputs in ({"a": 1}, {"a": 2})
    }
    assert len(forms) == 4


def test_a_correction_points_to_what_it_replaces() -> None:
    entry = outcome(replaces=Replacement(7, {"seats": "one more"})).entry(recorded_at=AT)
    assert entry["replaces"] == {"index": 7, "difference": {"seats": "one more"}}


def test_a_rule_of_another_text_has_another_hash() -> None:
    changed = PublishedRule(RULE.id, RULE.version, {"articles": ["Test 2"]})
    assert changed.reference.sha256 != RULE.reference.sha256
