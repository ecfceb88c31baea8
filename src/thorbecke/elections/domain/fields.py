"""Strict reading of JSON inputs: each value knows its place, and a wrong one is refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thorbecke.kernel.canonical_json import LARGEST_INTEGER, JsonValue
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

REMEDY = gettext_noop("Take the inputs as they were published, or build them again from the files.")
SHA256 = re.compile(r"[0-9a-f]{64}")


class BadInputs(BadInput):
    """The recorded inputs do not follow their schema or contradict themselves; the place names the member."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value with the path that leads to it, such as "stations[3].blank"."""

    value: JsonValue
    path: str

    def refuse(self, template: str, **values: str | int) -> BadInputs:
        """Return the error that says what is wrong here."""
        return BadInputs(Message(template, values), Message(REMEDY), Place(field=self.path))

    def members(self, *names: str) -> tuple[Given, ...]:
        """Return the members with these names, in this order. Raises BadInputs when one lacks or another is there."""
        found = self._mapping()
        for name in names:
            if name not in found:
                raise self.at(name).refuse(gettext_noop("This is missing."))
        for name in found:
            if name not in names:
                raise self.at(name).refuse(gettext_noop("This is not part of the inputs."))
        return tuple(self.at(name, found[name]) for name in names)

    def entries(self) -> dict[str, Given]:
        """Return all members by name."""
        return {name: self.at(name, value) for name, value in self._mapping().items()}

    def items(self) -> list[Given]:
        """Return the elements of an array."""
        return [Given(value, f"{self.path}[{index}]") for index, value in enumerate(self._array())]

    def integer(self, least: int = 0, most: int = LARGEST_INTEGER) -> int:
        """Return a whole number from `least` to `most`."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.refuse(
                gettext_noop("This must be a whole number from %(least)s to %(most)s."), least=least, most=most
            )
        return value

    def integers(self, least: int = 0) -> tuple[int, ...]:
        """Return the whole numbers of an array, each at least `least`."""
        values = self._array()
        numbers = [value for value in values if type(value) is int]
        if len(numbers) == len(values) and (not numbers or (least <= min(numbers) and max(numbers) <= LARGEST_INTEGER)):
            return tuple(numbers)
        return tuple(each.integer(least) for each in self.items())

    def optional_integer(self) -> int | None:
        """Return a whole number from 0, or None for null."""
        return None if self.value is None else self.integer()

    def text(self) -> str:
        """Return a text that is not empty."""
        if not isinstance(self.value, str) or not self.value:
            raise self.refuse(gettext_noop("This must be a text that is not empty."))
        return self.value

    def day(self) -> date:
        """Return a date in the form 2022-03-16."""
        try:
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise self.refuse(gettext_noop("This must be a date such as 2022-03-16.")) from error

    def sha256(self) -> str:
        """Return 64 lowercase hexadecimal digits."""
        if not SHA256.fullmatch(self.text()):
            raise self.refuse(gettext_noop("This must be a SHA-256: 64 lowercase hexadecimal digits."))
        return self.text()

    def at(self, name: str, value: JsonValue = None) -> Given:
        """Return the member `name` with `value`."""
        return Given(value, f"{self.path}.{name}" if self.path else name)

    def _mapping(self) -> Mapping[str, JsonValue]:
        if not isinstance(self.value, Mapping):
            raise self.refuse(gettext_noop("This must be an object."))
        return self.value

    def _array(self) -> Sequence[JsonValue]:
        if isinstance(self.value, str) or not isinstance(self.value, Sequence):
            raise self.refuse(gettext_noop("This must be an array."))
        return self.value
