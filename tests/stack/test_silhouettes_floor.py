"""Goods on the floor and arms that meet, found in silhouettes."""

from __future__ import annotations

import math

import pytest

from contracts.geometry import Pose
from stack.sightings import Lying, Meeting
from stack.silhouettes.floor import SilhouetteFloor
from stack.silhouettes.meetings import SilhouetteMeetings
from stack.silhouettes.people import SilhouetteTracker
from stack.silhouettes.view import SilhouetteView
from tests.stack.colourstudio import ColourStudio, corner_shop
from tests.stack.synthdepth import Block, Solid, body

STEP_NS = 100_000_000
LOOK_NS = 400_000_000


@pytest.fixture(scope="module")
def studio() -> ColourStudio:
    return ColourStudio(corner_shop())


def lying(studio: ColourStudio, solids: list[Solid], looks: int) -> tuple[Lying, ...]:
    """What lies still after some looks at it, after three at the empty store."""
    floor = SilhouetteFloor(studio.layout)
    found: tuple[Lying, ...] | None = ()
    for k in range(3 + looks):
        found = floor.look(studio.shoot(k * LOOK_NS, solids if k >= 3 else []), k * LOOK_NS)
        assert found is not None
    return found


def test_a_pack_on_the_floor_is_found_once_it_has_lain_still(studio: ColourStudio) -> None:
    pack = Block(Pose.at(1.6, 1.2, yaw=0.5), (-0.12, -0.05, 0.0), (0.12, 0.05, 0.10))
    assert lying(studio, [pack], 3) == ()
    (thing,) = lying(studio, [pack], 7)
    assert math.dist(thing.at, (1.6, 1.2)) < 0.05
    assert thing.size_m[:2] == pytest.approx((0.24, 0.10), abs=0.08)
    assert 0.08 < thing.size_m[2] < 0.22  # what is carved from the sides has a roof
    assert thing.since_ns == 3 * LOOK_NS


def test_what_is_taller_than_goods_is_not_lying(studio: ColourStudio) -> None:
    post = Block(Pose.at(1.6, 1.2), (-0.1, -0.1, 0.0), (0.1, 0.1, 0.9))
    assert lying(studio, [post], 7) == ()


def test_arms_that_meet_are_a_meeting_of_the_two(studio: ColourStudio) -> None:
    view = SilhouetteView(studio.layout)
    people, finder = SilhouetteTracker(studio.layout, view), SilhouetteMeetings(studio.layout, view)
    apart: list[Solid] = [*body(1.5, 1.3), *body(2.4, 1.3, yaw=math.pi)]
    giving: list[Solid] = [*body(1.5, 1.3, hand=(1.95, 1.3, 1.1)), *body(2.4, 1.3, yaw=math.pi, hand=(1.97, 1.3, 1.1))]
    found: list[Meeting] = []
    for k, solids in enumerate([*([[]] * 4), *([apart] * 5), *([giving] * 5), *([apart] * 5)]):
        frames = studio.shoot(k * STEP_NS, solids)
        found += finder.update(frames, people.update(frames))
    (meeting,) = found
    assert meeting.tracks == ("t1", "t2")
    assert meeting.began_ns == pytest.approx(9 * STEP_NS, abs=STEP_NS)
