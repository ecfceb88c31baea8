"""Electoral districts: their ballot papers joined into groups of lists of one party, and their totals into one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .count import Candidate, CandidateList, StationCount, VoteGroup, total_of
from .district_inputs import HandedInList

ONLY_DISTRICT = 1
"""Number of the district where an election has one, such as that of a municipal council."""


@dataclass(frozen=True, slots=True)
class DistrictBallot:
    """The lists on the ballot paper of one district, numbered as they are there."""

    number: int
    name: str
    lists: tuple[CandidateList, ...]


@dataclass(frozen=True, slots=True)
class CountedDistrict:
    """A district and what it counted in all.

    `lists` are those of the groups that take part here: each with the number of its group, its candidates in the order
    of the list in this district with their number in the group. Votes are in that order.
    """

    number: int
    name: str
    lists: tuple[CandidateList, ...]
    total: VoteGroup


@dataclass(frozen=True, slots=True)
class JoinedBallots:
    """All ballot papers together: a list per group with everyone who stands for it, and the lists of each district.

    `per_district` gives for a district and the number of a list on its ballot paper that list as its group knows it.
    """

    groups: tuple[CandidateList, ...]
    per_district: Mapping[int, Mapping[int, CandidateList]]

    def renumber(self, district: int, group: VoteGroup) -> VoteGroup:
        """Return votes by the numbers on the ballot paper of `district` as votes by group."""
        lists = self.per_district[district]
        return replace(
            group,
            votes={lists[number].number: votes for number, votes in group.votes.items()},
            list_totals={lists[number].number: votes for number, votes in group.list_totals.items()},
        )


@dataclass(slots=True)
class _Group:
    """The lists of one party as they are met; `people` by their number in the group."""

    name: str
    number: int
    people: dict[int, Candidate] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    rolls: dict[int, tuple[int, ...]] = field(default_factory=dict)
    ballot_numbers: dict[int, int] = field(default_factory=dict)

    def add(self, district: int, handed_in: CandidateList) -> None:
        roll: list[int] = []
        for candidate in handed_in.candidates:
            roll.append(self._number_of(candidate, frozenset(roll)))
        self.rolls[district] = tuple(roll)
        self.ballot_numbers[district] = handed_in.number

    def _number_of(self, candidate: Candidate, taken: frozenset[int]) -> int:
        named = self.by_name.setdefault(_name_key(candidate), [])
        for number in named:
            if number not in taken and _may_be_one_person(self.people[number], candidate):
                if not self.people[number].locality:
                    self.people[number] = replace(candidate, position=number)
                return number
        number = max(self.people, default=0) + 1 if self.rolls else candidate.position
        self.people[number] = replace(candidate, position=number)
        named.append(number)
        return number


def join_ballots(ballots: Sequence[DistrictBallot]) -> JoinedBallots:
    """Join the lists of one party in several districts into one group (Kieswet, P 2 and P 3).

    Lists are of one party when they have the same appellation, and those without one when they have the same first
    candidate. A group has the lowest number of its lists, or the next free one when another group has it. Its
    candidates have their number on its first list, and those who stand only on other lists the numbers after it;
    people of one party are the same when their names are, unless first name or residence differ.
    """
    groups: dict[tuple[str, int], _Group] = {}
    for ballot in sorted(ballots, key=lambda each: each.number):
        for each in ballot.lists:
            key, turn = _group_key(each), 0
            while (key, turn) in groups and ballot.number in groups[key, turn].rolls:
                turn += 1
            group = groups.setdefault((key, turn), _Group(each.name, each.number))
            group.number = min(group.number, each.number)
            group.add(ballot.number, each)
    return _numbered(list(groups.values()))


def _numbered(groups: Sequence[_Group]) -> JoinedBallots:
    taken: dict[int, _Group] = {}
    for group in groups:
        number = group.number if group.number not in taken else max(each.number for each in groups) + 1
        group.number = number
        taken[number] = group
    per_district: dict[int, dict[int, CandidateList]] = {}
    for group in (taken[number] for number in sorted(taken)):
        for district, roll in group.rolls.items():
            there = CandidateList(group.number, group.name, tuple(group.people[number] for number in roll))
            per_district.setdefault(district, {})[group.ballot_numbers[district]] = there
    joined = (
        CandidateList(number, taken[number].name, tuple(each for _, each in sorted(taken[number].people.items())))
        for number in sorted(taken)
    )
    return JoinedBallots(tuple(joined), per_district)


def handed_in_lists(districts: Iterable[CountedDistrict]) -> dict[int, tuple[HandedInList, ...]]:
    """Return per group its lists, equal ones as one (Kieswet, P 2), in the order of their first district."""
    found: dict[int, dict[tuple[int, ...], list[int]]] = {}
    for district in districts:
        for each in district.lists:
            found.setdefault(each.number, {}).setdefault(each.positions, []).append(district.number)
    return {
        number: tuple(HandedInList(tuple(holds_in), roll) for roll, holds_in in lists.items())
        for number, lists in found.items()
    }


def total_of_districts(districts: Sequence[CountedDistrict], groups: Sequence[CandidateList]) -> VoteGroup:
    """Return the totals of the districts added up, with the votes of each group in the order of its candidates."""
    index = {each.number: {position: at for at, position in enumerate(each.positions)} for each in groups}
    return total_of([_spread(district, groups, index) for district in districts], groups)


def adds_up(districts: Sequence[CountedDistrict], stations: Sequence[StationCount]) -> bool:
    """Whether the stated totals of every district are those of its stations together."""
    per_district: dict[int, list[VoteGroup]] = {each.number: [] for each in districts}
    for station in stations:
        per_district[station.district].append(station.group)
    return all(_is_sum(each, per_district[each.number]) for each in districts)


def _is_sum(district: CountedDistrict, groups: Sequence[VoteGroup]) -> bool:
    lists = {each.number for each in district.lists}
    if any(set(group.votes) != lists for group in groups):
        return False
    summed, stated = total_of(groups, district.lists), district.total
    return (summed.votes, summed.blank, summed.invalid) == (stated.votes, stated.blank, stated.invalid)


def _spread(
    district: CountedDistrict, groups: Sequence[CandidateList], index: Mapping[int, Mapping[int, int]]
) -> VoteGroup:
    """Give the total of a district votes for everyone of every group: none for those who do not stand there."""
    votes = {each.number: (0,) * len(each.candidates) for each in groups}
    for each in district.lists:
        places, row = index[each.number], list(votes[each.number])
        for position, count in zip(each.positions, district.total.votes[each.number], strict=True):
            row[places[position]] = count
        votes[each.number] = tuple(row)
    return replace(district.total, votes=votes)


def _group_key(each: CandidateList) -> str:
    return f"name {each.name.casefold()}" if each.name else f"first {_name_key(each.candidates[0])}"


def _name_key(candidate: Candidate) -> str:
    """Last name with its prefix, and initials: all that a count in CSV tells of a person."""
    return f"{candidate.prefix} {candidate.last_name}, {candidate.initials}".strip().casefold()


def _may_be_one_person(one: Candidate, other: Candidate) -> bool:
    pairs = ((one.first_name, other.first_name), (one.locality, other.locality))
    return all(not first or not second or first.casefold() == second.casefold() for first, second in pairs)
