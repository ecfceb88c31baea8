"""Errors that a person can act on: what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import Message


class ThorbeckeError(Exception):
    """Base of every error that carries a text for people."""

    def __init__(self, problem: Message, remedy: Message | None = None) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Place:
    """Where in what was given: file name, line (from 1) and field or element, each if known."""

    file: str | None = None
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        line = None if self.line is None else f"line {self.line}"
        return ", ".join(part for part in (self.file, line, self.field) if part is not None)


class BadInput(ThorbeckeError):
    """Something given to the program is wrong; names the place and the remedy."""

    def __init__(self, problem: Message, remedy: Message, place: Place | None = None) -> None:
        super().__init__(problem, remedy)
        self.place = place or Place()

    def __str__(self) -> str:
        place = str(self.place)
        return f"{place}: {self.problem} {self.remedy}" if place else f"{self.problem} {self.remedy}"


class NotEntitled(ThorbeckeError):
    """The actor lacks the permission or assurance level that an operation states."""


class NotFound(ThorbeckeError):
    """What was asked for by name or number does not exist."""
