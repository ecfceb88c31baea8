"""The recorded inputs of an election with districts and groups read back: every member judged, every total added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.messages import gettext_noop

from .fields import Given
from .groups import GroupList, ListGroup
from .inputs import Draw
from .reading import Totals, by_list, must_be, read_draw, read_election, read_files, read_station_id
from .sums import add_up_lists


@dataclass(frozen=True, slots=True)
class DistrictInputs:
    """What the computation needs; with weighted votes those of the groups are multiplied by their vote values (U 3)."""

    category: Given
    seats: int
    vote_values: Mapping[int, Given]
    groups: tuple[ListGroup, ...]
    totals: Totals
    draws: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class _List:
    districts: tuple[int, ...]
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    lists: tuple[_List, ...]
    deceased: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Station:
    district: int
    votes: Mapping[int, tuple[int, ...]]
    blank: int
    invalid: int


def read_district_inputs(inputs: JsonObject, *, weighted: bool) -> DistrictInputs:
    """Return what `inputs` say, after the schema of `district_inputs.py`, votes `weighted` by their district or not.

    Raises BadInputs naming the member for anything missing, unknown, of a wrong type, negative, repeated or not
    adding up.
    """
    election, districts, groups, stations, totals, draws, files = Given(inputs, "").members(
        "election", "districts", "groups", "stations", "totals", "draws", "files"
    )
    category, seats = read_election(election)
    vote_values = _read_districts(districts)
    rolls = _read_groups(groups, vote_values)
    counted = _read_stations(stations, vote_values, rolls)
    read_files(files)
    weights = {number: value.integer() if weighted else 1 for number, value in vote_values.items()}
    votes = _votes_per_district(counted)
    return DistrictInputs(
        category=category,
        seats=seats,
        vote_values=vote_values,
        groups=tuple(_group(number, roll, votes, weights) for number, roll in rolls.items()),
        totals=_read_totals(totals, rolls, counted),
        draws=tuple(read_draw(each) for each in draws.items()),
    )


def _read_districts(districts: Given) -> dict[int, Given]:
    values: dict[int, Given] = {}
    for each in districts.items():
        number, vote_value = each.members("number", "vote_value")
        vote_value.integer(1)
        if number.integer(1) in values:
            raise number.refuse(gettext_noop("District %(district)s appears twice."), district=number.integer())
        values[number.integer()] = vote_value
    if not values:
        raise districts.refuse(gettext_noop("There must be at least one district."))
    return values


def _read_groups(groups: Given, districts: Mapping[int, Given]) -> dict[int, _Group]:
    read: dict[int, _Group] = {}
    for each in groups.items():
        number, lists, deceased = each.members("number", "lists", "deceased")
        if number.integer(1) in read:
            raise number.refuse(gettext_noop("List %(list)s appears twice."), list=number.integer())
        handed_in = _read_lists(lists, districts)
        read[number.integer()] = _Group(handed_in, _read_deceased(deceased, handed_in))
    if not read:
        raise groups.refuse(gettext_noop("There must be at least one list."))
    return read


def _read_lists(lists: Given, districts: Mapping[int, Given]) -> tuple[_List, ...]:
    taken: set[int] = set()
    read = []
    for each in lists.items():
        holds_in, candidates = each.members("districts", "candidates")
        numbers = _rising(holds_in)
        for number in numbers:
            if number not in districts:
                raise holds_in.refuse(gettext_noop("There is no district %(district)s."), district=number)
            if number in taken:
                raise holds_in.refuse(
                    gettext_noop("Two lists of one party hold for district %(district)s."), district=number
                )
        taken.update(numbers)
        read.append(_List(numbers, _read_candidates(candidates)))
    if not read:
        raise lists.refuse(gettext_noop("There must be at least one list."))
    return tuple(read)


def _rising(numbers: Given) -> tuple[int, ...]:
    values = numbers.integers(1)
    if not values or any(later <= earlier for earlier, later in pairwise(values)):
        raise numbers.refuse(gettext_noop("There must be at least one district, and their numbers must rise."))
    return values


def _read_candidates(candidates: Given) -> tuple[int, ...]:
    values = candidates.integers(1)
    if not values:
        raise candidates.refuse(gettext_noop("There must be at least one candidate."))
    if len(set(values)) < len(values):
        raise candidates.refuse(gettext_noop("A candidate appears twice."))
    return values


def _read_deceased(deceased: Given, lists: Iterable[_List]) -> frozenset[int]:
    values = deceased.integers(1)
    if any(later <= earlier for earlier, later in pairwise(values)):
        raise deceased.refuse(gettext_noop("The numbers of the candidates must rise."))
    standing = {candidate for each in lists for candidate in each.candidates}
    for candidate in values:
        if candidate not in standing:
            raise deceased.refuse(gettext_noop("Candidate %(candidate)s is not on the list."), candidate=candidate)
    return frozenset(values)


def _read_stations(stations: Given, districts: Mapping[int, Given], rolls: Mapping[int, _Group]) -> list[_Station]:
    lists: dict[int, dict[int, _List]] = {district: {} for district in districts}
    for number, roll in rolls.items():
        for one in roll.lists:
            for holds_in in one.districts:
                lists[holds_in][number] = one
    seen: set[str] = set()
    counted = []
    for each in stations.items():
        identifier, district, votes, blank, invalid, eligible, admitted = each.members(
            "id", "district", "votes", "blank", "invalid", "eligible", "admitted"
        )
        read_station_id(identifier, seen)
        number = district.integer(1)
        if number not in districts:
            raise district.refuse(gettext_noop("There is no district %(district)s."), district=number)
        eligible.optional_integer()
        admitted.optional_integer()
        counted.append(_Station(number, _read_votes(votes, lists[number]), blank.integer(), invalid.integer()))
    for number in districts:
        if number not in {each.district for each in counted}:
            raise stations.refuse(gettext_noop("District %(district)s has no polling station."), district=number)
    return counted


def _read_votes(votes: Given, lists: Mapping[int, _List]) -> dict[int, tuple[int, ...]]:
    per_group = {number: given.integers() for number, given in by_list(votes, lists).items()}
    for number, counts in per_group.items():
        candidates = lists[number].candidates
        if len(counts) != len(candidates):
            raise votes.at(str(number)).refuse(
                gettext_noop("There are %(given)s numbers of votes for %(candidates)s candidates."),
                given=len(counts),
                candidates=len(candidates),
            )
    return per_group


def _votes_per_district(counted: Iterable[_Station]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return the votes per district and group, added over its stations."""
    rows: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    for station in counted:
        for number, votes in station.votes.items():
            rows.setdefault((station.district, number), []).append(votes)
    return {key: add_up_lists(each) if len(each) > 1 else each[0] for key, each in rows.items()}


