"""Pure rules of the identity room, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from thorbecke.identity.domain import demo
from thorbecke.identity.domain.actor import ActorKind
from thorbecke.identity.domain.network import client_network
from thorbecke.identity.domain.officials import RoleUnknown, UsernameUnusable, check_roles, clean_username
from thorbecke.identity.domain.practice import PEOPLE, matches_challenge
from thorbecke.identity.domain.proof import UnusableClaims, actor_from_claims, pseudonym
from thorbecke.identity.domain.sessions import is_over, must_note
from thorbecke.identity.domain.throttle import Allowance, TooManyAttempts, next_full_at
from thorbecke.identity.domain.totp import enrolment_address, find_step, new_secret, next_code, step_at
from thorbecke.kernel.access import AssuranceLevel

NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
FIVE_A_MINUTE = Allowance(5, timedelta(minutes=1))


def attempts(*seconds: float) -> list[bool]:
    """Which of the attempts, so many seconds after noon, are allowed."""
    full_at, allowed = None, []
    for second in seconds:
        try:
            full_at = next_full_at(full_at=full_at, at=NOON + timedelta(seconds=second), allowance=FIVE_A_MINUTE)
            allowed.append(True)
        except TooManyAttempts:
            allowed.append(False)
    return allowed


def test_so_many_attempts_fit_at_once_and_no_more() -> None:
    assert attempts(0, 0, 0, 0, 0, 0, 0) == [True] * 5 + [False] * 2


def test_the_allowance_fills_again_evenly() -> None:
    assert attempts(0, 0, 0, 0, 0, 11, 12, 12, 24) == [True] * 5 + [False, True, False, True]


def test_after_the_period_all_fit_again() -> None:
    assert attempts(0, 0, 0, 0, 0, 60, 60, 60, 60, 60, 60) == [True] * 10 + [False]


def test_trying_on_does_not_make_the_wait_longer() -> None:
    assert attempts(0, 0, 0, 0, 0, *range(1, 12), 12) == [True] * 5 + [False] * 11 + [True]


def test_the_wait_is_told() -> None:
    with pytest.raises(TooManyAttempts) as caught:
        next_full_at(full_at=NOON + timedelta(seconds=60), at=NOON + timedelta(seconds=0.5), allowance=FIVE_A_MINUTE)
    assert caught.value.retry_after == 12


def test_a_clock_that_goes_back_forgives_nothing() -> None:
    full_at = next_full_at(
        full_at=NOON + timedelta(seconds=30), at=NOON - timedelta(seconds=10), allowance=FIVE_A_MINUTE
    )
    assert full_at == NOON + timedelta(seconds=42)


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "network"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", 0, "203.0.113.7"),
        ("", "", 0, "unknown"),
        ("10.0.0.1", "nonsense", 1, "unknown"),
    ],
)
def test_the_network_of_a_visitor(remote: str, forwarded: str, proxies: int, network: str) -> None:
    found = client_network(remote_address=remote, forwarded_for=forwarded, trusted_proxies=proxies)
    assert found == network


SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of RFC 6238, appendix B."""


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_of_rfc_6238(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert find_step(secret=SECRET, code=code, at=at, last_step=0) == seconds // 30


@pytest.mark.parametrize(("offset", "is_accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(offset: int, is_accepted: bool) -> None:
    code = pyotp.TOTP(SECRET).generate_otp(step_at(NOON) + offset)
    assert (find_step(secret=SECRET, code=code, at=NOON, last_step=0) is not None) is is_accepted


def test_a_code_counts_once() -> None:
    code = pyotp.TOTP(SECRET).at(NOON)
    step = find_step(secret=SECRET, code=code, at=NOON, last_step=0)
    assert step is not None
    assert find_step(secret=SECRET, code=code, at=NOON, last_step=step) is None


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "1234567", "\0"])
def test_no_code_at_all(code: str) -> None:
    assert find_step(secret=SECRET, code=code, at=NOON, last_step=0) is None


def test_a_code_may_be_typed_with_a_space() -> None:
    code = pyotp.TOTP(SECRET).at(NOON)
    assert find_step(secret=SECRET, code=f"{code[:3]} {code[3:]}", at=NOON, last_step=0)


def test_the_next_code_is_one_that_still_works() -> None:
    now = step_at(NOON)
    for last_step in (0, now - 1, now):
        code = next_code(secret=SECRET, at=NOON, last_step=last_step)
        assert code is not None
        assert find_step(secret=SECRET, code=code, at=NOON, last_step=last_step)
    assert next_code(secret=SECRET, at=NOON, last_step=now + 1) is None


def test_an_app_can_read_the_address() -> None:
    secret = new_secret()
    read = pyotp.parse_uri(enrolment_address(secret=secret, account="otto", issuer="Gemeente Voorbeeldstad"))
    assert (read.secret, read.name, read.issuer) == (secret, "otto", "Gemeente Voorbeeldstad")


def test_demo_secrets_are_as_long_as_real_ones() -> None:
    assert {len(official.totp_secret) for official in demo.OFFICIALS} == {len(new_secret())}


@pytest.mark.parametrize(
    ("began", "seen", "is_ended"),
    [(0, 0, False), (60, 15, False), (60, 16, True), (721, 1, True), (719, 1, False)],
)
def test_a_login_ends_by_idleness_or_by_age(began: int, seen: int, is_ended: bool) -> None:
    ago = {"began_at": NOON - timedelta(minutes=began), "seen_at": NOON - timedelta(minutes=seen)}
    assert is_over(**ago, at=NOON, idle=timedelta(minutes=15)) is is_ended


def test_use_is_noted_once_a_minute() -> None:
    assert not must_note(seen_at=NOON - timedelta(seconds=60), at=NOON)
    assert must_note(seen_at=NOON - timedelta(seconds=61), at=NOON)


CLAIMS = {
    "sub": "999990019",
    "name": "Anna",
    "acr": "http://eidas.europa.eu/LoA/high",
    "representations": [{"kvk": "90000011", "name": "Bakkerij"}],
}


def test_claims_become_an_actor_without_their_numbers() -> None:
    actor = actor_from_claims({**CLAIMS, "acting_for": "90000011"}, issuer="https://eid.example", key=b"k")
    assert (actor.kind, actor.name, actor.level) == (ActorKind.COMPANY, "Anna", AssuranceLevel.HIGH)
    assert actor.acting_for == actor.may_act_for[0]
    assert "999990019" not in repr(actor)
    assert "90000011" not in repr(actor)


def test_a_company_that_was_not_granted_is_not_acted_for() -> None:
    actor = actor_from_claims({**CLAIMS, "acting_for": "90000099"}, issuer="https://eid.example", key=b"k")
    assert (actor.kind, actor.acting_for) == (ActorKind.PERSON, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"name": " "},
        {"acr": None},
        {"acr": "0"},
        {"acr": ["http://eidas.europa.eu/LoA/high"]},
        {"representations": "x"},
        {"representations": [1]},
        {"representations": [{"kvk": "1"}]},
    ],
)
def test_claims_that_say_too_little(wrong: dict[str, object]) -> None:
    with pytest.raises(UnusableClaims):
        actor_from_claims({**CLAIMS, **wrong}, issuer="https://eid.example", key=b"k")


