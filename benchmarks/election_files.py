"""Rate and memory of reading big election files: 510b files of any size, generated, parsed and checked on one core.

    .venv/bin/python benchmarks/election_files.py [--megabytes 60] [--files 1] [--peer PYTHON]

Generates one 230b file and `--files` files 510b of `--megabytes` each, the count of a national election (26 lists,
1,085 candidates); then reads and checks them one after another in a process of its own, and prints MB/s and the peak
of resident memory. `--peer` names a Python in which pyeml-bindings is installed (`pip install pyeml-bindings`): it
parses a file of 6 MB, without checking any sum. Writes benchmarks/results/election_files.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from thorbecke.elections.adapters.eml_230 import read_ballot
from thorbecke.elections.adapters.eml_230_writer import write_ballot
from thorbecke.elections.adapters.eml_510 import read_count
from thorbecke.elections.adapters.eml_510_writer import write_count
from thorbecke.elections.adapters.eml_reader import EmlFile, form_of
from thorbecke.elections.adapters.eml_writer import CODE, Letterhead
from thorbecke.elections.domain.count import (
    Admission,
    Candidate,
    CandidateList,
    Election,
    ElectionCount,
    StationCount,
    VoteGroup,
    total_of,
)

RESULTS = Path(__file__).parent / "results" / "election_files.json"
ELECTION = Election("TK2099", "TK", "Tweede Kamer 2099", date(2099, 3, 18), "", 150)
LETTERHEAD = Letterhead(CODE, "Fabeldam", datetime(2099, 3, 19, 4))
SIZES = (42,) * 19 + (41,) * 7
"""Candidates per list: 26 lists with 1,085 candidates together, the size of a House election."""

STATION_MEGABYTES = 0.114
TARGET_MEGABYTES, TARGET_SECONDS, TARGET_RESIDENT = 1500, 45, 500
PEER_MEGABYTES = 6
PEER_PROGRAM = """
import sys, time
from pathlib import Path
from pyeml_bindings import Eml510
from xsdata.formats.dataclass.parsers import XmlParser
path = Path(sys.argv[1])
began = time.perf_counter()
eml = XmlParser().from_path(path, Eml510)
print(path.stat().st_size / 1e6 / (time.perf_counter() - began))
"""


def main() -> None:
    options = parse()
    if options.read:
        print(json.dumps(read_all(options.read)))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = generate(Path(folder), options.megabytes, options.files)
        figures: dict[str, Any] = {**in_own_process(files)}
        if options.peer:
            figures["peer"] = measure_peer(options.peer, Path(folder))
    report(figures)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=60, help="size of each file")
    parser.add_argument("--files", type=int, default=1)
    parser.add_argument("--peer", help="a Python with pyeml-bindings")
    parser.add_argument("--read", nargs="+", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def generate(folder: Path, megabytes: float, files: int) -> list[Path]:
    lists = tuple(
        CandidateList(number, f"Lijst {number}", tuple(Candidate(each, f"Naam {each}") for each in range(1, size + 1)))
        for number, size in enumerate(SIZES, start=1)
    )
    paths = [folder / "ballot.eml.xml"]
    paths[0].write_bytes(write_ballot(ELECTION, lists, LETTERHEAD))
    for number in range(files):
        paths.append(folder / f"count{number}.eml.xml")
        count = invent(lists, Random(number), max(1, round(megabytes / STATION_MEGABYTES)))
        paths[-1].write_bytes(write_count(ELECTION, lists, count, LETTERHEAD))
    return paths


def invent(lists: tuple[CandidateList, ...], random: Random, stations: int) -> ElectionCount:
    units = tuple(
        StationCount(f"{CODE}::SB{number}", f"Stembureau {number}", fill(lists, random))
        for number in range(1, stations + 1)
    )
    return ElectionCount(ELECTION.id, total_of((each.group for each in units), lists), units)


def fill(lists: tuple[CandidateList, ...], random: Random) -> VoteGroup:
    """Most candidates get few votes in a station, the first of a list many."""
    votes = {
        each.number: (random.randrange(400), *(int(random.expovariate(0.7)) for _ in each.candidates[1:]))
        for each in lists
    }
    list_totals = {number: sum(each) for number, each in votes.items()}
    valid = sum(list_totals.values())
    return VoteGroup(votes, list_totals, valid, 3, 2, 2 * valid, Admission(valid, 5, 0, valid + 5))


def read_all(paths: list[Path]) -> dict[str, float]:
    """Read and check as `elections compute` does, and keep every count in memory."""
    began, seconds_of_processor = time.perf_counter(), time.process_time()
    lists = read_ballot(EmlFile(paths[0].name, paths[0].read_bytes())).lists
    counts = []
    for path in paths[1:]:
        file = EmlFile(path.name, path.read_bytes())
        form_of(file)
        counts.append((file.sha256, read_count(file, lists)[1]))
    megabytes = sum(path.stat().st_size for path in paths) / 1e6
    seconds = time.perf_counter() - began
    return {
        "megabytes": round(megabytes, 1),
        "stations": sum(len(count.stations) for _, count in counts),
        "seconds": round(seconds, 2),
        "processor_seconds": round(time.process_time() - seconds_of_processor, 2),
        "megabytes_per_second": round(megabytes / seconds, 1),
        "peak_resident_megabytes": peak_resident_megabytes(),
    }


def measure_peer(python: str, folder: Path) -> dict[str, float]:
    """Let the peer parse a small file, with its default settings; it checks no sums."""
    files = generate(folder, PEER_MEGABYTES, 1)
    program = [python, "-c", PEER_PROGRAM, str(files[1])]
    theirs = float(subprocess.run(program, check=True, capture_output=True, text=True).stdout)
    return {
        "megabytes": PEER_MEGABYTES,
        "thorbecke_megabytes_per_second": in_own_process(files)["megabytes_per_second"],
        "pyeml_bindings_megabytes_per_second": round(theirs, 2),
    }


def report(figures: dict[str, Any]) -> None:
    rate, resident = figures["megabytes_per_second"], figures["peak_resident_megabytes"]
    print(f"{figures['megabytes']} MB, {figures['stations']} stations: {figures['seconds']} s, {rate} MB/s,")
    print(f"peak of resident memory {resident} MB, files and all counts included")
    print(
        f"{TARGET_MEGABYTES} MB at this rate: {TARGET_MEGABYTES / rate:.0f} s on one core "
        f"(target {TARGET_SECONDS} s and {TARGET_RESIDENT} MB)"
    )
    if "peer" in figures:
        print(f"peer: {figures['peer']}")


def peak_resident_megabytes() -> int:
    """Return the peak since this program began; getrusage would count that of the generator, which started it."""
    status = Path("/proc/self/status").read_text()
    return round(int(status.split("VmHWM:")[1].split()[0]) / 1000)


def in_own_process(files: list[Path]) -> dict[str, float]:
    """Memory of the generator would count otherwise."""
    program = [sys.executable, __file__, "--read", *map(str, files)]
    return json.loads(subprocess.run(program, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
