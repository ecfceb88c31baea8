"""One group of votes in EML 510: of a station, a municipality, a district or the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from thorbecke.elections.domain.consistency import SAME_ELECTION
from thorbecke.elections.domain.count import (
    ASK_THE_SENDER,
    EXPLANATION_CODES,
    Admission,
    CandidateList,
    Difference,
    VoteGroup,
    arrange_votes,
)
from thorbecke.kernel.errors import Place
from thorbecke.kernel.messages import gettext_noop

from .eml_reader import Node
from .eml_runs import CutFile, NotFamiliar


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the numbers of a familiar run are: per list its total, then its candidates by these positions."""

    lists: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def length(self) -> int:
        return sum(1 + len(positions) for _, positions in self.lists)


class VoteReader:
    """Reads groups of votes for `lists`; `cut` is their file, when familiar runs are cut out of it."""

    def __init__(self, lists: Sequence[CandidateList], cut: CutFile | None = None) -> None:
        self._lists: Mapping[int, CandidateList] = {each.number: each for each in lists}
        self._cut = cut
        self._shapes: dict[str, _Shape] = {}

    def read(self, node: Node) -> VoteGroup:
        """Read the group of votes in an element. Raises BadInput, and NotFamiliar when the file must be read uncut."""
        votes, list_totals = self._read_selections(node)
        rejected = _by_reason(node, "RejectedVotes")
        for reason in ("blanco", "ongeldig"):
            if reason not in rejected:
                raise node.wrong(
                    gettext_noop('The number of votes "%(reason)s" is missing here.'), ASK_THE_SENDER, reason=reason
                )
        uncounted = _by_reason(node, "UncountedVotes")
        return VoteGroup(
            votes=votes,
            list_totals=list_totals,
            valid=node.child("TotalCounted").number(),
            blank=rejected["blanco"],
            invalid=rejected["ongeldig"],
            eligible=node.child("Cast").number(),
            admission=admission_of(uncounted),
            difference=difference_of(uncounted),
        )

    def _read_selections(self, node: Node) -> tuple[dict[int, tuple[int, ...]], dict[int, int]]:
        mark = self._cut.mark_in(node) if self._cut else None
        if self._cut and mark and mark.row is not None:
            return self._read_row(self._cut.take(mark.row), self._shapes.get(mark.kind), node)
        by_list, list_totals, places = _parse_selections(node, self._lists)
        if mark is not None:
            self._shapes[mark.kind] = _Shape(tuple((number, tuple(votes)) for number, votes in by_list.items()))
        votes = {number: arrange_votes(self._lists[number], each, places[number]) for number, each in by_list.items()}
        return votes, list_totals

    def _read_row(
        self, row: tuple[int, ...], shape: _Shape | None, node: Node
    ) -> tuple[dict[int, tuple[int, ...]], dict[int, int]]:
        """Lists and candidates are known from the first run of this kind, where they were checked."""
        if shape is None or len(row) != shape.length or node.find("Selection") is not None:
            raise NotFamiliar
        votes: dict[int, tuple[int, ...]] = {}
        list_totals: dict[int, int] = {}
        at = 0
        for number, positions in shape.lists:
            list_totals[number] = row[at]
            given = row[at + 1 : at + 1 + len(positions)]
            votes[number] = _in_order(given, positions, self._lists[number])
            at += 1 + len(positions)
        return votes, list_totals


def _in_order(given: tuple[int, ...], positions: tuple[int, ...], candidates: CandidateList) -> tuple[int, ...]:
    if positions == candidates.positions:
        return given
    by_position = dict(zip(positions, given, strict=True))
    return tuple(by_position[position] for position in candidates.positions)


def _parse_selections(
    node: Node, lists: Mapping[int, CandidateList]
) -> tuple[dict[int, dict[int, int]], dict[int, int], dict[int, Place]]:
    """Selections stand in a row: a list, then its candidates, then the next list."""
    by_list: dict[int, dict[int, int]] = {}
    list_totals: dict[int, int] = {}
    places: dict[int, Place] = {}
    current: int | None = None
    for selection in node.children("Selection"):
        affiliation = selection.find("AffiliationIdentifier")
        if affiliation is not None:
            current = _known_list(affiliation, lists, list_totals)
            list_totals[current] = selection.child("ValidVotes").number()
            by_list[current], places[current] = {}, replace(selection, path=f"{node.path}/list {current}").place
        elif current is None:
            raise selection.wrong(gettext_noop("Votes for a candidate stand before any list."), ASK_THE_SENDER)
        else:
            _read_candidate(selection, current, by_list[current])
    return by_list, list_totals, places


def _known_list(affiliation: Node, lists: Mapping[int, CandidateList], read: Mapping[int, int]) -> int:
    number = affiliation.id_number()
    if number not in lists:
        raise affiliation.wrong(
            gettext_noop("List %(list)s does not take part in this election."), SAME_ELECTION, list=number
        )
    if number in read:
        raise affiliation.wrong(gettext_noop("List %(list)s is in the file twice."), ASK_THE_SENDER, list=number)
    return number


def _read_candidate(selection: Node, list_number: int, votes: dict[int, int]) -> None:
    position = selection.child("Candidate").child("CandidateIdentifier").id_number()
    if position in votes:
        raise selection.wrong(
            gettext_noop("Candidate %(candidate)s is on list %(list)s twice."),
            ASK_THE_SENDER,
            candidate=position,
            list=list_number,
        )
    votes[position] = selection.child("ValidVotes").number()


def _by_reason(node: Node, name: str) -> dict[str, int]:
    return {each.attribute("ReasonCode"): each.number() for each in node.children(name)}


def admission_of(uncounted: Mapping[str, int]) -> Admission | None:
    """Return the admitted voters from numbers by ReasonCode, or None when their sum is not given."""
    if "toegelaten kiezers" not in uncounted:
        return None
    return Admission(
        polling_cards=uncounted.get("geldige stempassen", 0),
        proxies=uncounted.get("geldige volmachtbewijzen", 0),
        voter_passes=uncounted.get("geldige kiezerspassen", 0),
        admitted=uncounted["toegelaten kiezers"],
    )


def difference_of(uncounted: Mapping[str, int]) -> Difference:
    """Return the difference between ballots and voters from numbers by ReasonCode."""
    return Difference(
        more_counted=uncounted.get("meer getelde stembiljetten", 0),
        fewer_counted=uncounted.get("minder getelde stembiljetten", 0),
        explanations={code: uncounted[code] for code in EXPLANATION_CODES if uncounted.get(code)},
    )
