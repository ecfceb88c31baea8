"""The kinds of outcome that this checker can compute again, each with its room's pure function."""

from __future__ import annotations

from thorbecke.elections.domain import recompute as elections
from thorbecke.kernel.outcome import Recompute

RECOMPUTE: dict[str, Recompute] = {"elections.seats": elections.recompute}
