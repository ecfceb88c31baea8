"""What the elections room knows of an election after an import: its count, its files, its draws and its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from thorbecke.kernel.canonical_json import JsonObject
from thorbecke.kernel.outcome import Computation

from .count import CandidateList, Election, ElectionCount
from .inputs import Draw, SourceFile, build_inputs


class Progress(Enum):
    """How far a result is: a lot must be drawn, it can be published, or it is published."""

    LOT_OPEN = "lot_open"
    COMPLETE = "complete"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as received: EML form, name given by the sender, SHA-256 and size in bytes."""

    form: str
    name: str
    sha256: str
    size: int


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


@dataclass(frozen=True, slots=True)
class CountedElection:
    """One revision of an election: 1 for the first import, one higher for each correction.

    `deceased` gives per list number the positions of the candidates who died.
    """

    revision: int
    election: Election
    lists: tuple[CandidateList, ...]
    count: ElectionCount
    files: tuple[StoredFile, ...]
    draws: tuple[RecordedDraw, ...] = ()
    deceased: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def inputs(self) -> JsonObject:
        """The inputs of the outcome, without any name."""
        return inputs_of(
            self.election,
            self.lists,
            self.count,
            draws=[each.draw for each in self.draws],
            files=[SourceFile(f"EML {file.form}", file.sha256) for file in self.files],
            deceased=self.deceased,
        )


def inputs_of(
    election: Election,
    lists: Sequence[CandidateList],
    count: ElectionCount,
    *,
    draws: Sequence[Draw],
    files: Sequence[SourceFile],
    deceased: Mapping[int, Sequence[int]],
) -> JsonObject:
    """Return the inputs of a result, the files in the order of their formats.

    `deceased` gives per list number the positions of the candidates who died (Kieswet, P 19a).
    """
    in_order = sorted(files, key=lambda file: file.format)
    return build_inputs(election=election, lists=lists, count=count, deceased=deceased, draws=draws, files=in_order)


@dataclass(frozen=True, slots=True)
class ElectionResult:
    """A counted election with its result; `replaces` and `replaced_by` are indices in the log."""

    counted: CountedElection
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
