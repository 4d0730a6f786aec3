"""Hands in shelves, found in silhouettes."""

from __future__ import annotations

import math

import pytest

from contracts.geometry import Pose, Vec3
from stack.reaching.reach import HandFinder
from stack.sightings import Reach
from stack.silhouettes.people import SilhouetteTracker
from stack.silhouettes.view import SilhouetteView
from tests.stack.colourstudio import ColourStudio, corner_shop
from tests.stack.synthdepth import Block, Solid, body

STEP_NS = 100_000_000
HAND: Vec3 = (2.0, 2.58, 1.0)


@pytest.fixture(scope="module")
def studio() -> ColourStudio:
    return ColourStudio(corner_shop())


def reaches(studio: ColourStudio, scene: list[list[Solid]]) -> list[Reach]:
    """The hands in shelves in the last of some captures, after some of the empty store."""
    view = SilhouetteView(studio.layout)
    people, hands = SilhouetteTracker(studio.layout, view), HandFinder(studio.layout, view)
    found: list[Reach] = []
    for k, solids in enumerate([*([[]] * 4), *scene]):
        frames = studio.shoot(k * STEP_NS, solids)
        found = hands.update(frames, people.update(frames))
    return found


def stand(y: float, hand: Vec3 | None = None) -> list[list[Solid]]:
    """Somebody stands before the shelf, and then perhaps reaches in."""
    return [*([body(2.0, y, yaw=math.pi / 2)] * 5), *([body(2.0, y, yaw=math.pi / 2, hand=hand)] * 2)]


def test_a_hand_in_a_shelf_is_found_and_whose_it_is(studio: ColourStudio) -> None:
    (reach,) = reaches(studio, stand(2.05, HAND))
    assert reach.gondola == "gondola-1"
    assert reach.shelf == "gondola-1/shelf-2"
    assert math.dist(reach.hand, HAND) < 0.15
    assert reach.owners[0][0] == "t1"
    assert reach.owners[0][1] > 0.8


def test_who_stands_before_a_shelf_reaches_nowhere(studio: ColourStudio) -> None:
    assert reaches(studio, stand(2.05)) == []


def test_what_was_put_onto_a_board_is_no_hand(studio: ColourStudio) -> None:
    pack = Block(Pose((2.0, 2.6, 0.8)), (-0.06, 0.0, 0.0), (0.06, 0.12, 0.2))
    assert reaches(studio, [[*solids, pack] for solids in stand(1.8)]) == []
