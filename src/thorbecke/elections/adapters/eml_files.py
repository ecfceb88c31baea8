"""Writes the three EML_NL files of a fictitious election: for the demonstration and for tests of the readers."""

from __future__ import annotations

from collections.abc import Sequence

from thorbecke.elections.domain.count import CandidateList, Election, ElectionCount

from .eml_110a_writer import write_definition
from .eml_230_writer import write_ballot
from .eml_510_writer import write_count
from .eml_reader import EmlFile
from .eml_writer import fictitious_letterhead


def write_election(
    election: Election, lists: Sequence[CandidateList], count: ElectionCount, *, threshold: int
) -> tuple[EmlFile, EmlFile, EmlFile]:
    """Return the 110a, 230b and 510b files of an election; `threshold` in percent of the quota."""
    letterhead = fictitious_letterhead(election)
    parties = [each.name for each in lists if each.name]
    definition = write_definition(election, letterhead, threshold=threshold, parties=parties)
    return (
        EmlFile(f"Verkiezingsdefinitie_{election.id}.eml.xml", definition),
        EmlFile(f"Kandidatenlijsten_{election.id}.eml.xml", write_ballot(election, lists, letterhead)),
        EmlFile(f"Telling_{election.id}.eml.xml", write_count(election, lists, count, letterhead)),
    )
