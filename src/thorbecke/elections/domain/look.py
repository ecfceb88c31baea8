"""The findings of all checks in the order in which they need a look: first those on which a seat could hang."""

from __future__ import annotations

from dataclasses import dataclass

from .checks import check_all
from .findings import Finding
from .margin import Margin, votes_to_move_a_seat
from .published import CountedElection
from .rule import COUNCIL_RULE, read_parameters
from .standing import ListVotes

PARAMETERS = read_parameters(COUNCIL_RULE)


@dataclass(frozen=True, slots=True)
class Look:
    """A finding, and whether as many votes as it is about could move a seat from one list to another."""

    finding: Finding
    could_move_a_seat: bool


@dataclass(frozen=True, slots=True)
class Looks:
    """All that needs a look in one count, with the fewest votes that move a seat; None where no number does."""

    each: tuple[Look, ...]
    margin: Margin | None

    @property
    def errors(self) -> int:
        """How many findings are errors that must be resolved."""
        return sum(look.finding.is_error for look in self.each)

    @property
    def seats_could_move(self) -> int:
        """How many findings are about enough votes to move a seat."""
        return sum(look.could_move_a_seat for look in self.each)


def what_needs_a_look(counted: CountedElection) -> Looks:
    """Return what the checks find in each district, in the order in which it needs a look.

    More votes move as many seats or more, so findings about votes between lists stand by falling number of votes when
    these suffice to move a seat. After them come the other errors, then the other warnings.
    """
    margin = council_margin(counted)
    looks = [
        Look(finding, margin is not None and finding.between_lists and finding.votes >= margin.votes)
        for count, lists in counted.counts
        for finding in check_all(count, lists)
    ]
    return Looks(tuple(sorted(looks, key=_urgency)), margin)


def council_margin(counted: CountedElection) -> Margin | None:
    """Return how few votes would have moved a seat; None where none would, or where another rule holds."""
    if counted.election.category not in PARAMETERS.categories:
        return None
    votes = counted.total.votes
    lists = [
        ListVotes(
            each.number,
            tuple(zip(each.positions, votes[each.number], strict=True)),
            frozenset(counted.deceased.get(each.number, ())),
        )
        for each in counted.lists
    ]
    return votes_to_move_a_seat(seats=counted.election.seats, lists=lists, parameters=PARAMETERS)


def _urgency(look: Look) -> tuple[bool, bool, int, str, str]:
    finding = look.finding
    first = look.could_move_a_seat
    return (not first, not first and not finding.is_error, -finding.votes, finding.station or "", finding.code)
