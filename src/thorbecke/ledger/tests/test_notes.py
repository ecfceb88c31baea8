"""Signed notes, keys and cosignatures: published examples, rotation and every refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thorbecke.ledger.domain.checkpoint import Checkpoint, CheckpointRefused, open_checkpoint, parse_checkpoint
from thorbecke.ledger.domain.notes import (
    COSIGNATURE_V1,
    NoteRefused,
    SignerKey,
    VerifiedSignature,
    VerifierKey,
    cosign_note,
    has_signature_by,
    open_note,
    sign_note,
)

# Example of the Go package golang.org/x/mod/sumdb/note.
GO_SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

OLD = SignerKey.from_seed(name="log.example", seed=b"o" * 32)
NEW = SignerKey.from_seed(name="log.example", seed=b"n" * 32)
WITNESS = SignerKey.from_seed(name="witness.example/w1", seed=b"w" * 32, algorithm=COSIGNATURE_V1)
CHECKPOINT = Checkpoint("log.example", 20_852_163, bytes(range(32)))


def test_the_example_of_the_go_package_is_signed_and_verified_alike() -> None:
    signer, verifier = SignerKey.parse(GO_SIGNER), VerifierKey.parse(GO_VERIFIER)
    note = GO_TEXT + "\n" + GO_LINE
    assert signer.verifier == verifier
    assert (signer.secret_text(), str(verifier)) == (GO_SIGNER, GO_VERIFIER)
    assert sign_note(text=GO_TEXT, keys=[signer]) == note
    assert open_note(note=note, keys=[verifier]).text == GO_TEXT


@given(st.binary(min_size=32, max_size=32))
def test_keys_survive_writing_and_reading(seed: bytes) -> None:
    key = SignerKey.from_seed(name="log.example", seed=seed)
    assert SignerKey.parse(key.secret_text()) == key
    assert VerifierKey.parse(str(key.verifier)) == key.verifier


def test_a_secret_key_does_not_show_when_printed() -> None:
    assert "seed" not in repr(OLD)
    assert OLD.secret_text() not in str(OLD)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PRIVATE+KEY+",
        GO_VERIFIER,
        GO_SIGNER[:-1],
        GO_SIGNER.replace("c74f20a3", "c74f20a4"),
        GO_SIGNER.replace("PeterNeumann", "Other"),
        GO_SIGNER.replace("+AY", "+BY"),
        "x" + GO_SIGNER,
    ],
)
def test_a_malformed_signing_key_is_refused_without_telling_it(text: str) -> None:
    with pytest.raises(NoteRefused) as refused:
        SignerKey.parse(text)
    assert "AYEKFALV" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["", "a+b", "+c74f20a3+AQ==", GO_VERIFIER[:-4], GO_VERIFIER.replace("c74f", "c74e"), "a b" + GO_VERIFIER],
)
def test_a_malformed_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        VerifierKey.parse(text)


@pytest.mark.parametrize("keys", [[OLD], [NEW], [OLD, NEW]])
def test_during_rotation_both_the_old_and_the_new_key_verify(keys: list[SignerKey]) -> None:
    note = CHECKPOINT.signed([NEW, OLD])
    verified = open_checkpoint(note=note, origin="log.example", keys=[key.verifier for key in keys])
    assert verified.checkpoint == CHECKPOINT
    assert len(verified.note.signatures) == len(keys)
    assert has_signature_by(note=note, key=keys[0].verifier)


def test_a_witness_cosigns_at_a_time() -> None:
    note = cosign_note(note=CHECKPOINT.signed([NEW]), key=WITNESS, timestamp=1_679_315_147)
    verified = open_checkpoint(note=note, origin="log.example", keys=[NEW.verifier], witnesses=[WITNESS.verifier]).note
    assert verified.signatures == (
        VerifiedSignature(NEW.verifier),
        VerifiedSignature(WITNESS.verifier, 1_679_315_147),
    )


def test_a_witness_alone_does_not_speak_for_the_log() -> None:
    note = cosign_note(note=CHECKPOINT.signed([NEW]), key=WITNESS, timestamp=1)
    with pytest.raises(CheckpointRefused, match="not signed by the log's own key"):
        open_checkpoint(note=note, origin="log.example", keys=[OLD.verifier], witnesses=[WITNESS.verifier])


def test_a_cosignature_binds_its_time() -> None:
    note = cosign_note(note=CHECKPOINT.signed([NEW]), key=WITNESS, timestamp=1)
    other = cosign_note(note=CHECKPOINT.signed([NEW]), key=WITNESS, timestamp=2)
    assert note != other
    mixed = note.splitlines()[-1][: len("— witness.example/w1 ") + 16] + other.splitlines()[-1][-84:]
    with pytest.raises(NoteRefused):
        open_note(note=note.replace(note.splitlines()[-1], mixed), keys=[WITNESS.verifier])


@pytest.mark.parametrize(("key", "timestamp"), [(NEW, 1), (WITNESS, -1), (WITNESS, 2**63)])
def test_an_impossible_cosignature_is_not_made(key: SignerKey, timestamp: int) -> None:
    with pytest.raises(NoteRefused, match="type 4"):
        cosign_note(note=CHECKPOINT.signed([NEW]), key=key, timestamp=timestamp)


def test_unknown_signatures_are_ignored_but_a_wrong_one_of_a_known_key_is_not() -> None:
    note = CHECKPOINT.signed([OLD, NEW])
    assert open_note(note=note, keys=[NEW.verifier]).signatures == (VerifiedSignature(NEW.verifier),)
    forged = (
        CHECKPOINT.body() + "\n" + "".join(Checkpoint("log.example", 3, bytes(32)).signed([NEW]).splitlines(True)[-1:])
    )
    with pytest.raises(NoteRefused, match="does not belong to this text"):
        open_note(note=forged, keys=[NEW.verifier])
    with pytest.raises(NoteRefused, match="none of the known keys"):
        open_note(note=note, keys=[WITNESS.verifier])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— a AAAA",
        "text\n\n- a AAAAAAAA\n",
        "text\n\n— a\n",
        "text\n\n— a+b AAAAAAAA\n",
        "text\n\n— a AAAA\n",
        "text\n\n— a !!!!!!!!\n",
        "te\x07xt\n\n— a AAAAAAAA\n",
        "text\r\n\n— a AAAAAAAA\n",
        "te\ud800xt\n\n— a AAAAAAAA\n",
        "text\n\n— \udfff AAAAAAAA\n",
        "text\n\n" + "— a AAAAAAAA\n" * 101,
    ],
)
def test_a_malformed_note_is_refused(note: str) -> None:
    with pytest.raises(NoteRefused):
        open_note(note=note, keys=[NEW.verifier])


@given(st.integers(0, 10_000), st.characters())
def test_no_changed_character_of_a_note_goes_unseen(position: int, character: str) -> None:
    note = CHECKPOINT.signed([NEW])
    at = position % len(note)
    changed = note[:at] + character + note[at + 1 :]
    if changed == note:
        return
    with pytest.raises(CheckpointRefused):
        open_checkpoint(note=changed, origin="log.example", keys=[NEW.verifier])


@pytest.mark.parametrize("text", ["no newline", "tab\t\n", "bell\x07\n"])
def test_a_bad_text_is_not_signed(text: str) -> None:
    with pytest.raises(NoteRefused):
        sign_note(text=text, keys=[NEW])


@pytest.mark.parametrize("keys", [[], [WITNESS]])
def test_a_note_is_signed_by_a_key_of_the_log(keys: list[SignerKey]) -> None:
    with pytest.raises(NoteRefused):
        CHECKPOINT.signed(keys)


@pytest.mark.parametrize(("name", "seed"), [("", b"x" * 32), ("a b", b"x" * 32), ("a+b", b"x" * 32), ("a", b"x" * 31)])
def test_a_key_needs_a_name_and_32_bytes(name: str, seed: bytes) -> None:
    with pytest.raises(NoteRefused):
        SignerKey.from_seed(name=name, seed=seed)


def test_a_checkpoint_survives_writing_and_reading() -> None:
    assert parse_checkpoint(CHECKPOINT.body()) == CHECKPOINT
    assert parse_checkpoint(CHECKPOINT.body() + "extension\n") == CHECKPOINT


ROOT = CHECKPOINT.body().splitlines()[2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "three lines"),
        (f"log\n1\n{ROOT}", "three lines"),
        (f"\n1\n{ROOT}\n", "three lines"),
        (f"log\n1\n{ROOT}\n\n", "three lines"),
        (f"log\n01\n{ROOT}\n", "decimal"),
        (f"log\n-1\n{ROOT}\n", "decimal"),
        (f"log\n٣\n{ROOT}\n", "decimal"),
        (f"log\n{'9' * 5000}\n{ROOT}\n", "decimal"),
        ("log\n1\n!!!!\n", "not base64"),
        ("log\n1\nAAAA\n", "not a SHA-256"),
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CheckpointRefused, match=reason):
        parse_checkpoint(text)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    with pytest.raises(CheckpointRefused, match="not of other"):
        open_checkpoint(note=CHECKPOINT.signed([NEW]), origin="other.example", keys=[NEW.verifier])
