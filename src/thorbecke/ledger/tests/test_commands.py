"""The commands about the log: its keys, and the recount that finds every change."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from thorbecke.ledger import public
from thorbecke.ledger.domain.notes import SignerKey

from .conftest import AT, MakeOutcome

pytestmark = pytest.mark.django_db

TABLES = ("ledger_entry", "ledger_fulltile", "ledger_ruledocument", "ledger_head")


def output_of(command: str, *words: str) -> str:
    output = StringIO()
    call_command(command, *words, stdout=output)
    return output.getvalue()


def test_the_public_keys_are_printed() -> None:
    assert output_of("log_key").split() == list(public.get_head().keys)


def test_a_new_key_is_made_and_not_stored(settings, tmp_path) -> None:
    line, explanation = output_of("log_key", "--new").splitlines()
    key = SignerKey.parse(line.removeprefix("THORBECKE_LOG_KEY="))
    assert key.name == settings.LOG_ORIGIN
    assert explanation.endswith(str(key.verifier))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1, 256, 600])
def test_a_log_that_nobody_touched_is_whole(size: int, make_outcome: MakeOutcome) -> None:
    public.record_all(outcomes=[make_outcome(number) for number in range(size)], at=AT)
    assert f"log of {size} entries is whole" in output_of("check_log")


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ('UPDATE ledger_entry SET body = %s WHERE "index" = 3', "entry 3 was changed"),
        ("UPDATE ledger_entry SET subject = 'numbers/4' WHERE \"index\" = 3", "columns of entry 3"),
        ('DELETE FROM ledger_entry WHERE "index" = 3', "entry 3 is missing"),
        ('DELETE FROM ledger_entry WHERE "index" = 299', "entry 299 is missing"),
        ('UPDATE ledger_fulltile SET root = leaf.leaf_hash FROM ledger_entry leaf WHERE leaf."index" = 0', "tile 0/0"),
        ("DELETE FROM ledger_fulltile", "tile 0/0 is missing"),
        ("UPDATE ledger_head SET size = 299", "there is an entry 299"),
        ("UPDATE ledger_head SET checkpoint = 'x'", "cannot be trusted"),
        ("UPDATE ledger_ruledocument SET body = %s", "the rule with hash"),
    ],
)
def test_every_change_is_found(tampering: str, fault: str, make_outcome: MakeOutcome) -> None:
    public.record_all(outcomes=[make_outcome(number) for number in range(300)], at=AT)
    other = b'{"kind":"ledger.test","rule":{"sha256":""},"subject":"x"}'
    with connection.cursor() as cursor:
        for table in TABLES:
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {table}_append_only{on_table}")
        cursor.execute(tampering, [other] if "%s" in tampering else None)
    output = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_log", stdout=output)
    assert ended.value.code == 1
    assert fault in output.getvalue()
