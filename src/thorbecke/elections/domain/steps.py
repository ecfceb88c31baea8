"""One step of a computation as data: name, article and the numbers used, exact and ready for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thorbecke.kernel.canonical_json import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name, the article of the Kieswet and the numbers by which anyone can do it again.

    Names and their values:
      quota                   votes, seats, quota
      whole_seats             list, votes, quota, seats, remainder
      lot_drawn               lot, kind, list, value, choose, participants, chosen
      largest_remainder       residual_seat, list, value, tied, lot, compared [[list, seats so far, remainder], ...]
      unique_highest_average  residual_seat, list, value, tied, lot, compared [[list, seats so far, average], ...]
      highest_average         as unique_highest_average
      absolute_majority       list, votes, total_votes, seats, total_seats, from_list, value, tied, lot
      list_exhausted          list, seats, candidates, seat ("residual" or "whole")
      seats_left_empty        seats
      preference_threshold    quota, share, threshold
      deceased                list, candidate
      elected_by_preference   list, seat, candidate, votes, threshold, tied, lot
      elected_by_list_order   list, seat, candidate
      ranking                 list, candidates, changed
      lot_open                lot, kind, list, value, choose, participants, drawn

    Only in elections with districts and groups of lists:
      vote_value                 district, vote_value
      group_quota                group, votes, seats, quota
      elected_on_list            group, list, candidate, votes
      elected_without_free_seat  group, list, candidate, votes
      seat_lapses                group, list, lot
      elected_on_several_lists   group, candidate, lists, list, votes
      seat_passes_on             group, from_list, list, lot

    There "group" beside other values says that "list" is a list of that group, from 1; without "group" a "list" is a
    whole group, and a candidate is known by a number within the group. "suffices" beside a threshold says that as many
    votes are enough.
    """

    name: str
    article: str
    values: Mapping[str, JsonValue]

    def as_json(self) -> JsonObject:
        """Return the step as one JSON object with "step", "article" and its values."""
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in self.values.items()}
        return {"step": self.name, "article": self.article, **plain}
