"""The recorded inputs of a council result: JSON without names, built from a count and read back strictly.

Schema (every member is required; numbers are integers from 0, unless said otherwise):

    {
      "election": {"id": text, "category": text, "date": "2022-03-16", "seats": from 1},
      "lists":    [{"number": from 1, "candidates": [position, ...], "deceased": [position, ...]}, ...],
      "stations": [{"id": text, "votes": {"<list number>": [votes, ...], ...}, "blank": n, "invalid": n,
                    "eligible": n or null, "admitted": n or null}, ...],
      "totals":   {"lists": {"<list number>": votes, ...}, "valid": n, "blank": n, "invalid": n},
      "draws":    [{"lot": lot id, "chosen": [list numbers or candidate positions, in the order drawn]}, ...],
      "files":    [{"format": "EML 510b" or other text, "sha256": 64 hexadecimal digits}, ...]
    }

Votes of a station stand in the order of the list's "candidates", which rise but may have gaps. A count without
stations has one station with id "total". Candidates' names, and who was present at a draw, stay out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thorbecke.kernel.canonical_json import JsonObject

from .count import CandidateList, Election, ElectionCount, StationCount, VoteGroup

WHOLE_COUNT = "total"
"""Station id of a count that comes without stations."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A lot that was drawn: the id that the computation gave to the lot, and who was chosen, in the order drawn.

    `chosen` holds list numbers for a lot among lists and candidate positions for a lot among candidates.
    """

    lot: str
    chosen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that the inputs come from: its format and version as text, and the SHA-256 of its bytes."""

    format: str
    sha256: str


def build_inputs(
    *,
    election: Election,
    lists: Sequence[CandidateList],
    count: ElectionCount,
    deceased: Mapping[int, Sequence[int]] | None = None,
    draws: Sequence[Draw] = (),
    files: Sequence[SourceFile] = (),
) -> JsonObject:
    """Return the inputs of the result of `election`, without any name; the schema stands at the top of this module.

    `deceased` gives per list number the positions of candidates who died (Kieswet, P 19a). Does not judge what it
    is given: `check_count` and `recompute` do.
    """
    absent = deceased or {}
    stations = count.stations or (StationCount(WHOLE_COUNT, "", count.total),)
    return {
        "election": _election(election),
        "lists": [_list(each, absent.get(each.number, ())) for each in lists],
        "stations": [_station(station) for station in stations],
        "totals": _totals(count.total),
        "draws": [{"lot": draw.lot, "chosen": list(draw.chosen)} for draw in draws],
        "files": [{"format": file.format, "sha256": file.sha256} for file in files],
    }


def _election(election: Election) -> JsonObject:
    return {
        "id": election.id,
        "category": election.category,
        "date": election.date.isoformat(),
        "seats": election.seats,
    }


def _list(candidates: CandidateList, deceased: Sequence[int]) -> JsonObject:
    return {
        "number": candidates.number,
        "candidates": list(candidates.positions),
        "deceased": sorted(deceased),
    }


def _totals(total: VoteGroup) -> JsonObject:
    return {
        "lists": {str(number): votes for number, votes in total.list_totals.items()},
        "valid": total.valid,
        "blank": total.blank,
        "invalid": total.invalid,
    }


def _station(station: StationCount) -> JsonObject:
    group = station.group
    return {
        "id": station.id,
        "votes": {str(number): list(votes) for number, votes in group.votes.items()},
        "blank": group.blank,
        "invalid": group.invalid,
        "eligible": group.eligible,
        "admitted": None if group.admission is None else group.admission.admitted,
    }
