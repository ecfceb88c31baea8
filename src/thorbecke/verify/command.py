"""`thorbecke verify`: checks a site or a bundle and prints what holds and what does not."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from thorbecke.kernel.canonical_json import JsonObject, canonical_bytes
from thorbecke.kernel.errors import BadInput
from thorbecke.ledger.domain.bundle import Bundle, parse_bundle

from .calculations import check_calculation, check_source, is_calculation, parse_calculation, source_of
from .findings import Refuted, Unreadable
from .log import SignedCheckpoint, Trust, check_entries, check_history, check_signature, parse_key
from .memory import Memory, Seen, default_path
from .outcomes import check_inclusion, check_outcome, name_of
from .site import Site, new_client, parse_json

DESCRIPTION = """\
Checks everything that a Thorbecke site published, or one bundle that was downloaded from it, on your own
computer: the signature of its log, that nothing in the log was changed or removed since you last looked, and
of each outcome that it follows from its recorded inputs by the published rule. A calculation that is not in the
log, such as a what-if, is computed again. Needs no account and no trust in the site. Exit code 0: all of it holds.
Exit code 1: something does not, or could not be checked.
"""


def main(arguments: Sequence[str], client: httpx.Client | None = None) -> int:
    """Check what `arguments` name, print the findings, and return 0 when all holds and 1 otherwise.

    `client` asks the site and is closed afterwards; without it one with a time-out is made.
    """
    options = _parser().parse_args(arguments)
    try:
        with client or new_client() as asking:
            failures = _check(options, asking)
    except (Refuted, Unreadable, BadInput) as error:
        failures = [str(error)]
    for failure in failures:
        print(f"FAILED  {failure}")
    if failures:
        print(f"\n{options.target}: NOT verified.")
        return 1
    print(f"\n{options.target}: verified. Everything that was checked holds.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="thorbecke verify", description=DESCRIPTION)
    parser.add_argument("target", metavar="URL-or-FILE", help="address of a site or of a bundle, or a file")
    parser.add_argument(
        "--source", metavar="URL-or-FILE", help="of a calculation: the bundle of the outcome that it names, or its site"
    )
    parser.add_argument("--key", action="append", default=[], help="verifier key of the log, from a source you trust")
    parser.add_argument(
        "--witness", action="append", default=[], help="verifier key of a witness that must have cosigned"
    )
    parser.add_argument("--memory", type=Path, default=default_path(), help="file that remembers logs (%(default)s)")
    parser.add_argument("--no-memory", action="store_true", help="compare with nothing seen before, remember nothing")
    return parser


def _check(options: argparse.Namespace, client: httpx.Client) -> list[str]:
    trust = Trust(tuple(map(parse_key, options.key)), tuple(map(parse_key, options.witness)))
    memory = Memory(None if options.no_memory else options.memory)
    if _is_site(options.target):
        if options.source:
            raise Unreadable(
                "--source belongs to a calculation. Give the file or the address of a calculation with it."
            )
        return _check_site(Site(options.target, client), trust, memory)
    read = _read(options.target, client)
    if not is_calculation(read.content, read.name):
        if options.source:
            raise Unreadable(f"{read.name} is not a calculation, so it has no --source.")
        _check_bundle(read, trust, memory)
        return []
    _check_calculation(read, options.source, client, trust, memory)
    return []


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read, with its name, and the keys that the site beside it offers."""

    content: bytes
    name: str
    offered: tuple[str, ...] = ()


def _is_site(target: str) -> bool:
    parts = urlsplit(target)
    return parts.scheme in {"http", "https"} and not parts.path.endswith(".json")


def _read(target: str, client: httpx.Client) -> _Read:
    parts = urlsplit(target)
    if parts.scheme not in {"http", "https"}:
        return _Read(_read_file(Path(target)), target)
    site = Site(target, client)
    query = f"?{parts.query}" if parts.query else ""
    return _Read(site.read(f"{parts.path}{query}"), target, tuple(_offered_keys(site)))


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} can't be read: {error.strerror}. Give a bundle file or an address.") from error


