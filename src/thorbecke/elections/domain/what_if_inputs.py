"""The inputs of a what-if: JSON without names, built from a question and read back strictly.

Schema (every member is required; numbers are integers from 0, unless said otherwise):

    {
      "source":  {"log": origin of the log, "index": n, "subject": text},
      "lists":   [{"number": from 1, "votes": n}, ...],
      "options": {
        "method":       a name under "divisors" or "quotas" in the rule,
        "seats":        from 1 to 150,
        "threshold":    "none", "quota", or a share of the votes such as "1/20", above 0 and at most 1,
        "combinations": [[list numbers, two or more], ...], no list twice
      }
    }

The source is the published outcome whose list totals these are said to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.messages import gettext_noop

from .exact import fraction_text, parse_fraction
from .fields import Given
from .what_if_rule import METHODS, MOST_SEATS

NO_THRESHOLD = "none"
QUOTA_THRESHOLD = "quota"


@dataclass(frozen=True, slots=True)
class Source:
    """A published outcome: the origin of its log, its index from 0 and its subject."""

    log: str
    index: int
    subject: str


@dataclass(frozen=True, slots=True)
class ListTotal:
    """A list with its votes."""

    number: int
    votes: int


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked: method, seats, threshold ("none", "quota" or a share) and lists that count as one."""

    method: str
    seats: int
    threshold: str = NO_THRESHOLD
    combinations: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """The votes of a published outcome, and the way in which to divide seats over them."""

    source: Source
    lists: tuple[ListTotal, ...]
    options: Options

    @property
    def inputs(self) -> JsonObject:
        """The question as inputs of a computation."""
        asked = self.options
        return {
            "source": {"log": self.source.log, "index": self.source.index, "subject": self.source.subject},
            "lists": [{"number": each.number, "votes": each.votes} for each in self.lists],
            "options": {
                "method": asked.method,
                "seats": asked.seats,
                "threshold": asked.threshold,
                "combinations": [list(each) for each in asked.combinations],
            },
        }


def share_threshold(share: Fraction) -> str:
    """Return the threshold for a share of the votes; none for 0."""
    return fraction_text(share) if share else NO_THRESHOLD


def read_question(inputs: JsonObject) -> Question:
    """Return the question that `inputs` put. Raises BadInputs, naming the member, when they break their schema."""
    source, lists, options = Given(inputs, "").members("source", "lists", "options")
    totals = _lists(lists)
    return Question(_source(source), totals, _options(options, [each.number for each in totals]))


def _source(given: Given) -> Source:
    log, index, subject = given.members("log", "index", "subject")
    return Source(log.text(), index.integer(), subject.text())


def _lists(given: Given) -> tuple[ListTotal, ...]:
    found: dict[int, ListTotal] = {}
    for each in given.items():
        number, votes = each.members("number", "votes")
        if number.integer(1) in found:
            raise number.refuse(gettext_noop("This list stands here twice."))
        found[number.integer(1)] = ListTotal(number.integer(1), votes.integer())
    if not found:
        raise given.refuse(gettext_noop("There must be at least one list."))
    return tuple(found.values())


def _options(given: Given, numbers: Sequence[int]) -> Options:
    method, seats, threshold, combinations = given.members("method", "seats", "threshold", "combinations")
    if method.text() not in METHODS:
        raise method.refuse(gettext_noop("The rule knows no such method."))
    return Options(
        method.text(), seats.integer(1, MOST_SEATS), _threshold(threshold), _combinations(combinations, numbers)
    )


def _threshold(given: Given) -> str:
    text = given.text()
    if text in (NO_THRESHOLD, QUOTA_THRESHOLD):
        return text
    try:
        share = parse_fraction(text)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share <= 1 or fraction_text(share) != text:
        raise given.refuse(gettext_noop("A threshold is “none”, “quota” or a share of the votes such as “1/20”."))
    return text


def _combinations(given: Given, numbers: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = []
    seen: set[int] = set()
    for each in given.items():
        combined = each.integers(1)
        if len(combined) < 2:
            raise each.refuse(gettext_noop("A combination has two lists or more."))
        for number in combined:
            if number not in numbers:
                raise each.refuse(gettext_noop("There is no list %(number)s."), number=number)
            if number in seen:
                raise each.refuse(gettext_noop("List %(number)s stands in the combinations twice."), number=number)
            seen.add(number)
        found.append(combined)
    return tuple(found)
