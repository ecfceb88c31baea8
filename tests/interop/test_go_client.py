"""A client of the Go project's own log packages accepts this site's log, and refuses a forked one."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from thorbecke.kernel.outcome import Computation, Outcome, PublishedRule
from thorbecke.ledger import public
from thorbecke.ledger.domain.checkpoint import Checkpoint
from thorbecke.ledger.domain.notes import SignerKey

CLIENT = Path(__file__).parent / "goclient" / "main.go"
GOPATH = Path(os.environ.get("THORBECKE_GOPATH", "/usr/share/gocode"))
KIND = "interop.test"
RULE = PublishedRule("interop/doubling", "1", {"formula": "2 x"})
AT = datetime(2026, 3, 18, 21, 30, tzinfo=UTC)

public.register_kind(
    kind=KIND, title="Interop", disclose=lambda index: None, rules=[RULE], page_urls=lambda indexes: {}
)


@pytest.fixture(scope="session")
def go_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client, compiled; skips where the compiler or the package is missing."""
    packages = GOPATH / "src/golang.org/x/mod/sumdb/tlog"
    if shutil.which("go") is None or not packages.is_dir():
        pytest.skip("no Go client: install the Debian packages golang-go and golang-golang-x-mod-dev")
    program = tmp_path_factory.mktemp("go") / "goclient"
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GOPATH), "GOFLAGS": ""}
    subprocess.run(["go", "build", "-o", program, CLIENT], check=True, env=environment)
    return program


def record(number: int) -> str:
    outcomes = [
        Outcome(KIND, f"numbers/{each}", RULE.reference, {"number": each}, Computation({"doubled": 2 * each}, []))
        for each in range(number)
    ]
    with transaction.atomic():
        return public.record_all(outcomes=outcomes, at=AT)[-1].checkpoint


def run(client: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([client, *words], check=False, capture_output=True, text=True)


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.LOG_KEY = settings.LOG_KEY_PREVIOUS = ""


def test_go_accepts_checkpoint_entries_proofs_and_history(go_client: Path, live_server, tmp_path: Path) -> None:
    older = []
    for batch in (1, 6, 249, 1, 120, 135, 3):
        older.append(tmp_path / f"checkpoint-{len(older)}")
        older[-1].write_text(record(batch))
    ended = run(go_client, live_server.url, public.get_head().keys[0], *older)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "verified 515 entries, 515 served proofs, 7 older checkpoints\n"


def test_go_accepts_a_log_of_one_outcome(go_client: Path, live_server) -> None:
    record(1)
    ended = run(go_client, live_server.url, public.get_head().keys[0])
    assert ended.stdout == "verified 1 entries, 1 served proofs, 0 older checkpoints\n", ended.stderr


def test_go_accepts_both_keys_while_the_key_is_replaced(go_client: Path, live_server, settings) -> None:
    keys = [SignerKey.from_seed(name=settings.LOG_ORIGIN, seed=bytes([each]) * 32) for each in (1, 2)]
    settings.LOG_KEY, settings.LOG_KEY_PREVIOUS = (key.secret_text() for key in keys)
    record(3)
    for key in keys:
        ended = run(go_client, live_server.url, str(key.verifier))
        assert ended.returncode == 0, ended.stderr


def test_go_refuses_a_forked_history(go_client: Path, live_server, settings, tmp_path: Path) -> None:
    key = SignerKey.from_seed(name=settings.LOG_ORIGIN, seed=bytes(32))
    settings.LOG_KEY = key.secret_text()
    record(5)
    fork = tmp_path / "fork"
    fork.write_text(Checkpoint(settings.LOG_ORIGIN, 3, bytes(32)).signed([key]))
    ended = run(go_client, live_server.url, str(key.verifier), fork)
    assert ended.returncode == 1
    assert "fork: invalid transparency proof" in ended.stderr
