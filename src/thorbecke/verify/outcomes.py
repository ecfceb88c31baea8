"""Checks one outcome: its place in the log, its content against the entry, its rule, and the computation again."""

from __future__ import annotations

from collections.abc import Mapping

from thorbecke.kernel.canonical_json import JsonObject, JsonValue, NotCanonical
from thorbecke.kernel.errors import BadInput
from thorbecke.kernel.outcome import Computation, Recompute, RuleReference, UnknownRule
from thorbecke.ledger.domain.bundle import Bundle
from thorbecke.ledger.domain.checkpoint import Checkpoint
from thorbecke.ledger.domain.merkle import ProofRefused, leaf_hash, verify_inclusion

from .findings import Refuted, Tell
from .kinds import RECOMPUTE


def check_outcome(bundle: Bundle, tell: Tell) -> None:
    """Check that `bundle` shows what its entry binds and that the rule gives this result. Raises Refuted."""
    name = name_of(bundle.index, bundle.entry)
    check_content(bundle, name)
    tell(f"{name}: inputs, result and explanation are the recorded ones")
    reference = check_rule(bundle, name)
    tell(f"{name}: the rule is {reference.id}, version {reference.version}, as published")
    recorded = Computation(bundle.disclosed.result, bundle.disclosed.explanation)
    compare(recorded, _compute_again(bundle, reference, name), name)
    tell(f"{name}: computed again from the inputs: the same result, step by step")


def check_inclusion(bundle: Bundle, checkpoint: Checkpoint, tell: Tell) -> None:
    """Check that the entry of `bundle` is in the log that `checkpoint` signs for. Raises Refuted."""
    name = name_of(bundle.index, bundle.entry)
    try:
        verify_inclusion(
            index=bundle.index,
            size=checkpoint.size,
            leaf=leaf_hash(bundle.leaf),
            proof=bundle.path,
            root=checkpoint.root,
        )
    except (ProofRefused, NotCanonical) as error:
        raise Refuted(
            f"{name}: this entry is not in the log that was signed. Someone changed the entry after it was "
            f"recorded, or it never was recorded ({error})."
        ) from error
    tell(f"{name}: it is in the signed log of {checkpoint.size} entries")


def check_content(bundle: Bundle, name: str) -> None:
    """Check inputs, result and explanation against the entry. Raises Refuted, naming what differs."""
    try:
        shown = bundle.disclosed.entry_members()
    except NotCanonical as error:
        raise Refuted(f"{name}: what is shown can't have been recorded: {error}.") from error
    for member, value in shown.items():
        if bundle.entry.get(member) != value:
            part = member.partition("_")[0]
            raise Refuted(
                f"{name}: the {part} shown now and the {part} recorded at {bundle.entry.get('recorded_at')} "
                f"are not the same. Someone changed the {part} after this was put in the log."
            )


def check_rule(bundle: Bundle, name: str) -> RuleReference:
    """Check the published rule against the hash in the entry. Raises Refuted."""
    recorded = bundle.entry.get("rule")
    try:
        published = bundle.rule.reference
    except NotCanonical as error:
        raise Refuted(f"{name}: the rule shown now can't have been recorded: {error}.") from error
    if not isinstance(recorded, Mapping) or dict(recorded) != published.as_json():
        raise Refuted(
            f"{name}: the rule shown now ({published.id}, version {published.version}) is not the rule that was "
            "recorded. Someone changed the rule or its hash after this was put in the log."
        )
    return published


def name_of(index: int, entry: JsonObject) -> str:
    """Return how a person finds this outcome: its place in the log and what it is about."""
    return f"Outcome {index} ({entry.get('subject', 'without a subject')})"


def apply_again(recompute: Recompute, rule: RuleReference, inputs: JsonObject, name: str) -> Computation:
    """Apply the rule that `rule` names to `inputs`; `name` begins the sentence of what goes wrong. Raises Refuted."""
    try:
        return recompute(rule, inputs)
    except UnknownRule as error:
        raise Refuted(
            f"{name}: the rule {rule.id}, version {rule.version}, with the hash {rule.sha256} is not one that this "
            "checker knows. Either the rule was changed without a new version, or this checker is too old."
        ) from error
    except BadInput as error:
        raise Refuted(f"{name}: the rule can't be applied to the recorded inputs: {error}") from error


def compare(recorded: Computation, again: Computation, name: str) -> None:
    """Compare what is recorded with what was computed again. Raises Refuted, naming the first difference."""
    for part, one, other in (
        ("result", recorded.result, again.result),
        ("explanation", list(recorded.explanation), list(again.explanation)),
    ):
        if not _same(one, other):
            raise Refuted(
                f"{name}: the recorded {part} does not follow from the recorded inputs. "
                f"Applying the rule again gives another {part}{_first_difference(one, other)}."
            )


def _compute_again(bundle: Bundle, rule: RuleReference, name: str) -> Computation:
    kind = bundle.entry.get("kind")
    recompute = RECOMPUTE.get(str(kind))
    if recompute is None:
        raise Refuted(f"{name}: this checker can't compute the kind “{kind}” again; a newer version may.")
    return apply_again(recompute, rule, bundle.disclosed.inputs, name)


def _same(one: JsonValue, other: JsonValue) -> bool:
    return _plain(one) == _plain(other)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(member) for member in value]
    return value


def _first_difference(recorded: JsonValue, computed: JsonValue) -> str:
    if isinstance(recorded, Mapping) and isinstance(computed, Mapping):
        for member in sorted(recorded.keys() | computed.keys()):
            if not _same(recorded.get(member), computed.get(member)):
                return f": “{member}” is recorded as {recorded.get(member)!r} and computed as {computed.get(member)!r}"
    return ""
