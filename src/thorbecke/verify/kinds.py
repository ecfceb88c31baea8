"""The kinds of outcome and calculation that this checker can compute again, each with its room's pure functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from thorbecke.elections.domain import recompute as elections
from thorbecke.elections.domain import what_if
from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.outcome import Recompute

RECOMPUTE: dict[str, Recompute] = {"elections.seats": elections.recompute}


@dataclass(frozen=True, slots=True)
class CalculationKind:
    """How a calculation that is not in the log is computed again.

    `source_kind` is the kind of outcome from which it says to take its votes; `find_difference` compares its inputs
    with those of that outcome: the first difference as a sentence, or None.
    """

    recompute: Recompute
    source_kind: str
    find_difference: Callable[[JsonObject, JsonObject], str | None]


CALCULATIONS = {what_if.KIND: CalculationKind(what_if.recompute_what_if, what_if.SOURCE_KIND, what_if.find_difference)}
