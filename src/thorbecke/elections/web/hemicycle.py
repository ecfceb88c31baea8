"""The seats as a half circle of seats: places each seat, and gives it to a list from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

WIDTH, HEIGHT = 400, 210
OUTER, INNER = 180.0, 70.0
COLOURS = (
    "#12463f",
    "#9c4a00",
    "#1d4f91",
    "#7a1f5c",
    "#5c6b00",
    "#8c1717",
    "#006778",
    "#5b3a8e",
    "#6b4500",
    "#2f5d2f",
    "#44475c",
    "#a02c5a",
)
"""Fill per list in turn; white text on each has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in the drawing: centre and radius in units of the view box, its list number and its colour."""

    x: str
    y: str
    radius: str
    font_size: str
    list: int
    colour: str


def place_seats(seats: Iterable[tuple[int, int]]) -> list[Seat]:
    """Place the seats of (list number, seats) pairs in rows on a half circle; lists stand from left to right."""
    held = [(number, index) for index, (number, count) in enumerate(seats) for _ in range(count)]
    radius, places = _places(len(held))
    return [
        Seat(f"{x:.1f}", f"{y:.1f}", f"{radius:.1f}", f"{radius:.0f}", number, COLOURS[index % len(COLOURS)])
        for (x, y), (number, index) in zip(places, held, strict=True)
    ]


def _places(total: int) -> tuple[float, list[tuple[float, float]]]:
    rows = 1 if total <= 11 else 2 if total <= 25 else max(3, round(sqrt(total) / 1.8))
    step = (OUTER - INNER) / max(2, rows - 1)
    radii = [OUTER - row * step for row in range(rows)]
    counts = _per_row(total, radii)
    radius = min(
        20.0, step / 2.15, *(pi * each / max(count, 1) / 2.15 for each, count in zip(radii, counts, strict=True))
    )
    angled = [
        (pi * (1 - (index + 0.5) / count), each)
        for each, count in zip(radii, counts, strict=True)
        for index in range(count)
    ]
    angled.sort(key=lambda place: (-place[0], -place[1]))
    return radius, [(WIDTH / 2 + each * cos(angle), OUTER + 20 - each * sin(angle)) for angle, each in angled]


def _per_row(total: int, radii: list[float]) -> list[int]:
    """Divide the seats over the rows by their length; the outer row takes what rounding leaves."""
    inner = [round(total * each / sum(radii)) for each in radii[1:]]
    return [total - sum(inner), *inner]
