"""Reads the Electoral Council's CSV of a count (OSV4-3): candidates in the lines, stations or areas in the columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from thorbecke.elections.domain.consistency import SAME_ELECTION, check_count
from thorbecke.elections.domain.count import (
    ASK_THE_SENDER,
    Candidate,
    CandidateList,
    ElectionCount,
    StationCount,
    StationTwice,
    UnknownCandidate,
    UnknownList,
    VoteGroup,
    arrange_votes,
)
from thorbecke.kernel.messages import gettext_noop

from .csv_table import Row, read_rows
from .eml_reader import EmlFile
from .eml_votes import admission_of, difference_of
from .osv_sheet import (
    APPELLATION,
    AREA,
    AREA_ID,
    BLANK,
    ELECTION,
    ELIGIBLE,
    INVALID,
    LIST,
    NAME,
    OWN_FIGURES,
    TOTAL,
    VALID,
    ListRows,
    Sheet,
    sort_rows,
)
from .osv_sums import Numbers, check_sums, count_error, read_numbers

_OPENS = re.compile(rb'(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\x00?"?\x00?V\x00?e\x00?r\x00?k\x00?i\x00?e\x00?z\x00?i')
_DISTRICT = re.compile(r"HSB[0-9]+")


@dataclass(frozen=True, slots=True)
class OsvHeading:
    """What the top of the file says; `area_id` is "0668" for a municipality and "HSB17" for a district.

    `postal_codes` are those of the units that have one, by id.
    """

    name: str
    date: date
    area: str
    area_id: str
    postal_codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OsvCount:
    """A whole file: lists as given, or with the names that the file holds."""

    heading: OsvHeading
    lists: tuple[CandidateList, ...]
    count: ElectionCount


def is_osv_csv(file: EmlFile) -> bool:
    """Say whether a file begins as this CSV does."""
    return _OPENS.match(file.content) is not None


def read_osv_csv(file: EmlFile, election_id: str, lists: Sequence[CandidateList] | None = None) -> OsvCount:
    """Read a CSV of a count, for `lists` or else for the lists and names that it holds; it names no election by id.

    Proxies and voter passes are only kept beside a number of admitted voters. Raises BadInput with line and column,
    also for sums that contradict each other and for names of other candidates than those of `lists`.
    """
    sheet = sort_rows(file.name, read_rows(file))
    ballot = _own_lists(sheet) if lists is None else _matching(sheet, lists)
    numbers = read_numbers(sheet)
    check_sums(sheet, numbers)
    votes = {each.number: _votes(sheet.lists[each.number], numbers.candidates[each.number], each) for each in ballot}
    area_id = _padded(sheet.about_text(AREA_ID))
    ids = _unit_ids(sheet, area_id)
    groups = [_group(numbers, index, votes) for index in range(sheet.width - TOTAL)]
    stations = tuple(
        StationCount(ids[column], _cell(sheet.header, column), group)
        for column, group in zip(sheet.units, groups[1:], strict=True)
    )
    count = ElectionCount(election_id, groups[0], stations)
    check_count(count, ballot)
    codes = sheet.postal_codes
    postal_codes = {ids[column]: codes.text(column) for column in sheet.units if codes and codes.text(column)}
    heading = OsvHeading(sheet.about_text(ELECTION), sheet.day, sheet.about_text(AREA), area_id, postal_codes)
    return OsvCount(heading, tuple(ballot), count)


def read_osv_heading(file: EmlFile) -> OsvHeading:
    """Read only what the top of a CSV says. Raises BadInput."""
    sheet = sort_rows(file.name, read_rows(file))
    return OsvHeading(sheet.about_text(ELECTION), sheet.day, sheet.about_text(AREA), _padded(sheet.about_text(AREA_ID)))


def osv_name(candidate: Candidate) -> str:
    """Return a candidate's name as this CSV writes it: prefix and last name, then initials."""
    last_name = f"{candidate.prefix} {candidate.last_name}".strip()
    return f"{last_name}, {candidate.initials}" if candidate.initials else last_name


