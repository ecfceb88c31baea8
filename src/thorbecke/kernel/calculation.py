"""Calculation: a published rule applied to inputs that someone chose, in a file that anyone computes again; no log."""

from __future__ import annotations

from dataclasses import dataclass

from .canonical_json import JsonObject
from .outcome import Computation, PublishedRule

FORMAT = "thorbecke-calculation-v1"


@dataclass(frozen=True, slots=True)
class Calculation:
    """What was asked and what the rule gives; unlike an outcome it is recorded nowhere, and so proves no moment."""

    kind: str
    rule: PublishedRule
    inputs: JsonObject
    computation: Computation

    def as_json(self) -> JsonObject:
        """Return the members of the file."""
        return {
            "format": FORMAT,
            "kind": self.kind,
            "rule": self.rule.as_json(),
            "inputs": self.inputs,
            "result": self.computation.result,
            "explanation": list(self.computation.explanation),
        }
