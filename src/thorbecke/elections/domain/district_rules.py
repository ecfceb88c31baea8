"""The published rules for elections with districts and groups of lists: House, Senate, provinces and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thorbecke.kernel.canonical_json import JsonObject, JsonValue
from thorbecke.kernel.outcome import PublishedRule

_SEATS = {
    "P 2": "A set of equal lists counts as one list; their votes are added per candidate.",
    "P 3": "A group of lists of one party counts as one list when seats are divided.",
    "P 5": "The quota is the sum of the votes on all lists divided by the number of seats.",
    "P 6": "A list gets a seat for every whole time that its votes hold the quota.",
    "P 7": "From 19 seats, each seat left goes to the list with the most votes per seat if it got that seat.",
}
_SMALL = {
    "P 8 (1)": "Below 19 seats, the seats left go to the lists with the largest remainders, one each.",
    "P 8 (2)": "A list with fewer votes than 75% of the quota gets no seat for its remainder.",
    "P 8 (3)": "Seats still left go by highest average, one for each list; after that without that limit.",
}
_MAJORITY = {
    "P 9": "More than half of the votes without more than half of the seats gives one seat more, "
    "taken from the list whose seat came at the smallest average or remainder.",
}
_GROUPS = {
    "P 10": "A list gets no more seats than it has candidates; the same method gives its surplus to others.",
    "P 12 (2)": "The quota of a group is its votes divided by its seats.",
    "P 12 (4)": "A list of a group gets a seat for every whole time that its votes hold the quota of the group.",
    "P 12 (5)": "The seats left go to the lists of the group with the largest remainders, one each.",
    "P 13": "What a list of a group cannot fill goes to the other lists of the group.",
    "P 13 (1)": "A list of a group gets no more seats than it has candidates; P 12 goes on for its surplus.",
    "P 13 (2)": "Seats that are then still left go to lists of the group by highest average.",
}
_LOTS = {"P 14": "Lots are drawn in the public session of the central electoral committee."}
_CANDIDATES = {
    "P 15": "Candidates above the preference threshold on all their lists together are elected in order of votes.",
    "P 16 (1)": "Such a candidate is elected on the list with most of these votes that has a seat left; "
    "of equals on the list of the district with the lowest number.",
    "P 16 (2)": "If none of the candidate's lists has a seat left, the list with most votes gets one more, "
    "and the seat of the group that was assigned last lapses.",
    "P 17": "The other seats of a list go to its candidates in the order of the list.",
    "P 18 (1)": "Who is elected so on several lists is elected on the one with most of these votes; "
    "of equals on that of the district with the lowest number.",
    "P 18 (2)": "The seats that this frees go to the next candidates in the order of the list, until all are taken.",
    "P 19": "The ranking for vacancies: elected by preference, others above the threshold, the rest.",
    "P 19a": "A candidate who died is left out when seats are given to candidates.",
}
_SENATE_SEATS = {
    "U 2": "A vote counts for as many votes as the vote value of the province or public body where it was cast.",
    "U 3": "Votes on candidates and lists are multiplied by that vote value.",
    "U 4": _SEATS["P 2"],
    "U 5": _SEATS["P 3"],
    "U 7": _SEATS["P 5"],
    "U 8": _SEATS["P 6"],
    "U 9": "Each seat left goes to the list with the most votes per seat if it got that seat.",
    "U 10": _GROUPS["P 10"],
    **{
        article.replace("P", "U", 1): text.replace("P 12", "U 12")
        for article, text in _GROUPS.items()
        if article != "P 10"
    },
    "U 14": _LOTS["P 14"],
    "U 15": "P 15 to P 19 and P 19a apply; the threshold is the quota, and as many votes as the quota suffice.",
}
_SENATE_CITES = {
    "P 5": "U 7",
    "P 6": "U 8",
    "P 7": "U 9",
    "P 10": "U 10",
    "P 12 (2)": "U 12 (2)",
    "P 12 (4)": "U 12 (4)",
    "P 12 (5)": "U 12 (5)",
    "P 13": "U 13",
    "P 13 (1)": "U 13 (1)",
    "P 13 (2)": "U 13 (2)",
}

_CHOICES = {
    "lists_without_votes_get_seats": "The text does not say; Abacus leaves such a seat empty "
    "(kiesraad/abacus issue 1356), and the older OSV keeps lists without votes out of the division. Followed.",
    "lists_without_votes_get_group_seats": "P 12 (5) counts a list of a group without a remainder as one with the "
    "smallest, and P 13 keeps the seats in the group. Followed, so that a seat never stays empty while the group has "
    "candidates; OSV leaves out lists without votes there too.",
    "deceased_candidates_can_fill_seats": "P 19a speaks of paragraph 3, P 10 and P 13 stand in paragraph 2. Abacus and "
    "OSV count a candidate who died as absent when they judge whether a list is exhausted. Followed.",
    "order_of_P_9_and_P_10": "P 9 is applied to the seats of P 5 to P 8 before P 10 looks at the candidates "
    "(kiesraad/abacus issue 1357).",
    "equal_votes_in_P_16": "P 16 does not say who goes first when candidates with equal votes want the same seat: the "
    "order of that list, as in P 19 (2) and in OSV.",
    "list_with_a_seat_left_in_P_16": "If the list with most votes is full, the list with most votes among those with a "
    "seat left is taken, as in OSV; only when none has one, P 16 (2).",
    "lot_in_P_16": "P 16 (2) names no lot. Seats of a group that were assigned at the same moment, for equal values or "
    "as whole seats, are equally last: a lot decides, as in OSV.",
    "full_lists_take_part_in_lot": "A list whose seats are all taken has none that can lapse: it takes no part in the "
    "lot of P 16 (2), and when one list is left no lot is needed. OSV lets it take part and draws again when it is "
    "drawn; that gives the others the same chances by more lots. Not followed.",
    "whole_seats_lapse_by_lot": "When each list of the group has given up one whole seat and another must lapse, OSV "
    "takes it from the list of the district with the lowest number. Followed; the other reading is a lot again.",
    "list_without_candidates_in_P_17": "P 13 foresees lists with too few candidates, not lists whose candidates are "
    "elected on other lists. Such a seat passes on by going on with P 12 and P 13, as in OSV.",
    "ranking_by_votes_on_all_lists": "P 19 (2) ranks by the votes on the candidates, and by the same words P 15 (1) "
    "means all lists together; OSV takes the votes on the list that is ranked. Followed: OSV.",
    "ranking_needs_votes_on_the_list": "P 19 (2) ranks everyone above the threshold on all lists together before the "
    "rest; OSV puts those without a vote on the list that is ranked among the rest. Not followed.",
    "ranking_of_lists_without_seats_below_seats": "P 19 (5): no ranking for groups without seats.",
    "candidates_of_several_parties": "A candidate is known within one group. Somebody on lists of two parties would be "
    "two candidates here; the text gives no rule for who is elected for both.",
}


def _rule(
    rule_id: str,
    title: str,
    articles: Mapping[str, str],
    figures: Mapping[str, JsonValue],
    choices: Mapping[str, str],
) -> PublishedRule:
    parameters: JsonObject = {
        "large_council_from_seats": 19,
        "average_needs_share_of_quota": "0/1",
        "remainder_needs_share_of_quota": "3/4",
        "majority_above_share": "1/2",
        "ranking_of_lists_without_seats_below_seats": 0,
        "lists_without_votes_get_seats": False,
        "lists_without_votes_get_group_seats": True,
        "deceased_candidates_can_fill_seats": False,
        "majority_seat_counts_as_residual_seat": False,
        "preference_threshold_suffices": False,
        "weighted_votes": False,
        "ranking_by_votes_on_all_lists": False,
        "ranking_needs_votes_on_the_list": False,
        "whole_seats_lapse_by_lot": False,
        "full_lists_take_part_in_lot": False,
        "cited_as": {},
        **figures,
    }
    return PublishedRule(
        id=rule_id,
        version="1",
        document={
            "title": title,
            "statute": "Kieswet",
            "bwb": "BWBR0004627",
            "articles": dict(articles),
            "parameters": parameters,
            "choices": {**_CHOICES, **choices},
        },
    )


def _threshold(small: str, large: str) -> JsonValue:
    return {"small_council": small, "large_council": large}


_NO_MINIMUM = {
    "average_needs_share_of_quota": "P 7 (2) asks a full quota for the House of Representatives only; bill 36641 "
    "(2024) would ask it for councils too. Not followed: no proof at hand that it is in force.",
}
_BELOW_19_SEATS = {
    **_NO_MINIMUM,
    "majority_seat_counts_as_residual_seat": "P 8 gives a list one seat at most in a round. Whether the seat of P 9 is "
    "such a seat matters when P 10 goes on dividing: the older OSV counts it, Abacus does not "
    "(kiesraad/abacus issue 3219). Followed: Abacus.",
    "after_P_8_3": "P 8 (3) ends when each list has its one seat; seats still left go by highest average without that "
    "limit, as in Abacus.",
}
_BY_P = {**_SEATS, **_SMALL, **_MAJORITY, **_GROUPS, **_LOTS, **_CANDIDATES}
_HOUSE_ONLY = {"P 7 (2)": "A list with fewer votes than the quota gets no seat by highest average."}

HOUSE_RULE = _rule(
    "nl.kieswet.house-seats",
    "Seats and elected candidates of the House of Representatives",
    {**_BY_P, **_HOUSE_ONLY},
    {
        "categories": ["TK"],
        "average_needs_share_of_quota": "1/1",
        "preference_above_share_of_quota": _threshold("1/2", "1/4"),
    },
    {},
)
EUROPEAN_PARLIAMENT_RULE = _rule(
    "nl.kieswet.european-parliament-seats",
    "Seats and elected candidates of the European Parliament for the Netherlands",
    {
        **_BY_P,
        **_HOUSE_ONLY,
        "Y 2": "The provisions for the election of the House apply.",
        "Y 23a": "The preference threshold is 10% of the quota.",
    },
    {
        "categories": ["EP"],
        "average_needs_share_of_quota": "1/1",
        "preference_above_share_of_quota": _threshold("1/2", "1/10"),
    },
    {
        "average_needs_share_of_quota": "P 7 (2) names the House; it holds here by Y 2, as in OSV.",
        "preference_threshold_suffices": "P 15 asks for more votes than the threshold, and Y 23a changes the "
        "percentage only; a page of the Electoral Council says: as many or more. Followed: the text.",
    },
)
PROVINCIAL_COUNCIL_RULE = _rule(
    "nl.kieswet.provincial-council-seats",
    "Seats and elected candidates of a provincial council",
    _BY_P,
    {"categories": ["PS"], "preference_above_share_of_quota": _threshold("1/2", "1/4")},
    _NO_MINIMUM,
)
SENATE_RULE = _rule(
    "nl.kieswet.senate-seats",
    "Seats and elected candidates of the Senate",
    {**_SENATE_SEATS, **_CANDIDATES},
    {
        "categories": ["EK"],
        "large_council_from_seats": 1,
        "majority_above_share": None,
        "preference_above_share_of_quota": _threshold("1/1", "1/1"),
        "preference_threshold_suffices": True,
        "weighted_votes": True,
        "cited_as": dict(_SENATE_CITES),
    },
    {
        "vote_value": "U 2 fixes the vote values from numbers of inhabitants; here they are part of the inputs, as the "
        "central electoral committee publishes them.",
    },
)
WATER_BOARD_RULE = _rule(
    "nl.kieswet.water-board-seats",
    "Seats and elected candidates of the general board of a water board, for its residents",
    _BY_P,
    {"categories": ["AB"], "preference_above_share_of_quota": _threshold("1/2", "1/4")},
    {
        **_BELOW_19_SEATS,
        "ranking_of_lists_without_seats_below_seats": "P 19 (5), edition 2014, names municipal councils only; a later "
        "edition was not at hand. Followed: no ranking for lists without seats. OSV ranks all lists.",
    },
)
ISLAND_COUNCIL_RULE = _rule(
    "nl.kieswet.island-council-seats",
    "Seats and elected candidates of the island council of Bonaire, Sint Eustatius or Saba",
    {**_BY_P, "Ya 13": "The provisions for the election of municipal councils apply."},
    {
        "categories": ["ER"],
        "preference_above_share_of_quota": _threshold("1/2", "1/4"),
        "ranking_of_lists_without_seats_below_seats": 19,
    },
    {
        **_BELOW_19_SEATS,
        "ranking_of_lists_without_seats_below_seats": "As for councils below 19 seats (P 19 (5), Ya 13).",
    },
)

DISTRICT_RULES: Sequence[PublishedRule] = (
    HOUSE_RULE,
    EUROPEAN_PARLIAMENT_RULE,
    PROVINCIAL_COUNCIL_RULE,
    SENATE_RULE,
    WATER_BOARD_RULE,
    ISLAND_COUNCIL_RULE,
)
"""The rules whose inputs have districts and groups; a changed document needs a new version."""
