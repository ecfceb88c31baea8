"""The fixed addresses of the log, read as a stranger does."""

from __future__ import annotations

import base64
import json

import pytest
from django.test import Client

from thorbecke.kernel.canonical_json import canonical_bytes, sha256_of
from thorbecke.kernel.outcome import Disclosed
from thorbecke.ledger import public
from thorbecke.ledger.domain.bundle import parse_bundle
from thorbecke.ledger.domain.checkpoint import open_checkpoint
from thorbecke.ledger.domain.merkle import leaf_hash, tree_root, verify_inclusion
from thorbecke.ledger.domain.notes import VerifierKey
from thorbecke.ledger.domain.tiles import (
    Tile,
    TileReader,
    entry_tiles,
    parse_entry_bundle,
    split_tile,
    tile_nodes,
    tiles_of,
)

from .conftest import AT, RULE, SALT, MakeOutcome, disclosures

pytestmark = pytest.mark.django_db


def record_some(make_outcome: MakeOutcome, number: int) -> None:
    public.record_all(outcomes=[make_outcome(each) for each in range(number)], at=AT)
    for each in range(number):
        outcome = make_outcome(each)
        disclosures[each] = Disclosed(outcome.inputs, outcome.computation.result, outcome.computation.explanation)


def test_a_stranger_rebuilds_the_tree_from_the_served_files(
    client: Client, make_outcome: MakeOutcome, settings
) -> None:
    record_some(make_outcome, 600)
    keys = [VerifierKey.parse(line) for line in client.get("/log/key").text.splitlines()]
    note = client.get("/checkpoint").text
    checkpoint = open_checkpoint(note=note, origin=settings.LOG_ORIGIN, keys=keys).checkpoint

    def fetch(tiles: list[Tile]) -> list[bytes]:
        return [tile_nodes(split_tile(tile, client.get(f"/{tile.path}").content)) for tile in tiles]

    read = TileReader(size=checkpoint.size, fetch=fetch).read
    assert tree_root(size=checkpoint.size, read=read) == checkpoint.root
    entries = []
    for tile in entry_tiles(checkpoint.size):
        entries += parse_entry_bundle(client.get(f"/{tile.entries_path}").content, width=tile.width)
    assert len(entries) == 600
    assert [leaf_hash(entry) for entry in entries] == read([(0, index) for index in range(600)])