def _group(
    number: int, roll: _Group, votes: Mapping[tuple[int, int], tuple[int, ...]], weights: Mapping[int, int]
) -> ListGroup:
    lists = []
    for index, each in enumerate(roll.lists, start=1):
        # U 3: the votes of a district times its vote value. P 2: equal lists add up.
        rows = [_multiplied(votes[district, number], weights[district]) for district in each.districts]
        counts = tuple(zip(each.candidates, add_up_lists(rows), strict=True))
        lists.append(GroupList(index, counts, roll.deceased.intersection(each.candidates), each.districts))
    return ListGroup(number, tuple(lists), roll.deceased)


def _multiplied(votes: tuple[int, ...], weight: int) -> tuple[int, ...]:
    return votes if weight == 1 else tuple(count * weight for count in votes)


def _read_totals(totals: Given, rolls: Mapping[int, _Group], stations: list[_Station]) -> Totals:
    groups, valid, blank, invalid = totals.members("groups", "valid", "blank", "invalid")
    counted = dict.fromkeys(rolls, 0)
    for station in stations:
        for number, votes in station.votes.items():
            counted[number] += sum(votes)
    for number, given in by_list(groups, rolls).items():
        must_be(given, counted[number])
    must_be(valid, sum(counted.values()))
    must_be(blank, sum(each.blank for each in stations))
    must_be(invalid, sum(each.invalid for each in stations))
    return Totals(valid.integer(), blank.integer(), invalid.integer())
