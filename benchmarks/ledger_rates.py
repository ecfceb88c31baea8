"""Rates of the log: hashing and proofs beside pymerkle in the same run, and recording through the operation.

    python benchmarks/ledger_rates.py [--entries 100000] [--records 2000]

Needs requirements/runtime.txt and requirements/benchmark.txt. Recording runs on SQLite (WAL, synchronous=FULL) in a
folder of its own, or with DATABASE_URL=postgres://... in a database of its own on that server.
Prints a table and writes results/ledger_rates_<database>.json.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from pymerkle import InmemoryTree, SqliteTree

from ledger_crash import own_database
from thorbecke.ledger.domain.merkle import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    tree_root,
)
from thorbecke.ledger.domain.tree import HashTree

RESULTS = Path(__file__).parent / "results"
PROOFS = 3000
ENTRY_BYTES = 500
SEED = 20260318


@dataclass(frozen=True)
class Rate:
    """How often a second something was done, and how long once took (milliseconds, median and 99th percentile)."""

    name: str
    per_second: float
    p50_ms: float
    p99_ms: float


def main() -> None:
    """Measure, print the table and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000, help="size of the trees in memory")
    parser.add_argument("--records", type=int, default=2000, help="transactions that record one outcome each")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thorbecke-rates-") as folder, own_database():
        os.environ["THORBECKE_DATA"] = folder
        rates = [*memory_rates(options.entries), *stored_rates(options.entries, options.records, Path(folder))]
        database = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    ratios = compare(rates)
    print_table(rates, ratios)
    RESULTS.mkdir(exist_ok=True)
    report = {"database": database, "rates": [asdict(rate) for rate in rates], "times_pymerkle": ratios}
    (RESULTS / f"ledger_rates_{database}.json").write_text(json.dumps(report, indent=2) + "\n")


def measure(name: str, do: Callable[[object], object], over: Iterable[object], *, each: int = 1) -> Rate:
    """Do `do` for every item; an item counts as `each` (a batch)."""
    durations = []
    for item in over:
        started = time.perf_counter()
        do(item)
        durations.append(time.perf_counter() - started)
    percentiles = statistics.quantiles(durations, n=100)
    return Rate(name, each * len(durations) / sum(durations), 1000 * percentiles[49], 1000 * percentiles[98])


def memory_rates(size: int) -> list[Rate]:
    """Append and prove in memory: `HashTree` beside `InmemoryTree`, each holding every node."""
    entries = [b"%d " % index + bytes(ENTRY_BYTES) for index in range(size)]
    asked = random.Random(SEED).choices(range(size), k=PROOFS)
    tree, peer = HashTree(), InmemoryTree()
    rates = [
        measure("pymerkle memory: append", peer.append_entry, entries),
        measure("memory: append", lambda entry: tree.append(leaf_hash(entry)), entries),
        measure("memory: append and root", grow_with_root(), entries),
        measure("pymerkle memory: inclusion proof", lambda index: peer.prove_inclusion(index + 1), asked),
        measure(
            "memory: inclusion proof", lambda index: inclusion_proof(index=index, size=size, read=tree.read), asked
        ),
        measure("pymerkle memory: consistency proof", lambda index: peer.prove_consistency(index + 1), asked),
        measure(
            "memory: consistency proof",
            lambda index: consistency_proof(old_size=index + 1, size=size, read=tree.read),
            asked,
        ),
    ]
    assert peer.get_root() == tree_root(size=size, read=tree.read)
    return rates


def grow_with_root() -> Callable[[bytes], bytes]:
    """Append and compute the root each time, as a log does that signs a checkpoint for every entry."""
    frontier = Frontier()

    def grow(entry: bytes) -> bytes:
        nonlocal frontier
        frontier = frontier.appended([leaf_hash(entry)])
        return frontier.root

    return grow


