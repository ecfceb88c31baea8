"""The recorded inputs of an election with districts and groups of lists: JSON without names, built from a count.

Schema (every member is required; numbers are integers from 0, unless said otherwise):

    {
      "election":  {"id": text, "category": text, "date": "2023-11-22", "seats": from 1},
      "districts": [{"number": from 1, "vote_value": from 1}, ...],
      "groups":    [{"number": from 1,
                     "lists": [{"districts": [number, ...], "candidates": [candidate, ...]}, ...],
                     "deceased": [candidate, ...]}, ...],
      "stations":  [{"id": text, "district": number, "votes": {"<group number>": [votes, ...], ...},
                     "blank": n, "invalid": n, "eligible": n or null, "admitted": n or null}, ...],
      "totals":    {"groups": {"<group number>": votes, ...}, "valid": n, "blank": n, "invalid": n},
      "draws":     [{"lot": lot id, "chosen": [numbers, in the order drawn]}, ...],
      "files":     [{"format": "EML 510d" or other text, "sha256": 64 hexadecimal digits}, ...]
    }

A party whose lists are not all equal is a group of several lists; equal lists are one list with several districts
(Kieswet, P 2, P 3). Lists are numbered from 1 in the order in which they stand here, districts rise. A candidate is a
number from 1, on all lists of the group the same, in the order of the list; "deceased" rise. A station's votes stand
in the order of the list that the group has in its district, and name exactly the groups that have one there.
The vote value is that of a province, public body or electoral college in an election of the Senate (U 2), else 1;
all votes here are as counted, before they are multiplied. A count by district has one station for each district.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thorbecke.kernel.canonical_json import JsonObject, JsonValue

from .count import Election, VoteGroup
from .inputs import Draw, SourceFile
from .sums import add_up


@dataclass(frozen=True, slots=True)
class District:
    """A district, or for the Senate a province, public body or electoral college with its vote value."""

    number: int
    vote_value: int = 1


@dataclass(frozen=True, slots=True)
class HandedInList:
    """A list, or equal lists as one: the districts for which it holds, and its candidates in order."""

    districts: tuple[int, ...]
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """The lists of one party and the candidates who died."""

    number: int
    lists: tuple[HandedInList, ...]
    deceased: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DistrictCount:
    """What a station, or a whole district, counted; `group` has its votes per group number."""

    id: str
    district: int
    group: VoteGroup


def build_district_inputs(
    *,
    election: Election,
    districts: Sequence[District],
    parties: Sequence[Party],
    counts: Sequence[DistrictCount],
    draws: Sequence[Draw] = (),
    files: Sequence[SourceFile] = (),
) -> JsonObject:
    """Return the inputs of the result of `election`; the schema stands at the top of this module.

    Totals are made from `counts`. Does not judge what it is given: `recompute` does.
    """
    return {
        "election": {
            "id": election.id,
            "category": election.category,
            "date": election.date.isoformat(),
            "seats": election.seats,
        },
        "districts": [{"number": each.number, "vote_value": each.vote_value} for each in districts],
        "groups": [_party(each) for each in parties],
        "stations": [_count(each) for each in counts],
        "totals": _totals(parties, counts),
        "draws": [{"lot": draw.lot, "chosen": list(draw.chosen)} for draw in draws],
        "files": [{"format": file.format, "sha256": file.sha256} for file in files],
    }


def _party(party: Party) -> JsonObject:
    lists: list[JsonValue] = [
        {"districts": sorted(each.districts), "candidates": list(each.candidates)} for each in party.lists
    ]
    return {"number": party.number, "lists": lists, "deceased": sorted(party.deceased)}


def _count(count: DistrictCount) -> JsonObject:
    group = count.group
    return {
        "id": count.id,
        "district": count.district,
        "votes": {str(number): list(votes) for number, votes in group.votes.items()},
        "blank": group.blank,
        "invalid": group.invalid,
        "eligible": group.eligible,
        "admitted": None if group.admission is None else group.admission.admitted,
    }


def _totals(parties: Sequence[Party], counts: Sequence[DistrictCount]) -> JsonObject:
    per_group: Mapping[str, int] = add_up(
        {str(number): sum(votes) for number, votes in each.group.votes.items()} for each in counts
    )
    return {
        "groups": {str(each.number): per_group.get(str(each.number), 0) for each in parties},
        "valid": sum(per_group.values()),
        "blank": sum(each.group.blank for each in counts),
        "invalid": sum(each.group.invalid for each in counts),
    }
