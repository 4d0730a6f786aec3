"""The hand finder on ray-cast depth, with the tracker's own people."""

from __future__ import annotations

import math

import pytest

from contracts.clock import MILLISECOND
from contracts.geometry import Vec3, vec3
from contracts.layout import Gondola, Layout
from stack.reaching.reach import HandFinder
from stack.sightings import Person, Reach
from stack.tracking.depthview import DepthView
from stack.tracking.track import PersonTracker
from tests.stack.eyeshops import nanostore, plain_shop
from tests.stack.synthdepth import Block, Solid, Studio, body

STEP_NS = 100 * MILLISECOND


@pytest.fixture(scope="module")
def plain() -> Studio:
    return Studio(plain_shop((320, 240)))


@pytest.fixture(scope="module")
def nano() -> Studio:
    return Studio(nanostore((320, 180)))


def stand(gondola: Gondola, x: float, hand: Vec3 | None = None, height: float = 1.72) -> list[Solid]:
    """Somebody who faces a rack 42 cm before it; x and hand in the rack's frame."""
    foot = gondola.pose.apply([x, -0.42, 0])
    goal = vec3(gondola.pose.apply(hand)) if hand else None
    return body(float(foot[0]), float(foot[1]), height, gondola.pose.yaw + math.pi / 2, goal)


def reaches(
    studio: Studio, still: list[Solid], acting: list[Solid], extra: int = 0
) -> tuple[list[Person], list[Reach]]:
    """People and hands after a few captures of people who stand and one (or more) of what they then do."""
    view = DepthView(studio.layout)
    tracker, finder = PersonTracker(studio.layout, view), HandFinder(studio.layout, view)
    scenes = [[], [], still, still, still, *[acting] * (1 + extra)]
    found: tuple[list[Person], list[Reach]] = ([], [])
    for k, scene in enumerate(scenes):
        frames = studio.shoot(k * STEP_NS, scene)
        people = tracker.update(frames)
        found = people, finder.update(frames, people)
    return found


def nearest(people: list[Person], gondola: Gondola, x: float) -> str:
    foot = gondola.pose.apply([x, -0.42, 0])
    return min(people, key=lambda p: math.hypot(p.head[0] - foot[0], p.head[1] - foot[1])).track


@pytest.mark.parametrize("hand", [(0.1, 0.1, 1.3), (0.3, 0.14, 1.32), (-0.4, 0.06, 1.28)])
def test_a_hand_in_view_is_found_within_5_cm(plain: Studio, hand: Vec3) -> None:
    gondola = plain.layout.gondolas[0]
    x = hand[0] - 0.15
    people, found = reaches(plain, stand(gondola, x), stand(gondola, x, hand))
    assert len(found) == 1
    assert math.dist(found[0].hand, gondola.pose.apply(hand)) < 0.05
    assert found[0].shelf == "gondola-1/shelf-3"
    assert found[0].owners[0][0] == people[0].track
    assert found[0].owners[0][1] > 0.9
    assert found[0].depth_m == pytest.approx(hand[1], abs=0.05)
    assert not found[0].hidden
    assert found[0].cameras


@pytest.mark.parametrize(("rack", "z"), [(0, 1.5), (1, 1.25), (3, 0.97), (4, 1.25)])
def test_a_hand_hidden_under_upper_boards_is_placed_along_the_forearm(nano: Studio, rack: int, z: float) -> None:
    gondola = nano.layout.gondolas[rack]
    hand = (0.05, 0.1, z)
    _, found = reaches(nano, stand(gondola, -0.1), stand(gondola, -0.1, hand))
    assert len(found) == 1
    assert found[0].gondola == gondola.id
    x, y, _ = gondola.pose.unapply(found[0].hand)
    assert x == pytest.approx(hand[0], abs=0.05)
    assert y == pytest.approx(hand[1], abs=0.12)
    assert found[0].hidden
    assert found[0].sigma_m[1] > 0.05


