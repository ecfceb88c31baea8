"""An election, its lists and what was counted per polling station, as the files carry them; checks that sums agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .sums import add_up, add_up_lists


@dataclass(frozen=True, slots=True)
class Election:
    """One election of one body: id and category as in EML ("GR2022_Town", "GR"), authority by its CBS code or name."""

    id: str
    category: str
    name: str
    date: date
    authority: str
    seats: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate on one list: the number on the ballot paper and the parts of the name that are shown."""

    position: int
    last_name: str
    prefix: str = ""
    initials: str = ""
    first_name: str = ""
    locality: str = ""

    @property
    def display_name(self) -> str:
        """The name as on a ballot paper: last name, initials, prefix and first name between brackets."""
        given = " ".join(part for part in (self.initials, self.prefix) if part)
        name = f"{self.last_name}, {given}" if given else self.last_name
        return f"{name} ({self.first_name})" if self.first_name else name


@dataclass(frozen=True, slots=True)
class CandidateList:
    """A list of candidates: list number, appellation (empty for a blank list) and candidates by rising position.

    Positions start at 1 and may have gaps; votes per candidate are always in the order of `candidates`.
    """

    number: int
    name: str
    candidates: tuple[Candidate, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """The candidates' positions, in the order in which votes are given."""
        return tuple(candidate.position for candidate in self.candidates)


@dataclass(frozen=True, slots=True)
class Admission:
    """Voters admitted to the vote by polling card, proxy and voter pass, and their sum.

    In EML 510 the UncountedVotes "geldige stempassen", "geldige volmachtbewijzen", "geldige kiezerspassen"
    and "toegelaten kiezers".
    """

    polling_cards: int
    proxies: int
    voter_passes: int
    admitted: int


EXPLANATION_CODES = (
    "meegenomen stembiljetten",
    "te weinig uitgereikte stembiljetten",
    "te veel uitgereikte stembiljetten",
    "geen briefstembiljetten",
    "te veel briefstembiljetten",
    "kwijtgeraakte stembiljetten",
    "geen verklaring",
    "andere verklaring",
)
"""ReasonCodes of EML 510 UncountedVotes that explain a difference (kiesraad-eml-extensions.xsd)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Ballots counted more or fewer than voters admitted, and how many by each of EXPLANATION_CODES.

    The Kieswet asks for the difference and, where possible, its explanation (N 8a in the edition of 2014).
    """

    more_counted: int = 0
    fewer_counted: int = 0
    explanations: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VoteGroup:
    """One group of counted votes, of a station or of the whole, with the sums as the file states them.

    `votes` gives per list number the votes per candidate in the order of the list; `list_totals` the stated
    total per list; `valid` the stated number of valid votes (EML TotalCounted); `eligible` the number of voters
    called to vote (EML Cast), None when unknown.
    """

    votes: Mapping[int, tuple[int, ...]]
    list_totals: Mapping[int, int]
    valid: int
    blank: int
    invalid: int
    eligible: int | None = None
    admission: Admission | None = None
    difference: Difference = field(default_factory=Difference)

    @property
    def ballots(self) -> int:
        """Ballot papers found: valid, blank and invalid."""
        return self.valid + self.blank + self.invalid


@dataclass(frozen=True, slots=True)
class StationCount:
    """What one reporting unit counted: id as in EML ("0668::SB1"), name, votes, and the true Investigation codes.

    A unit is a polling station or a municipality; `district` is the number of its electoral district, 1 where there is
    one.
    """

    id: str
    name: str
    group: VoteGroup
    investigations: tuple[str, ...] = ()
    district: int = 1


@dataclass(frozen=True, slots=True)
class ElectionCount:
    """All that was counted in one election: the stations and the totals as the file states them."""

    election_id: str
    total: VoteGroup
    stations: tuple[StationCount, ...]


class CountError(BadInput):
    """A count contradicts itself or its lists."""


class UnknownList(CountError):
    """Votes are given to a list that does not take part."""


class MissingList(CountError):
    """A list that takes part has no votes line, not even zero."""


class UnknownCandidate(CountError):
    """Votes are given to a candidate who is not on the list."""


class MissingCandidate(CountError):
    """A candidate on the list has no votes line, not even zero."""


class StationTwice(CountError):
    """The same reporting unit appears twice."""


class NegativeCount(CountError):
    """A number that counts something is below zero."""


class ListTotalDiffers(CountError):
    """The votes of the candidates do not add up to the stated total of their list."""


class ValidTotalDiffers(CountError):
    """The totals of the lists do not add up to the stated number of valid votes."""


class StationsDiffer(CountError):
    """The stations do not add up to the stated total."""


ASK_THE_SENDER = gettext_noop("Check the file against the paper record and ask the sender for a corrected file.")


def arrange_votes(candidates: CandidateList, by_position: Mapping[int, int], place: Place) -> tuple[int, ...]:
    """Return the votes in the order of the list.

    Raises UnknownCandidate for a position that is not on the list and MissingCandidate for one without votes.
    """
    positions = candidates.positions
    known = frozenset(positions)
    for position in by_position:
        if position not in known:
            raise UnknownCandidate(
                Message(
                    gettext_noop("List %(list)s has no candidate number %(candidate)s."),
                    {"list": candidates.number, "candidate": position},
                ),
                Message(gettext_noop("Use the count and the candidate lists of the same election.")),
                place,
            )
    for position in positions:
        if position not in by_position:
            raise MissingCandidate(
                Message(
                    gettext_noop("Candidate number %(candidate)s of list %(list)s has no number of votes."),
                    {"list": candidates.number, "candidate": position},
                ),
                Message(ASK_THE_SENDER),
                place,
            )
    return tuple(by_position[position] for position in positions)


def total_of(groups: Iterable[VoteGroup], lists: Sequence[CandidateList]) -> VoteGroup:
    """Return the sum of vote groups, with every sum made from the votes per candidate.

    `eligible` and `admission` are summed when every group has them, and None otherwise.
    """
    parts = tuple(groups)
    votes = {each.number: add_up_lists(part.votes[each.number] for part in parts) for each in lists}
    votes = {each.number: votes[each.number] or (0,) * len(each.candidates) for each in lists}
    list_totals = {number: sum(counts) for number, counts in votes.items()}
    eligible = [part.eligible for part in parts if part.eligible is not None]
    return VoteGroup(
        votes=votes,
        list_totals=list_totals,
        valid=sum(list_totals.values()),
        blank=sum(part.blank for part in parts),
        invalid=sum(part.invalid for part in parts),
        eligible=sum(eligible) if len(eligible) == len(parts) else None,
        admission=_total_admission([part.admission for part in parts if part.admission is not None], len(parts)),
        difference=_total_difference([part.difference for part in parts]),
    )


def _total_admission(admissions: Sequence[Admission], expected: int) -> Admission | None:
    if len(admissions) < expected:
        return None
    return Admission(
        polling_cards=sum(each.polling_cards for each in admissions),
        proxies=sum(each.proxies for each in admissions),
        voter_passes=sum(each.voter_passes for each in admissions),
        admitted=sum(each.admitted for each in admissions),
    )


def _total_difference(differences: Sequence[Difference]) -> Difference:
    return Difference(
        more_counted=sum(each.more_counted for each in differences),
        fewer_counted=sum(each.fewer_counted for each in differences),
        explanations=add_up(each.explanations for each in differences),
    )
