"""Arms that touch, on drawn height maps: who is whose."""

from __future__ import annotations

import math

import numpy as np
import pytest

from stack.reaching.geodesic import STEP_M, spread
from stack.reaching.touching import Arm, Head, touching, untangle
from stack.tracking.heightmap import CELL_M

SHAPE = (60, 40)
Cell = tuple[int, int]
LEFT, RIGHT = (20, 30), (40, 30)


def drawn(*lines: tuple[Cell, Cell]) -> np.ndarray:  # type: ignore[type-arg]
    """A height map of arms two cells wide at one height, between cells, and a body at each head."""
    heights = np.zeros(SHAPE, np.float32)
    for (ax, ay), (bx, by) in lines:
        for part in np.linspace(0, 1, 80):
            x, y = round(ax + (bx - ax) * part), round(ay + (by - ay) * part)
            heights[x : x + 2, y : y + 2] = 1.3
    for x, y in (LEFT, RIGHT):
        heights[x - 4 : x + 5, y - 2 : y + 3] = 1.4
    return heights


def arms(heights: np.ndarray, *tips: Cell) -> tuple[list[Arm], dict[str, Head]]:  # type: ignore[type-arg]
    def way(cell: Cell) -> np.ndarray:  # type: ignore[type-arg]
        return spread(heights, np.array([cell]), CELL_M, 2.0, STEP_M)

    heads = {"left": Head(LEFT, way(LEFT)), "right": Head(RIGHT, way(RIGHT))}
    found = []
    for tip in tips:
        reach = way(tip)
        ways = {"left": float(reach[LEFT]), "right": float(reach[RIGHT])}
        found.append(Arm(tip, reach, {track: far for track, far in ways.items() if math.isfinite(far)}))
    return found, heads


def test_crossed_arms_go_on_straight_where_they_touch() -> None:
    low, high = (24, 14), (36, 14)
    found, heads = arms(drawn((LEFT, high), (RIGHT, low)), low, high)
    assert found[0].far["left"] < found[0].far["right"]  # the short cut round the inside
    untangle(found, heads)
    assert found[0].far["right"] < found[0].far["left"]
    assert found[1].far["left"] < found[1].far["right"]


def test_arms_apart_are_left_alone() -> None:
    found, heads = arms(drawn((LEFT, (20, 14)), (RIGHT, (40, 14)), (LEFT, RIGHT)), (20, 14), (40, 14))
    before = [dict(arm.far) for arm in found]
    assert not touching(found)
    untangle(found, heads)
    assert [arm.far for arm in found] == before


def test_arms_of_people_who_do_not_touch_are_left_alone() -> None:
    found, heads = arms(drawn((LEFT, (20, 14)), (RIGHT, (40, 14))), (20, 14), (40, 14))
    assert not touching(found)
    untangle(found, heads)
    assert found[0].far.keys() == {"left"}


def test_hands_that_meet_at_one_place_may_be_either_ones() -> None:
    found, heads = arms(drawn((LEFT, (29, 14)), (RIGHT, (31, 14))), (29, 14), (32, 14))
    assert touching(found) == {("left", "right")}
    untangle(found, heads)
    for arm in found:
        assert arm.far["left"] == pytest.approx(arm.far["right"], abs=0.12)
