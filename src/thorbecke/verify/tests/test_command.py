"""The checker says what holds, and gives exit 1 and a plain sentence for each way in which a site can lie."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from thorbecke.kernel.outcome import PublishedRule, Replacement, RuleReference
from thorbecke.ledger.domain.checkpoint import Checkpoint
from thorbecke.ledger.domain.merkle import leaf_hash
from thorbecke.ledger.domain.notes import COSIGNATURE_V1, SignerKey, cosign_note
from thorbecke.ledger.domain.tiles import entry_bundle
from thorbecke.verify.command import main

from .published import AT, BASE, KEY, OTHER_KEY, Published, inputs, outcome, wrong_computation

WITNESS = SignerKey.from_seed(name="witness.example", seed=b"\x03" * 32, algorithm=COSIGNATURE_V1)
Verify = Callable[..., tuple[int, str]]


@pytest.fixture
def site() -> Published:
    return Published([outcome(inputs(votes=votes, name=f"town{votes}")) for votes in (60, 70, 80)])


@pytest.fixture
def verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    def run(site: Published, *options: str, target: str = BASE) -> tuple[int, str]:
        code = main([target, "--memory", str(tmp_path / "memory.json"), *options], client=site.client())
        return code, capsys.readouterr().out

    return run


def test_an_honest_site_is_verified(site: Published, verify: Verify) -> None:
    code, said = verify(site)
    assert code == 0, said
    assert "3 entries) is signed" in said
    assert said.count("computed again from the inputs: the same result") == 3
    assert "was not seen here before" in said
    assert said.endswith("verified. Everything that was checked holds.\n")


def test_a_log_that_grew_is_verified_against_what_was_seen(site: Published, verify: Verify) -> None:
    verify(site)
    site.outcomes.append(outcome(inputs(votes=90), replaces=Replacement(0, {"votes": "30 more"})))
    site.publish()
    code, said = verify(site)
    assert code == 0, said
    assert "nothing was rewritten since" in said


def change_vote(bundle: dict[str, object]) -> None:
    bundle["inputs"]["stations"][0]["votes"]["1"][0] += 1  # type: ignore[index]  # JSON


def change_result(bundle: dict[str, object]) -> None:
    bundle["result"]["seats"] = [[1, 1], [2, 2]]  # type: ignore[index]  # JSON


def change_explanation(bundle: dict[str, object]) -> None:
    bundle["explanation"].pop()  # type: ignore[attr-defined]  # JSON


def change_rule(bundle: dict[str, object]) -> None:
    bundle["rule"]["document"]["statute"] = "another"  # type: ignore[index]  # JSON


def change_entry(bundle: dict[str, object]) -> None:
    bundle["entry"]["subject"] = "elections/elsewhere"  # type: ignore[index]  # JSON


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            change_vote,
            "Outcome 1 (elections/town): the inputs shown now and the inputs recorded at 2026-03-18T22:30:00Z",
        ),
        (change_result, "the result shown now and the result recorded at"),
        (change_explanation, "the explanation shown now and the explanation recorded at"),
        (change_rule, "is not the rule that was recorded"),
        (change_entry, "shows another entry for this outcome than the log holds"),
        (lambda bundle: bundle.pop("inputs"), "not a bundle: “inputs” is missing"),
        (lambda bundle: bundle.update(index=2), "shows another entry for this outcome"),
    ],
    ids=["vote", "result", "explanation", "rule", "entry", "no inputs", "index"],
)
def test_a_changed_bundle_is_refuted(
    site: Published, verify: Verify, change: Callable[[dict[str, object]], None], sentence: str
) -> None:
    site.change_bundle(1, change)
    code, said = verify(site)
    assert code == 1
    assert sentence in said
    assert said.count("FAILED") == 1, "the other outcomes still hold"
    assert said.endswith("NOT verified.\n")


def test_a_changed_entry_of_the_log_is_named(site: Published, verify: Verify) -> None:
    path = "/tile/entries/000.p/3"
    site.answers[path] = site.answers[path].replace(b"town", b"down", 1)
    code, said = verify(site)
    assert code == 1
    assert "Entry 0 of the log was changed after it was recorded" in said


def test_an_entry_changed_together_with_its_hash_is_refuted(site: Published, verify: Verify) -> None:
    other = Published([*site.outcomes[:2], outcome(inputs(votes=50))])
    for path in ("/tile/entries/000.p/3", "/tile/0/000.p/3"):
        site.answers[path] = other.answers[path]
    code, said = verify(site)
    assert code == 1
    assert "The entries on the site are not the entries that were signed" in said


def test_a_fork_signed_with_the_right_key_is_refuted(site: Published, verify: Verify) -> None:
    verify(site)
    fork = Published([outcome(inputs(votes=50)), *site.outcomes[1:], outcome(inputs(votes=90))])
    code, said = verify(fork)
    assert code == 1
    assert "The history was rewritten: the first 3 entries are not the ones that this log signed on" in said
    code, said = verify(site)
    assert code == 0, "a fork does not replace what is remembered"


def test_a_shorter_log_is_refuted(site: Published, verify: Verify) -> None:
    verify(site)
    code, said = verify(Published(site.outcomes[:2]))
    assert code == 1
    assert "The log became shorter" in said


def test_another_key_is_refuted(site: Published, verify: Verify) -> None:
    verify(site)
    code, said = verify(Published(site.outcomes, keys=[OTHER_KEY]))
    assert code == 1
    assert "is not signed with the key that it had on" in said


def test_a_key_is_changed_by_signing_with_both(site: Published, verify: Verify) -> None:
    assert verify(site)[0] == 0
    assert verify(Published(site.outcomes, keys=[OTHER_KEY, KEY]))[0] == 0
    assert verify(Published(site.outcomes, keys=[OTHER_KEY]))[0] == 0


def test_another_log_under_the_same_address_is_refuted(site: Published, verify: Verify) -> None:
    verify(site)
    key = SignerKey.from_seed(name="renamed.example/log", seed=b"\x04" * 32)
    renamed = Published(site.outcomes, keys=[key])
    assert "is not signed with the key that it had on" in verify(renamed)[1]
    code, said = verify(renamed, "--key", str(key.verifier))
    assert code == 1
    assert "now shows another one, “renamed.example/log”" in said


def test_a_text_changed_after_signing_is_refuted(site: Published, verify: Verify) -> None:
    site.answers["/checkpoint"] = site.answers["/checkpoint"].replace(b"\n3\n", b"\n4\n")
    code, said = verify(site)
    assert code == 1
    assert "or the text was changed after it was signed" in said


def test_a_result_that_does_not_follow_is_refuted_even_when_properly_recorded(verify: Verify) -> None:
    given = inputs()
    code, said = verify(Published([outcome(given, computation=wrong_computation(given))]))
    assert code == 1
    assert "the recorded result does not follow from the recorded inputs" in said
    assert "“seats” is recorded as [[1, 1], [2, 2]] and computed as [[1, 2], [2, 1]]" in said


def test_a_rule_that_was_changed_before_recording_is_refuted(site: Published, verify: Verify) -> None:
    version = site.outcomes[0].rule.version
    original = site.rules[version]
    changed = PublishedRule(original.id, version, {**original.document, "extra": "a seat for the mayor"})
    given = site.outcomes[0]
    code, said = verify(Published([outcome(given.inputs, rule=changed.reference)], rules={version: changed}))
    assert code == 1
    assert "is not one that this checker knows" in said


def test_a_rule_hash_changed_in_the_entry_is_refuted(site: Published, verify: Verify) -> None:
    rule = site.outcomes[0].rule
    changed = RuleReference(rule.id, rule.version, "0" * 64)
    code, said = verify(Published([outcome(inputs(), rule=changed)]))
    assert code == 1
    assert "Someone changed the rule or its hash after this was put in the log" in said


def test_withheld_inputs_are_refuted(site: Published, verify: Verify) -> None:
    del site.answers[site.bundle_path(1)]
    code, said = verify(site)
    assert code == 1
    assert "Outcome 1 (elections/town): the site does not show its inputs, so nobody can compute it again" in said


@pytest.mark.parametrize("leaf", [b"[]", b"null", b'"text"', b"7"])
def test_an_entry_that_is_no_outcome_is_refuted(site: Published, verify: Verify, leaf: bytes) -> None:
    root = leaf_hash(leaf)
    note = Checkpoint(KEY.name, 1, root).signed([KEY])
    site.answers |= {
        "/checkpoint": note.encode(),
        "/tile/0/000.p/1": root,
        "/tile/entries/000.p/1": entry_bundle([leaf]),
    }
    code, said = verify(site)
    assert code == 1
    assert "Entry 0 of the log is not an outcome" in said


def test_personal_outcomes_are_counted_not_shown(site: Published, verify: Verify) -> None:
    site.outcomes.append(outcome(inputs(votes=90), salt="5a" * 16))
    site.publish()
    code, said = verify(site)
    assert code == 0, said
    assert "1 personal outcomes: only their hashes are public" in said


def test_a_person_verifies_an_own_bundle(site: Published, verify: Verify, tmp_path: Path) -> None:
    site.outcomes.append(outcome(inputs(votes=90), salt="5a" * 16))
    site.publish()
    bundle = site.bundle(3).as_json()
    path = tmp_path / "own.json"
    path.write_text(json.dumps(bundle))
    assert verify(site, target=str(path))[0] == 0
    path.write_text(json.dumps({**bundle, "salt": "5b" * 16}))
    code, said = verify(site, target=str(path))
    assert code == 1
    assert "the inputs shown now and the inputs recorded" in said


def test_a_bundle_file_is_verified_offline(site: Published, verify: Verify, tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    path.write_bytes(site.answers[site.bundle_path(1)])
    code, said = verify(site, target=str(path))
    assert code == 0, said
    assert "the key came with the bundle itself" in said
    code, said = verify(site, "--key", str(KEY.verifier), target=str(path))
    assert code == 0
    assert "the key came with the bundle" not in said
    assert verify(site, "--key", str(OTHER_KEY.verifier), target=str(path))[0] == 1


def test_an_entry_that_never_was_in_the_log_is_refuted(site: Published, verify: Verify, tmp_path: Path) -> None:
    bundle = json.loads(site.answers[site.bundle_path(1)])
    bundle["entry"] = outcome(inputs(votes=50)).entry(recorded_at=AT)
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(bundle))
    code, said = verify(site, target=str(path))
    assert code == 1
    assert "this entry is not in the log that was signed" in said


def test_a_bundle_is_verified_at_its_address(site: Published, verify: Verify) -> None:
    code, said = verify(site, target=BASE + site.bundle_path(2))
    assert code == 0, said
    assert "Outcome 2" in said


def test_a_required_witness_must_have_cosigned(site: Published, verify: Verify) -> None:
    code, said = verify(site, "--witness", str(WITNESS.verifier))
    assert code == 1
    assert "The witness witness.example did not sign this checkpoint" in said
    site.answers["/checkpoint"] = cosign_note(note=site.note, key=WITNESS, timestamp=1_773_872_000).encode()
    assert verify(site, "--witness", str(WITNESS.verifier))[0] == 0


@pytest.mark.parametrize(
    ("path", "content", "sentence"),
    [
        ("/checkpoint", None, "answered with status 404"),
        ("/log/key", b"not a key", "is not a verifier key"),
        ("/tile/0/000.p/3", b"short", "damaged or missing"),
        ("/tile/entries/000.p/3", b"\x00\x05abc", "damaged or missing"),
        ("/log/outcomes/0/bundle.json", b"<html>", "not a bundle"),
        ("/log/outcomes/0/bundle.json", b"[" * 100_000, "not a bundle"),
        ("/checkpoint", b"\xff\xfe", "FAILED"),
    ],
)
def test_what_cannot_be_read_is_a_failure(
    site: Published, verify: Verify, path: str, content: bytes | None, sentence: str
) -> None:
    site.answers.pop(path)
    if content is not None:
        site.answers[path] = content
    code, said = verify(site)
    assert code == 1
    assert sentence in said


def test_a_site_that_does_not_answer_is_a_failure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    assert main([BASE, "--no-memory"], client=httpx.Client(transport=httpx.MockTransport(refuse))) == 1
    assert "gave no answer (refused). Is the address right and the site up?" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_a_failure(verify: Verify, site: Published, tmp_path: Path) -> None:
    code, said = verify(site, target=str(tmp_path / "absent.json"))
    assert code == 1
    assert "can't be read: No such file or directory" in said


def test_a_damaged_memory_is_not_taken_for_no_memory(site: Published, verify: Verify, tmp_path: Path) -> None:
    (tmp_path / "memory.json").write_text("{broken")
    code, said = verify(site)
    assert code == 1
    assert "is damaged: restore it, or delete it" in said