def test_a_pseudonym_is_stable_and_depends_on_all() -> None:
    base = pseudonym("person", "https://eid.example", "1", key=b"k")
    others = {
        pseudonym("company", "https://eid.example", "1", key=b"k"),
        pseudonym("person", "https://other.example", "1", key=b"k"),
        pseudonym("person", "https://eid.example", "2", key=b"k"),
        pseudonym("person", "https://eid.example", "1", key=b"l"),
    }
    assert base == pseudonym("person", "https://eid.example", "1", key=b"k")
    assert len(others | {base}) == 5


def test_the_challenge_of_rfc_7636() -> None:
    verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert matches_challenge(verifier=verifier, challenge=challenge)
    assert not matches_challenge(verifier=verifier[:-1], challenge=challenge)
    assert not matches_challenge(verifier="", challenge=challenge)


def test_practice_people_cover_every_level_and_both_kinds() -> None:
    assert {person.highest for person in PEOPLE} == set(AssuranceLevel) - {AssuranceLevel.NONE}
    assert {bool(person.companies) for person in PEOPLE} == {True, False}


@pytest.mark.parametrize(("typed", "name"), [("Piet", "piet"), (" a.b-c_1 ", "a.b-c_1")])
def test_user_names(typed: str, name: str) -> None:
    assert clean_username(typed) == name


@pytest.mark.parametrize("typed", ["", "a", "-a", "a b", "a/b", "ä1", "x" * 61])
def test_unusable_user_names(typed: str) -> None:
    with pytest.raises(UsernameUnusable):
        clean_username(typed)


def test_an_unknown_role_is_named() -> None:
    with pytest.raises(RoleUnknown, match="king"):
        check_roles(frozenset({"king"}), frozenset({"clerk"}))
