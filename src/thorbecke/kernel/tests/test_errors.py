"""Errors and messages name the place and the remedy, in the language of the reader."""

from __future__ import annotations

import pytest

from thorbecke.kernel.access import (
    Access,
    AssuranceLevel,
    Audience,
    access_of,
    for_officials,
    for_residents,
    open_to_anyone,
)
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("count.xml", 12, "ValidVotes"), "count.xml, line 12, ValidVotes: Wrong. Mend it."),
        (Place(file="count.xml"), "count.xml: Wrong. Mend it."),
        (None, "Wrong. Mend it."),
    ],
)
def test_bad_input_names_place_and_remedy(place: Place | None, expected: str) -> None:
    assert str(BadInput(Message("Wrong."), Message("Mend it."), place)) == expected


def test_message_is_translated_before_it_is_filled() -> None:
    message = Message("%(count)s lists", {"count": 7})
    assert str(message) == "7 lists"
    assert message.render({"%(count)s lists": "%(count)s lijsten"}.__getitem__) == "7 lijsten"


def test_message_without_values_may_hold_a_percent_sign() -> None:
    assert str(Message("75 % of the quota")) == "75 % of the quota"


def test_a_view_carries_its_declaration() -> None:
    def view() -> None:
        """Stand for a page."""

    assert access_of(view) is None
    assert access_of(open_to_anyone(view)) == Access(Audience.ANYONE)
    assert access_of(for_residents(AssuranceLevel.HIGH)(view)) == Access(Audience.RESIDENT, None, AssuranceLevel.HIGH)
    assert access_of(for_officials("a.b")(view)) == Access(Audience.OFFICIAL, "a.b", AssuranceLevel.SUBSTANTIAL)
