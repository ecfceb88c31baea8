"""The log's signing keys: made once, private to the server, and replaced without breaking the log."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from thorbecke.ledger import public
from thorbecke.ledger.domain.checkpoint import open_checkpoint
from thorbecke.ledger.domain.notes import COSIGNATURE_V1, SignerKey, VerifierKey
from thorbecke.ledger.signing import get_signing_keys, make_signing_key

from .conftest import AT, MakeOutcome


def test_a_key_is_made_once_and_only_the_server_may_read_it(settings, tmp_path) -> None:
    settings.DATA = tmp_path / "new" / "folder"
    first, second = get_signing_keys(), get_signing_keys()
    assert first == second
    assert stat.S_IMODE((settings.DATA / "log.key").stat().st_mode) == 0o600
    assert [file.name for file in settings.DATA.iterdir()] == ["log.key"]


def test_servers_that_start_together_use_one_key() -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: get_signing_keys(), range(32)))
    assert len(set(keys)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        SignerKey.from_seed(name="other.example", seed=bytes(32)).secret_text(),
        SignerKey.from_seed(name="demo.thorbecke.example/log", seed=bytes(32), algorithm=COSIGNATURE_V1).secret_text(),
    ],
)
def test_a_key_that_cannot_sign_for_this_log_is_refused(text: str, settings) -> None:
    settings.LOG_ORIGIN = "demo.thorbecke.example/log"
    settings.LOG_KEY = text
    with pytest.raises(ImproperlyConfigured, match="THORBECKE_LOG_KEY"):
        get_signing_keys()


@pytest.mark.django_db
def test_the_log_goes_on_while_its_key_is_replaced(settings, make_outcome: MakeOutcome) -> None:
    old, new = make_signing_key(), make_signing_key()

    def is_signed_by(key: SignerKey) -> bool:
        return key.verifier in {
            signature.key
            for signature in open_checkpoint(
                note=public.get_head().checkpoint,
                origin=settings.LOG_ORIGIN,
                keys=[VerifierKey.parse(text) for text in public.get_head().keys],
            ).note.signatures
        }

    settings.LOG_KEY = old.secret_text()
    public.record(outcome=make_outcome(1), at=AT)
    assert (is_signed_by(old), is_signed_by(new)) == (True, False)

    settings.LOG_KEY, settings.LOG_KEY_PREVIOUS = new.secret_text(), old.secret_text()
    assert (is_signed_by(old), is_signed_by(new)) == (True, True)
    assert public.get_receipt(index=0).log_key == str(new.verifier)
    public.record(outcome=make_outcome(2), at=AT)
    assert (is_signed_by(old), is_signed_by(new)) == (True, True)

    settings.LOG_KEY_PREVIOUS = ""
    public.record(outcome=make_outcome(3), at=AT)
    assert (is_signed_by(old), is_signed_by(new)) == (False, True)
