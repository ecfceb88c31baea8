"""The steps that only elections with districts and groups of lists have, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from thorbecke.kernel.messages import gettext_noop

ALONE, TIED, BY_LOT = "alone", "tied", "by lot"
IN_GROUP = " in group"
OR_AS_MANY = " or as many"

_EXHAUSTED = gettext_noop(
    "List %(list)s of group %(group)s has %(seats)s seats, but %(candidates)s candidates who can take a seat. "
    "A seat goes to another list of the group."
)

GROUP_TEMPLATES: Mapping[tuple[str, str], str] = {
    ("vote_value", ""): gettext_noop("A vote in district %(district)s counts for %(vote_value)s votes."),
    ("group_quota", IN_GROUP): gettext_noop(
        "The lists of group %(group)s have %(seats)s seats and %(votes)s votes together. "
        "The quota of the group is %(votes)s : %(seats)s = %(quota)s votes."
    ),
    ("whole_seats", IN_GROUP): gettext_noop(
        "List %(list)s of group %(group)s has %(votes)s votes. Whole seats, one for each full quota of the group: "
        "%(seats)s. Votes left over (the remainder): %(remainder)s."
    ),
    ("largest_remainder", ALONE + IN_GROUP): gettext_noop(
        "Residual seat %(residual_seat)s of group %(group)s goes to its list %(list)s. This list has the largest "
        "remainder: %(value)s votes."
    ),
    ("largest_remainder", TIED + IN_GROUP): gettext_noop(
        "Residual seat %(residual_seat)s of group %(group)s goes to its list %(list)s. Its lists %(tied)s all have the "
        "largest remainder: %(value)s votes. There are enough seats for each of them."
    ),
    ("largest_remainder", BY_LOT + IN_GROUP): gettext_noop(
        "Residual seat %(residual_seat)s of group %(group)s goes to its list %(list)s by lot. Its lists %(tied)s all "
        "have the largest remainder: %(value)s votes. There were too few seats for all."
    ),
    ("highest_average", ALONE + IN_GROUP): gettext_noop(
        "Residual seat %(residual_seat)s of group %(group)s goes to its list %(list)s. With this seat it has the most "
        "votes per seat: %(value)s."
    ),
    ("highest_average", TIED + IN_GROUP): gettext_noop(
        "Residual seat %(residual_seat)s of group %(group)s goes to its list %(list)s. Its lists %(tied)s would all "
        "have the most votes per seat: %(value)s. There are enough seats for each of them."
    ),
    ("highest_average", BY_LOT + IN_GROUP): gettext_noop(
        "Residual seat %(residual_seat)s of group %(group)s goes to its list %(list)s by lot. Its lists %(tied)s would "
        "all have the most votes per seat: %(value)s. There were too few seats for all."
    ),
    ("list_exhausted", "residual" + IN_GROUP): _EXHAUSTED,
    ("list_exhausted", "whole" + IN_GROUP): _EXHAUSTED,
    ("preference_threshold", OR_AS_MANY): gettext_noop(
        "A candidate needs at least %(threshold)s votes to be elected by preference votes. "
        "That is %(share)s of the quota of %(quota)s votes."
    ),
    ("elected_by_preference", ALONE + OR_AS_MANY): gettext_noop(
        "Seat %(seat)s of list %(list)s goes to candidate %(candidate)s, by preference votes: %(votes)s votes "
        "is at least %(threshold)s."
    ),
    ("elected_by_preference", TIED + OR_AS_MANY): gettext_noop(
        "Seat %(seat)s of list %(list)s goes to candidate %(candidate)s, by preference votes: %(votes)s votes "
        "is at least %(threshold)s. Candidates %(tied)s have equal votes. There are enough seats for each of them."
    ),
    ("elected_by_preference", BY_LOT + OR_AS_MANY): gettext_noop(
        "Seat %(seat)s of list %(list)s goes to candidate %(candidate)s by lot. Candidates %(tied)s all have "
        "%(votes)s votes. There were too few seats for all."
    ),
    ("deceased", IN_GROUP): gettext_noop(
        "Candidate %(candidate)s of group %(group)s has died and cannot take a seat. The votes count for the lists."
    ),
    ("elected_on_list", IN_GROUP): gettext_noop(
        "Candidate %(candidate)s of group %(group)s sits for list %(list)s. Of the lists with a seat left, "
        "this one gave the candidate the most votes: %(votes)s."
    ),
    ("elected_without_free_seat", IN_GROUP): gettext_noop(
        "Candidate %(candidate)s of group %(group)s sits for list %(list)s, with %(votes)s votes there. "
        "No list with this candidate had a seat left. So this list gets a seat more."
    ),
    ("seat_lapses", IN_GROUP): gettext_noop(
        "List %(list)s of group %(group)s gives up a seat, because another list of the group got one more. "
        "It had got the last seat that was still free."
    ),
    ("seat_lapses", BY_LOT + IN_GROUP): gettext_noop(
        "List %(list)s of group %(group)s gives up a seat by lot, because another list of the group got one more. "
        "Several lists had got the last seats that were still free."
    ),
    ("elected_by_list_order", IN_GROUP): gettext_noop(
        "Candidate %(candidate)s gets a seat of list %(list)s of group %(group)s, as the next in the order of the list."
    ),
    ("elected_on_several_lists", IN_GROUP): gettext_noop(
        "Candidate %(candidate)s of group %(group)s is the next on lists %(lists)s. The candidate sits for list "
        "%(list)s, which gave the most votes: %(votes)s. The other lists go on to their next candidate."
    ),
    ("seat_passes_on", IN_GROUP): gettext_noop(
        "List %(from_list)s of group %(group)s has a seat left, but all its candidates are elected. "
        "The seat goes to list %(list)s, the next to get a seat of this group."
    ),
    ("seat_passes_on", BY_LOT + IN_GROUP): gettext_noop(
        "List %(from_list)s of group %(group)s has a seat left, but all its candidates are elected. "
        "The seat goes to list %(list)s by lot."
    ),
    ("seats_left_empty", IN_GROUP): gettext_noop(
        "Seats of group %(group)s that stay empty: %(seats)s. All its candidates are elected."
    ),
    ("ranking", "changed" + IN_GROUP): gettext_noop(
        "If a seat of list %(list)s of group %(group)s becomes vacant, the candidates follow in this order: "
        "%(candidates)s."
    ),
    ("ranking", "unchanged" + IN_GROUP): gettext_noop(
        "If a seat of list %(list)s of group %(group)s becomes vacant, the candidates follow in the order of the list."
    ),
    ("lot_drawn", "lists" + IN_GROUP): gettext_noop(
        "Lot among lists %(participants)s of group %(group)s, to choose %(choose)s. Drawn: %(chosen)s."
    ),
    ("lot_open", "lists" + IN_GROUP): gettext_noop(
        "The calculation stops here. A lot must be drawn among lists %(participants)s of group %(group)s, "
        "to choose %(choose)s. They all have %(value)s votes."
    ),
    ("lot_open", "loser" + IN_GROUP): gettext_noop(
        "The calculation stops here. A lot must be drawn among lists %(participants)s of group %(group)s: "
        "which of them gives up a seat?"
    ),
}
"""Template per step and variant; with `OR_AS_MANY` for the Senate, where the threshold itself suffices (U 15 (3))."""
