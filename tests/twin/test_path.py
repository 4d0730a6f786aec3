import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.geometry import Pose
from contracts.layout import Layout, Wall
from tests.twin.fakestage import rack, small_store
from twin.shopper import path
from twin.shopper.floor import BODY_RADIUS_M, Floor
from twin.shopper.path import Pace
from twin.shopper.traffic import CLOSE_M, GAP_M, Traffic

INSIDE = st.tuples(st.floats(0.3, 4.7), st.floats(0.3, 2.7))


def clearance(layout: Layout, point: tuple[float, float]) -> float:
    """Distance of a point from every rack and wall, worked out without the grid."""
    away = []
    for gondola in layout.gondolas:
        x, y, _ = gondola.pose.unapply((*point, 0.0)).tolist()
        away.append(math.hypot(max(abs(x) - gondola.width_m / 2, 0.0), max(-y, y - gondola.depth_m, 0.0)))
    for wall in layout.walls:
        dx, dy = wall.end[0] - wall.start[0], wall.end[1] - wall.start[1]
        t = ((point[0] - wall.start[0]) * dx + (point[1] - wall.start[1]) * dy) / (dx * dx + dy * dy)
        t = min(max(t, 0.0), 1.0)
        away.append(math.dist(point, (wall.start[0] + t * dx, wall.start[1] + t * dy)))
    return min(away)


@settings(derandomize=True, max_examples=30, deadline=None)
@given(INSIDE, st.floats(-3.1, 3.1), INSIDE, INSIDE)
def test_a_walk_keeps_clear_of_racks_and_walls(
    at: tuple[float, float], yaw: float, start: tuple[float, float], goal: tuple[float, float]
) -> None:
    layout = small_store(rack("gondola-3", Pose.at(*at, 0.0, yaw)))
    floor = Floor(layout)
    if not (floor.is_free(start) and floor.is_free(goal)):
        return
    walk = path.find(floor, floor.free, start, goal)
    if walk is None:
        assert not path.reachable(floor, floor.free, start)[floor.cell(goal)]
        return
    assert walk[0] == start
    assert walk[-1] == goal
    pace = Pace(walk, 1.1)
    for k in range(int(pace.total_m / 0.01) + 1):
        # Half a cell's diagonal less than a body's radius: the grid knows no better.
        assert clearance(layout, pace.at(0.01 * k)) > BODY_RADIUS_M - 0.04


def test_a_walk_is_pulled_straight() -> None:
    floor = Floor(small_store())
    walk = path.find(floor, floor.free, (1.0, 1.0), (4.0, 1.5))
    assert walk == [(1.0, 1.0), (4.0, 1.5)]


def test_nobody_walks_in_round_the_gate() -> None:
    layout = small_store()
    floor = Floor(layout)
    assert path.find(floor, floor.free, (-1.0, 0.6), (1.0, 1.0)) is None
    bare = Floor(replace(layout, walls=()))
    assert path.find(bare, bare.free, (-1.0, 0.6), (1.0, 1.0)) is None


def test_a_long_way_round_is_found() -> None:
    layout = replace(small_store(), walls=(*small_store().walls, Wall((2.5, 0.0), (2.5, 1.7))))
    floor = Floor(layout)
    walk = path.find(floor, floor.free, (2.0, 0.5), (3.0, 0.5))
    assert walk is not None
    assert path.length(walk) > 3.0
    assert len(walk) < 8


def test_people_who_stand_are_walked_round() -> None:
    floor = Floor(small_store())
    walk = path.find(floor, floor.without([(2.5, 1.0)], 0.5), (1.0, 1.0), (4.0, 1.0))
    assert walk is not None
    pace = Pace(walk, 1.0)
    assert min(math.dist(pace.at(0.01 * k), (2.5, 1.0)) for k in range(400)) > 0.45


def test_a_pace_starts_and_stops_smoothly() -> None:
    pace, speeds = Pace([(0.0, 0.0), (2.0, 0.0), (2.0, 1.0)], 1.1), []
    while not pace.done:
        pace.take(pace.step(1 / 60))
        speeds.append(pace.speed_m_s)
        assert len(speeds) < 600
    assert max(speeds) == pytest.approx(1.1)
    assert all(abs(b - a) < 0.1 for a, b in itertools.pairwise(speeds))
    assert pace.at(pace.walked_m) == pytest.approx((2.0, 1.0))


def test_traffic_stops_those_who_come_too_close_and_lets_them_go_away() -> None:
    traffic = Traffic()
    traffic.at = {"ana": (0.0, 0.0), "ben": (1.0, 0.0)}
    assert traffic.blocker("ana", (1.0 - GAP_M + 0.01, 0.0)) == "ben"
    assert traffic.blocker("ana", (1.0 - GAP_M - 0.01, 0.0)) == ""
    assert traffic.blocker("ana", (1.0 - CLOSE_M - 0.01, 0.0), touching="ben") == ""
    traffic.at["ana"] = (0.8, 0.0)
    assert traffic.blocker("ana", (0.7, 0.0)) == ""
    assert traffic.blocker("ana", (0.9, 0.0)) == "ben"
