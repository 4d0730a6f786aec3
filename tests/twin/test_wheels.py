"""Prams, wheelchairs and trolleys: where they may stand, how they get there, and what is left of them afterwards."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from contracts.clock import SECOND
from contracts.layout import Wall
from contracts.records import Direction
from contracts.steps import Enter, Leave, Pushed, PutBack, ShopperPlan, Take, Wait, WalkTo
from contracts.truth import MoveKind
from tests.twin.fakestage import small_store
from tests.twin.wheeling import Play, plan
from twin.proportions import Proportions
from twin.pushed import look
from twin.shopper.floor import BODY_RADIUS_M, Floor
from twin.shopper.lattice import HEADINGS, Lattice, Spot, nearest_heading
from twin.shopper.ride import Ride
from twin.shopper.vec import wrapped
from twin.shopper.wheels import PUSHED, RIDDEN, needed_m

KINDS: tuple[Pushed, ...] = ("pram", "wheelchair", "trolley")
SHOULDERS_M = 0.42
CELL_M = 0.036
"""Half of the diagonal of a floor's cell."""


@pytest.mark.parametrize("kind", KINDS)
def test_what_cameras_see_stands_on_its_ground(kind: Pushed) -> None:
    points = look.mesh(kind).vertices
    assert points[:, 2].min() == pytest.approx(0.0, abs=0.005)
    assert np.ptp(points[:, 1]) == pytest.approx(PUSHED[kind].width_m, abs=0.02)
    # Handles and bumpers may stick out of the ground by a hand's breadth, no more.
    away = np.min([np.hypot(points[:, 0] - x, points[:, 1] - y) for x, y in PUSHED[kind].ground], axis=0)
    solid = points[:, 0] > -0.14
    assert away[solid].max() < BODY_RADIUS_M + 0.08
    texture = look.painted((52, 66, 92))
    assert texture.shape == (64, 64, 3)
    assert len(np.unique(texture.reshape(-1, 3), axis=0)) >= 8


def test_somebody_in_a_wheelchair_is_low_and_sits() -> None:
    assert Proportions(1.62, seated=True).top_m == pytest.approx(1.24, abs=0.02)
    assert Proportions(1.72, seated=True).top_m == pytest.approx(1.29, abs=0.02)
    assert Proportions(1.72).top_m == 1.72
    play = Play(plan("ana", Enter(), seated=True))
    joint = play.actor("ana").puppet.skeleton.joint
    hip, knee, ankle = (joint[f"left_{name}"] for name in ("hip", "knee", "ankle"))
    assert abs(hip[2] - knee[2]) < 0.06
    assert knee[2] - ankle[2] > 0.3


def test_headings_roll_along_the_grid_and_turn_back_to_themselves() -> None:
    assert len(HEADINGS) == 16
    assert [nearest_heading(yaw) for yaw in HEADINGS] == list(range(16))
    assert max(abs(wrapped(b - a)) for a, b in zip(HEADINGS, (*HEADINGS[1:], HEADINGS[0]), strict=True)) < 0.5


def test_nothing_long_fits_where_only_its_middle_does() -> None:
    store = small_store()
    # A niche as wide as a body between two walls, too short for a pram across it.
    store = replace(store, walls=(*store.walls, Wall((4.0, 0.0), (4.0, 1.6)), Wall((4.6, 0.0), (4.6, 1.6))))
    floor = Floor(store)
    assert floor.is_free((4.3, 0.8))
    lattice = Lattice(floor, floor.free, PUSHED["pram"].ground)
    along, across = (lattice.node(Spot((4.3, 0.8), yaw)) for yaw in (math.pi / 2, 0.0))
    assert not lattice.is_free(across)
    assert not lattice.is_free((along[0], 10_000, 0))


def test_a_ride_takes_turns_as_ways_and_ends_where_it_should() -> None:
    spots = [Spot((0.0, 0.0), 0.0), Spot((1.0, 0.0), 0.0), Spot((1.0, 0.0), math.pi / 2), Spot((1.0, 0.5), math.pi / 2)]
    ride = Ride(spots, 1.0)
    seen = []
    while not ride.done:
        ride.take(ride.step(1 / 60, math.inf))
        seen.append(ride.ahead(0.0))
    assert seen[-1] == spots[-1]
    assert len(seen) / 60 > 2.3
    assert max(math.dist(a.at, b.at) for a, b in itertools.pairwise(seen)) < 0.02
    assert Ride([spots[0]], 1.0).done


@pytest.mark.parametrize(("pushes", "seated"), [*((kind, False) for kind in KINDS), (None, True)])
def test_a_whole_visit_with_it(pushes: Pushed | None, seated: bool) -> None:
    script = (Enter(), Take(product="tea"), PutBack(product="tea", place="gondola-2/shelf-2"), Leave())
    play = Play(plan("ana", *script, pushes=pushes, seated=seated))
    assert play.problems == []
    assert [move[0] for move in play.moves()] == [MoveKind.TAKE, MoveKind.PUT]
    assert [call[1:] for call in play.calls("passed")] == [
        ("ana", "gate-in", Direction.IN), ("ana", "gate-out", Direction.OUT),
    ]  # fmt: skip
    thing = f"ana's {pushes or 'wheelchair'}"
    gone = {"ana", thing} | ({"ana's passenger"} if pushes == "wheelchair" else set())
    assert {call[1] for call in play.calls("remove")} == gone
    assert play.stage.bodies == {}
    assert play.near.racks > BODY_RADIUS_M - CELL_M


def test_what_is_pushed_is_left_beside_the_shelf_and_fetched_again() -> None:
    play = Play(plan("ana", Enter(), Take(product="tea"), Wait(for_ns=SECOND), WalkTo(point=(4.3, 0.7)), pushes="pram"))
    assert play.problems == []
    held = play.held["ana"]
    changes = [now for was, now in itertools.pairwise(held) if was != now]
    assert changes == [False, True]
    # It stands along the shelf while she reaches.
    parked = play.parked["ana"]
    assert abs(math.sin(parked)) == pytest.approx(0.0, abs=0.02)


def test_nobody_is_nearer_to_a_pram_than_shoulders_allow() -> None:
    play = Play(
        plan("ana", Enter(), Take(product="tea"), Take(product="soap"), Leave(), pushes="pram"),
        plan("ben", Enter(), WalkTo(place="gondola-2"), Take(product="crisps"), Leave(), at=6.0),
        plan("cat", Enter(by="palm"), Take(product="cola"), Leave(), at=14.0, seated=True),
    )
    assert play.problems == []
    assert play.near.ground > SHOULDERS_M
    assert play.near.racks > BODY_RADIUS_M - CELL_M


def test_the_same_seed_rolls_the_same_way() -> None:
    def trace() -> list[tuple[tuple[float, float], float]]:
        return Play(plan("ana", Enter(), Take(product="tea"), pushes="trolley")).trace["ana"]

    assert trace() == trace()


def test_a_lane_must_be_wider_than_what_goes_through() -> None:
    assert needed_m("", seated=False) == 0.0
    assert needed_m("pram", seated=False) == pytest.approx(PUSHED["pram"].width_m + 0.04)
    assert needed_m("", seated=True) == pytest.approx(RIDDEN.width_m + 0.04)
    assert ShopperPlan(name="ana", steps=()).pushes == ""
