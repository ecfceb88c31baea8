"""Writes the demonstration's EML files from a seed: `python -m thorbecke.elections.demo.generate` does it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from random import Random

from thorbecke.elections.adapters.eml_files import write_election
from thorbecke.elections.adapters.eml_reader import EmlFile
from thorbecke.elections.adapters.eml_writer import CODE
from thorbecke.elections.domain.count import (
    Admission,
    Candidate,
    CandidateList,
    Difference,
    Election,
    ElectionCount,
    StationCount,
    VoteGroup,
    total_of,
)

FOLDER = Path(__file__).parent
SEED = 1848

PARTIES = (
    "Voorbeeldstad Vooruit",
    "Groene Dijk",
    "Lijst Lantaarn",
    "De Wijkwacht",
    "Open Raad",
    "Partij van de Straat",
    "Stem van Morgen",
    "Oude Haven",
    "Samen op de Fiets",
)
STATIONS = (
    "Stadhuis",
    "Buurthuis De Regenboog",
    "Bibliotheek Inktvlek",
    "Sporthal De Sprong",
    "School De Letterboom",
    "Dorpshuis Ver Weg",
    "Theater Halfrond",
    "Zorghuis De Linde",
    "Station Voorbeeldstad Centraal",
    "Kerk aan het Water",
    "Wijkcentrum Zuidkant",
    "Museum van het Gewone",
)
FIRST_NAMES = (
    *("Alva", "Bero", "Cilka", "Doris", "Emre", "Fenna", "Gijs", "Hanna", "Ilias"),
    *("Jolijn", "Kaya", "Lars", "Mila", "Noor", "Otis", "Pien", "Quin", "Rosa"),
)
LAST_NAMES = tuple(
    first + second
    for second, first in product(
        ("wever", "teller", "dromer", "vanger", "lezer", "zanger", "maker", "ruiter", "kijker"),
        (
            *("Wolken", "Dijk", "Sterren", "Molen", "Tulpen", "Mist", "Regen"),
            *("Zonne", "Polder", "Stroom", "Wind", "Duin", "Veen", "Klokken"),
        ),
    )
)


def write_all() -> Iterator[EmlFile]:
    """Give the files of the three elections of the demonstration."""
    yield from large_council()
    yield from small_council()
    yield from council_with_lot()


def large_council() -> tuple[EmlFile, ...]:
    """Return the files of a council of 23 seats: nine lists, twelve polling stations."""
    election = Election("GR2026_Voorbeeldstad", "GR", "Gemeenteraad Voorbeeldstad 2026", _ELECTION_DAY, _TOWN, seats=23)
    shares = (23, 19, 14, 12, 11, 8, 6, 4, 3)
    return _draw_up(election, _lists(PARTIES, 14), STATIONS, shares, ballots=1500, threshold=25)


def small_council() -> tuple[EmlFile, ...]:
    """Return the files of a council of 17 seats, four years earlier: six lists, six polling stations."""
    election = Election(
        "GR2022_Voorbeeldstad", "GR", "Gemeenteraad Voorbeeldstad 2022", date(2022, 3, 16), _TOWN, seats=17
    )
    return _draw_up(election, _lists(PARTIES[:6], 9), STATIONS[:6], (29, 22, 17, 15, 10, 7), ballots=1100, threshold=50)


def council_with_lot() -> tuple[EmlFile, ...]:
    """Return the files of a council of 9 seats in which two lists have equal remainders, so that a lot is open."""
    election = Election("GR2026_Fabelhoek", "GR", "Gemeenteraad Fabelhoek 2026", _ELECTION_DAY, "Fabelhoek", seats=9)
    lists = _lists(("Fabelhoek Eén", "Lijst Lantaarn", "Dorp en Dijk", "Jong Fabelhoek"), 5)
    votes = (
        {1: (120, 60, 10, 5, 5), 2: (90, 30, 10, 10, 10), 3: (70, 20, 10, 10, 10), 4: (30, 10, 8, 1, 1)},
        {1: (80, 40, 10, 10, 10), 2: (50, 20, 10, 10, 10), 3: (40, 20, 10, 5, 5), 4: (20, 15, 5, 5, 5)},
    )
    stations = tuple(
        StationCount(f"{CODE}::SB{number}", f"Stembureau {name}", _group(each, 3, 2, 900))
        for number, (name, each) in enumerate(zip(("Dorpshuis", "Oude School"), votes, strict=True), start=1)
    )
    return _write(election, lists, stations, threshold=50)


_TOWN = "Voorbeeldstad"
_ELECTION_DAY = date(2026, 3, 18)


def _lists(parties: Sequence[str], candidates: int) -> tuple[CandidateList, ...]:
    return tuple(
        CandidateList(number, party, tuple(_candidate(number, position) for position in range(1, candidates + 1)))
        for number, party in enumerate(parties, start=1)
    )


def _candidate(number: int, position: int) -> Candidate:
    index = (number - 1) * 14 + position - 1
    first_name = FIRST_NAMES[(index * 7) % len(FIRST_NAMES)]
    return Candidate(
        position=position,
        last_name=LAST_NAMES[(index * 23 + number * 5) % len(LAST_NAMES)],
        prefix="van der" if index % 11 == 3 else "",
        initials=f"{first_name[0]}.",
        first_name=first_name,
        locality=_TOWN,
    )


def _draw_up(
    election: Election,
    lists: Sequence[CandidateList],
    names: Sequence[str],
    shares: Sequence[int],
    *,
    ballots: int,
    threshold: int,
) -> tuple[EmlFile, ...]:
    """Fill ballot boxes at random: about `ballots` in each station, over the lists by about their `shares`."""
    random = Random(f"{SEED} {election.id}")  # noqa: S311  # fictitious votes, no secret
    stations = tuple(
        StationCount(
            f"{CODE}::SB{number}", f"Stembureau {name}", _fill(random, lists, shares, round(ballots * _spread(random)))
        )
        for number, name in enumerate(names, start=1)
    )
    return _write(election, lists, stations, threshold=threshold)


def _fill(random: Random, lists: Sequence[CandidateList], shares: Sequence[int], ballots: int) -> VoteGroup:
    votes = {
        each.number: tuple(round(ballots * share / sum(shares) * _spread(random) * weight) for weight in _weights(each))
        for each, share in zip(lists, shares, strict=True)
    }
    return _group(votes, random.randrange(12), random.randrange(9), ballots * 2)


def _weights(each: CandidateList) -> list[float]:
    """The first candidate draws most votes, the fifth more than those around, as real lists show."""
    raw = [(0.5 if index == 0 else 0.25 if index == 4 else 0.8 / (index + 4)) for index in range(len(each.candidates))]
    return [weight / sum(raw) for weight in raw]


def _spread(random: Random) -> float:
    return 0.7 + 0.6 * random.random()


def _group(votes: Mapping[int, tuple[int, ...]], blank: int, invalid: int, eligible: int) -> VoteGroup:
    list_totals = {number: sum(each) for number, each in votes.items()}
    valid = sum(list_totals.values())
    found = valid + blank + invalid
    proxies = found // 9
    return VoteGroup(
        votes=votes,
        list_totals=list_totals,
        valid=valid,
        blank=blank,
        invalid=invalid,
        eligible=eligible,
        admission=Admission(found - proxies, proxies, 0, found),
        difference=Difference(),
    )


def _write(
    election: Election, lists: Sequence[CandidateList], stations: tuple[StationCount, ...], *, threshold: int
) -> tuple[EmlFile, ...]:
    count = ElectionCount(election.id, total_of((station.group for station in stations), lists), stations)
    return write_election(election, lists, count, threshold=threshold)


if __name__ == "__main__":
    for written in write_all():
        (FOLDER / written.name).write_bytes(written.content)
