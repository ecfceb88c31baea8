"""Time of every public page on the real server: one client after another, then 16 at once.

    .venv/bin/python benchmarks/page_times.py [EML files of an election ... --seats N]

Starts granian on a database of its own with the demo authority (and the election given), asks every page that a
stranger can reach, and prints median and p99 in milliseconds. The peer in the same run is the smallest answer that
the same server gives (robots.txt): what a page costs above it is the page's own work.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

CHECKOUT = Path(__file__).resolve().parents[1]
PROGRAMS = CHECKOUT / ".venv" / "bin"
PEER = "/robots.txt"
LINK = re.compile(r'href="(/[^"#?]*)')


def main() -> None:
    options = parse()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), options) as base:
        with httpx.Client(base_url=base) as client:
            pages = [PEER, *crawl(client, options.most)]
            alone = {page: one_by_one(client, page, options.requests) for page in pages}
        together = {page: at_once(base, page, options.clients, options.requests) for page in pages}
    report(alone, together, options)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seats", type=int)
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--most", type=int, default=60, help="pages at the most")
    return parser.parse_args()


@contextmanager
def serving(folder: Path, options: argparse.Namespace) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://localhost:{port}"
    environment = {**os.environ, "THORBECKE_DATA": str(folder), "THORBECKE_SITE_URL": base}
    thorbecke = PROGRAMS / "thorbecke"
    for words in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["load_demo"], *importing(options)):
        subprocess.run([thorbecke, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
    command = [PROGRAMS / "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "2", "--no-ws", "thorbecke.config.wsgi:application"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(base)
        yield base
    finally:
        server.terminate()
        server.wait()


def importing(options: argparse.Namespace) -> list[list[str]]:
    if not options.files:
        return []
    seats = [] if options.seats is None else ["--seats", str(options.seats)]
    return [["elections", "import", *map(str, options.files), *seats, "--publish", "--yes"]]


def wait_for(base: str) -> None:
    for _attempt in range(200):
        try:
            httpx.get(base + PEER)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    sys.exit("the server did not start within 10 s")


def crawl(client: httpx.Client, most: int) -> list[str]:
    """Return pages that can be reached from the front page by links, in the order found."""
    found, waiting = [], ["/"]
    while waiting and len(found) < most:
        page = waiting.pop(0)
        answer = client.get(page)
        if page in found or answer.status_code != httpx.codes.OK or "text/html" not in answer.headers["content-type"]:
            continue
        found.append(page)
        waiting += [link for link in LINK.findall(answer.text) if link not in found and link not in waiting]
    return found


def one_by_one(client: httpx.Client, page: str, requests: int) -> list[float]:
    return [timed(client, page) for _request in range(requests)]


def at_once(base: str, page: str, clients: int, requests: int) -> list[float]:
    def work(_client: int) -> list[float]:
        with httpx.Client(base_url=base) as client:
            return one_by_one(client, page, max(2, requests // clients))

    with ThreadPoolExecutor(clients) as pool:
        return [each for taken in pool.map(work, range(clients)) for each in taken]


def timed(client: httpx.Client, page: str) -> float:
    began = time.perf_counter()
    client.get(page).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def p99(times: list[float]) -> float:
    return sorted(times)[max(0, int(len(times) * 0.99) - 1)]


def report(alone: dict[str, list[float]], together: dict[str, list[float]], options: argparse.Namespace) -> None:
    print(f"{'page':<70} {'median':>8} {'p99':>8} {f'p99 of {options.clients}':>10}   (ms)")
    rows = [
        {
            "page": page,
            "median_ms": round(statistics.median(times), 1),
            "p99_ms": round(p99(times), 1),
            "p99_at_once_ms": round(p99(together[page]), 1),
        }
        for page, times in alone.items()
    ]
    for row in rows:
        print(f"{row['page'][:70]:<70} {row['median_ms']:>8} {row['p99_ms']:>8} {row['p99_at_once_ms']:>10}")
    results = CHECKOUT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "page_times.json").write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
