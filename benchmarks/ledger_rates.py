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
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
CHUNK = 100
BATCH = 1000
ENTRY_BYTES = 500
SEED = 20260318


@dataclass(frozen=True)
class Rate:
    """How often a second at the median, how long once took (milliseconds, median and 99th percentile), and the mean."""

    name: str
    per_second: float
    p50_ms: float
    p99_ms: float
    mean_per_second: float


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


def measure(name: str, do: Callable[[Any], object], over: Iterable[Any], *, each: int = 1) -> Rate:
    """Do `do` for every item; an item counts as `each` (a batch), and the times are those of one of a batch."""
    durations = []
    for item in over:
        started = time.perf_counter()
        do(item)
        durations.append((time.perf_counter() - started) / each)
    return rate_of(name, durations)


def side_by_side(does: dict[str, Callable[[Any], object]], items: Sequence[Any]) -> list[Rate]:
    """Do each of `does` for the same items, in turns of CHUNK items, so that a busy machine hinders all alike."""
    durations: dict[str, list[float]] = {name: [] for name in does}
    for start in range(0, len(items), CHUNK):
        chunk = items[start : start + CHUNK]
        for name, do in does.items():
            started = time.perf_counter()
            for item in chunk:
                do(item)
            durations[name].append((time.perf_counter() - started) / len(chunk))
    return [rate_of(name, each) for name, each in durations.items()]


def rate_of(name: str, durations: list[float]) -> Rate:
    """Return the rate at the median, so that pauses by other work on the machine do not decide it."""
    percentiles = statistics.quantiles(durations, n=100, method="inclusive")
    return Rate(
        name, 1 / percentiles[49], 1000 * percentiles[49], 1000 * percentiles[98], 1 / statistics.mean(durations)
    )


def memory_rates(size: int) -> list[Rate]:
    """Append and prove in memory: `HashTree` beside `InmemoryTree`, each holding every node."""
    entries = [b"%d " % index + bytes(ENTRY_BYTES) for index in range(size)]
    asked = random.Random(SEED).choices(range(size), k=PROOFS)
    tree, peer = HashTree(), InmemoryTree()
    appended = side_by_side(
        {
            "pymerkle memory: append": peer.append_entry,
            "memory: append": lambda entry: tree.append(leaf_hash(entry)),
            "memory: append and root": grow_with_root(),
        },
        entries,
    )
    assert peer.get_root() == tree_root(size=size, read=tree.read)
    return [
        *appended,
        *side_by_side(
            {
                "pymerkle memory: inclusion proof": lambda index: peer.prove_inclusion(index + 1),
                "memory: inclusion proof": lambda index: inclusion_proof(index=index, size=size, read=tree.read),
                "pymerkle memory: consistency proof": lambda index: peer.prove_consistency(index + 1),
                "memory: consistency proof": lambda index: consistency_proof(
                    old_size=index + 1, size=size, read=tree.read
                ),
            },
            asked,
        ),
    ]


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
    storm = importlib.import_module("ledger_storm")
    queries = importlib.import_module("thorbecke.ledger.queries")
    storm.prepare()
    peer = SqliteTree(str(folder / "pymerkle.sqlite3"))
    peer.con.execute("PRAGMA journal_mode=WAL")
    peer.con.execute("PRAGMA synchronous=FULL")
    entries = [b"%d " % index + bytes(ENTRY_BYTES) for index in range(size)]

    def record(number: int) -> None:
        with storm.transaction.atomic():
            storm.public.record(outcome=storm.outcome_of(number), at=storm.datetime.now(storm.UTC))

    def record_batch(numbers: range) -> None:
        with storm.transaction.atomic():
            outcomes = [storm.outcome_of(number) for number in numbers]
            storm.public.record_all(outcomes=outcomes, at=storm.datetime.now(storm.UTC))

    def prove(index: int) -> object:
        return inclusion_proof(index=index, size=frontier.size, read=queries.shared_reader(frontier))

    def prove_cold(index: int) -> object:
        peer.cache_clear()
        return peer.prove_inclusion(index + 1)

    batches = [range(start, start + BATCH) for start in range(0, size, BATCH)]
    recorded = [
        measure("database: record, a transaction each", record, range(records)),
        measure("pymerkle SQLite: append, a transaction each", peer.append_entry, entries[:records]),
        measure("database: record_all, 1,000 a transaction", record_batch, batches, each=BATCH),
    ]
    peer.append_entries(entries[records:])
    frontier = storm.public.get_head().frontier
    asked = random.Random(SEED).choices(range(size), k=PROOFS)
    for index in asked:
        peer.prove_inclusion(index + 1)
    return [
        *recorded,
        *side_by_side(
            {
                "pymerkle SQLite: inclusion proof, warm": lambda index: peer.prove_inclusion(index + 1),
                "database: inclusion proof": prove,
                "database: receipt": lambda index: storm.public.get_receipt(index=index),
            },
            asked,
        ),
        measure("pymerkle SQLite: inclusion proof, new process", prove_cold, asked[:20]),
    ]


def compare(rates: list[Rate]) -> dict[str, float]:
    """Return how many times pymerkle's rate each like-for-like pair reaches."""
    by_name = {rate.name: rate.per_second for rate in rates}
    pairs = [
        ("memory: append", "pymerkle memory: append"),
        ("memory: append and root", "pymerkle memory: append"),
        ("memory: inclusion proof", "pymerkle memory: inclusion proof"),
        ("memory: consistency proof", "pymerkle memory: consistency proof"),
        ("database: inclusion proof", "pymerkle SQLite: inclusion proof, warm"),
        ("database: inclusion proof", "pymerkle SQLite: inclusion proof, new process"),
        ("database: record, a transaction each", "pymerkle SQLite: append, a transaction each"),
    ]
    return {f"{ours} / {peer}": round(by_name[ours] / by_name[peer], 2) for ours, peer in pairs}


def print_table(rates: list[Rate], ratios: dict[str, float]) -> None:
    """Print rates and ratios."""
    print(f"{'':50}{'per second':>12}{'p50 ms':>10}{'p99 ms':>10}{'mean/s':>12}")
    for rate in rates:
        print(
            f"{rate.name:50}{rate.per_second:12,.0f}{rate.p50_ms:10.4f}{rate.p99_ms:10.4f}{rate.mean_per_second:12,.0f}"
        )
    print()
    for pair, times in ratios.items():
        print(f"{pair:100}{times:8.2f} x")


if __name__ == "__main__":
    main()
