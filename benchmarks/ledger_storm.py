"""One writer of the crash test, and the search for what a storm damaged; imported once DATABASE_URL is set."""

from __future__ import annotations

import json
import os
import random
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "thorbecke.config.settings"
django.setup()

from django.conf import settings  # noqa: E402  # needs the set-up above
from django.core.management import call_command  # noqa: E402  # idem
from django.db import connection, transaction  # noqa: E402  # idem

from thorbecke.kernel.canonical_json import canonical_bytes  # noqa: E402  # idem
from thorbecke.kernel.outcome import Computation, Outcome, PublishedRule  # noqa: E402  # idem
from thorbecke.ledger import public  # noqa: E402  # idem
from thorbecke.ledger.audit import list_faults  # noqa: E402  # idem
from thorbecke.ledger.domain.checkpoint import open_checkpoint  # noqa: E402  # idem
from thorbecke.ledger.domain.merkle import ProofRefused, consistency_proof, verify_consistency  # noqa: E402  # idem
from thorbecke.ledger.domain.notes import VerifierKey  # noqa: E402  # idem
from thorbecke.ledger.models import Entry  # noqa: E402  # idem
from thorbecke.ledger.queries import hash_reader  # noqa: E402  # idem

KIND = "benchmark.storm"
RULE = PublishedRule("benchmark/storm", "1", {"formula": "2 x"})
REFERENCE = RULE.reference
LARGEST_BATCH = 300
public.register_kind(kind=KIND, title="Storm", disclose=lambda index: None, rules=[RULE], page_urls=lambda indexes: {})


@dataclass
class Acknowledged:
    """What the writers said was committed: entries by index, and the largest checkpoint."""

    entries: dict[int, str] = field(default_factory=dict)
    checkpoint: str = ""
    size: int = 0

    def add(self, line: str) -> None:
        said = json.loads(line)
        self.entries.update({int(index): entry for index, entry in said["entries"].items()})
        if said["size"] > self.size:
            self.size, self.checkpoint = said["size"], said["checkpoint"]


def prepare() -> None:
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE storm_row (log_index BIGINT PRIMARY KEY)")


def outcome_of(number: int) -> Outcome:
    inputs = {"number": number, "votes": {f"list {each}": number % (each + 7) for each in range(20)}}
    computation = Computation({"doubled": 2 * number}, [{"step": "double", "article": "2 x"}])
    return Outcome(KIND, f"numbers/{number}", REFERENCE, inputs, computation)


def write_until_killed(chance: random.Random) -> None:
    """Store rows and record outcomes in one transaction, then acknowledge; one in five is a batch that fills tiles."""
    while True:
        count = chance.randint(2, LARGEST_BATCH) if chance.random() < 0.2 else 1
        outcomes = [outcome_of(chance.randrange(2**40)) for _ in range(count)]
        with transaction.atomic():
            receipts = public.record_all(outcomes=outcomes, at=datetime.now(UTC))
            with connection.cursor() as cursor:
                cursor.executemany("INSERT INTO storm_row VALUES (%s)", [(receipt.index,) for receipt in receipts])
        said = {
            "entries": {receipt.index: canonical_bytes(receipt.entry).decode() for receipt in receipts},
            "size": receipts[-1].tree_size,
            "checkpoint": receipts[-1].checkpoint,
        }
        print(json.dumps(said), flush=True)


def find_faults(acknowledged: Acknowledged) -> list[str]:
    """Recount the log, look for each acknowledged outcome and its row, and prove the last acknowledged checkpoint."""
    faults = list(list_faults())
    stored = {index: bytes(body).decode() for index, body in Entry.objects.values_list("index", "body")}
    lost = [index for index, entry in acknowledged.entries.items() if stored.get(index) != entry]
    if lost:
        faults.append(f"{len(lost)} acknowledged outcomes are lost or changed, such as {lost[0]}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT log_index FROM storm_row")
        rows = {index for (index,) in cursor.fetchall()}
    if rows != stored.keys():
        faults.append(f"{len(rows ^ stored.keys())} rows and outcomes do not belong together")
    return faults + _inconsistencies(acknowledged.checkpoint)


def _inconsistencies(acknowledged: str) -> list[str]:
    head = public.get_head()
    keys = [VerifierKey.parse(key) for key in head.keys]
    old = open_checkpoint(note=acknowledged, origin=settings.LOG_ORIGIN, keys=keys).checkpoint
    new = open_checkpoint(note=head.checkpoint, origin=settings.LOG_ORIGIN, keys=keys).checkpoint
    try:
        proof = consistency_proof(old_size=old.size, size=new.size, read=hash_reader(head.frontier))
        verify_consistency(old_size=old.size, size=new.size, proof=proof, old_root=old.root, root=new.root)
    except (ProofRefused, ValueError) as error:
        return [str(error)]
    return []


if __name__ == "__main__":
    write_until_killed(random.Random(int(sys.argv[1])))
