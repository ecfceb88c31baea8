"""Outcome: a published rule applied to recorded inputs, in the form that the log keeps and anyone recomputes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TypeAlias

from .canonical_json import JsonObject, JsonValue, sha256_of

ENTRY_VERSION = 1


@dataclass(frozen=True, slots=True)
class RuleReference:
    """Names one published rule: identifier, version and the SHA-256 of its document (64 hex digits)."""

    id: str
    version: str
    sha256: str

    def as_json(self) -> JsonObject:
        """Return the reference as JSON members id, version and sha256."""
        return {"id": self.id, "version": self.version, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class PublishedRule:
    """A rule as published: a JSON document that states source, articles and parameters."""

    id: str
    version: str
    document: JsonObject

    @property
    def reference(self) -> RuleReference:
        """The reference with the hash of the document, its id and its version."""
        return RuleReference(self.id, self.version, sha256_of(self.as_json()))

    def as_json(self) -> JsonObject:
        """Return what is hashed and published: id, version and document."""
        return {"id": self.id, "version": self.version, "document": self.document}


@dataclass(frozen=True, slots=True)
class Computation:
    """What a rule gives for inputs: the result and the steps that led to it.

    Each step is a JSON object with at least "step" (its name) and "article", and the numbers used.
    """

    result: JsonObject
    explanation: Sequence[JsonObject]


Recompute: TypeAlias = Callable[[RuleReference, JsonObject], Computation]
"""A room's pure function that applies the named rule to inputs again. Raises UnknownRule."""


class UnknownRule(LookupError):
    """This version of the program does not know the rule, or knows it with another hash."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Points a correction at the log index of the outcome that it replaces, with the difference spelled out."""

    index: int
    difference: JsonObject


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome before it is recorded.

    `subject` says in a public word what it is about ("elections/GR2022_Town"). With `salt` (at least 16
    random bytes as hex) inputs, result and explanation are personal: the log gets salted commitments only.
    """

    kind: str
    subject: str
    rule: RuleReference
    inputs: JsonObject
    computation: Computation
    replaces: Replacement | None = None
    salt: str | None = None

    def entry(self, *, recorded_at: datetime) -> JsonObject:
        """Return the public log entry: no personal data, inputs and explanation by their SHA-256.

        `recorded_at` must be aware; it is written in UTC with whole seconds.
        """
        common: dict[str, JsonValue] = {
            "version": ENTRY_VERSION,
            "kind": self.kind,
            "subject": self.subject,
            "rule": self.rule.as_json(),
            "recorded_at": recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        if self.replaces is not None:
            common["replaces"] = {"index": self.replaces.index, "difference": self.replaces.difference}
        disclosed = Disclosed(self.inputs, self.computation.result, self.computation.explanation, self.salt)
        return {**common, **disclosed.entry_members()}


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The part of an outcome that the log holds by hash: what a bundle shows so that it can be checked."""

    inputs: JsonObject
    result: JsonObject
    explanation: Sequence[JsonObject]
    salt: str | None = None

    def entry_members(self) -> Mapping[str, JsonValue]:
        """Return the members of a log entry that bind this content.

        Public: inputs_sha256, explanation_sha256 and the result itself. Personal: three salted commitments.
        """
        if self.salt is None:
            return MappingProxyType(
                {
                    "inputs_sha256": sha256_of(self.inputs),
                    "explanation_sha256": sha256_of(self.explanation),
                    "result": self.result,
                }
            )
        return MappingProxyType(
            {
                "inputs_commitment": commitment(self.salt, "inputs", self.inputs),
                "explanation_commitment": commitment(self.salt, "explanation", self.explanation),
                "result_commitment": commitment(self.salt, "result", self.result),
            }
        )


def commitment(salt: str, part: str, value: JsonValue) -> str:
    """Return the SHA-256 over salt, name of the part and value: hides `value`, and binds to it."""
    return sha256_of({"salt": salt, "part": part, "value": value})
