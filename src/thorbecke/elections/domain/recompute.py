"""Recompute a result from recorded inputs: the one door to this room's law for the log and the checker.

The schema of the inputs stands in `inputs.py`, the steps of the explanation in `steps.py`. The result of a council is

    {
      "totals":     {"valid": n, "blank": n, "invalid": n},
      "quota":      "numerator/denominator",
      "seats":      [[list number, seats], ...] in the order of the lists,
      "unassigned": seats that no list can fill (Kieswet, P 10),
      "elected":    [[list number, candidate position], ...] per list in the order in which the seats were given,
      "open_lot":   null, or what must be drawn before the result is complete: {"id", "article", "kind", "list",
                    "place", "value", "participants", "choose", "drawn"} (see `lots.Lot`)
    }

With an open lot among lists, `seats` are those assigned so far and nobody is elected; with one among candidates,
`elected` holds the lists before it.

For the elections of `district_rules.py` the schema of the inputs stands in `district_inputs.py`. The result is the
same, with groups for lists, and

      "seats":      [[group number, seats], ...] in the order of the groups,
      "list_seats": [[group number, list of the group from 1, seats by P 12 and P 13], ...],
      "elected":    [[group number, list of the group, candidate], ...]

Its open lot has a "group" too when it is among the lists of that group.
"""

from __future__ import annotations

from collections.abc import Mapping

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.messages import gettext_noop
from thorbecke.kernel.outcome import Computation, PublishedRule, RuleReference, UnknownRule

from .apportionment import SeatAssignment, assign_seats
from .district_inputs import build_district_inputs
from .district_reading import DistrictInputs, read_district_inputs
from .district_result import DistrictResult, compute_district_result
from .district_rules import DISTRICT_RULES
from .exact import fraction_text
from .fields import Given
from .inputs import Draw, SourceFile, build_inputs
from .lots import Draws
from .nomination import Nomination, elect_candidates
from .reading import CouncilInputs, Totals, read_inputs
from .rule import COUNCIL_RULE, Parameters, read_parameters

__all__ = [
    "COUNCIL_RULE",
    "DISTRICT_RULES",
    "RULES",
    "RULE_OF",
    "Draw",
    "SourceFile",
    "build_district_inputs",
    "build_inputs",
    "recompute",
]

RULES: tuple[PublishedRule, ...] = (COUNCIL_RULE, *DISTRICT_RULES)
"""Every rule by which this version of the program can compute seats."""

RULE_OF: Mapping[str, PublishedRule] = {
    category: rule for rule in RULES for category in read_parameters(rule).categories
}
"""The rule for each category of election, such as "GR" and "TK"."""

_KNOWN: dict[RuleReference, Parameters] = {rule.reference: read_parameters(rule) for rule in RULES}


def recompute(rule: RuleReference, inputs: JsonObject) -> Computation:
    """Apply the rule that `rule` names to `inputs`.

    Raises UnknownRule when this version does not know that id and version with that hash, BadInputs for inputs that
    break their schema or do not add up, and DrawRefused for a draw that does not fit.
    """
    parameters = _KNOWN.get(rule)
    if parameters is None:
        raise UnknownRule(f"{rule.id} version {rule.version} with SHA-256 {rule.sha256} is not known here")
    if rule.id == COUNCIL_RULE.id:
        council = read_inputs(inputs)
        _check_category(council.category, parameters)
        return _compute_council(council, parameters)
    read = read_district_inputs(inputs, weighted=parameters.weighted_votes)
    _check_category(read.category, parameters)
    return _compute_districts(read, parameters)


def _check_category(category: Given, parameters: Parameters) -> None:
    if category.text() not in parameters.categories:
        raise category.refuse(gettext_noop("This rule is not meant for this kind of election."))


def _compute_districts(read: DistrictInputs, parameters: Parameters) -> Computation:
    for value in read.vote_values.values():
        if value.integer() != 1 and not parameters.weighted_votes:
            raise value.refuse(gettext_noop("Votes have a value in an election of the Senate only. Here it must be 1."))
    draws = Draws(read.draws)
    result = compute_district_result(read, parameters, draws)
    draws.refuse_unused()
    return Computation(_district_result(read.totals, result), [step.as_json() for step in result.steps])


def _district_result(totals: Totals, result: DistrictResult) -> JsonObject:
    return {
        "totals": {"valid": totals.valid, "blank": totals.blank, "invalid": totals.invalid},
        "quota": fraction_text(result.assignment.quota),
        "seats": [[number, held] for number, held in result.assignment.seats_per_list.items()],
        "list_seats": [
            [number, index, held] for number, lists in result.list_seats.items() for index, held in lists.items()
        ],
        "unassigned": result.assignment.unassigned,
        "elected": [
            [number, index, candidate]
            for number, lists in result.elected.items()
            for index, each in enumerate(lists, start=1)
            for candidate in each.elected
        ],
        "open_lot": None if result.open_lot is None else result.open_lot.as_json(),
    }


def _compute_council(read: CouncilInputs, parameters: Parameters) -> Computation:
    draws = Draws(read.draws)
    seats = assign_seats(seats=read.seats, lists=read.lists, parameters=parameters, draws=draws)
    nomination = None
    if seats.open_lot is None:
        nomination = elect_candidates(
            seats=read.seats,
            quota=seats.quota,
            lists=read.lists,
            seats_per_list=seats.seats_per_list,
            parameters=parameters,
            draws=draws,
        )
    draws.refuse_unused()
    steps = seats.steps + (nomination.steps if nomination else ())
    return Computation(_result(read.totals, seats, nomination), [step.as_json() for step in steps])


def _result(totals: Totals, seats: SeatAssignment, nomination: Nomination | None) -> JsonObject:
    open_lot = seats.open_lot or (nomination.open_lot if nomination else None)
    elected = [[each.list, position] for each in (nomination.lists if nomination else ()) for position in each.elected]
    return {
        "totals": {"valid": totals.valid, "blank": totals.blank, "invalid": totals.invalid},
        "quota": fraction_text(seats.quota),
        "seats": [[number, held] for number, held in seats.seats_per_list.items()],
        "unassigned": seats.unassigned,
        "elected": elected,
        "open_lot": None if open_lot is None else open_lot.as_json(),
    }
