"""The half circle of seats: every seat once, inside the drawing, readable."""

from __future__ import annotations

import pytest

from thorbecke.elections.web.hemicycle import COLOURS, HEIGHT, WIDTH, place_seats


@pytest.mark.parametrize("total", [1, 2, 9, 17, 19, 23, 45, 150])
def test_every_seat_stands_apart_inside_the_drawing(total: int) -> None:
    seats = place_seats([(1, total // 2), (2, total - total // 2)])

    assert len(seats) == total
    assert [seat.list for seat in seats] == [1] * (total // 2) + [2] * (total - total // 2)
    places = [(float(seat.x), float(seat.y), float(seat.radius)) for seat in seats]
    for index, (x, y, radius) in enumerate(places):
        assert radius <= x <= WIDTH - radius
        assert radius <= y <= HEIGHT - radius
        for x2, y2, _ in places[index + 1 :]:
            assert ((x - x2) ** 2 + (y - y2) ** 2) ** 0.5 >= 2 * radius - 0.2


def test_no_seats_give_an_empty_drawing() -> None:
    assert place_seats([(1, 0)]) == []


@pytest.mark.parametrize("colour", COLOURS)
def test_white_numbers_can_be_read_on_every_colour(colour: str) -> None:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert 1.05 / (luminance + 0.05) >= 4.5
