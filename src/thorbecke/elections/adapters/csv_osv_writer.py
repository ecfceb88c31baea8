"""Writes the Electoral Council's CSV of a count (OSV4-3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from thorbecke.elections.domain.count import EXPLANATION_CODES, CandidateList, ElectionCount, VoteGroup

from .csv_osv import OsvHeading, osv_name
from .osv_sheet import (
    AREA,
    AREA_ID,
    BLANK,
    CODES,
    DAY,
    ELECTION,
    ELIGIBLE,
    FOUND,
    HEADINGS,
    INVALID,
    POSTAL_CODES,
    UNIT_NUMBERS,
    VALID,
)

_BYTE_ORDER_MARK = "\ufeff"
_NAMES = {code: name for name, code in CODES.items()}
_USUAL_EXPLANATIONS = tuple(code for code in EXPLANATION_CODES if code in _NAMES)

_EML_NAME = re.compile(r"Stembureau (?P<name>.+?)(?: \(postcode: (?P<code>[^)]*)\))?")

Figure = Callable[[VoteGroup], int]


def write_osv_csv(heading: OsvHeading, lists: Sequence[CandidateList], count: ElectionCount) -> bytes:
    """Return the bytes of the CSV as the Electoral Council writes it: UTF-8 with byte order mark, semicolons, quotes.

    A station named as EML 510b does, "Stembureau School (postcode: 1234 AB)", is named "School" here.
    """
    lines = (_line(cells) for cells in _rows(heading, lists, count))
    return (_BYTE_ORDER_MARK + "\n".join(lines)).encode()


def _line(cells: Sequence[str | int]) -> str:
    return ";".join('"{}"'.format(str(cell).replace('"', '""')) if str(cell) else "" for cell in cells)


def _rows(heading: OsvHeading, lists: Sequence[CandidateList], count: ElectionCount) -> Iterator[Sequence[str | int]]:
    groups = [count.total, *(station.group for station in count.stations)]
    yield ELECTION, "", heading.name
    yield DAY, "", heading.date.isoformat()
    yield AREA, "", heading.area
    yield AREA_ID, "", heading.area_id
    yield ()
    yield *HEADINGS, *(_split_name(station.name)[0] for station in count.stations)
    yield UNIT_NUMBERS, "", "", "", "", *(_unit_number(station.id) for station in count.stations)
    codes = [heading.postal_codes.get(each.id, _split_name(each.name)[1]) for each in count.stations]
    if any(codes):
        yield POSTAL_CODES, "", "", "", "", *codes
    for name, figure in _figures(groups):
        yield "", name, "", "", *map(figure, groups)
    for each in lists:
        yield each.number, each.name, "", "", *(group.list_totals[each.number] for group in groups)
        for index, candidate in enumerate(each.candidates):
            votes = (group.votes[each.number][index] for group in groups)
            yield "", "", candidate.position, osv_name(candidate), *votes


def _split_name(name: str) -> tuple[str, str]:
    """Return name and postal code."""
    parts = _EML_NAME.fullmatch(name)
    return (parts["name"], parts["code"] or "") if parts else (name, "")


def _unit_number(unit_id: str) -> str:
    return unit_id.rpartition("::")[2].removeprefix("SB")


def _figures(groups: Sequence[VoteGroup]) -> Iterator[tuple[str, Figure]]:
    """Give the lines above the lists: those that are known for every column."""
    if all(group.eligible is not None for group in groups):
        yield ELIGIBLE, lambda group: group.eligible or 0
    if all(group.admission is not None for group in groups):
        yield _NAMES["geldige stempassen"], lambda group: group.admission.polling_cards if group.admission else 0
        yield _NAMES["geldige volmachtbewijzen"], lambda group: group.admission.proxies if group.admission else 0
        yield _NAMES["geldige kiezerspassen"], lambda group: group.admission.voter_passes if group.admission else 0
        yield _NAMES["toegelaten kiezers"], lambda group: group.admission.admitted if group.admission else 0
    yield VALID, lambda group: group.valid
    yield BLANK, lambda group: group.blank
    yield INVALID, lambda group: group.invalid
    yield FOUND, lambda group: group.ballots
    yield _NAMES["meer getelde stembiljetten"], lambda group: group.difference.more_counted
    yield _NAMES["minder getelde stembiljetten"], lambda group: group.difference.fewer_counted
    for code in EXPLANATION_CODES:
        if code in _USUAL_EXPLANATIONS or any(group.difference.explanations.get(code) for group in groups):
            yield _NAMES.get(code, code), _explanation(code)


def _explanation(code: str) -> Figure:
    return lambda group: group.difference.explanations.get(code, 0)
