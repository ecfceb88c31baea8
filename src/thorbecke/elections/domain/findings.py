"""What a check on a count finds, the thresholds of the checks, and the view of one station that they judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thorbecke.kernel.messages import Message

from .count import CandidateList, StationCount, VoteGroup


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a number stands out; no statute sets any but `proxies_per_voter`.

    Whose practice each is stands in docs/elections-checks.md, with the reason for those that are this project's own.
    """

    blank_share: Fraction = Fraction(3, 100)
    invalid_share: Fraction = Fraction(3, 100)
    difference_share: Fraction = Fraction(2, 100)
    difference_ballots: int = 15
    deviation_share: Fraction = Fraction(50, 100)
    exchange_factor: int = 10
    exchange_factor_lists: int = 5
    exchange_votes: int = 15
    exchange_fit: int = 4
    exchange_fit_lists: int = 2
    proxies_per_voter: int = 2
    proxies_factor: int = 2
    proxies_surplus: int = 15


THRESHOLDS = Thresholds()
"""The thresholds that the site uses."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a count that must be resolved (code F..) or stands out (W..), in one station or in the whole.

    `votes` is how many votes could be wrong if this is an error, at most; `between_lists` whether they could be votes
    of another list, so that a seat could move. The numbers that the check judged are the values of `text`.
    """

    code: str
    station: str | None
    text: Message
    votes: int
    between_lists: bool = True

    @property
    def is_error(self) -> bool:
        """Whether numbers contradict each other or the law, so that one of them must be wrong."""
        return self.code.startswith("F")

    @property
    def numbers(self) -> Mapping[str, str | int]:
        """The numbers by which anyone can do the check again."""
        return self.text.values


@dataclass(frozen=True, slots=True)
class Case:
    """One station beside all stations together."""

    station: StationCount
    together: VoteGroup
    stations: int
    lists: Sequence[CandidateList]
    thresholds: Thresholds = THRESHOLDS

    @property
    def group(self) -> VoteGroup:
        """What this station counted."""
        return self.station.group

    @property
    def place(self) -> str:
        """The station's id, for its findings."""
        return self.station.id

    @property
    def elsewhere(self) -> int:
        """Valid votes in all other stations."""
        return self.together.valid - self.group.valid
