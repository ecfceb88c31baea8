"""Other ways of dividing seats: known examples, what is true of every method, ties, and questions that are refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from thorbecke.elections.domain.apportionment import assign_seats
from thorbecke.elections.domain.rule import COUNCIL_RULE, read_parameters
from thorbecke.elections.domain.standing import ListVotes
from thorbecke.elections.domain.what_if import compute_what_if, recompute_what_if
from thorbecke.elections.domain.what_if_inputs import ListTotal, Options, Question, Source
from thorbecke.elections.domain.what_if_rule import METHODS, WHAT_IF_RULE, Quota
from thorbecke.kernel.canonical_json import canonical_bytes
from thorbecke.kernel.errors import BadInput
from thorbecke.kernel.outcome import UnknownRule

DIVISORS = [name for name, method in METHODS.items() if not isinstance(method, Quota)]
QUOTAS = [name for name in METHODS if name not in DIVISORS]
SOURCE = Source("town.example/log", 3, "elections/GR2022_Fabeldam")

generated = settings(deadline=None)
totals = st.lists(st.integers(0, 5000), min_size=1, max_size=10)
house = st.integers(1, 150)


def ask(votes: Sequence[int], seats: int, method: str, **options: Any) -> Question:
    lists = tuple(ListTotal(number, total) for number, total in enumerate(votes, start=1))
    return Question(SOURCE, lists, Options(method, seats, **options))


def result(votes: Sequence[int], seats: int, method: str, **options: Any) -> Any:
    return compute_what_if(ask(votes, seats, method, **options)).result


def seats_of(votes: Sequence[int], seats: int, method: str, **options: Any) -> list[int]:
    """Seats per list, of a question without a tie."""
    found = result(votes, seats, method, **options)
    assert found["ties"] == []
    return [least for _, least, _ in found["seats"]]


def test_the_published_rule_is_the_one_that_outcomes_name() -> None:
    assert WHAT_IF_RULE.reference.sha256 == "68ab44e7f9ae540e9e0518fff87155a8609c9faa96d89e5f010c8206c6ea1562"


@pytest.mark.parametrize(
    ("method", "seats"),
    [
        ("adams", [10, 9, 7, 5, 3, 2]),
        ("dean", [10, 9, 7, 5, 4, 1]),
        ("huntington-hill", [10, 9, 7, 6, 3, 1]),
        ("sainte-lague", [10, 9, 8, 5, 3, 1]),
        ("dhondt", [11, 9, 7, 5, 3, 1]),
        ("hare", [10, 9, 7, 5, 4, 1]),
    ],
)
def test_the_example_of_six_states_and_36_seats(method: str, seats: list[int]) -> None:
    # Balinski and Young, Fair Representation (2001), the comparison of the five divisor methods and of Hamilton.
    assert seats_of([27744, 25178, 19951, 14610, 9225, 3292], 36, method) == seats


@pytest.mark.parametrize(
    ("method", "seats"),
    [
        ("hare", [5, 2, 1, 1, 1, 0]),
        ("droop", [5, 2, 2, 1, 0, 0]),
        ("dhondt", [5, 2, 2, 1, 0, 0]),
        ("sainte-lague", [4, 2, 2, 1, 1, 0]),
        ("huntington-hill", [4, 2, 1, 1, 1, 1]),
        ("adams", [3, 2, 2, 1, 1, 1]),
    ],
)
def test_the_example_of_six_parties_and_10_seats(method: str, seats: list[int]) -> None:
    # The running example of the articles "Largest remainders method" and "Highest averages method" of Wikipedia.
    assert seats_of([47000, 16000, 15800, 12000, 6100, 3100], 10, method) == seats


@pytest.mark.parametrize(("method", "seats"), [("sainte-lague", [3, 3, 1, 1]), ("dhondt", [4, 3, 1, 0])])
def test_the_example_of_another_program(method: str, seats: list[int]) -> None:
    # fmhahne/Apportionment.jl, test/runtests.jl.
    assert seats_of([10, 8, 3, 2], 8, method) == seats


def test_the_first_seat_costs_more_with_the_modified_divisors() -> None:
    # Quotients by hand: 100, 33 1/3, 20 against 32; with 7/5 the small list has 22 6/7 against 33 1/3 and 20.
    assert seats_of([100, 32], 2, "sainte-lague") == [2, 0]
    assert seats_of([100, 35], 2, "sainte-lague") == [1, 1]
    assert seats_of([100, 35], 2, "modified-sainte-lague") == [2, 0]


def test_the_danish_divisors_are_1_4_7() -> None:
    # 100, 25, 14 2/7 against 24 and 15: the second list waits for the third seat.
    assert seats_of([100, 24, 15], 3, "danish") == [2, 1, 0]


def test_the_alabama_paradox() -> None:
    # With one seat more the third list has one seat less: so largest remainders are not monotone, divisors are.
    # "Apportionment paradox" of Wikipedia: populations 6, 6 and 2 with 10 and with 11 seats.
    assert seats_of([6, 6, 2], 10, "hare") == [4, 4, 2]
    assert seats_of([6, 6, 2], 11, "hare") == [5, 5, 1]


def test_a_quota_that_gives_too_many_seats_is_replaced_by_the_next() -> None:
    # Imperiali with 4 seats: 600 : 6 = 100 gives 3 + 3 whole seats; 600 : 5 = 120 gives 2 + 2.
    found = compute_what_if(ask([300, 300], 4, "imperiali"))
    assert found.result["seats"] == [[1, 2, 2], [2, 2, 2]]
    assert [step["quota"] for step in found.explanation if step["step"] == "quota"] == ["100/1", "120/1"]


def test_more_seats_than_votes_go_round_again() -> None:
    assert seats_of([2, 1], 9, "droop") == [5, 4]


def test_a_tie_stays_open_and_shows_both_possibilities() -> None:
    found = result([60, 40, 40], 4, "dhondt")
    assert found["seats"] == [[1, 2, 2], [2, 1, 1], [3, 1, 1]]
    found = result([60, 40, 40], 2, "dhondt")
    assert found["seats"] == [[1, 1, 1], [2, 0, 1], [3, 0, 1]]
    assert found["ties"] == [{"within": None, "of_seats": 2, "among": [[2], [3]], "seats": 1}]


@pytest.mark.parametrize("method", METHODS)
def test_equal_lists_tie_under_every_method(method: str) -> None:
    found = result([50, 50, 50], 4, method)
    assert found["seats"] == [[1, 1, 2], [2, 1, 2], [3, 1, 2]]
    assert found["ties"] == [{"within": None, "of_seats": 4, "among": [[1], [2], [3]], "seats": 1}]


def test_adams_with_fewer_seats_than_lists_takes_the_largest() -> None:
    assert seats_of([10, 30, 20], 2, "adams") == [0, 1, 1]


@pytest.mark.parametrize(
    ("threshold", "seats", "below"),
    [
        ("none", [8, 1, 1], []),
        ("1/10", [8, 1, 1], []),
        ("101/1000", [10, 0, 0], [2, 3]),
        ("quota", [8, 1, 1], []),
        ("1/1", [0, 0, 0], [1, 2, 3]),
    ],
)
def test_a_threshold_is_reached_by_as_many_votes(threshold: str, seats: list[int], below: list[int]) -> None:
    found = result([80, 10, 10], 10, "dhondt", threshold=threshold)
    assert [least for _, least, _ in found["seats"]] == seats
    assert found["below_threshold"] == below
    assert found["unassigned"] == (0 if any(seats) else 10)


def test_the_quota_as_threshold_is_all_votes_divided_by_the_seats() -> None:
    assert result([81, 10, 9], 10, "sainte-lague", threshold="quota")["below_threshold"] == [3]


def test_combined_lists_count_as_one_and_divide_their_seats() -> None:
    # Separately the fifth seat goes to list 1 at 62 : 4 = 15 1/2; lists 2 and 3 together have 38 : 2 = 19.
    assert seats_of([62, 25, 13], 5, "dhondt") == [4, 1, 0]
    assert seats_of([62, 25, 13], 5, "dhondt", combinations=((2, 3),)) == [3, 1, 1]
    # Together they reach a threshold that list 3 alone does not.
    assert seats_of([62, 25, 13], 5, "dhondt", combinations=((2, 3),), threshold="1/5") == [3, 1, 1]


def test_a_tie_of_a_combination_and_within_it() -> None:
    # 50 : 1 against 50 : 1 for one seat; if the combination gets it, its two equal lists tie again.
    found = result([50, 25, 25], 1, "dhondt", combinations=((2, 3),))
    assert found["seats"] == [[1, 0, 1], [2, 0, 1], [3, 0, 1]]
    assert found["ties"] == [
        {"within": None, "of_seats": 1, "among": [[1], [2, 3]], "seats": 1},
        {"within": [2, 3], "of_seats": 1, "among": [[2], [3]], "seats": 1},
    ]


@pytest.mark.parametrize("method", METHODS)
@generated
@given(votes=totals, seats=house)
def test_all_seats_are_given_and_lists_without_votes_get_none(method: str, votes: list[int], seats: int) -> None:
    found = result(votes, seats, method)
    given_seats = sum(least for _, least, _ in found["seats"]) + sum(tie["seats"] for tie in found["ties"])
    assert given_seats + found["unassigned"] == seats
    assert found["unassigned"] == (0 if any(votes) else seats)
    assert all(most == 0 for number, _, most in found["seats"] if votes[number - 1] == 0)
    assert all(0 <= most - least <= 1 for _, least, most in found["seats"])


@generated
@given(votes=totals.filter(any), seats=house)
def test_largest_remainders_by_hare_keep_the_quota_rule(votes: list[int], seats: int) -> None:
    for number, least, most in result(votes, seats, "hare")["seats"]:
        share = Fraction(votes[number - 1] * seats, sum(votes))
        assert share - 1 < least <= most < share + 1


@pytest.mark.parametrize("method", DIVISORS)
@generated
@given(votes=totals, seats=st.integers(1, 149))
def test_one_seat_more_takes_no_seat_from_anyone(method: str, votes: list[int], seats: int) -> None:
    one, more = result(votes, seats, method), result(votes, seats + 1, method)
    assert all(
        before[1] <= after[2] and before[1] <= after[1]
        for before, after in zip(one["seats"], more["seats"], strict=True)
    )


@pytest.mark.parametrize("method", DIVISORS)
@generated
@given(votes=totals, seats=house, extra=st.integers(1, 1000))
def test_more_votes_for_a_list_never_cost_it_a_seat(method: str, votes: list[int], seats: int, extra: int) -> None:
    before = result(votes, seats, method)["seats"][0]
    after = result([votes[0] + extra, *votes[1:]], seats, method)["seats"][0]
    assert after[1] >= before[1]
    assert after[2] >= before[2]


@pytest.mark.parametrize("method", METHODS)
@generated
@given(votes=totals, seats=house)
def test_more_votes_never_give_fewer_seats(method: str, votes: list[int], seats: int) -> None:
    ordered = sorted(result(votes, seats, method)["seats"], key=lambda each: votes[each[0] - 1])
    assert all(fewer[1] <= more[1] and fewer[2] <= more[2] for fewer, more in pairwise(ordered))


@generated
@given(votes=totals.filter(any), seats=st.integers(19, 45))
def test_dhondt_gives_what_the_kieswet_gives_from_19_seats(votes: list[int], seats: int) -> None:
    lists = [ListVotes(number, ((1, total), *((n, 0) for n in range(2, 47)))) for number, total in enumerate(votes, 1)]
    law = assign_seats(seats=seats, lists=lists, parameters=read_parameters(COUNCIL_RULE))
    assume(law.open_lot is None and not any(step.name == "absolute_majority" for step in law.steps))
    assert seats_of(votes, seats, "dhondt") == list(law.seats_per_list.values())


@generated
@given(votes=totals, seats=house, method=st.sampled_from(list(METHODS)))
def test_inputs_and_outcome_are_exact_json_and_come_back(votes: list[int], seats: int, method: str) -> None:
    question = ask(votes, seats, method, threshold="1/50")
    computed = recompute_what_if(WHAT_IF_RULE.reference, json.loads(json.dumps(question.inputs)))
    assert computed == compute_what_if(question)
    canonical_bytes([computed.result, list(computed.explanation)])


WRONG: list[tuple[str, Any, str]] = [
    ("options.method", "random", "The rule knows no such method."),
    ("options.method", 7, "This must be a text"),
    ("options.seats", 0, "whole number from 1 to 150"),
    ("options.seats", 151, "whole number from 1 to 150"),
    ("options.seats", True, "whole number from 1 to 150"),
    ("options.threshold", "2/40", "share of the votes"),
    ("options.threshold", "1/0", "share of the votes"),
    ("options.threshold", "-1/5", "share of the votes"),
    ("options.threshold", "5%", "share of the votes"),
    ("options.combinations", [[1]], "two lists or more"),
    ("options.combinations", [[1, 9]], "There is no list 9."),
    ("options.combinations", [[1, 2], [2, 3]], "List 2 stands in the combinations twice."),
    ("options.more", 1, "This is not part of the inputs."),
    ("lists", [], "at least one list"),
    ("lists", [{"number": 1, "votes": 2}, {"number": 1, "votes": 3}], "This list stands here twice."),
    ("lists", [{"number": 1, "votes": -2}], "whole number from 0"),
    ("source", None, "This must be an object."),
    ("source.index", -1, "whole number from 0"),
]


@pytest.mark.parametrize(("member", "value", "sentence"), WRONG)
def test_a_wrong_question_is_refused_by_name(member: str, value: Any, sentence: str) -> None:
    inputs = json.loads(json.dumps(ask([60, 40, 20], 5, "dhondt").inputs))
    *path, last = member.split(".")
    target = inputs
    for name in path:
        target = target[name]
    target[last] = value
    with pytest.raises(BadInput) as refused:
        recompute_what_if(WHAT_IF_RULE.reference, inputs)
    assert sentence in str(refused.value)
    assert member in str(refused.value)


def test_another_rule_is_not_known() -> None:
    with pytest.raises(UnknownRule):
        recompute_what_if(replace(WHAT_IF_RULE.reference, version="2"), ask([1], 1, "dhondt").inputs)
