"""The log as files that anyone may fetch and keep (C2SP tlog-tiles), and proofs, bundles and rules as JSON."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

from thorbecke.kernel.access import open_to_anyone
from thorbecke.kernel.canonical_json import JsonObject, canonical_bytes
from thorbecke.ledger import queries
from thorbecke.ledger.domain.tiles import Tile, TileRefused, parse_tile

from .responses import A_FEW_SECONDS, FOREVER, JSON, TEXT, TILE, cacheable, for_reading


@open_to_anyone
@for_reading
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Serve the signed checkpoint (C2SP tlog-tiles, "Checkpoints")."""
    content = queries.get_head().checkpoint.encode()
    return cacheable(request, content, content_type=TEXT, lifetime=A_FEW_SECONDS)


@open_to_anyone
@for_reading
def key(request: HttpRequest) -> HttpResponse:
    """Serve the verifier keys of the log, one a line, the current one first."""
    content = "".join(f"{key}\n" for key in queries.get_head().keys).encode()
    return cacheable(request, content, content_type=TEXT, lifetime=A_FEW_SECONDS)


@open_to_anyone
@for_reading
def tile(request: HttpRequest, level: str, path: str) -> HttpResponse:
    """Serve a tile of hashes, full or partial; its content never changes (C2SP tlog-tiles, "Merkle Tree")."""
    content = queries.get_tile(_tile(level, path))
    return cacheable(request, content, content_type=TILE, lifetime=FOREVER)


@open_to_anyone
@gzip_page
@for_reading
def entries(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the entries under a level 0 tile (C2SP tlog-tiles, "Log entries")."""
    content = queries.get_entry_bundle(_tile("entries", path))
    return cacheable(request, content, content_type=TILE, lifetime=FOREVER)


@open_to_anyone
@for_reading
def proof(request: HttpRequest, index: int) -> HttpResponse:
    """Serve the proof that an outcome stands in the log."""
    return _json(request, queries.get_receipt(index=index).proof_json(), A_FEW_SECONDS)


@open_to_anyone
@for_reading
def bundle(request: HttpRequest, index: int) -> HttpResponse:
    """Serve everything that a stranger needs to check a public outcome, as a download."""
    response = _json(request, queries.get_bundle(index=index).as_json(), A_FEW_SECONDS)
    response["Content-Disposition"] = f'attachment; filename="outcome-{index}.json"'
    return response


@open_to_anyone
@for_reading
def rule(request: HttpRequest, sha256: str) -> HttpResponse:
    """Serve a rule as it was published, under its own hash."""
    return cacheable(request, queries.get_rule_json(sha256=sha256), content_type=JSON, lifetime=FOREVER)


def _json(request: HttpRequest, content: JsonObject, lifetime: str) -> HttpResponse:
    return cacheable(request, canonical_bytes(content), content_type=JSON, lifetime=lifetime)


def _tile(level: str, path: str) -> Tile:
    try:
        return parse_tile(level=level, path=path)
    except TileRefused as error:
        raise Http404(str(error)) from error
