"""Someone with the database, and even the key, changes something: the checker of a stranger notices and says it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from thorbecke.elections.models import ListCount, Result, ResultState
from thorbecke.elections.operations.results import publish_result
from thorbecke.identity.public import command_line_actor
from thorbecke.ledger.models import Entry, FullTile, Head, RuleDocument
from thorbecke.verify.command import main

APPEND_ONLY = importlib.import_module("thorbecke.ledger.migrations.0002_append_only")
LATER = datetime(2030, 1, 1, tzinfo=UTC)

Verify = Callable[[], tuple[int, str]]


@pytest.fixture
def verify(live_server: Any, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    settings.SITE_URL = live_server.url
    settings.DATA = tmp_path
    call_command("load_demo_election", verbosity=0)

    def run() -> tuple[int, str]:
        capsys.readouterr()
        code = main([live_server.url, "--memory", str(tmp_path / "memory.json")])
        return code, capsys.readouterr().out

    return run


@contextmanager
def rewriting() -> Iterator[None]:
    """Switch off the protection of the database, as an administrator can."""
    with connection.schema_editor() as editor:
        APPEND_ONLY.allow_rewriting(None, editor)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            APPEND_ONLY.refuse_rewriting(None, editor)


def test_nothing_changed(verify: Verify) -> None:
    code, said = verify()
    assert code == 0, said
    assert said.count("computed again from the inputs") == Entry.objects.count() > 0
    assert verify()[0] == 0


def test_one_vote_changed_in_the_database(verify: Verify) -> None:
    counted = ListCount.objects.filter(station__revision__computed__state=ResultState.PUBLISHED).first()
    assert counted is not None
    counted.votes = [counted.votes[0] + 1, *counted.votes[1:]]
    counted.save()
    code, said = verify()
    assert code == 1
    assert "the inputs shown now and the inputs recorded at" in said
    assert "Someone changed the inputs after this was put in the log." in said
    assert said.count("FAILED") == 1


def test_one_entry_changed_in_the_log(verify: Verify) -> None:
    entry = Entry.objects.get(index=0)
    with rewriting():
        Entry.objects.filter(index=0).update(body=bytes(entry.body).replace(b"elections/", b"erections/", 1))
    code, said = verify()
    assert code == 1
    assert "Entry 0 of the log was changed after it was recorded" in said


def test_history_forked_with_the_right_key(verify: Verify) -> None:
    assert verify()[0] == 0
    with rewriting():
        rewrite_history()
    code, said = verify()
    assert code == 1
    assert "The history was rewritten" in said or "The log became shorter" in said


def rewrite_history() -> None:
    """Publish every election anew, at another moment, in an empty log with the same key."""
    published = list(Result.objects.filter(state=ResultState.PUBLISHED).order_by("ledger_index"))
    for table in (Entry, FullTile, Head):
        table.objects.all().delete()
    Result.objects.filter(pk__in=[each.pk for each in published]).update(
        state=ResultState.COMPLETE, ledger_index=None, published_at=None, published_by=""
    )
    for each in published:
        publish_result(actor=command_line_actor(), election_id=each.revision.election.eml_id, at=LATER)


def test_the_rule_changed(verify: Verify) -> None:
    rule = RuleDocument.objects.get()
    with rewriting():
        RuleDocument.objects.update(body=bytes(rule.body).replace(b"P 8", b"P 88", 1))
    code, said = verify()
    assert code == 1
    assert "is not the rule that was recorded. Someone changed the rule or its hash" in said
