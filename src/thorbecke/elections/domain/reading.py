"""The recorded inputs of a council result read back: every member judged, every total added up again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.messages import gettext_noop

from .fields import Given
from .inputs import Draw
from .standing import ListVotes
from .sums import add_up_lists

MOST_SEATS = 999
"""Technical bound on the work that inputs can ask for; the law's own bound for councils is lower (Gemeentewet, 8)."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Valid, blank and invalid votes of the whole election (Kieswet, P 20 (1))."""

    valid: int
    blank: int
    invalid: int


@dataclass(frozen=True, slots=True)
class CouncilInputs:
    """What the computation needs: seats, votes per list and candidate, totals and draws."""

    category: Given
    seats: int
    lists: tuple[ListVotes, ...]
    totals: Totals
    draws: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class _Roll:
    """Positions and deceased positions of one list."""

    positions: tuple[int, ...]
    deceased: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Station:
    votes: Mapping[int, tuple[int, ...]]
    blank: int
    invalid: int


def read_inputs(inputs: JsonObject) -> CouncilInputs:
    """Return what `inputs` say, after the schema of `inputs.py`.

    Raises BadInputs naming the member for anything missing, unknown, of a wrong type, negative, repeated or not
    adding up.
    """
    election, lists, stations, totals, draws, files = Given(inputs, "").members(
        "election", "lists", "stations", "totals", "draws", "files"
    )
    category, seats = read_election(election)
    rolls = _read_lists(lists)
    counted = _read_stations(stations, rolls)
    votes = {number: add_up_lists(each.votes[number] for each in counted) for number in rolls}
    read_files(files)
    return CouncilInputs(
        category=category,
        seats=seats,
        lists=tuple(
            ListVotes(number, tuple(zip(roll.positions, votes[number], strict=True)), roll.deceased)
            for number, roll in rolls.items()
        ),
        totals=_read_totals(totals, votes, counted),
        draws=tuple(read_draw(each) for each in draws.items()),
    )


def read_election(election: Given) -> tuple[Given, int]:
    """Return category and seats of an election."""
    identifier, category, day, seats = election.members("id", "category", "date", "seats")
    identifier.text()
    category.text()
    day.day()
    return category, seats.integer(1, MOST_SEATS)


def _read_lists(lists: Given) -> dict[int, _Roll]:
    rolls: dict[int, _Roll] = {}
    for each in lists.items():
        number, candidates, deceased = each.members("number", "candidates", "deceased")
        if number.integer(1) in rolls:
            raise number.refuse(gettext_noop("List %(list)s appears twice."), list=number.integer())
        rolls[number.integer()] = _read_roll(candidates, deceased)
    if not rolls:
        raise lists.refuse(gettext_noop("There must be at least one list."))
    return rolls


def _read_roll(candidates: Given, deceased: Given) -> _Roll:
    positions, absent = candidates.integers(1), deceased.integers(1)
    if not positions:
        raise candidates.refuse(gettext_noop("There must be at least one candidate."))
    for given, values in ((candidates, positions), (deceased, absent)):
        if any(later <= earlier for earlier, later in pairwise(values)):
            raise given.refuse(gettext_noop("The numbers of the candidates must rise."))
    for position in absent:
        if position not in positions:
            raise deceased.refuse(gettext_noop("Candidate %(candidate)s is not on the list."), candidate=position)
    return _Roll(positions, frozenset(absent))


def _read_stations(stations: Given, rolls: Mapping[int, _Roll]) -> list[_Station]:
    seen: set[str] = set()
    counted = []
    for each in stations.items():
        identifier, votes, blank, invalid, eligible, admitted = each.members(
            "id", "votes", "blank", "invalid", "eligible", "admitted"
        )
        read_station_id(identifier, seen)
        eligible.optional_integer()
        admitted.optional_integer()
        counted.append(_Station(_read_votes(votes, rolls), blank.integer(), invalid.integer()))
    if not counted:
        raise stations.refuse(gettext_noop("There must be at least one polling station."))
    return counted


def read_station_id(identifier: Given, seen: set[str]) -> None:
    """Judge the id of a station and add it to those `seen`; refuse one that was there already."""
    if identifier.text() in seen:
        raise identifier.refuse(gettext_noop("Polling station %(station)s appears twice."), station=identifier.text())
    seen.add(identifier.text())


def _read_votes(votes: Given, rolls: Mapping[int, _Roll]) -> dict[int, tuple[int, ...]]:
    per_list = {number: given.integers() for number, given in by_list(votes, rolls).items()}
    for number, counts in per_list.items():
        if len(counts) != len(rolls[number].positions):
            raise votes.at(str(number)).refuse(
                gettext_noop("There are %(given)s numbers of votes for %(candidates)s candidates."),
                given=len(counts),
                candidates=len(rolls[number].positions),
            )
    return per_list


def by_list(given: Given, numbers: Iterable[int]) -> dict[int, Given]:
    """Return the members of an object whose names are exactly the list numbers, in their order."""
    names = {str(number): number for number in numbers}
    entries = given.entries()
    for name, entry in entries.items():
        if name not in names:
            raise entry.refuse(gettext_noop("List %(list)s does not take part in this election."), list=name)
    for name in names:
        if name not in entries:
            raise given.at(name).refuse(gettext_noop("This is missing."))
    return {number: entries[name] for name, number in names.items()}


def _read_totals(totals: Given, votes: Mapping[int, tuple[int, ...]], stations: list[_Station]) -> Totals:
    lists, valid, blank, invalid = totals.members("lists", "valid", "blank", "invalid")
    for number, given in by_list(lists, votes).items():
        must_be(given, sum(votes[number]))
    must_be(valid, sum(map(sum, votes.values())))
    must_be(blank, sum(each.blank for each in stations))
    must_be(invalid, sum(each.invalid for each in stations))
    return Totals(valid.integer(), blank.integer(), invalid.integer())


def must_be(given: Given, added: int) -> None:
    """Refuse a stated total that is not what the polling stations add up to."""
    if given.integer() != added:
        raise given.refuse(
            gettext_noop("This says %(stated)s, but the polling stations add up to %(sum)s."),
            stated=given.integer(),
            sum=added,
        )


def read_draw(draw: Given) -> Draw:
    """Return one draw of a lot."""
    lot, chosen = draw.members("lot", "chosen")
    return Draw(lot.text(), chosen.integers(1))


def read_files(files: Given) -> None:
    """Judge the list of files that the inputs come from."""
    for each in files.items():
        form, sha256 = each.members("format", "sha256")
        form.text()
        sha256.sha256()
