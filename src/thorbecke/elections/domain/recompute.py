"""Recompute a council result from recorded inputs: the one door to this room's law for the log and the checker.

The schema of the inputs stands in `inputs.py`, the steps of the explanation in `steps.py`. The result is

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
"""

from __future__ import annotations

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.messages import gettext_noop
from thorbecke.kernel.outcome import Computation, PublishedRule, RuleReference, UnknownRule

from .apportionment import SeatAssignment, assign_seats
from .exact import fraction_text
from .inputs import Draw, SourceFile, build_inputs
from .lots import Draws
from .nomination import Nomination, elect_candidates
from .reading import CouncilInputs, Totals, read_inputs
from .rule import COUNCIL_RULE, Parameters, read_parameters

__all__ = ["COUNCIL_RULE", "RULES", "Draw", "SourceFile", "build_inputs", "recompute"]

RULES: tuple[PublishedRule, ...] = (COUNCIL_RULE,)
"""Every rule by which this version of the program can compute seats."""

_KNOWN: dict[RuleReference, Parameters] = {rule.reference: read_parameters(rule) for rule in RULES}


def recompute(rule: RuleReference, inputs: JsonObject) -> Computation:
    """Apply the rule that `rule` names to `inputs`.

    Raises UnknownRule when this version does not know that id and version with that hash, BadInputs for inputs that
    break their schema or do not add up, and DrawRefused for a draw that does not fit.
    """
    parameters = _KNOWN.get(rule)
    if parameters is None:
        raise UnknownRule(f"{rule.id} version {rule.version} with SHA-256 {rule.sha256} is not known here")
    read = read_inputs(inputs)
    if read.category.text() not in parameters.categories:
        raise read.category.refuse(gettext_noop("This rule is not meant for this kind of election."))
    return _compute(read, parameters)


def _compute(read: CouncilInputs, parameters: Parameters) -> Computation:
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
