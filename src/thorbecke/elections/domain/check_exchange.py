"""Checks for numbers written in each other's place: two candidates of a list, or two lists (W07 and W08).

The statistic, with a pocket calculator: what a row of numbers here should be is its sum here, divided as in the other
stations. Two of the numbers look exchanged when one is many times what it should be, the other many times less, and
with the two exchanged the distance to what they should be (the two differences added up) shrinks to a small part.
The first half is the practice of the Electoral Council since 2024, after research of Statistics Netherlands (CBS);
the second half keeps out a candidate who is popular in one village and costs nobody in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thorbecke.kernel.messages import Message, gettext_noop

from .findings import Case, Finding


def exchanged_candidates(case: Case) -> Iterator[Finding]:
    """Find two candidates of one list whose votes look exchanged in this station (W07; Kiesraad, protocol of 2024).

    The votes stay within the list, so that no seat of a list hangs on it; who is elected may.
    """
    text = gettext_noop(
        "On list %(list)s candidate %(many)s has %(many_votes)s votes and candidate %(few)s has %(few_votes)s. In the "
        "other polling stations they have %(many_others)s and %(few_others)s. Their votes may be exchanged."
    )
    limits = case.thresholds
    for each in case.lists:
        here, together = case.group.votes[each.number], case.together.votes[each.number]
        if max(here, default=0) < limits.exchange_votes:
            continue
        others = [total - votes for total, votes in zip(together, here, strict=True)]
        found = find_exchange(
            here, others, factor=limits.exchange_factor, fit=limits.exchange_fit, votes=limits.exchange_votes
        )
        if found is not None:
            many, few = found
            values = {"list": each.number, "many": each.positions[many], "few": each.positions[few]}
            votes = here[many] - here[few]
            message = Message(text, values | _votes_of(found, here, others))
            yield Finding("W07", case.place, message, votes, between_lists=False)


def exchanged_lists(case: Case) -> Iterator[Finding]:
    """Find two lists whose votes look exchanged in this station (W08; the statistic of W07, own threshold)."""
    numbers = [each.number for each in case.lists]
    here = [case.group.list_totals[number] for number in numbers]
    others = [case.together.list_totals[number] - votes for number, votes in zip(numbers, here, strict=True)]
    limits = case.thresholds
    found = find_exchange(
        here, others, factor=limits.exchange_factor_lists, fit=limits.exchange_fit_lists, votes=limits.exchange_votes
    )
    if found is not None:
        many, few = found
        text = gettext_noop(
            "List %(many)s has %(many_votes)s votes and list %(few)s has %(few_votes)s. In the other polling stations "
            "they have %(many_others)s and %(few_others)s. Their votes may be exchanged."
        )
        values = {"many": numbers[many], "few": numbers[few]}
        message = Message(text, values | _votes_of(found, here, others))
        yield Finding("W08", case.place, message, here[many] - here[few])


def find_exchange(
    here: Sequence[int], others: Sequence[int], *, factor: int, fit: int, votes: int
) -> tuple[int, int] | None:
    """Find the two columns of `here` that fit `others` best when exchanged: first the one with too many votes.

    Both must be `factor` times off what they should be, one of them at least `votes` more, the other at least so many
    expected; exchanged, their distance must be at most one `fit`-th. All in whole numbers: both sides of each
    comparison are multiplied by the sum of `others`.
    """
    sum_here, sum_others = sum(here), sum(others)
    if sum_others == 0:
        return None
    many = [i for i, found in enumerate(here) if found >= votes and found * sum_others >= factor * others[i] * sum_here]
    if not many:
        return None
    found = [each * sum_others for each in here]
    expected = [each * sum_here for each in others]
    few = [i for i in range(len(here)) if factor * found[i] <= expected[i] and expected[i] >= votes * sum_others]
    pairs = [
        (after, i, j)
        for i in many
        for j in few
        for before, after in [_distances(found[i], found[j], expected[i], expected[j])]
        if fit * after <= before
    ]
    return min(pairs)[1:] if pairs else None


def _distances(found_a: int, found_b: int, expected_a: int, expected_b: int) -> tuple[int, int]:
    """The distance to what is expected as it is, and with the two exchanged."""
    before = abs(found_a - expected_a) + abs(found_b - expected_b)
    return before, abs(found_b - expected_a) + abs(found_a - expected_b)


def _votes_of(found: tuple[int, int], here: Sequence[int], others: Sequence[int]) -> dict[str, int]:
    many, few = found
    return {
        "many_votes": here[many],
        "few_votes": here[few],
        "many_others": others[many],
        "few_others": others[few],
    }
