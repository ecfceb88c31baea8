"""Crash test of the log: writers are killed (SIGKILL) in the middle of their work, again and again.

    python benchmarks/ledger_crash.py --storms 50 [--seed 1]

On SQLite in a folder of its own, or with DATABASE_URL=postgres://... in a database of its own on that server.
Each writer stores a row of its own and records outcomes in one transaction, and acknowledges them on a pipe after the
commit. After each storm: no acknowledged outcome is lost, rows and outcomes belong together, the whole log is
recounted, and the log still extends the last checkpoint that was acknowledged. Exit code 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

HERE = Path(__file__).parent
RESULTS = HERE / "results"
WRITERS = 3
LONGEST_STORM_SECONDS = 1.0
LOCK = threading.Lock()


def main() -> int:
    """Run the storms, print a line for each ten and a summary, and write a JSON file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--storms", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-file", action="store_true", help="print the summary only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thorbecke-crash-") as folder, own_database():
        os.environ["THORBECKE_DATA"] = folder
        report = run_storms(options.storms, random.Random(options.seed))
    if not options.no_file:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"ledger_crash_{report['database']}.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report))
    return 1 if report["faults"] else 0


@contextmanager
def own_database() -> Iterator[None]:
    """Point DATABASE_URL at a new database on its server for as long as the test runs; SQLite needs none."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        os.environ.pop("DATABASE_URL", None)
        yield
        return
    name = f"thorbecke_crash_{os.getpid()}"
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run_storms(storms: int, chance: random.Random) -> dict[str, Any]:
    """Run storm after storm on one log, and search for damage after each."""
    sys.path.insert(0, str(HERE))
    storm = importlib.import_module("ledger_storm")
    storm.prepare()
    acknowledged = storm.Acknowledged()
    faults: list[str] = []
    started = time.perf_counter()
    for turn in range(1, storms + 1):
        run_storm(storm, acknowledged, chance)
        faults += [f"storm {turn}: {fault}" for fault in storm.find_faults(acknowledged)]
        if turn % 10 == 0 or turn == storms:
            print(f"{turn:4} storms  {acknowledged.size:8,} in the log  {len(faults)} faults", flush=True)
    storm.connection.close()
    return {
        "database": storm.connection.vendor,
        "storms": storms,
        "writers": WRITERS,
        "acknowledged": len(acknowledged.entries),
        "faults": faults,
        "seconds": round(time.perf_counter() - started, 1),
    }


def run_storm(storm: ModuleType, acknowledged: Any, chance: random.Random) -> None:
    """Start writers, let them work for a random time from the first acknowledgement, and kill them all."""
    command = [sys.executable, storm.__file__]
    writers = [
        subprocess.Popen([*command, str(chance.randrange(2**32))], stdout=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]
    readers = [threading.Thread(target=read_lines, args=(writer, acknowledged)) for writer in writers]
    for reader in readers:
        reader.start()
    before = acknowledged.size
    while acknowledged.size == before and all(writer.poll() is None for writer in writers):
        time.sleep(0.005)
    time.sleep(chance.random() * LONGEST_STORM_SECONDS)
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
    for reader, writer in zip(readers, writers, strict=True):
        reader.join()
        if writer.wait() != -signal.SIGKILL:
            raise SystemExit(f"a writer ended by itself with exit code {writer.returncode}")


def read_lines(writer: subprocess.Popen[str], acknowledged: Any) -> None:
    """Take every whole line: half a line was not an acknowledgement."""
    assert writer.stdout is not None
    with writer.stdout:
        for line in writer.stdout:
            if line.endswith("\n"):
                with LOCK:
                    acknowledged.add(line)


if __name__ == "__main__":
    sys.exit(main())