def stored_rates(size: int, records: int, folder: Path) -> list[Rate]:
    """Record, batch and prove on the database through the door, beside pymerkle's tree in SQLite."""
    sys.path.insert(0, str(Path(__file__).parent))
    storm = importlib.import_module("ledger_storm")
    queries = importlib.import_module("thorbecke.ledger.queries")
    storm.prepare()
    peer = SqliteTree(str(folder / "pymerkle.sqlite3"))
    peer.con.execute("PRAGMA journal_mode=WAL")
    peer.con.execute("PRAGMA synchronous=FULL")
    entries = [b"%d " % index + bytes(ENTRY_BYTES) for index in range(size)]
    chance = random.Random(SEED)

    def record(number: int) -> None:
        with storm.transaction.atomic():
            storm.public.record(outcome=storm.outcome_of(number), at=storm.datetime.now(storm.UTC))

    def record_batch(numbers: range) -> None:
        with storm.transaction.atomic():
            outcomes = [storm.outcome_of(number) for number in numbers]
            storm.public.record_all(outcomes=outcomes, at=storm.datetime.now(storm.UTC))

    batches = [range(start, start + 1000) for start in range(0, size, 1000)]
    rates = [
        measure("database: record, a transaction each", record, range(records)),
        measure("pymerkle SQLite: append, a transaction each", peer.append_entry, entries[:records]),
        measure("database: record_all, 1,000 a transaction", record_batch, batches, each=1000),
    ]
    peer.append_entries(entries[records:])
    total = queries.count_outcomes()
    asked = chance.choices(range(min(size, total)), k=PROOFS)
    peer_asked = chance.choices(range(size), k=PROOFS)
    warm = random.Random(SEED).choices(range(size), k=PROOFS)
    frontier = storm.public.get_head().frontier

    def prove(index: int) -> tuple[bytes, ...]:
        return inclusion_proof(index=index, size=frontier.size, read=queries.hash_reader(frontier))

    for index in warm:
        peer.prove_inclusion(index + 1)
    return [
        *rates,
        measure("pymerkle SQLite: inclusion proof (warm cache)", lambda i: peer.prove_inclusion(i + 1), peer_asked),
        measure(
            "pymerkle SQLite: inclusion proof (new process)",
            lambda i: (peer.cache_clear(), peer.prove_inclusion(i + 1)),
            peer_asked[:20],
        ),
        measure("database: inclusion proof", prove, asked),
        measure("database: receipt", lambda i: storm.public.get_receipt(index=i), asked),
    ]


def compare(rates: list[Rate]) -> dict[str, float]:
    """Return how many times pymerkle's rate each like-for-like pair reaches."""
    by_name = {rate.name: rate.per_second for rate in rates}
    pairs = [
        ("memory: append", "pymerkle memory: append"),
        ("memory: append and root", "pymerkle memory: append"),
        ("memory: inclusion proof", "pymerkle memory: inclusion proof"),
        ("memory: consistency proof", "pymerkle memory: consistency proof"),
        ("database: inclusion proof", "pymerkle SQLite: inclusion proof (warm cache)"),
        ("database: inclusion proof", "pymerkle SQLite: inclusion proof (new process)"),
        ("database: record, a transaction each", "pymerkle SQLite: append, a transaction each"),
    ]
    return {f"{ours} / {peer}": round(by_name[ours] / by_name[peer], 2) for ours, peer in pairs}


def print_table(rates: list[Rate], ratios: dict[str, float]) -> None:
    """Print rates and ratios."""
    print(f"{'':50}{'per second':>12}{'p50 ms':>10}{'p99 ms':>10}")
    for rate in rates:
        print(f"{rate.name:50}{rate.per_second:12,.0f}{rate.p50_ms:10.3f}{rate.p99_ms:10.3f}")
    print()
    for pair, times in ratios.items():
        print(f"{pair:100}{times:8.2f} x")


if __name__ == "__main__":
    main()
