"""The load that a closing hand takes over from a plate."""

from __future__ import annotations

import pytest

from contracts.clock import SECOND
from contracts.geometry import Vec3
from twin.grip import Grip, close_hand

PLATE = "gondola-1/shelf-1/plate-1"
SAMPLE_S = 1 / 60


def taken(way: list[Vec3]) -> Grip:
    """A grip on 500 g after an item went this way, half a second at each place."""
    grip = close_hand(1, "water#1", 0, {PLATE: 500.0}, (1.0, 2.0, 1.2))
    for at in way:
        for _ in range(30):
            grip.advance(at, SAMPLE_S)
    return grip


def test_an_item_that_is_lifted_leaves_its_plate() -> None:
    assert taken([(1.0, 2.0, 1.22)]).over


def test_an_item_lowered_where_it_stood_is_back_on_its_plate() -> None:
    assert taken([(1.0, 2.0, 1.212), (1.0, 2.0, 1.2)]).loads_g(9 * SECOND) == {PLATE: pytest.approx(500.0)}


def test_an_item_that_was_hardly_lifted_and_drawn_out_does_not_come_back_to_its_plate() -> None:
    grip = taken([(1.0, 2.0, 1.2148), (1.0, 2.2, 1.2148), (1.0, 2.3, 0.7)])
    assert grip.over
    assert grip.loads_g(9 * SECOND) == {PLATE: 0.0}
