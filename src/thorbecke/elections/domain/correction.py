"""What differs between two results of one election, without any name: for a preview, and for a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from thorbecke.kernel.canonical_json import JsonObject

Changes: TypeAlias = "list[list[int | None]]"


def difference_of(
    *, inputs_before: JsonObject, result_before: JsonObject, inputs_after: JsonObject, result_after: JsonObject
) -> JsonObject:
    """Return what changed, each member only when it did.

    Members: "council_seats" [before, after]; "valid", "blank" and "invalid" [before, after]; "list_votes" and
    "list_seats" [[list, before, after], ...], with null where a list did not exist; "stations" [id, ...] counted
    otherwise, added or removed; "newly_elected" and "no_longer_elected" [[list, position], ...], with groups for lists
    [[group, list, candidate], ...].
    """
    found: dict[str, Any] = {
        "council_seats": _pair(_seats(inputs_before), _seats(inputs_after)),
        **_totals(inputs_before, inputs_after),
        "list_votes": _changed(_list_votes(inputs_before), _list_votes(inputs_after)),
        "list_seats": _changed(_seats_per_list(result_before), _seats_per_list(result_after)),
        "stations": _stations(inputs_before, inputs_after),
        "newly_elected": _only_first(_rows(result_after, "elected"), _rows(result_before, "elected")),
        "no_longer_elected": _only_first(_rows(result_before, "elected"), _rows(result_after, "elected")),
    }
    return {name: value for name, value in found.items() if value}


def _pair(before: int, after: int) -> list[int]:
    return [] if before == after else [before, after]


def _part(document: JsonObject, name: str) -> Any:
    return document[name]


def _rows(result: JsonObject, name: str) -> list[tuple[int, ...]]:
    return [tuple(row) for row in _part(result, name)]


def _seats_per_list(result: JsonObject) -> dict[int, int]:
    return dict(_part(result, "seats"))


def _seats(inputs: JsonObject) -> int:
    return int(_part(inputs, "election")["seats"])


def _totals(before: JsonObject, after: JsonObject) -> dict[str, list[int]]:
    names = ("valid", "blank", "invalid")
    return {name: _pair(_part(before, "totals")[name], _part(after, "totals")[name]) for name in names}


def _list_votes(inputs: JsonObject) -> dict[int, int]:
    return {int(number): votes for number, votes in _totals_per_list(inputs).items()}


def _totals_per_list(inputs: JsonObject) -> Any:
    """An election with districts has groups for lists."""
    totals = _part(inputs, "totals")
    return totals["groups"] if "groups" in totals else totals["lists"]


def _changed(before: Mapping[int, int], after: Mapping[int, int]) -> Changes:
    numbers = sorted({*before, *after})
    return [
        [number, before.get(number), after.get(number)] for number in numbers if before.get(number) != after.get(number)
    ]


def _stations(before: JsonObject, after: JsonObject) -> list[str]:
    old, new = ({each["id"]: each for each in _part(inputs, "stations")} for inputs in (before, after))
    return sorted(station for station in {*old, *new} if old.get(station) != new.get(station))


def _only_first(first: Sequence[tuple[int, ...]], second: Sequence[tuple[int, ...]]) -> list[list[int]]:
    return [list(each) for each in first if each not in second]