@pytest.mark.parametrize("gap", [0.6, 0.8])
@pytest.mark.parametrize("who", [0, 1])
@pytest.mark.parametrize("which", ["plain", "nano"])
def test_of_two_side_by_side_the_right_one_owns_the_hand(
    which: str, gap: float, who: int, request: pytest.FixtureRequest
) -> None:
    studio: Studio = request.getfixturevalue(which)
    gondola = studio.layout.gondolas[0]
    at = (-gap / 2, gap / 2)
    hand = (at[who] + 0.1, 0.08, 1.3 if which == "plain" else 1.27)
    still = stand(gondola, at[0]) + stand(gondola, at[1], height=1.65)
    acting = stand(gondola, at[1 - who]) + stand(gondola, at[who], hand)
    people, found = reaches(studio, still, acting)
    hit = min(found, key=lambda r: math.dist(r.hand, gondola.pose.apply(hand)))
    assert hit.owners[0][0] == nearest(people, gondola, at[who])
    assert gondola.pose.unapply(hit.hand)[0] == pytest.approx(hand[0], abs=0.05)


def test_two_hands_at_once_are_two_reaches(plain: Studio) -> None:
    gondola = plain.layout.gondolas[0]
    still = stand(gondola, -0.5) + stand(gondola, 0.5)
    acting = stand(gondola, -0.5, (-0.35, 0.1, 1.3)) + stand(gondola, 0.5, (0.65, 0.1, 1.3))
    people, found = reaches(plain, still, acting)
    assert [r.owners[0][0] for r in found] == [nearest(people, gondola, -0.5), nearest(people, gondola, 0.5)]


def test_standing_before_a_shelf_is_no_reach(plain: Studio, nano: Studio) -> None:
    for studio in (plain, nano):
        gondola = studio.layout.gondolas[0]
        people, found = reaches(studio, stand(gondola, 0), stand(gondola, 0))
        assert len(people) == 1
        assert found == []


def test_a_product_left_on_the_shelf_is_no_hand(plain: Studio) -> None:
    gondola = plain.layout.gondolas[0]
    box = Block(gondola.pose, (0.2, 0.0, 1.2), (0.3, 0.1, 1.32))
    _, found = reaches(plain, stand(gondola, 0.0), [*stand(gondola, 0.0), box])
    assert all(sum(p for _, p in reach.owners) < 0.5 for reach in found)


def test_a_reach_near_where_two_racks_meet_is_one_reach(nano: Studio) -> None:
    gondola = nano.layout.gondolas[1]
    hand = (-gondola.width_m / 2 + 0.03, 0.06, 1.27)
    _, found = reaches(nano, stand(gondola, -0.6), stand(gondola, -0.6, hand))
    assert len(found) == 1
    assert gondola.pose.unapply(found[0].hand)[0] == pytest.approx(hand[0], abs=0.05)


def test_without_people_or_frames_there_are_no_hands() -> None:
    layout: Layout = plain_shop((80, 60))
    finder = HandFinder(layout)
    assert finder.update([], []) == []
    assert finder.update(Studio(layout).shoot(0), []) == []


def test_who_passes_close_by_does_not_reach(plain: Studio) -> None:
    gondola = plain.layout.gondolas[0]
    view = DepthView(plain.layout)
    tracker, finder = PersonTracker(plain.layout, view), HandFinder(plain.layout, view)
    for k in range(14):
        y = gondola.pose.position[1] - 0.27
        frames = plain.shoot(k * STEP_NS, body(1.6 + 0.12 * k, y) if k > 1 else [])
        assert finder.update(frames, tracker.update(frames)) == []


def test_a_hand_far_to_the_side_of_somebody_who_stands_close_counts(plain: Studio) -> None:
    gondola = plain.layout.gondolas[0]
    hand = (0.45, 0.02, 1.3)
    foot = gondola.pose.apply([0.0, -0.3, 0])
    still = body(float(foot[0]), float(foot[1]), yaw=math.pi / 2)
    acting = body(float(foot[0]), float(foot[1]), yaw=math.pi / 2, hand=vec3(gondola.pose.apply(hand)))
    _, found = reaches(plain, still, acting)
    assert len(found) == 1
    assert gondola.pose.unapply(found[0].hand)[0] == pytest.approx(hand[0], abs=0.06)
