"""Who may do what: the one check that every operation makes."""

from __future__ import annotations

import threading

import pytest

from thorbecke.identity.current import asking
from thorbecke.identity.domain.actor import (
    ANYONE,
    COMMAND_LINE,
    Actor,
    ActorKind,
    LevelTooLow,
    LoginNeeded,
    PermissionMissing,
    Representee,
    require,
)
from thorbecke.identity.public import command_line_actor, current_actor
from thorbecke.kernel.access import AssuranceLevel, Audience
from thorbecke.kernel.errors import NotEntitled

PERSON = Actor(ActorKind.PERSON, "person:a", "Anna", AssuranceLevel.SUBSTANTIAL)
COMPANY = Actor(
    ActorKind.COMPANY,
    "person:a",
    "Anna",
    AssuranceLevel.SUBSTANTIAL,
    acting_for=Representee(ActorKind.COMPANY, "company:b", "Bakkerij"),
)
OFFICIAL = Actor(ActorKind.OFFICIAL, "official:1", "Otto", AssuranceLevel.SUBSTANTIAL, frozenset({"elections.import"}))
NONE, LOW, SUBSTANTIAL, HIGH = AssuranceLevel


@pytest.mark.parametrize(
    ("actor", "needed", "refusal"),
    [
        (ANYONE, {}, None),
        (ANYONE, {"level": LOW}, LoginNeeded),
        (ANYONE, {"audience": Audience.RESIDENT}, LoginNeeded),
        (ANYONE, {"audience": Audience.OFFICIAL}, LoginNeeded),
        (ANYONE, {"permission": "elections.import"}, LoginNeeded),
        (PERSON, {"audience": Audience.RESIDENT}, None),
        (PERSON, {"audience": Audience.RESIDENT, "level": SUBSTANTIAL}, None),
        (PERSON, {"audience": Audience.RESIDENT, "level": HIGH}, LevelTooLow),
        (PERSON, {"audience": Audience.OFFICIAL}, LoginNeeded),
        (PERSON, {"permission": "elections.import"}, LoginNeeded),
        (COMPANY, {"audience": Audience.RESIDENT}, None),
        (COMPANY, {"level": SUBSTANTIAL}, None),
        (OFFICIAL, {"audience": Audience.OFFICIAL}, None),
        (OFFICIAL, {"audience": Audience.RESIDENT}, LoginNeeded),
        (OFFICIAL, {"permission": "elections.import"}, None),
        (OFFICIAL, {"permission": "elections.import", "level": HIGH}, LevelTooLow),
        (OFFICIAL, {"permission": "identity.manage-officials"}, PermissionMissing),
        (COMMAND_LINE, {"permission": "elections.import", "level": HIGH}, None),
        (COMMAND_LINE, {"audience": Audience.RESIDENT}, None),
    ],
)
def test_require(actor: Actor, needed: dict[str, object], refusal: type[NotEntitled] | None) -> None:
    if refusal is None:
        require(actor=actor, **needed)  # type: ignore[arg-type]  # a table
        return
    with pytest.raises(refusal) as caught:
        require(actor=actor, **needed)  # type: ignore[arg-type]  # a table
    assert caught.value.remedy is not None


def test_a_missing_permission_is_named() -> None:
    with pytest.raises(NotEntitled, match=r"elections\.publish"):
        require(actor=OFFICIAL, permission="elections.publish")


def test_a_permission_without_login_helps_nobody() -> None:
    pretender = Actor(ActorKind.PERSON, "person:p", "Piet", HIGH, frozenset({"elections.import"}))
    with pytest.raises(LoginNeeded):
        require(actor=pretender, permission="elections.import")


def test_the_beneficiary_is_whose_affairs_these_are() -> None:
    assert PERSON.beneficiary_id == "person:a"
    assert COMPANY.beneficiary_id == "company:b"


def test_outside_a_request_anyone_asks() -> None:
    assert current_actor() is ANYONE
    assert command_line_actor().may("anything.at-all")


def test_each_thread_has_its_own_actor() -> None:
    seen: dict[str, Actor] = {}
    both_inside = threading.Barrier(2)

    def serve(actor: Actor) -> None:
        with asking(lambda: actor):
            both_inside.wait()
            seen[actor.id] = current_actor()

    threads = [threading.Thread(target=serve, args=(actor,)) for actor in (PERSON, OFFICIAL)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {PERSON.id: PERSON, OFFICIAL.id: OFFICIAL}
    assert current_actor() is ANYONE


def test_the_actor_is_gone_after_an_error() -> None:
    with pytest.raises(RuntimeError), asking(lambda: PERSON):
        raise RuntimeError
    assert current_actor() is ANYONE