@pytest.mark.parametrize(
    ("path", "content_type", "lifetime"),
    [
        ("/checkpoint", "text/plain; charset=utf-8", "public, max-age=2"),
        ("/log/key", "text/plain; charset=utf-8", "public, max-age=2"),
        ("/tile/0/000", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("/tile/0/001.p/4", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("/tile/1/000.p/1", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("/tile/entries/000", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("/tile/entries/001.p/3", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("/log/outcomes/7/proof.json", "application/json", "public, max-age=2"),
        ("/log/outcomes/7/bundle.json", "application/json", "public, max-age=2"),
        (f"/log/rules/{RULE.reference.sha256}.json", "application/json", "public, max-age=31536000, immutable"),
    ],
)
def test_every_file_says_its_type_and_how_long_it_holds(
    path: str, content_type: str, lifetime: str, client: Client, make_outcome: MakeOutcome
) -> None:
    record_some(make_outcome, 260)
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, content_type)
    assert response["Cache-Control"] == lifetime
    assert response["Access-Control-Allow-Origin"] == "*"
    again = client.get(path, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/tile/0/002",
        "/tile/0/001",
        "/tile/0/001.p/5",
        "/tile/1/000.p/2",
        "/tile/1/000",
        "/tile/entries/001",
        "/tile/entries/001.p/5",
        "/tile/00/000",
        "/tile/0/0",
        "/tile/0/000.p/0",
        "/tile/0/000.p/256",
        "/tile/0/000.p/01",
        "/tile/0/x000/000",
        "/tile/-1/000",
        "/tile/0/-01",
        "/tile/0/-1",
        "/tile/64/000",
        "/tile/0/" + "x999/" * 60 + "999",
        "/log/outcomes/260/proof.json",
        "/log/outcomes/260/bundle.json",
        "/log/outcomes/99999999999999999999999/proof.json",
        f"/log/rules/{'0' * 64}.json",
    ],
)
def test_what_the_log_does_not_have_is_not_found(path: str, client: Client, make_outcome: MakeOutcome) -> None:
    record_some(make_outcome, 260)
    assert client.get(path).status_code == 404


def test_a_narrower_tile_stays_available_when_the_log_grows(client: Client, make_outcome: MakeOutcome) -> None:
    record_some(make_outcome, 300)
    assert client.get("/tile/0/000").content.startswith(client.get("/tile/0/000.p/17").content)


def test_the_proof_file_proves_the_entry(client: Client, make_outcome: MakeOutcome, settings) -> None:
    record_some(make_outcome, 300)
    proof = client.get("/log/outcomes/123/proof.json").json()
    key = VerifierKey.parse(proof["log_key"])
    checkpoint = open_checkpoint(note=proof["checkpoint"], origin=settings.LOG_ORIGIN, keys=[key]).checkpoint
    assert (proof["index"], proof["tree_size"], checkpoint.size) == (123, 300, 300)
    leaf = leaf_hash(canonical_bytes(public.get_receipt(index=123).entry))
    path = [base64.b64decode(step) for step in proof["proof"]]
    verify_inclusion(index=123, size=300, leaf=leaf, proof=path, root=checkpoint.root)


def test_the_bundle_holds_all_that_a_checker_needs(client: Client, make_outcome: MakeOutcome) -> None:
    record_some(make_outcome, 3)
    response = client.get("/log/outcomes/2/bundle.json")
    bundle = parse_bundle(response.content, name="bundle.json")
    assert response["Content-Disposition"] == 'attachment; filename="outcome-2.json"'
    assert bundle == public.get_bundle(index=2)
    assert bundle.rule.reference == RULE.reference
    assert bundle.disclosed.entry_members().items() <= bundle.entry.items()
    assert bundle.leaf == canonical_bytes(public.get_receipt(index=2).entry)


def test_the_bundle_shows_what_the_room_holds_now(client: Client, make_outcome: MakeOutcome) -> None:
    record_some(make_outcome, 1)
    disclosures[0] = Disclosed({"number": 99}, {"doubled": 0}, [])
    bundle = parse_bundle(client.get("/log/outcomes/0/bundle.json").content, name="bundle.json")
    assert bundle.disclosed.inputs == {"number": 99}
    assert not bundle.disclosed.entry_members().items() <= bundle.entry.items()


def test_a_personal_outcome_is_not_served_to_everyone(client: Client, make_outcome: MakeOutcome) -> None:
    outcome = make_outcome(1, salt=SALT)
    public.record(outcome=outcome, at=AT)
    own = Disclosed(outcome.inputs, outcome.computation.result, outcome.computation.explanation, SALT)
    disclosures[0] = own
    assert client.get("/log/outcomes/0/bundle.json").status_code == 404
    bundle = public.get_bundle(index=0, disclosed=own)
    assert parse_bundle(canonical_bytes(bundle.as_json()), name="own.json") == bundle
    assert bundle.disclosed.entry_members().items() <= bundle.entry.items()


def test_a_rule_is_served_under_its_own_hash(client: Client, make_outcome: MakeOutcome) -> None:
    path = f"/log/rules/{RULE.reference.sha256}.json"
    before = client.get(path).content
    record_some(make_outcome, 1)
    assert client.get(path).content == before
    assert sha256_of(json.loads(before)) == RULE.reference.sha256


def test_every_kind_of_tile_of_a_log_is_served(client: Client, make_outcome: MakeOutcome) -> None:
    record_some(make_outcome, 513)
    for tile in tiles_of(513):
        assert len(client.get(f"/{tile.path}").content) == 32 * tile.width
