"""The empty store as it is learned, and what of the floor is in view."""

from __future__ import annotations

import numpy as np
import pytest

from contracts.clock import MILLISECOND
from contracts.geometry import Pose
from contracts.records import Frame
from stack.tracking.depthview import DepthView
from tests.stack.eyeshops import plain_shop
from tests.stack.synthdepth import Block, Studio, body

STEP_NS = 100 * MILLISECOND


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(plain_shop((80, 60)))


def tallest(view: DepthView, frames: list[Frame], x: float, y: float) -> float:
    seen = view.look(frames)
    assert seen is not None
    return float(seen.heights[view.grid.window(x, y, 0.2)].max())


def test_an_empty_store_has_no_heights(studio: Studio) -> None:
    view = DepthView(studio.layout)
    for k in range(5):
        seen = view.look(studio.shoot(k * STEP_NS))
        assert seen is not None
        assert not seen.heights.any()


def test_somebody_there_from_the_first_frame_is_no_part_of_the_store(studio: Studio) -> None:
    view = DepthView(studio.layout)
    assert tallest(view, studio.shoot(0, body(2.0, 1.5)), 2.0, 1.5) == pytest.approx(1.72, abs=0.05)
    for k in range(1, 4):
        frames = studio.shoot(k * STEP_NS)
    view.look(frames)
    assert tallest(view, studio.shoot(9 * STEP_NS), 2.0, 1.5) == 0


def test_a_crate_left_behind_joins_the_store_unless_somebody_is_near(studio: Studio) -> None:
    crate = Block(Pose((2.0, 1.5, 0)), (-0.2, -0.2, 0), (0.2, 0.2, 0.6))
    free, guarded = DepthView(studio.layout), DepthView(studio.layout)
    guarded.guard([(2.2, 1.5)])
    for k in range(90):
        frames = studio.shoot(k * STEP_NS, [crate] if k > 2 else [])
        free.look(frames)
        guarded.look(frames)
    last = studio.shoot(100 * STEP_NS, [crate])
    assert tallest(free, last, 2.0, 1.5) == 0
    assert tallest(guarded, last, 2.0, 1.5) == pytest.approx(0.6, abs=0.05)


def test_what_was_taken_away_leaves_no_hole_that_hides_people(studio: Studio) -> None:
    crate = Block(Pose((2.0, 1.5, 0)), (-0.2, -0.2, 0), (0.2, 0.2, 0.14))
    view = DepthView(studio.layout)
    for k in range(3):
        view.look(studio.shoot(k * STEP_NS, [crate]))
    for k in range(3, 6):
        view.look(studio.shoot(k * STEP_NS))
    assert tallest(view, studio.shoot(9 * STEP_NS, body(2.0, 1.5)), 2.0, 1.5) > 1.6


def test_the_same_frames_are_joined_once_and_odd_ones_passed_over(studio: Studio) -> None:
    view = DepthView(studio.layout)
    frames = studio.shoot(0)
    strange = Frame(t_ns=0, source="c99", captured_ns=0, depth_mm=np.ones((60, 80), np.uint16))
    colour = Frame(t_ns=0, source="c0", captured_ns=0, jpeg=b"x")
    small = Frame(t_ns=0, source="c0", captured_ns=0, depth_mm=np.ones((2, 2), np.uint16))
    assert view.look([strange, colour, small]) is None
    assert view.look(frames) is view.look([*reversed(frames), colour])


def test_the_ceiling_is_lower_at_the_edge_of_view(studio: Studio) -> None:
    view = DepthView(studio.layout)
    middle, edge = view.grid.cell(3.0, 2.0), view.grid.cell(-0.45, 2.0)
    assert view.ceiling[middle] > 2.0
    assert 0 < view.ceiling[edge] < view.ceiling[middle]
