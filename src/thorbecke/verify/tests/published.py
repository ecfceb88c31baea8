"""A small published site in memory: a log with outcomes, its keys and tiles, served through a mock transport."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import httpx

from thorbecke.elections.domain.recompute import RULES, recompute
from thorbecke.kernel.canonical_json import JsonObject, canonical_bytes
from thorbecke.kernel.outcome import Computation, Disclosed, Outcome, PublishedRule
from thorbecke.ledger.domain.bundle import Bundle
from thorbecke.ledger.domain.checkpoint import Checkpoint
from thorbecke.ledger.domain.merkle import inclusion_proof, leaf_hash, tree_root
from thorbecke.ledger.domain.notes import SignerKey
from thorbecke.ledger.domain.tiles import entry_bundle, entry_tiles
from thorbecke.ledger.domain.tree import HashTree

ORIGIN = "town.example/log"
BASE = "https://town.example"
KEY = SignerKey.from_seed(name=ORIGIN, seed=b"\x01" * 32)
OTHER_KEY = SignerKey.from_seed(name=ORIGIN, seed=b"\x02" * 32)
AT = datetime(2026, 3, 18, 22, 30, tzinfo=UTC)


def inputs(votes: int = 60, name: str = "town") -> JsonObject:
    """Inputs of a council of three seats with two lists; list 1 has `votes` votes."""
    return {
        "election": {"id": f"GR2026_{name}", "category": "GR", "date": "2026-03-18", "seats": 3},
        "lists": [
            {"number": 1, "candidates": [1, 2, 3], "deceased": []},
            {"number": 2, "candidates": [1, 2, 3], "deceased": []},
        ],
        "stations": [
            {
                "id": "SB1",
                "votes": {"1": [votes - 10, 10, 0], "2": [20, 10, 0]},
                "blank": 0,
                "invalid": 0,
                "eligible": None,
                "admitted": None,
            }
        ],
        "totals": {"lists": {"1": votes, "2": 30}, "valid": votes + 30, "blank": 0, "invalid": 0},
        "draws": [],
        "files": [],
    }


def outcome(given: JsonObject, **changes: object) -> Outcome:
    """The outcome that the rule gives for these inputs."""
    rule = RULES[0].reference
    computed = Outcome("elections.seats", "elections/town", rule, given, recompute(rule, given))
    return replace(computed, **changes)  # type: ignore[arg-type]  # changes of mixed types


@dataclass
class Published:
    """What a site publishes; a test changes a part of it and looks what the checker says."""

    outcomes: list[Outcome]
    keys: list[SignerKey] = field(default_factory=lambda: [KEY])
    rules: dict[str, PublishedRule] = field(default_factory=lambda: {RULES[0].version: RULES[0]})
    answers: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.publish()

    def publish(self) -> None:
        """Make every answer anew from the outcomes, as an honest site does."""
        entries = [canonical_bytes(each.entry(recorded_at=AT)) for each in self.outcomes]
        self.tree = HashTree(map(leaf_hash, entries))
        root = tree_root(size=len(entries), read=self.tree.read)
        self.note = Checkpoint(self.keys[0].name, len(entries), root).signed(self.keys)
        self.answers = {
            "/checkpoint": self.note.encode(),
            "/log/key": "".join(f"{key.verifier}\n" for key in self.keys).encode(),
        }
        for tile in entry_tiles(len(entries)):
            part = range(tile.start, tile.start + tile.width)
            self.answers[f"/{tile.path}"] = b"".join(leaf_hash(entries[at]) for at in part)
            self.answers[f"/{tile.entries_path}"] = entry_bundle(entries[at] for at in part)
        for index, each in enumerate(self.outcomes):
            if each.salt is None:
                self.answers[self.bundle_path(index)] = json.dumps(self.bundle(index).as_json()).encode()

    @staticmethod
    def bundle_path(index: int) -> str:
        """Address of the bundle of one outcome."""
        return f"/log/outcomes/{index}/bundle.json"

    def bundle(self, index: int) -> Bundle:
        """The bundle of one outcome as it was recorded."""
        each = self.outcomes[index]
        proof = inclusion_proof(index=index, size=len(self.outcomes), read=self.tree.read)
        return Bundle(
            entry=each.entry(recorded_at=AT),
            disclosed=Disclosed(each.inputs, each.computation.result, each.computation.explanation, each.salt),
            rule=self.rules[each.rule.version],
            index=index,
            checkpoint=self.note,
            proof=tuple(base64.b64encode(step).decode() for step in proof),
            log_key=str(self.keys[0].verifier),
        )

    def change_bundle(self, index: int, change: Callable[[dict[str, object]], None]) -> None:
        """Let `change` alter the JSON of a published bundle."""
        bundle = json.loads(self.answers[self.bundle_path(index)])
        change(bundle)
        self.answers[self.bundle_path(index)] = json.dumps(bundle).encode()

    def client(self) -> httpx.Client:
        """A client that gets these answers and 404 for the rest."""

        def answer(request: httpx.Request) -> httpx.Response:
            content = self.answers.get(request.url.path)
            return httpx.Response(404) if content is None else httpx.Response(200, content=content)

        return httpx.Client(transport=httpx.MockTransport(answer))


def wrong_computation(given: JsonObject) -> Computation:
    """What the rule gives, but with one seat moved from list 1 to list 2."""
    right = recompute(RULES[0].reference, given)
    return Computation({**right.result, "seats": [[1, 1], [2, 2]]}, right.explanation)
