"""What the elections room knows of an election after an import: its count, its files, its draws and its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.outcome import Computation

from .count import CandidateList, Election, ElectionCount, StationCount, VoteGroup
from .district_inputs import District, DistrictCount, Party, build_district_inputs
from .districts import CountedDistrict, handed_in_lists, total_of_districts
from .inputs import WHOLE_COUNT, Draw, SourceFile, build_inputs
from .recompute import COUNCIL_RULE, RULE_OF

OSV, PACKAGE = "OSV4-3", "package"
"""What stands among the forms of EML_NL for the Electoral Council's CSV, and for tables with a datapackage.json."""


class Progress(Enum):
    """How far a result is: a lot must be drawn, it can be published, or it is published."""

    LOT_OPEN = "lot_open"
    COMPLETE = "complete"
    PUBLISHED = "published"


def format_of(form: str) -> str:
    """Return a form as the inputs of an outcome name it."""
    return f"{'CSV' if form in {OSV, PACKAGE} else 'EML'} {form}"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as received: EML form, "OSV4-3" or "package", name given by the sender, SHA-256 and size in bytes."""

    form: str
    name: str
    sha256: str
    size: int

    @property
    def format(self) -> str:
        """The form as the inputs of an outcome name it."""
        return format_of(self.form)


@dataclass(frozen=True, slots=True)
class RecordedDraw:
    """A lot as it was drawn: the question that the computation put, the answer, and who drew and saw it when."""

    question: JsonObject
    chosen: tuple[int, ...]
    drawn_by: str
    witnesses: str
    drawn_at: datetime

    @property
    def draw(self) -> Draw:
        """The draw as the inputs of the outcome hold it, without persons."""
        return Draw(str(self.question["id"]), self.chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalledElection:
    """One revision of an election with the totals of its districts: 1 for the first import, higher for a correction.

    `lists` has a list for each party: in an election with several districts everyone who stands for it somewhere, under
    a number of their own. `deceased` gives per list number the positions of the candidates who died. `left_out` names
    the districts that are not counted here.
    """

    revision: int
    election: Election
    lists: tuple[CandidateList, ...]
    districts: tuple[CountedDistrict, ...]
    files: tuple[StoredFile, ...]
    draws: tuple[RecordedDraw, ...] = ()
    deceased: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def total(self) -> VoteGroup:
        """The totals of all districts together; votes of a list in the order of its candidates."""
        return total_of_districts(self.districts, self.lists)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedElection(TotalledElection):
    """A revision with all that was counted; votes of a station are in the order of the lists of its district."""

    stations: tuple[StationCount, ...]

    @property
    def counts(self) -> tuple[tuple[ElectionCount, tuple[CandidateList, ...]], ...]:
        """The count of each district with the lists there; without the station of a count without stations."""
        apart = [each for each in self.stations if each.id != WHOLE_COUNT]
        return tuple(
            (
                ElectionCount(self.election.id, each.total, tuple(one for one in apart if one.district == each.number)),
                each.lists,
            )
            for each in self.districts
        )

    @property
    def inputs(self) -> JsonObject:
        """The inputs of the outcome, without any name."""
        return inputs_of(
            self.election,
            self.lists,
            self.districts,
            self.stations,
            draws=[each.draw for each in self.draws],
            files=[SourceFile(file.format, file.sha256) for file in self.files],
            deceased=self.deceased,
        )


def inputs_of(
    election: Election,
    lists: Sequence[CandidateList],
    districts: Sequence[CountedDistrict],
    stations: Sequence[StationCount],
    *,
    draws: Sequence[Draw],
    files: Sequence[SourceFile],
    deceased: Mapping[int, Sequence[int]],
) -> JsonObject:
    """Return the inputs of a result by the rule of its category, the files in the order of their formats.

    `deceased` gives per list number the positions of the candidates who died (Kieswet, P 19a).
    """
    in_order = sorted(files, key=lambda file: file.format)
    if RULE_OF[election.category].id == COUNCIL_RULE.id:
        count = ElectionCount(election.id, total_of_districts(districts, lists), tuple(stations))
        return build_inputs(election=election, lists=lists, count=count, deceased=deceased, draws=draws, files=in_order)
    return build_district_inputs(
        election=election,
        districts=[District(each.number) for each in districts],
        parties=[
            Party(number, handed_in, tuple(deceased.get(number, ())))
            for number, handed_in in sorted(handed_in_lists(districts).items())
        ],
        counts=[DistrictCount(each.id, each.district, each.group) for each in stations],
        draws=draws,
        files=in_order,
    )


@dataclass(frozen=True, slots=True)
class ElectionResult:
    """A counted election with its result; `replaces` and `replaced_by` are indices in the log."""

    counted: TotalledElection
    progress: Progress
    computation: Computation
    ledger_index: int | None = None
    published_at: datetime | None = None
    replaces: int | None = None
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class ListedElection:
    """One line in a list of elections: its latest revision."""

    id: str
    name: str
    authority: str
    date: date
    seats: int
    revision: int
    progress: Progress
    published_at: datetime | None
    ledger_index: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found by search: `kind` is "election", "list" or "candidate"; `path` starts with a slash."""

    kind: str
    title: str
    path: str
    snippet: str


class Change(Enum):
    """What an import does: nothing yet known; the same again; other than an unpublished or a published result."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REPLACES_DRAFT = "replaces_draft"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import will do, or did: the election as counted, its result, and the difference with what was there.

    `difference` has the members of `correction.difference_of`; empty where nothing was there or nothing differs.
    """

    change: Change
    counted: CountedElection
    computation: Computation
    difference: JsonObject
