"""The assertions of an audit imply the seats, and only true ones are confirmed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from copy import deepcopy
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thorbecke.elections.domain.apportionment import assign_seats
from thorbecke.elections.domain.audit_assertions import MISSING, Assertion, NotAuditable, Reading, Votes
from thorbecke.elections.domain.audit_assessment import Verdict, arrange_readings, assess
from thorbecke.elections.domain.audit_plan import AuditPlan, plan_audit
from thorbecke.elections.domain.audit_sampling import DrawnBallot, Manifest, ballots_drawn, numbers_drawn
from thorbecke.elections.domain.audit_statistic import UNIT, SequentialTest, best_bet, follow
from thorbecke.elections.domain.inputs import Draw
from thorbecke.elections.domain.lots import Draws
from thorbecke.elections.domain.rule import COUNCIL_RULE, read_parameters
from thorbecke.elections.domain.standing import ListVotes

PARAMETERS = read_parameters(COUNCIL_RULE)
LIMIT = Fraction(1, 20)


def lists_of(votes: Votes, candidates: Mapping[int, int] | None = None) -> list[ListVotes]:
    """Lists with all votes on the first candidate."""
    rooms = candidates or {}
    return [
        ListVotes(number, tuple((each, total if each == 1 else 0) for each in range(1, rooms.get(number, 60) + 1)))
        for number, total in votes.items()
    ]


def plan_of(
    votes: Votes, seats: int, *, blank: int = 0, candidates: Mapping[int, int] | None = None, limit: Fraction = LIMIT
) -> AuditPlan:
    """The plan of an audit of these votes."""
    return plan_audit(
        seats=seats,
        lists=lists_of(votes, candidates),
        ballots=sum(votes.values()) + blank,
        parameters=PARAMETERS,
        risk_limit=limit,
    )


def seats_of(
    votes: Votes, seats: int, candidates: Mapping[int, int] | None = None, chance: random.Random | None = None
) -> dict[int, int] | None:
    """The seats per list, or None where a lot must be drawn and there is no chance to draw it."""
    draws: list[Draw] = []
    while True:
        lists = lists_of(votes, candidates)
        found = assign_seats(seats=seats, lists=lists, parameters=PARAMETERS, draws=Draws(draws))
        lot = found.open_lot
        if lot is None or chance is None:
            return None if lot else found.seats_per_list
        draws.append(Draw(lot.id, tuple(chance.sample(lot.participants, lot.choose))))


def said(plan: AuditPlan) -> set[str]:
    """What the assertions of a plan say."""
    return {str(each.sentence) for each in plan.assertions}


def test_averages_compare_last_won_with_first_lost() -> None:
    votes = {1: 5200, 2: 3100, 3: 1700}  # 19 seats: 10, 6 and 3

    plan = plan_of(votes, 19)

    assert seats_of(votes, 19) == {1: 10, 2: 6, 3: 3}
    assert said(plan) == {
        f"Seat {w} of list {a} takes more votes per seat than seat {lost} of list {b} would."
        for a, w in {1: 10, 2: 6, 3: 3}.items()
        for b, lost in {1: 11, 2: 7, 3: 4}.items()
        if a != b
    }
    one = next(each for each in plan.assertions if each.lists == (1, 3))
    assert (one.article, one.weights) == ("P 7", ((1, 2), (2, 0), (3, -5)))  # 4 to 10
    assert one.total(votes) == 2 * 5200 - 5 * 1700
    assert one.fewest_wrong_ballots(votes) == 272  # 1900 over 7
    assert one.margin(votes, 10_000) == Fraction(1900, 50_000)


def test_assorter_has_a_mean_above_one_half_when_the_assertion_holds() -> None:
    votes = {1: 5200, 2: 3100, 3: 1700}
    plan = plan_of(votes, 19, blank=500)

    for each in plan.assertions:
        mean = (sum(number * each.assorted(one) for one, number in votes.items()) + 500 * each.assorted(None)) / 10_500
        assert each.assorted(None) == Fraction(1, 2)
        assert min(each.assorted(one) for one in votes) == 0
        assert 2 * mean - 1 == each.margin(votes, 10_500) > 0


def test_remainders_need_the_threshold_the_whole_seats_and_the_pairs() -> None:
    votes = {1: 460, 2: 330, 3: 130, 4: 60}  # 9 seats, quota 108 8/9: 4, 3, 1 and 0, then the largest remainder

    plan = plan_of(votes, 9)

    assert seats_of(votes, 9) == {1: 5, 2: 3, 3: 1, 4: 0}
    assert "List 3 has more than 3/4 of the quota." in said(plan)
    assert "List 1 has more than 4 times the quota." in said(plan)
    assert "List 1 holds more beyond 4 times the quota than list 2 beyond 3 times." in said(plan)
    assert "List 4 has less than 3/4 of the quota." in said(plan)
    assert {each.article for each in plan.assertions} == {"P 6", "P 8 (1)", "P 8 (2)"}


def test_list_below_the_threshold_is_held_to_the_easier_of_two_ways() -> None:
    votes = {1: 5000, 2: 3300, 3: 880}  # 9 seats, quota 1020: list 3 has 86 %, and still no seat

    plan = plan_of(votes | {4: 100}, 9)
    held = seats_of(votes | {4: 100}, 9)

    assert held is not None
    assert {each.kind for each in plan.assertions if 4 in each.lists} == {"threshold"}


def test_p9_is_asserted_before_and_after_the_seat_moved() -> None:
    votes = {1: 5010, 2: 1240, 3: 1250, 4: 1255, 5: 1240}  # 9 seats, quota 1110 5/9: more than half, 4 whole seats
    assert seats_of(votes, 9) == {1: 5, 2: 1, 3: 1, 4: 1, 5: 1}

    assert "majority" not in {each.kind for each in plan_of(votes, 9).assertions}
    lacking = {1: 4560, 2: 1190, 3: 1120, 4: 1110, 5: 1100}  # 50.2 %: 4 whole seats and the smallest remainder
    moved = plan_of({**lacking, 2: 790, 3: 820, 4: 850, 5: 880, 6: 860, 7: 300}, 9)
    kinds = {each.kind for each in moved.assertions}
    assert {"majority", "loses_seat"} <= kinds
    assert all(each.total(moved.votes) > 0 for each in moved.assertions)


@pytest.mark.parametrize(
    ("votes", "seats", "candidates", "why"),
    [
        ({1: 0, 2: 0}, 9, {}, "no valid votes"),
        ({1: 500, 2: 500}, 9, {}, "A lot decides"),
        ({1: 900, 2: 80}, 9, {1: 3, 2: 2}, "stay empty"),
        ({1: 900, 2: 400}, 9, {1: 3}, "fewer candidates"),
        ({1: 900, 2: 400, 3: 100}, 19, {1: 7, 2: 7}, "nothing to compare"),
        ({1: 900}, 9, {}, "nothing to compare"),
    ],
)
def test_some_results_no_sample_can_confirm(votes: Votes, seats: int, candidates: Mapping[int, int], why: str) -> None:
    with pytest.raises(NotAuditable, match=why):
        plan_of(votes, seats, candidates=candidates)


def test_seats_left_after_the_remainders_are_asserted_step_by_step() -> None:
    votes = {1: 560, 2: 60, 3: 59, 4: 58, 5: 57, 6: 56, 7: 55, 8: 54}  # 9 seats: 5 whole ones, only list 1 has 75 %

    plan = plan_of(votes, 9)

    assert seats_of(votes, 9) == {1: 7, 2: 1, 3: 1, 4: 0, 5: 0, 6: 0, 7: 0, 8: 0}
    assert {
        "List 1 has more than 5 times the quota.",
        "List 1 has less than 6 times the quota.",
        "List 8 has less than 3/4 of the quota.",
        "Seat 1 of list 3 takes more votes per seat than seat 1 of list 4 would.",
    } <= said(plan)


def test_full_list_loses_no_first_seat() -> None:
    votes = {1: 5200, 2: 3100, 3: 1700}

    plan = plan_of(votes, 19, candidates={1: 8})

    assert seats_of(votes, 19, {1: 8}) == {1: 8, 2: 7, 3: 4}
    assert not any(each.lists[1] == 1 for each in plan.assertions)


VOTES = st.lists(st.integers(0, 400), min_size=2, max_size=7).map(lambda each: dict(enumerate(each, start=1)))


@settings(max_examples=120, deadline=None)
@given(
    votes=VOTES,
    seats=st.sampled_from([5, 9, 10, 17, 19, 20, 21, 33]),
    room=st.sampled_from([60, 60, 7]),
    changes=st.randoms(use_true_random=False),
)
def test_assertions_imply_the_seats(votes: dict[int, int], seats: int, room: int, changes: random.Random) -> None:
    rooms = dict.fromkeys(votes, room)
    try:
        plan = plan_of(votes, seats, candidates=rooms)
    except NotAuditable:
        return
    reported = seats_of(votes, seats, rooms)

    assert all(each.total(votes) >= 0 for each in plan.assertions)
    for size in (1, 5, 40, 150):
        for _ in range(5):
            true = {number: max(0, given + changes.randint(-size, size)) for number, given in votes.items()}
            if all(each.total(true) > 0 for each in plan.assertions):
                # A lot is possible before P 10 only, where it makes no difference in the end.
                assert seats_of(true, seats, rooms, changes) == reported


@settings(max_examples=200, deadline=None)
@given(votes=VOTES, seats=st.sampled_from([9, 11, 17, 19, 20, 21]), changes=st.randoms(use_true_random=False))
def test_shifting_votes_until_a_seat_moves_breaks_an_assertion(
    votes: dict[int, int], seats: int, changes: random.Random
) -> None:
    try:
        plan = plan_of(votes, seats)
    except NotAuditable:
        return
    reported = seats_of(votes, seats)
    giver, taker = changes.sample(sorted(votes), 2)
    for moved in range(1, votes[giver] + 1):
        true = votes | {giver: votes[giver] - moved, taker: votes[taker] + moved}
        if seats_of(true, seats) != reported:
            assert any(each.total(true) <= 0 for each in plan.assertions)
            return


@pytest.mark.parametrize(
    ("seed", "total", "drawn"),
    [
        ("0", 1000, [905, 573, 160]),
        ("1", 1000, [97, 89, 163]),
        ("0000000000", 1000, [978, 359, 132]),
        ("999999999999999999999999", 1000, [544, 800, 654]),
        ("abcde", 1000, [247, 427, 157]),
        ("0", 2, [1, 2]),  # 1, 1, 2 with repeats
    ],
)
def test_seed_draws_what_rivests_sampler_draws(seed: str, total: int, drawn: list[int]) -> None:
    """The public test cases of that generator (github.com/cjerdonek/rivest-sampler-tests)."""
    numbers = numbers_drawn(seed, total)
    assert [next(numbers) for _ in drawn] == drawn


def test_every_ballot_is_drawn_once() -> None:
    assert sorted(numbers_drawn("12345678901234567890", 500)) == list(range(1, 501))


def test_ballots_are_numbered_through_stations_by_their_id() -> None:
    manifest = Manifest({"B": 400, "A": 600, "C": 0})
    drawn = ballots_drawn("0", manifest)

    assert manifest.total == 1000
    assert [next(drawn) for _ in range(3)] == [
        DrawnBallot(1, "B", 305),
        DrawnBallot(2, "A", 573),
        DrawnBallot(3, "A", 160),
    ]
    assert [manifest.place(number) for number in (1, 600, 601, 1000)] == [("A", 1), ("A", 600), ("B", 1), ("B", 400)]


def test_stake_by_hand() -> None:
    test = SequentialTest(ballots=10, null_mean=1, bet=Fraction(1, 2))

    follow(test, [2, 2])

    # Full bet: 1 + 1/2 (2 - 1), then mu is 8/9: 1 + 1/2 (2 - 8/9) = 14/9. Half bet: 5/4, then 23/18.
    exact = Fraction(3, 4) * Fraction(3, 2) * Fraction(14, 9) + Fraction(1, 4) * Fraction(5, 4) * Fraction(23, 18)
    assert exact - Fraction(4, UNIT) <= Fraction(test.stake, UNIT) <= exact
    assert test.risk >= 1 / exact
    assert not test.confirms(Fraction(1, 4))
    assert test.confirms(Fraction(1, 2))


def test_best_bet_is_kellys_for_a_win_or_a_loss() -> None:
    # For shares p and 1 - p of scores 2 and 0 around 1 it is 2p - 1.
    assert abs(best_bet({2: 60, 0: 40}, 1) - Fraction(1, 5)) < Fraction(1, 1000)
    assert best_bet({2: 40, 0: 60}, 1) == 0
    assert best_bet({2: 5, 1: 5}, 1) < 1


def test_all_ballots_decide_with_certainty() -> None:
    right = follow(SequentialTest(4, 1, Fraction(1, 8)), [0, 2, 1, 2])
    tied = follow(SequentialTest(4, 1, Fraction(1, 8)), [2, 0, 1, 1])

    assert (right.certain, right.risk) == (True, 0)
    assert not tied.certain
    assert tied.refuted
    with pytest.raises(ValueError, match="all ballots"):
        tied.add(1)


def chance_to_confirm(test: SequentialTest, left: Mapping[int, int], limit: Fraction) -> Fraction:
    """The exact chance that drawing all ballots (score -> number left) ever confirms the assertion."""
    if test.confirms(limit):
        return Fraction(1)
    total = sum(left.values())
    chance = Fraction(0)
    for score, number in left.items():
        if number:
            after = follow(deepcopy(test), [score])
            chance += Fraction(number, total) * chance_to_confirm(after, {**left, score: number - 1}, limit)
    return chance


@pytest.mark.parametrize("bet", [Fraction(1, 20), Fraction(1, 8), Fraction(1, 4)])
@pytest.mark.parametrize(
    ("null_mean", "false"),
    [(1, {0: 5, 2: 5}), (1, {0: 3, 1: 2, 2: 3}), (4, {0: 4, 5: 1, 9: 3}), (2, {0: 7, 9: 2}), (3, {0: 2, 4: 6})],
)
def test_chance_to_confirm_what_is_false_is_never_above_the_limit(
    null_mean: int, false: Mapping[int, int], bet: Fraction
) -> None:
    """Computed exactly over every order in which few ballots can be drawn, not simulated."""
    ballots = sum(false.values())
    assert sum(score * number for score, number in false.items()) <= null_mean * ballots
    test = SequentialTest(ballots, null_mean, bet)

    for limit in (Fraction(1, 2), Fraction(1, 3), Fraction(1, 5), Fraction(1, 20)):
        assert chance_to_confirm(test, false, limit) <= limit


def shuffled(votes: Votes, chance: random.Random, blank: int = 0) -> list[Reading]:
    """The ballots in a random order."""
    ballots: list[Reading] = [number for number, total in votes.items() for _ in range(total)]
    ballots += [None] * blank
    chance.shuffle(ballots)
    return ballots


def test_right_result_is_confirmed_after_a_part_of_the_ballots() -> None:
    votes = {1: 2720, 2: 1150, 3: 1130}
    plan = plan_of(votes, 9, blank=30)
    ballots = shuffled(votes, random.Random(5), blank=30)

    early, late = assess(plan, ballots[:40]), assess(plan, ballots[:3000])

    assert early.verdict is Verdict.DRAW_MORE
    assert 0 < early.more < plan.ballots
    assert late.verdict is Verdict.CONFIRMED
    assert late.risk <= LIMIT
    assert early.risk > LIMIT
    # What was confirmed stays so, however the rest turns out.
    assert assess(plan, ballots[:3000] + [3] * 500).verdict is Verdict.CONFIRMED


def test_wrong_result_ends_in_a_full_hand_count() -> None:
    plan = plan_of({1: 2720, 2: 1150, 3: 1130}, 9)
    true = {1: 2380, 2: 1490, 3: 1130}

    assert assess(plan, shuffled(true, random.Random(7))[:2500]).verdict is Verdict.FULL_HAND_COUNT


def test_missing_ballot_counts_against_every_assertion() -> None:
    plan = plan_of({1: 2600, 2: 1500, 3: 900}, 9)
    ballots = shuffled(plan.votes, random.Random(5))[:400]

    found = assess(plan, ballots)
    lost = assess(plan, [MISSING, *ballots[1:]])

    assert all(a.risk <= b.risk for a, b in zip(found.assertions, lost.assertions, strict=True))


def test_ballots_after_a_skipped_one_do_not_count() -> None:
    drawn = [DrawnBallot(1, "A", 4), DrawnBallot(2, "B", 1), DrawnBallot(3, "A", 2)]

    assert arrange_readings(drawn, {("A", 4): 3, ("A", 2): 1}) == [3]
    assert arrange_readings(drawn, {("A", 4): 3, ("A", 2): 1, ("B", 1): None}) == [3, None, 1]


def wrongly_confirmed(plan: AuditPlan, false: Assertion, ballots: list[Reading]) -> bool:
    """Whether a false assertion is ever confirmed, looking after each ballot up to a full hand count."""
    test = plan.test_of(false)
    scores = false.scores
    for each in ballots:
        test.add(scores[each])
        if test.confirms(plan.risk_limit):
            return True
    return False


@pytest.mark.parametrize("seats", [9, 19])
def test_risk_stays_below_the_limit_for_the_smallest_wrong_shift(seats: int) -> None:
    """300 audits of a false assertion with a margin of zero or just below: 1 in 10 may go wrong."""
    reported = {1: 260, 2: 150, 3: 90}
    plan = plan_of(reported, seats, limit=Fraction(1, 10))
    hardest = min(plan.assertions, key=lambda each: each.fewest_wrong_ballots(reported))
    winner, loser = hardest.lists[0], hardest.lists[-1]
    true = dict(reported)
    while hardest.total(true) > 0:
        true[winner] -= 1
        true[loser] += 1
    chance = random.Random(20261123)

    wrong = sum(wrongly_confirmed(plan, hardest, shuffled(true, chance)) for _ in range(300))

    assert wrong <= 30 + 3 * (300 * 0.1 * 0.9) ** 0.5
