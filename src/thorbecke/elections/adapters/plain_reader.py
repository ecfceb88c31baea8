"""Reads the project's own tables of a count, described by datapackage.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from thorbecke.elections.domain.consistency import check_count
from thorbecke.elections.domain.count import (
    Admission,
    Candidate,
    CandidateList,
    Difference,
    Election,
    ElectionCount,
    StationCount,
    VoteGroup,
    arrange_votes,
)
from thorbecke.elections.domain.inputs import WHOLE_COUNT
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .eml_identity import is_election_id
from .eml_reader import EmlFile, refuse_empty_and_large
from .plain_schema import (
    ADMISSION_FIELDS,
    CANDIDATES,
    EXPLANATION_FIELDS,
    INVESTIGATION_SEPARATOR,
    LISTS,
    PACKAGE,
    STATIONS,
    TABLES,
    VOTES,
)
from .plain_table import Line, read_table, refuse_unknown

SEND_THE_PACKAGE = gettext_noop(
    "Send datapackage.json together with lists.csv, candidates.csv, stations.csv and votes.csv."
)
WRITE_AS_DESCRIBED = gettext_noop("Write datapackage.json as docs/elections-files.md describes it.")


@dataclass(frozen=True, slots=True)
class PlainElection:
    """An election as its tables give it; `files` in the order of the package."""

    election: Election
    lists: tuple[CandidateList, ...]
    count: ElectionCount
    files: tuple[EmlFile, ...]


def is_package(file: EmlFile) -> bool:
    """Say whether a file can be the description of a package: JSON begins so, EML and CSV do not."""
    return file.content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_package(files: Sequence[EmlFile]) -> PlainElection:
    """Read datapackage.json and its four tables, in any order. Raises BadInput, also when sums contradict."""
    package = next((file for file in files if is_package(file)), None)
    if package is None:
        raise BadInput(
            Message(gettext_noop('The file "%(name)s" is missing.'), {"name": PACKAGE}), Message(SEND_THE_PACKAGE)
        )
    described = _parse(package)
    election = _read_election(package, described)
    tables = _find_tables(package, described, [file for file in files if file is not package])
    lists = _read_lists(tables[LISTS.name], tables[CANDIDATES.name])
    count = _read_count(election.id, tables, lists)
    return PlainElection(election, lists, count, (package, *tables.values()))


def _parse(package: EmlFile) -> Mapping[str, Any]:
    refuse_empty_and_large(package)
    try:
        described = json.loads(package.content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadInput(
            Message(gettext_noop("This is not JSON.")),
            Message(WRITE_AS_DESCRIBED),
            Place(package.name, getattr(error, "lineno", None)),
        ) from error
    return described if isinstance(described, dict) else {}


def _read_election(package: EmlFile, described: Mapping[str, Any]) -> Election:
    given = described.get("election")
    given = given if isinstance(given, dict) else {}
    election_id = _text(package, given, "id")
    if not is_election_id(election_id):
        raise _wrong_member(package, "election.id")
    return Election(
        id=election_id,
        category=_text(package, given, "category"),
        name=_text(package, given, "name"),
        date=_day(package, given),
        authority=_text(package, given, "authority", required=False),
        seats=_seats(package, given),
    )


def _text(package: EmlFile, given: Mapping[str, Any], name: str, *, required: bool = True) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or len(value) > 250 or (required and not value.strip()):
        raise _wrong_member(package, f"election.{name}")
    return value


def _day(package: EmlFile, given: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(_text(package, given, "date"))
    except ValueError as error:
        raise _wrong_member(package, "election.date") from error


def _seats(package: EmlFile, given: Mapping[str, Any]) -> int:
    seats = given.get("seats")
    if not isinstance(seats, int) or isinstance(seats, bool) or not 1 <= seats <= 1000:
        raise _wrong_member(package, "election.seats")
    return seats


def _wrong_member(package: EmlFile, name: str) -> BadInput:
    return BadInput(
        Message(gettext_noop("This member is missing or wrong.")),
        Message(WRITE_AS_DESCRIBED),
        Place(package.name, field=name),
    )


def _find_tables(package: EmlFile, described: Mapping[str, Any], files: Sequence[EmlFile]) -> dict[str, EmlFile]:
    resources = described.get("resources")
    listed = [each for each in resources if isinstance(each, dict)] if isinstance(resources, list) else []
    by_name = {file.name: file for file in files}
    found = {}
    for table in TABLES:
        resource = next((each for each in listed if each.get("name") == table.name), None)
        if resource is None or not isinstance(resource.get("path"), str):
            raise _wrong_member(package, f"resources.{table.name}.path")
        file = by_name.pop(resource["path"].rpartition("/")[2], None)
        if file is None:
            raise BadInput(
                Message(gettext_noop('The file "%(name)s" is missing.'), {"name": resource["path"][:100]}),
                Message(SEND_THE_PACKAGE),
            )
        _refuse_other_hash(file, resource)
        found[table.name] = file
    for file in by_name.values():
        raise BadInput(
            Message(gettext_noop("This file is not part of the package.")), Message(SEND_THE_PACKAGE), Place(file.name)
        )
    return found


def _refuse_other_hash(file: EmlFile, resource: Mapping[str, Any]) -> None:
    """A table that is changed on purpose needs its hash changed or left out."""
    if "hash" in resource and resource["hash"] != f"sha256:{file.sha256}":
        raise BadInput(
            Message(gettext_noop("This file was changed after it was described: its hash is another.")),
            Message(gettext_noop("Take the whole package again, or leave the hash out of datapackage.json.")),
            Place(file.name),
        )


def _read_lists(lists: EmlFile, candidates: EmlFile) -> tuple[CandidateList, ...]:
    names = {line.number("list"): line for line in read_table(lists, LISTS)}
    by_list: dict[int, dict[int, Candidate]] = {number: {} for number in names}
    for line in read_table(candidates, CANDIDATES):
        refuse_unknown(line, ("list",), line.number("list"), names, LISTS.name)
        candidate = _candidate(line)
        by_list[line.number("list")][candidate.position] = candidate
    for number, line in names.items():
        if not by_list[number]:
            raise line.wrong("list", gettext_noop("List %(list)s has no candidates."), list=number)
    return tuple(
        CandidateList(
            number, names[number].text("name"), tuple(by_list[number][position] for position in sorted(by_list[number]))
        )
        for number in sorted(names)
    )


def _candidate(line: Line) -> Candidate:
    return Candidate(
        position=line.number("candidate"),
        last_name=line.text("last_name"),
        prefix=line.text("prefix"),
        initials=line.text("initials"),
        first_name=line.text("first_name"),
        locality=line.text("locality"),
    )


def _read_count(election_id: str, tables: Mapping[str, EmlFile], lists: Sequence[CandidateList]) -> ElectionCount:
    units = {line.text("station"): line for line in read_table(tables[STATIONS.name], STATIONS)}
    votes = _read_votes(tables[VOTES.name], units, lists)
    if WHOLE_COUNT not in units:
        raise BadInput(
            Message(gettext_noop('The line "%(name)s" is missing.'), {"name": WHOLE_COUNT}),
            Message(gettext_noop("Add a line with the totals of all stations.")),
            Place(tables[STATIONS.name].name, field="station"),
        )
    groups = {name: _group(line, votes[name], lists) for name, line in units.items()}
    stations = tuple(
        StationCount(name, line.text("name"), groups[name], _investigations(line))
        for name, line in units.items()
        if name != WHOLE_COUNT
    )
    count = ElectionCount(election_id, groups[WHOLE_COUNT], stations)
    try:
        check_count(count, lists)
    except BadInput as error:
        line = units.get(error.place.field or "", units[WHOLE_COUNT])
        error.place = line.row.place(line.columns["station"])
        raise
    return count


def _read_votes(
    file: EmlFile, units: Mapping[str, Line], lists: Sequence[CandidateList]
) -> dict[str, dict[int, dict[int, int]]]:
    known = {(each.number, position) for each in lists for position in each.positions}
    votes: dict[str, dict[int, dict[int, int]]] = {name: {each.number: {} for each in lists} for name in units}
    for line in read_table(file, VOTES):
        station, number, position = line.text("station"), line.number("list"), line.number("candidate")
        refuse_unknown(line, ("station",), station, units, STATIONS.name)
        refuse_unknown(line, ("list", "candidate"), (number, position), known, CANDIDATES.name)
        votes[station][number][position] = line.number("votes")
    return votes


def _group(line: Line, votes: Mapping[int, Mapping[int, int]], lists: Sequence[CandidateList]) -> VoteGroup:
    place = line.row.place(line.columns["station"])
    arranged = {each.number: arrange_votes(each, votes[each.number], place) for each in lists}
    list_totals = {number: sum(each) for number, each in arranged.items()}
    explanations = {code: line.number(name) for name, code in EXPLANATION_FIELDS.items() if line.number(name)}
    return VoteGroup(
        votes=arranged,
        list_totals=list_totals,
        valid=sum(list_totals.values()),
        blank=line.number("blank"),
        invalid=line.number("invalid"),
        eligible=line.optional_number("eligible"),
        admission=_admission(line),
        difference=Difference(line.number("more_counted"), line.number("fewer_counted"), explanations),
    )


def _admission(line: Line) -> Admission | None:
    filled = [name for name in ADMISSION_FIELDS if line.text(name)]
    if not filled:
        return None
    empty = [name for name in ADMISSION_FIELDS if name not in filled]
    if empty:
        raise line.wrong(
            empty[0], gettext_noop("Fill all of %(names)s, or none of them."), names=", ".join(ADMISSION_FIELDS)
        )
    return Admission(*(line.number(name) for name in ADMISSION_FIELDS))


def _investigations(line: Line) -> tuple[str, ...]:
    return tuple(code for code in line.text("investigations").split(INVESTIGATION_SEPARATOR) if code)
