"""Puts the candidates and counts of all districts of an election together, whole or with a clear refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thorbecke.elections.domain.count import CandidateList, ElectionCount, StationCount, VoteGroup, total_of
from thorbecke.elections.domain.districts import (
    ONLY_DISTRICT,
    CountedDistrict,
    DistrictBallot,
    JoinedBallots,
    join_ballots,
)
from thorbecke.elections.domain.inputs import WHOLE_COUNT
from thorbecke.elections.domain.published import OSV
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .csv_osv import OsvCount, OsvHeading, read_osv_csv, read_osv_heading
from .eml_110a import Definition
from .eml_230 import DistrictLists
from .eml_510 import read_count, read_heading
from .eml_identity import Contest, Identity
from .eml_reader import EmlFile

MUNICIPALITY_FORM = "510b"
OF_A_DISTRICT = "HSB"
"""How a count names a district among areas: "HSB17"."""

TWO_FILES = gettext_noop("There are two files with form %(form)s: this one and %(other)s.")
ONE_ELECTION = gettext_noop("Send one file of each form, and the files of one election at a time.")
SEND_EACH_DISTRICT = gettext_noop("Send the candidates and the count of every district, each once.")


@dataclass(frozen=True, slots=True)
class ReadDistrict:
    """The lists of one district, the file that they stand in and the election that it names."""

    file: EmlFile
    form: str
    identity: Identity
    district: DistrictLists

    @property
    def number(self) -> int:
        """Number of the district."""
        return _number(self.district.contest, self.file)


@dataclass(slots=True)
class CountFile:
    """A file with the count of a district or of a municipality in it; its top is read, its votes are not yet.

    `own` is a CSV as read with the candidates that it holds itself.
    """

    file: EmlFile
    form: str
    identity: Identity | None = None
    contest: Contest | None = None
    heading: OsvHeading | None = None
    own: OsvCount | None = None

    def __post_init__(self) -> None:
        """Read the top of the file. Raises BadInput."""
        if self.form == OSV:
            self.heading = read_osv_heading(self.file)
        else:
            self.identity, self.contest = read_heading(self.file)

    @property
    def is_of_municipality(self) -> bool:
        """Whether other files may count the rest of the district."""
        if self.heading is not None:
            return not self.heading.area_id.startswith(OF_A_DISTRICT)
        return self.form == MUNICIPALITY_FORM

    def district(self, municipalities: Mapping[str, int]) -> int:
        """Return the number of the district. Raises BadInput when a municipality is in none."""
        if self.contest is not None:
            return _number(self.contest, self.file)
        area = self.heading.area_id if self.heading else ""
        if area.removeprefix(OF_A_DISTRICT).isdecimal() and not self.is_of_municipality:
            return int(area.removeprefix(OF_A_DISTRICT))
        if area in municipalities:
            return municipalities[area]
        if municipalities:
            raise problem_in(
                self.file, gettext_noop("Area %(area)s is in no district of this election."), area=area or "?"
            )
        return ONLY_DISTRICT

    def read_own_lists(self, election_id: str) -> tuple[CandidateList, ...]:
        """Read the candidates that a CSV holds itself. Raises BadInput."""
        self.own = read_osv_csv(self.file, election_id)
        return self.own.lists

    def read(self, election_id: str, lists: tuple[CandidateList, ...]) -> ElectionCount:
        """Read the votes for `lists`. Raises BadInput."""
        if self.own is not None and self.own.lists == lists:
            return self.own.count
        if self.form == OSV:
            return read_osv_csv(self.file, election_id, lists).count
        return read_count(self.file, lists)[1]


@dataclass(frozen=True, slots=True)
class CountedDistricts:
    """All districts with their counts, by the numbers of the groups."""

    lists: tuple[CandidateList, ...]
    districts: tuple[CountedDistrict, ...]
    stations: tuple[StationCount, ...]
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _District:
    """What the files say of one district."""

    number: int
    name: str = ""
    lists: tuple[CandidateList, ...] = ()
    lists_file: EmlFile | None = None
    counts: list[CountFile] = field(default_factory=list)


def count_districts(
    identity: Identity,
    definition: Definition | None,
    ballots: Sequence[ReadDistrict],
    counts: Sequence[CountFile],
    left_out: frozenset[int],
) -> CountedDistricts:
    """Return the districts in the order of their numbers, with everything that was counted in them.

    A district has its candidates once, and is counted by one file or by one for each of its municipalities. Raises
    BadInput for a district or municipality that is missing, twice, or left out and given.
    """
    municipalities = definition.municipalities if definition else {}
    districts: dict[int, _District] = {}
    for ballot in ballots:
        _add_ballot(districts, ballot)
    for count in counts:
        number = count.district(municipalities)
        is_numbered = bool(municipalities) if count.contest is None else count.contest.id.isdecimal()
        _add_count(districts.setdefault(number, _District(number)), count, is_numbered=is_numbered)
    names = _expected(definition, districts, left_out)
    in_order = [districts[number] for number in sorted(districts)]
    for each in in_order:
        each.name = each.name or names.get(each.number, "")
        _complete(each, identity, municipalities)
    return _read_counts(in_order, identity, tuple(names[number] or str(number) for number in sorted(left_out)))


def problem_in(file: EmlFile, problem: str, remedy: str = SEND_EACH_DISTRICT, **values: str | int) -> BadInput:
    """Return the error that says what is wrong with a file as a whole."""
    return BadInput(Message(problem, values), Message(remedy, values), Place(file.name))


def _number(contest: Contest, file: EmlFile) -> int:
    if contest.id in {"geen", "alle"}:
        return ONLY_DISTRICT
    if not contest.id.isdecimal() or not 1 <= int(contest.id) <= 999:
        raise problem_in(file, gettext_noop('"%(text)s" is not the number of a district.'), text=contest.id[:40])
    return int(contest.id)


def _add_ballot(districts: dict[int, _District], ballot: ReadDistrict) -> None:
    district = districts.setdefault(ballot.number, _District(ballot.number))
    if district.lists_file is not None:
        raise _twice(ballot.file, district.lists_file, ballot.form, ballot.district.contest)
    district.name, district.lists = ballot.district.contest.name, ballot.district.lists
    district.lists_file = ballot.file


def _add_count(district: _District, count: CountFile, *, is_numbered: bool) -> None:
    """Add a file; with others it must be one of a municipality, as they are."""
    for other in district.counts:
        if not (is_numbered and count.is_of_municipality and other.is_of_municipality):
            raise _second_count(count, other, district.number)
    district.counts.append(count)
    if count.contest is not None:
        district.name = district.name or count.contest.name


def _second_count(count: CountFile, other: CountFile, number: int) -> BadInput:
    if count.form != other.form:
        return problem_in(
            count.file,
            gettext_noop("There are two counts: this file and %(other)s."),
            gettext_noop("Send one of them."),
            other=other.file.name,
        )
    return _twice(count.file, other.file, count.form, count.contest or Contest(str(number)))


def _twice(file: EmlFile, other: EmlFile, form: str, contest: Contest) -> BadInput:
    if not contest.id.isdecimal():
        return problem_in(file, TWO_FILES, ONE_ELECTION, form=form, other=other.name)
    return problem_in(
        file,
        gettext_noop("District %(district)s is in two files of one kind: this one and %(other)s."),
        district=contest.id,
        other=other.name,
    )


def _expected(
    definition: Definition | None, districts: Mapping[int, _District], left_out: frozenset[int]
) -> Mapping[int, str]:
    """Return the names of the districts that there must be; refuse one that has no files or should have none."""
    names = {int(each.id): each.name for each in definition.districts} if definition else {}
    if set(districts) == {ONLY_DISTRICT} and _is_whole(districts[ONLY_DISTRICT]):
        names = {}
    for number in left_out:
        if number not in names or number in districts:
            raise BadInput(
                Message(
                    gettext_noop("District %(district)s cannot be left out: it does not exist, or there are files."),
                    {"district": number},
                ),
                Message(gettext_noop("Name only districts of the 110a file of which no file is sent.")),
                Place(field="left_out"),
            )
    for number, name in names.items():
        if number not in districts and number not in left_out:
            raise BadInput(
                Message(
                    gettext_noop("District %(district)s (%(name)s) is missing."), {"district": number, "name": name}
                ),
                Message(SEND_EACH_DISTRICT),
            )
    return names


def _is_whole(district: _District) -> bool:
    """Whether its count is of the whole election: of one without districts, or of all of them together."""
    return all(count.contest is not None and not count.contest.id.isdecimal() for count in district.counts)


def _complete(district: _District, identity: Identity, municipalities: Mapping[str, int]) -> None:
    """Refuse a district without a count or a municipality of it, and take candidates from a CSV where no file has them.

    Raises BadInput.
    """
    if not district.counts:
        raise _lacks(district, gettext_noop("The count of district %(district)s (%(name)s) is missing."))
    given = {count.heading.area_id for count in district.counts if count.heading and count.is_of_municipality}
    if given:
        missing = [code for code, number in municipalities.items() if number == district.number and code not in given]
        for code in missing:
            raise _lacks(district, gettext_noop("The count of municipality %(code)s is missing."), code=code)
    for count in district.counts:
        if not district.lists and count.heading is not None:
            district.lists, district.lists_file = count.read_own_lists(identity.id), count.file
    if not district.lists:
        raise _lacks(district, gettext_noop("The candidates of district %(district)s (%(name)s) are missing."))


def _lacks(district: _District, problem: str, **values: str | int) -> BadInput:
    values |= {"district": district.number, "name": district.name}
    return BadInput(Message(problem, values), Message(SEND_EACH_DISTRICT))


def _read_counts(districts: Sequence[_District], identity: Identity, left_out: tuple[str, ...]) -> CountedDistricts:
    joined = join_ballots([DistrictBallot(each.number, each.name, each.lists) for each in districts])
    seen: dict[str, EmlFile] = {}
    counted, stations = [], []
    for district in districts:
        counts = [(count.file, count.read(identity.id, district.lists)) for count in district.counts]
        for file, count in counts:
            _refuse_again(file, count, seen)
        counted.append(_counted(district, [count for _, count in counts], joined))
        stations += [
            replace(station, district=district.number, group=joined.renumber(district.number, station.group))
            for _, count in counts
            for station in count.stations or (_as_station(count.total, district, alone=len(districts) == 1),)
        ]
    return CountedDistricts(joined.groups, tuple(counted), tuple(stations), left_out)


def _refuse_again(file: EmlFile, count: ElectionCount, seen: dict[str, EmlFile]) -> None:
    for station in count.stations:
        if station.id in seen:
            raise problem_in(
                file,
                gettext_noop("Polling station %(station)s is in %(other)s too."),
                station=station.id,
                other=seen[station.id].name,
            )
        seen[station.id] = file


def _as_station(total: VoteGroup, district: _District, *, alone: bool) -> StationCount:
    """A count without stations is one station."""
    return StationCount(WHOLE_COUNT if alone else f"{OF_A_DISTRICT}{district.number}", district.name, total)


def _counted(district: _District, counts: Iterable[ElectionCount], joined: JoinedBallots) -> CountedDistrict:
    totals = [count.total for count in counts]
    total = totals[0] if len(totals) == 1 else total_of(totals, district.lists)
    lists = joined.per_district[district.number]
    in_order = tuple(sorted(lists.values(), key=lambda each: each.number))
    return CountedDistrict(district.number, district.name, in_order, joined.renumber(district.number, total))
