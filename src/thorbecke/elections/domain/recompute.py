"""Recompute a council result from recorded inputs: the one door to this room's law for the log and the checker.

The schema of the inputs stands in `inputs.py`. The result is

    {
      "totals":   {"valid": n, "blank": n, "invalid": n},
      "quota":    "numerator/denominator", or null when there is no valid vote,
      "seats":    [[list number, seats], ...] in the order of the lists,
      "unassigned": seats that no list can fill (Kieswet, P 10),
      "elected":  [[list number, candidate position], ...] in the order of the lists and of their assignment,
      "open_lot": null, or {"id", "article", "kind", "participants", "choose", "list"} when a lot must be drawn first
    }

With an open lot `seats` are those assigned so far, and `elected` is empty.
"""

from __future__ import annotations

from .inputs import Draw, SourceFile, build_inputs

__all__ = ["Draw", "SourceFile", "build_inputs"]
