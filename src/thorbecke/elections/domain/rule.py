"""The published rule of a council result: statute, articles and every parameter; the computation reads it from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import cast

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.outcome import PublishedRule

from .exact import parse_fraction

COUNCIL_RULE = PublishedRule(
    id="nl.kieswet.council-seats",
    version="1",
    document={
        "title": "Seats and elected candidates of a municipal council, one district",
        "statute": "Kieswet",
        "bwb": "BWBR0004627",
        "chapter": "Afdeling II, hoofdstuk P, paragrafen 2 en 3",
        "articles": {
            "P 5": "The quota is the sum of the votes on all lists divided by the number of seats.",
            "P 6": "A list gets a seat for every whole time that its votes hold the quota.",
            "P 7": "From 19 seats, each seat left goes to the list with the most votes per seat if it got that seat.",
            "P 8 (1)": "Below 19 seats, the seats left go to the lists with the largest remainders, one each.",
            "P 8 (2)": "A list with fewer votes than 75% of the quota gets no seat for its remainder.",
            "P 8 (3)": "Seats still left go by highest average, one for each list; after that without that limit.",
            "P 9": "More than half of the votes without more than half of the seats gives one seat more, "
            "taken from the list whose seat came at the smallest average or remainder.",
            "P 10": "A list gets no more seats than it has candidates; the same method gives its surplus to others.",
            "P 14": "Lots are drawn in the public session of the central electoral committee.",
            "P 15": "Candidates above the preference threshold are elected in order of their votes.",
            "P 17": "The other seats of a list go to its candidates in the order of the list.",
            "P 19": "The ranking for vacancies: elected by preference, others above the threshold, the rest.",
            "P 19a": "A candidate who died is left out when seats are given to candidates.",
        },
        "parameters": {
            "categories": ["GR"],
            "large_council_from_seats": 19,
            "average_needs_share_of_quota": "0/1",
            "remainder_needs_share_of_quota": "3/4",
            "preference_above_share_of_quota": {"small_council": "1/2", "large_council": "1/4"},
            "majority_above_share": "1/2",
            "ranking_of_lists_without_seats_below_seats": 19,
            "lists_without_votes_get_seats": False,
            "deceased_candidates_can_fill_seats": False,
            "majority_seat_counts_as_residual_seat": False,
        },
        "choices": {
            "average_needs_share_of_quota": "P 7 (2) asks a full quota for the House of Representatives only; "
            "bill 36641 (2024) would ask it for councils too. Not followed: no proof at hand that it is in force.",
            "ranking_of_lists_without_seats_below_seats": "P 19 (5). An edition of 2014 names councils of 9 and 11 "
            "members, which is below 13; the Electoral Council's Abacus takes all councils below 19 "
            "(kiesraad/abacus issue 1045). Followed: 19.",
            "lists_without_votes_get_seats": "P 7 and P 8 do not say; Abacus leaves such a seat empty "
            "(kiesraad/abacus issue 1356). Followed.",
            "majority_seat_counts_as_residual_seat": "P 8 gives a list one seat at most in a round. Whether the seat "
            "of P 9 is such a seat matters when P 10 goes on dividing: the older OSV counts it, Abacus does not "
            "(kiesraad/abacus issue 3219). Followed: Abacus.",
            "deceased_candidates_can_fill_seats": "P 19a speaks of paragraph 3, P 10 stands in paragraph 2. Abacus "
            "counts a candidate who died as absent when it judges whether a list is exhausted. Followed.",
            "order_of_P_9_and_P_10": "P 9 is applied to the seats of P 5 to P 8 before P 10 looks at the candidates "
            "(kiesraad/abacus issue 1357).",
            "after_P_8_3": "P 8 (3) ends when each list has its one seat; seats still left go by highest average "
            "without that limit, as in Abacus.",
        },
    },
)
"""The rule by which this version of the program computes council results; a changed document needs a new version."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The figures of a rule in the form in which the computation uses them.

    The members with a default are about elections other than those of councils. `majority_above_share` is None where
    P 9 does not apply; `cited_as` names the articles that say the same for this election ({"P 7": "U 9"}).
    """

    categories: tuple[str, ...]
    large_council_from_seats: int
    average_needs_share_of_quota: Fraction
    remainder_needs_share_of_quota: Fraction
    preference_above_share_small: Fraction
    preference_above_share_large: Fraction
    majority_above_share: Fraction | None
    ranking_of_lists_without_seats_below_seats: int
    lists_without_votes_get_seats: bool
    deceased_candidates_can_fill_seats: bool
    majority_seat_counts_as_residual_seat: bool
    preference_threshold_suffices: bool = False
    weighted_votes: bool = False
    lists_without_votes_get_group_seats: bool = False
    ranking_by_votes_on_all_lists: bool = False
    ranking_needs_votes_on_the_list: bool = False
    whole_seats_lapse_by_lot: bool = False
    full_lists_take_part_in_lot: bool = False
    cited_as: Mapping[str, str] = field(default_factory=dict)

    def cite(self, article: str) -> str:
        """Return the article that says for this election what `article` says for councils."""
        return self.cited_as.get(article, article)

    def fewest_preferred_votes(self, threshold: Fraction) -> int:
        """Return how many votes elect out of list order: more than the threshold (P 15), or as many (U 15 (3))."""
        return ceil(threshold) if self.preference_threshold_suffices else floor(threshold) + 1

    def is_large(self, seats: int) -> bool:
        """Whether a council of `seats` falls under P 7 and P 15 (1) instead of P 8 and P 15 (2)."""
        return seats >= self.large_council_from_seats

    def preference_share(self, seats: int) -> Fraction:
        """Return the share of the quota that a candidate must exceed (P 15)."""
        return self.preference_above_share_large if self.is_large(seats) else self.preference_above_share_small


def read_parameters(rule: PublishedRule) -> Parameters:
    """Return the parameters that the document of `rule` states; those that only other elections have may lack."""
    stated = cast(JsonObject, rule.document["parameters"])
    preference = cast(JsonObject, stated["preference_above_share_of_quota"])
    majority = stated["majority_above_share"]
    return Parameters(
        categories=tuple(cast(Sequence[str], stated["categories"])),
        large_council_from_seats=cast(int, stated["large_council_from_seats"]),
        average_needs_share_of_quota=parse_fraction(cast(str, stated["average_needs_share_of_quota"])),
        remainder_needs_share_of_quota=parse_fraction(cast(str, stated["remainder_needs_share_of_quota"])),
        preference_above_share_small=parse_fraction(cast(str, preference["small_council"])),
        preference_above_share_large=parse_fraction(cast(str, preference["large_council"])),
        majority_above_share=None if majority is None else parse_fraction(cast(str, majority)),
        ranking_of_lists_without_seats_below_seats=cast(int, stated["ranking_of_lists_without_seats_below_seats"]),
        **{name: cast(bool, stated.get(name, False)) for name in SWITCHES},
        cited_as=cast(Mapping[str, str], stated.get("cited_as", {})),
    )


SWITCHES = (
    "lists_without_votes_get_seats",
    "deceased_candidates_can_fill_seats",
    "majority_seat_counts_as_residual_seat",
    "preference_threshold_suffices",
    "weighted_votes",
    "lists_without_votes_get_group_seats",
    "ranking_by_votes_on_all_lists",
    "ranking_needs_votes_on_the_list",
    "whole_seats_lapse_by_lot",
    "full_lists_take_part_in_lot",
)