def _own_lists(sheet: Sheet) -> list[CandidateList]:
    return [
        CandidateList(
            number,
            rows.row.text(APPELLATION),
            tuple(_own_candidate(position, rows.candidates[position]) for position in sorted(rows.candidates)),
        )
        for number, rows in sorted(sheet.lists.items())
    ]


def _own_candidate(position: int, row: Row) -> Candidate:
    last_name, separator, initials = row.text(NAME).rpartition(", ")
    return Candidate(position, last_name, initials=initials) if separator else Candidate(position, initials)


def _matching(sheet: Sheet, lists: Sequence[CandidateList]) -> Sequence[CandidateList]:
    """Refuse other lists or candidates than those on the ballot paper."""
    by_number = {each.number: each for each in lists}
    for number, rows in sheet.lists.items():
        if number not in by_number:
            raise count_error(
                UnknownList,
                rows.row,
                LIST,
                gettext_noop("List %(list)s does not take part in this election."),
                SAME_ELECTION,
                list=number,
            )
        for candidate in by_number[number].candidates:
            _check_name(rows.candidates.get(candidate.position), number, candidate)
    for each in lists:
        if each.number not in sheet.lists:
            row = next(reversed(sheet.lists.values())).row
            raise row.wrong(
                LIST,
                gettext_noop("List %(list)s has no votes in the count, not even 0."),
                ASK_THE_SENDER,
                list=each.number,
            )
    return lists


def _check_name(row: Row | None, number: int, candidate: Candidate) -> None:
    if row is not None and row.text(NAME).casefold() != osv_name(candidate).casefold():
        raise count_error(
            UnknownCandidate,
            row,
            NAME,
            gettext_noop(
                'Candidate %(candidate)s of list %(list)s is "%(here)s" here, but "%(there)s" on the candidate list.'
            ),
            SAME_ELECTION,
            candidate=candidate.position,
            list=number,
            here=row.text(NAME)[:80],
            there=osv_name(candidate)[:80],
        )


def _votes(rows: ListRows, numbers: Mapping[int, tuple[int, ...]], candidates: CandidateList) -> list[tuple[int, ...]]:
    """Return the votes of one list per column, from the total on."""
    positions = tuple(numbers)
    columns = zip(*numbers.values(), strict=True)
    if positions == candidates.positions:
        return list(columns)
    place = rows.row.place(LIST)
    return [arrange_votes(candidates, dict(zip(positions, column, strict=True)), place) for column in columns]


def _group(numbers: Numbers, index: int, votes: Mapping[int, Sequence[tuple[int, ...]]]) -> VoteGroup:
    figures = {name: row[index] for name, row in numbers.figures.items()}
    uncounted = {code: number for code, number in figures.items() if code not in OWN_FIGURES}
    return VoteGroup(
        votes={number: each[index] for number, each in votes.items()},
        list_totals={number: numbers.lists[number][index] for number in votes},
        valid=figures[VALID],
        blank=figures[BLANK],
        invalid=figures[INVALID],
        eligible=figures.get(ELIGIBLE),
        admission=admission_of(uncounted),
        difference=difference_of(uncounted),
    )


def _unit_ids(sheet: Sheet, area_id: str) -> dict[int, str]:
    """Name units as EML 510 does: "0668::SB1" for a station, "HSB17::0744" for a municipality in a district."""
    ids: dict[int, str] = {}
    row = sheet.unit_numbers
    for column in sheet.units:
        unit_id = _unit_id(area_id, _cell(row, column))
        if row and unit_id in ids.values():
            raise count_error(
                StationTwice,
                row,
                column,
                gettext_noop("Polling station %(station)s appears twice."),
                station=unit_id,
            )
        ids[column] = unit_id
    return ids


def _unit_id(area_id: str, number: str) -> str:
    if _DISTRICT.fullmatch(number):
        return number
    if _DISTRICT.fullmatch(area_id):
        return f"{area_id}::{_padded(number)}"
    if area_id.isdecimal():
        return f"{area_id}::SB{number}"
    return _padded(number)


def _padded(code: str) -> str:
    """Give a municipality its four digits back, which spreadsheet programs cut to "59"."""
    return code.zfill(4) if code.isdecimal() else code


def _cell(row: Row | None, column: int) -> str:
    return row.text(column) if row else ""
