"""The published rule of a what-if: no statute, but the ways of dividing seats that anyone may try on the same votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import cast

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.outcome import PublishedRule

from .exact import fraction_text, parse_fraction

MOST_SEATS = 150
"""Seats that a what-if may have: those of the House, the largest elected body of the country."""

WHAT_IF_RULE = PublishedRule(
    id="nl.thorbecke.what-if",
    version="1",
    document={
        "title": "The same votes under another way of dividing seats",
        "status": "A calculation for comparison. It is no law, and nobody is elected by it.",
        "sources": {
            "methods": "M.L. Balinski and H.P. Young, Fair Representation: Meeting the Ideal of One Man, One Vote, "
            "2nd edition, 2001; F. Pukelsheim, Proportional Representation, 2nd edition, 2017",
            "quotas": "Pukelsheim, chapter 5",
        },
        "divisors": {
            "dhondt": {"also": "highest averages, Jefferson", "first": "1/1", "second": "2/1", "step": "1/1"},
            "sainte-lague": {"also": "Webster", "first": "1/1", "second": "3/1", "step": "2/1"},
            "modified-sainte-lague": {"also": "", "first": "7/5", "second": "3/1", "step": "2/1"},
            "adams": {"also": "", "first": "0/1", "second": "1/1", "step": "1/1"},
            "danish": {"also": "", "first": "1/1", "second": "4/1", "step": "3/1"},
            "huntington-hill": {"also": "Hill", "mean": "geometric"},
            "dean": {"also": "", "mean": "harmonic"},
        },
        "quotas": {
            "hare": {"also": "Hamilton, Niemeyer", "seats_plus": 0, "next_whole_number": False},
            "droop": {"also": "", "seats_plus": 1, "next_whole_number": True},
            "hagenbach-bischoff": {"also": "", "seats_plus": 1, "next_whole_number": False},
            "imperiali": {"also": "", "seats_plus": 2, "next_whole_number": False},
        },
        "parameters": {"most_seats": MOST_SEATS},
        "choices": {
            "divisors": "Seats go one by one to the list with the most votes divided by its next divisor. With first, "
            "second and step the divisors are first, second, second + step, second + 2 step, ... With a mean, the "
            "divisor of a list with s seats is that mean of s and s + 1.",
            "divisor_zero": "A list whose next divisor is 0 goes before every list whose divisor is not; between such "
            "lists the one with the most votes goes first.",
            "quotas": "The quota is the votes divided by seats plus seats_plus; with next_whole_number the first whole "
            "number above that. A list gets a seat for each whole quota; the seats left go to the largest remainders, "
            "one for each list, and again when each list has had one.",
            "quota_too_small": "When the whole seats are more than there are, seats_plus goes down by one and all is "
            "done again (as article 77 of the Italian decree 361 of 1957 did).",
            "votes_of_the_quota": "The votes on the lists that reach the threshold.",
            "threshold": "A share of all votes on lists, or the quota: all votes divided by the seats. As many votes "
            "are enough. It does not count between the lists of a combination.",
            "combinations": "Combined lists count as one. Their seats are then divided over them by the same method.",
            "no_votes": "A list without votes gets no seat.",
            "ties": "When lists are equal and there are not enough seats for all of them, the seats stay open.",
            "left_out": "The majority rule (Kieswet, P 9) and the number of candidates on a list (P 10) do not count.",
        },
    },
)
"""The only rule by which this version of the program computes a what-if."""


class Mean(Enum):
    """Which mean of its seats and one more is the divisor of a list."""

    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"


@dataclass(frozen=True, slots=True)
class Divisors:
    """A series first, second, second + step, ... of divisors."""

    first: Fraction
    second: Fraction
    step: Fraction
    is_squared: bool = False

    def after(self, seats: int) -> Fraction:
        """Return the divisor of a list that has `seats`."""
        return self.second + (seats - 1) * self.step if seats else self.first


@dataclass(frozen=True, slots=True)
class MeanDivisors:
    """Divisors that are a mean of the seats of a list and one more; the geometric mean is given as its square."""

    mean: Mean

    @property
    def is_squared(self) -> bool:
        """Whether `after` gives the square of the divisor, so that it stays exact."""
        return self.mean is Mean.GEOMETRIC

    def after(self, seats: int) -> Fraction:
        """Return the divisor of a list that has `seats`, or its square."""
        product = seats * (seats + 1)
        return Fraction(product) if self.is_squared else Fraction(2 * product, 2 * seats + 1)


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota for largest remainders: votes divided by seats plus some, or the first whole number above that."""

    seats_plus: int
    next_whole_number: bool

    def of(self, votes: int, seats: int) -> Fraction:
        """Return the quota for `votes` and `seats`."""
        exact = Fraction(votes, seats + self.seats_plus)
        return Fraction(int(exact) + 1) if self.next_whole_number else exact

    def larger(self) -> Quota:
        """Return the quota that is used when this one gives more whole seats than there are."""
        return Quota(self.seats_plus - 1, next_whole_number=False)


Method = Divisors | MeanDivisors | Quota


def read_methods(rule: PublishedRule) -> dict[str, Method]:
    """Return every method that the document of `rule` states, by its name, in its order."""
    divisors = cast(Mapping[str, JsonObject], rule.document["divisors"])
    quotas = cast(Mapping[str, JsonObject], rule.document["quotas"])
    found: dict[str, Method] = {name: _divisors(stated) for name, stated in divisors.items()}
    for name, stated in quotas.items():
        found[name] = Quota(cast(int, stated["seats_plus"]), cast(bool, stated["next_whole_number"]))
    return found


def _divisors(stated: JsonObject) -> Divisors | MeanDivisors:
    if "mean" in stated:
        return MeanDivisors(Mean(stated["mean"]))
    first, second, step = (parse_fraction(str(stated[name])) for name in ("first", "second", "step"))
    return Divisors(first, second, step)


METHODS = read_methods(WHAT_IF_RULE)
"""Every method that can be tried, by its name."""


def member_of(method: str) -> str:
    """Return where the document states a method: what a step names instead of an article."""
    return f"{'quotas' if isinstance(METHODS[method], Quota) else 'divisors'}.{method}"


def exact_text(value: Fraction | None) -> str | None:
    """Return an exact number as text; None stays None."""
    return None if value is None else fraction_text(value)
