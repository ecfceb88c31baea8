"""The hash of a file in groups, and the two groups that someone types from paper."""

from __future__ import annotations

import pytest

from thorbecke.elections.adapters.eml_reader import EmlFile
from thorbecke.elections.adapters.file_hash import HashDiffers, check_typed_groups, hash_groups
from thorbecke.kernel.errors import BadInput

ABC = EmlFile("abc.txt", b"abc").sha256
"""As FIPS 180-2 gives it: ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad."""


def test_sixteen_groups_of_four_make_the_hash() -> None:
    assert hash_groups(ABC)[:4] == ("ba78", "16bf", "8f01", "cfea")
    assert len(hash_groups(ABC)) == 16
    assert "".join(hash_groups(ABC)) == ABC


@pytest.mark.parametrize("wrong", ["", "abc", ABC.upper(), ABC + "0", "g" * 64])
def test_something_else_has_no_groups(wrong: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        hash_groups(wrong)


@pytest.mark.parametrize("typed", [{1: "ba78", 16: "15ad"}, {4: " CFEA ", 2: "16Bf"}])
def test_accepts_the_groups_as_on_paper(typed: dict[int, str]) -> None:
    check_typed_groups(ABC, typed)


@pytest.mark.parametrize(
    ("typed", "group", "problem"),
    [
        ({1: "ba78", 2: "16be"}, "group 2", "differs"),
        ({1: "16bf", 2: "ba78"}, "group 1", "differs"),
        ({1: "", 2: "16bf"}, "group 1", "not four characters"),
        ({1: "ba78", 9: "b0036"}, "group 9", "not four characters"),
        ({1: "ba78", 9: "b0o3"}, "group 9", "not four characters"),
    ],
)
def test_refuses_other_groups(typed: dict[int, str], group: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem) as caught:
        check_typed_groups(ABC, typed)

    assert caught.value.place.field == group


def test_tells_another_file_from_a_slip() -> None:
    with pytest.raises(HashDiffers):
        check_typed_groups(EmlFile("abd.txt", b"abd").sha256, {1: "ba78", 2: "16bf"})


@pytest.mark.parametrize("typed", [{}, {1: "ba78"}, {0: "ba78", 1: "ba78"}, {1: "ba78", 17: "0000"}])
def test_exactly_two_existing_groups_are_asked(typed: dict[int, str]) -> None:
    with pytest.raises(ValueError, match="two groups"):
        check_typed_groups(ABC, typed)
