"""Checks a calculation that is not in the log: computes it again, and compares its votes with the outcome it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from thorbecke.kernel.calculation import FORMAT, Calculation
from thorbecke.kernel.canonical_json import NotCanonical, canonical_bytes
from thorbecke.kernel.outcome import Computation, PublishedRule
from thorbecke.ledger.domain.bundle import Bundle

from .findings import Refuted, Tell, Unreadable
from .kinds import CALCULATIONS
from .outcomes import apply_again, compare, name_of
from .site import parse_json

Kind = TypeVar("Kind")


def is_calculation(content: bytes, name: str) -> bool:
    """Whether the file called `name` says that it is a calculation. Raises Unreadable when it is not JSON."""
    read = parse_json(content, name)
    return isinstance(read, dict) and read.get("format") == FORMAT


def parse_calculation(content: bytes, name: str) -> Calculation:
    """Read a calculation file called `name`. Raises Unreadable, naming the member, when it is not one."""
    read: Mapping[str, Any] = parse_json(content, name)
    rule = _member(read, "rule", dict, name)
    explanation = _member(read, "explanation", list, name)
    if not all(isinstance(step, dict) for step in explanation):
        raise _unreadable(name, "explanation")
    calculation = Calculation(
        kind=_member(read, "kind", str, name),
        rule=PublishedRule(
            _member(rule, "id", str, name), _member(rule, "version", str, name), _member(rule, "document", dict, name)
        ),
        inputs=_member(read, "inputs", dict, name),
        computation=Computation(_member(read, "result", dict, name), explanation),
    )
    try:
        canonical_bytes(calculation.as_json())
    except (NotCanonical, RecursionError) as error:
        raise Unreadable(f"{name} holds a value that is not exact: {error}.") from error
    return calculation


def check_calculation(calculation: Calculation, tell: Tell) -> None:
    """Check that the rule gives this result for these inputs. Raises Refuted."""
    kind = CALCULATIONS.get(calculation.kind)
    if kind is None:
        raise Refuted(f"This checker can't compute the kind “{calculation.kind}” again; a newer version may.")
    reference = calculation.rule.reference
    again = apply_again(kind.recompute, reference, calculation.inputs, "This calculation")
    tell(f"the rule is {reference.id}, version {reference.version}, as this checker knows it")
    compare(calculation.computation, again, "This calculation")
    tell("computed again from the inputs in the file: the same result, step by step")


def check_source(calculation: Calculation, bundle: Bundle, tell: Tell) -> None:
    """Check that the votes of a calculation are those of the outcome that it names, in `bundle`. Raises Refuted.

    The calculation and the bundle must have been checked before.
    """
    name = name_of(bundle.index, bundle.entry)
    kind = CALCULATIONS[calculation.kind]
    named = {"kind": kind.source_kind, **source_of(calculation)}
    for member, value in (
        ("kind", bundle.entry.get("kind")),
        ("log", bundle.checkpoint.partition("\n")[0]),
        ("index", bundle.index),
        ("subject", bundle.entry.get("subject")),
    ):
        if named[member] != value:
            raise Refuted(
                f"{name}: this is not the outcome that the calculation names. "
                f"Its {member} is “{value}”, and the calculation says “{named[member]}”."
            )
    difference = kind.find_difference(calculation.inputs, bundle.disclosed.inputs)
    if difference is not None:
        raise Refuted(f"{name}: the calculation does not have the votes of this outcome. {difference}")
    tell(f"{name}: the votes of every list in the calculation are those of this outcome")


def source_of(calculation: Calculation) -> Mapping[str, Any]:
    """Return log, index and subject of the outcome that a checked calculation says it took its votes from."""
    named: Any = calculation.inputs["source"]
    return dict(named)


def _member(read: Mapping[str, Any], member: str, kind: type[Kind], name: str) -> Kind:
    found = read.get(member)
    if not isinstance(found, kind):
        raise _unreadable(name, member)
    return found


def _unreadable(name: str, member: str) -> Unreadable:
    return Unreadable(
        f"{name} is not a calculation: “{member}” is missing or has the wrong form. Download it again from its page."
    )
