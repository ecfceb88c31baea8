"""Which ballots to draw: by a public seed, so that everyone can find the same ones with any SHA-256 program.

The generator is that of R.L. Rivest's `sampler.py` (2011), which audits in the United States use. Draw k of a total
of N is the SHA-256 of the text "seed,k" in UTF-8, read as one whole number, modulo N, plus 1; a number that came before
is passed over, so that no ballot is drawn twice. (The remainder favours low numbers by less than N / 2^256.)

Ballots are numbered through all stations, ordered by the text of their id. Example with seed 0 and stations A of 600
and B of 400 ballots, 1000 in all: the SHA-256 of "0,1" is 904 modulo 1000, so the first is number 905: ballot 305 of B.
Then come 573 and 160: ballots 573 and 160 of A.

The seed must be unknown until the count is fixed and the ballots are stored, and nobody may choose it: throw a
ten-sided die twenty times in public.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate

FEWEST_DIGITS = 20


@dataclass(frozen=True, slots=True)
class DrawnBallot:
    """A ballot to look up: the how manieth draw, station id, and its number in the pile of that station, from 1."""

    draw: int
    station: str
    ballot: int


class Manifest:
    """How many ballots each station keeps, and so which number each ballot has."""

    def __init__(self, ballots: Mapping[str, int]) -> None:
        """Take the number of ballots (valid, blank and invalid together) per station id."""
        self._stations = sorted(station for station, number in ballots.items() if number)
        self._ends = list(accumulate(ballots[station] for station in self._stations))
        self.stations = dict(ballots)

    @property
    def total(self) -> int:
        """All ballots."""
        return self._ends[-1] if self._ends else 0

    def place(self, number: int) -> tuple[str, int]:
        """Return station and ballot, from 1, of the ballot with this number through all stations, from 1."""
        index = bisect_left(self._ends, number)
        before = self._ends[index - 1] if index else 0
        return self._stations[index], number - before


def numbers_drawn(seed: str, total: int) -> Iterator[int]:
    """Give all numbers from 1 to `total`, each once, in the order in which the seed draws them."""
    seen: set[int] = set()
    count = 0
    while len(seen) < total:
        count += 1
        number = int.from_bytes(sha256(f"{seed},{count}".encode()).digest()) % total + 1
        if number not in seen:
            seen.add(number)
            yield number


def ballots_drawn(seed: str, manifest: Manifest) -> Iterator[DrawnBallot]:
    """Give the ballots in the order in which the seed draws them, until there are none left."""
    for draw, number in enumerate(numbers_drawn(seed, manifest.total), start=1):
        yield DrawnBallot(draw, *manifest.place(number))
