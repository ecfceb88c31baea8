"""Writes a count as the project's own tables, with the description that makes them a Data Package."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import StringIO

from thorbecke.elections.domain.count import CandidateList, Election, ElectionCount, StationCount
from thorbecke.elections.domain.inputs import WHOLE_COUNT
from thorbecke.kernel.canonical_json import JsonObject

from .eml_reader import EmlFile
from .plain_schema import (
    CANDIDATES,
    EXPLANATION_FIELDS,
    INVESTIGATION_SEPARATOR,
    LISTS,
    PACKAGE,
    STATIONS,
    TABLES,
    VOTES,
    Table,
)

Cells = Sequence[str | int | None]


def write_package(election: Election, lists: Sequence[CandidateList], count: ElectionCount) -> tuple[EmlFile, ...]:
    """Return datapackage.json and its four tables: lists, candidates, stations and votes."""
    units = (StationCount(WHOLE_COUNT, "", count.total), *count.stations)
    rows: dict[str, Iterable[Cells]] = {
        LISTS.name: ((each.number, each.name) for each in lists),
        CANDIDATES.name: _candidates(lists),
        STATIONS.name: map(_station, units),
        VOTES.name: _votes(lists, units),
    }
    files = [EmlFile(table.path, _table(table, rows[table.name])) for table in TABLES]
    package = json.dumps(_package(election, files), indent=2, ensure_ascii=False)
    return (EmlFile(PACKAGE, f"{package}\n".encode()), *files)


def _package(election: Election, files: Sequence[EmlFile]) -> JsonObject:
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]", "-", election.id.lower()),
        "title": election.name,
        "election": {
            "id": election.id,
            "category": election.category,
            "name": election.name,
            "date": election.date.isoformat(),
            "authority": election.authority,
            "seats": election.seats,
        },
        "resources": [_resource(table, file) for table, file in zip(TABLES, files, strict=True)],
    }


def _resource(table: Table, file: EmlFile) -> JsonObject:
    return {
        "name": table.name,
        "title": table.title,
        "path": table.path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{sha256(file.content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table.schema,
    }


def _table(table: Table, rows: Iterable[Cells]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in table.fields])
    writer.writerows(rows)
    return text.getvalue().encode()


def _candidates(lists: Sequence[CandidateList]) -> Iterator[Cells]:
    for each in lists:
        for one in each.candidates:
            yield each.number, one.position, one.last_name, one.prefix, one.initials, one.first_name, one.locality


def _station(unit: StationCount) -> Cells:
    group, admission = unit.group, unit.group.admission
    admitted: Cells = (
        (None,) * 4
        if admission is None
        else (admission.polling_cards, admission.proxies, admission.voter_passes, admission.admitted)
    )
    return (
        unit.id,
        unit.name,
        group.blank,
        group.invalid,
        group.eligible,
        *admitted,
        group.difference.more_counted,
        group.difference.fewer_counted,
        *(group.difference.explanations.get(code, 0) for code in EXPLANATION_FIELDS.values()),
        INVESTIGATION_SEPARATOR.join(unit.investigations),
    )


def _votes(lists: Sequence[CandidateList], units: Sequence[StationCount]) -> Iterator[Cells]:
    for unit in units:
        for each in lists:
            for position, votes in zip(each.positions, unit.group.votes[each.number], strict=True):
                yield unit.id, each.number, position, votes