def _check_bundle(read: _Read, trust: Trust, memory: Memory) -> Bundle:
    bundle = parse_bundle(read.content, name=read.name)
    seen = memory.find(origin=bundle.checkpoint.partition("\n")[0])
    keys = [parse_key(key) for key in read.offered or (bundle.log_key,)]
    signed = check_signature(bundle.checkpoint, offered=keys, trust=trust, seen=seen, tell=_tell)
    check_inclusion(bundle, signed.checkpoint, _tell)
    check_outcome(bundle, _tell)
    if not (trust.given or seen or read.offered):
        print("note    the key came with the bundle itself: give --key, or verify the site, to know whose log this is")
    return bundle


def _check_calculation(read: _Read, source: str | None, client: httpx.Client, trust: Trust, memory: Memory) -> None:
    calculation = parse_calculation(read.content, read.name)
    check_calculation(calculation, _tell)
    print("note    this is a calculation, no outcome: it is not in the log, and nobody published it as a result")
    named = source_of(calculation)
    claimed = f"outcome {named['index']} ({named['subject']}) of the log “{named['log']}”"
    if source is None:
        print(f"note    it says that its votes come from {claimed}: give --source with that bundle or site to check it")
        return
    if _is_site(source):
        source = f"{Site(source, client).base}/log/outcomes/{named['index']}/bundle.json"
    check_source(calculation, _check_bundle(_read(source, client), trust, memory), _tell)


def _check_site(site: Site, trust: Trust, memory: Memory) -> list[str]:
    note = site.read("/checkpoint").decode("utf-8", errors="replace")
    seen = memory.find(origin=note.partition("\n")[0], site=site.base)
    offered = [parse_key(key) for key in _offered_keys(site)]
    signed = check_signature(note, offered=offered, trust=trust, seen=seen, tell=_tell)
    entries, tree = check_entries(site, signed.checkpoint, _tell)
    check_history(signed.checkpoint, tree, seen, _tell)
    _remember(signed, site, memory)
    return list(_check_outcomes(site, entries))


def _check_outcomes(site: Site, entries: Sequence[bytes]) -> Iterable[str]:
    personal = 0
    for index, leaf in enumerate(entries):
        entry = parse_json(leaf, f"Entry {index} of the log")
        if not isinstance(entry, dict):
            yield f"Entry {index} of the log is not an outcome, but something else: {leaf[:80]!r}."
            continue
        if "inputs_commitment" in entry:
            personal += 1
            continue
        try:
            check_outcome(_published_bundle(site, index, leaf, entry), _tell)
        except (Refuted, BadInput) as error:
            yield str(error)
    if personal:
        print(
            f"note    {personal} personal outcomes: only their hashes are public; each person can verify an own bundle"
        )


def _published_bundle(site: Site, index: int, leaf: bytes, entry: JsonObject) -> Bundle:
    path = f"/log/outcomes/{index}/bundle.json"
    try:
        bundle = parse_bundle(site.read(path), name=f"{site.base}{path}")
    except Unreadable as error:
        raise Refuted(
            f"{name_of(index, entry)}: the site does not show its inputs, so nobody can compute it again. {error}"
        ) from error
    if bundle.index != index or canonical_bytes(bundle.entry) != leaf:
        raise Refuted(f"{name_of(index, entry)}: the site shows another entry for this outcome than the log holds.")
    return bundle


def _offered_keys(site: Site) -> list[str]:
    return site.read("/log/key").decode("utf-8", errors="replace").split()


def _remember(signed: SignedCheckpoint, site: Site, memory: Memory) -> None:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    memory.remember(origin=signed.checkpoint.origin, seen=Seen(signed.note, signed.keys, site.base, now))


def _tell(sentence: str) -> None:
    print(f"ok      {sentence}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
