"""The person tracker on ray-cast depth."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from contracts.clock import MILLISECOND
from contracts.layout import Layout
from stack.sightings import Person
from stack.tracking.track import PersonTracker
from tests.stack.eyeshops import nanostore, plain_shop
from tests.stack.synthdepth import Block, Pose, Solid, Studio, body

STEP_NS = 100 * MILLISECOND
Scene = Callable[[int], list[Solid]]


@pytest.fixture(scope="module")
def plain() -> Studio:
    return Studio(plain_shop())


@pytest.fixture(scope="module")
def nano() -> Studio:
    return Studio(nanostore())


def follow(
    studio: Studio, scene: Scene, captures: int, without: Sequence[str] = (), empty: int = 2
) -> list[list[Person]]:
    """What the tracker says after each capture, `empty` captures of the empty store first."""
    tracker = PersonTracker(studio.layout)
    for k in range(empty):
        assert tracker.update(studio.shoot(k * STEP_NS)) == []
    return [tracker.update(studio.shoot((empty + k) * STEP_NS, scene(k), without)) for k in range(captures)]


def off(person: Person, x: float, y: float) -> float:
    return math.hypot(person.head[0] - x, person.head[1] - y)


def names(seen: list[list[Person]]) -> set[str]:
    return {person.track for people in seen for person in people}


@pytest.mark.parametrize("which", ["plain", "nano"])
def test_an_empty_store_has_nobody_in_it(which: str, request: pytest.FixtureRequest) -> None:
    studio: Studio = request.getfixturevalue(which)
    assert names(follow(studio, lambda _: [], 15)) == set()


def test_a_walker_is_one_track_within_5_cm(plain: Studio) -> None:
    seen = follow(plain, lambda k: body(1.0 + 0.12 * k, 1.2), 30)
    assert names(seen) == {"t1"}
    assert all(len(people) == 1 for people in seen[2:])
    assert max(off(people[0], 1.0 + 0.12 * k, 1.2) for k, people in enumerate(seen) if people) < 0.05
    assert seen[-1][0].head[2] == pytest.approx(1.72, abs=0.03)
    assert seen[-1][0].velocity[0] == pytest.approx(1.2, abs=0.1)
    assert seen[-1][0].born_ns == 2 * STEP_NS


def test_under_the_real_nanostore_imagers_a_walker_is_one_track_within_5_cm(nano: Studio) -> None:
    seen = follow(nano, lambda k: body(-0.8 + 0.12 * k, -0.45), 42)
    assert names(seen) == {"t1"}
    assert all(people for people in seen[11:])
    sighted = [off(p, -0.8 + 0.12 * k, -0.45) for k, people in enumerate(seen) for p in people if p.seen]
    assert max(sighted) < 0.05


def test_somebody_who_steps_back_until_the_head_is_out_of_view_keeps_the_id(nano: Studio) -> None:
    def y(k: int) -> float:
        return -0.9 + 0.55 * math.cos(k / 8)

    seen = follow(nano, lambda k: body(2.0, y(k), yaw=math.pi / 2), 70)
    assert names(seen) == {"t1"}
    assert seen[-1][0].seen


def test_two_who_cross_at_half_a_metre_keep_their_ids(plain: Studio) -> None:
    seen = follow(plain, lambda k: body(1.0 + 0.12 * k, 1.2) + body(5.0 - 0.12 * k, 1.7, 1.8, math.pi), 33)
    assert names(seen) == {"t1", "t2"}
    k = len(seen) - 1
    first = next(p for p in seen[2] if off(p, 1.24, 1.2) < 0.1).track
    last = next(p for p in seen[k] if p.track == first)
    assert off(last, 1.0 + 0.12 * k, 1.2) < 0.05


def test_a_child_of_90_cm_is_followed_alone_and_beside_an_adult(plain: Studio) -> None:
    alone = follow(plain, lambda k: body(1.0 + 0.08 * k, 1.2, 0.9), 15)
    assert names(alone) == {"t1"}
    assert max(off(p, 1.0 + 0.08 * k, 1.2) for k, people in enumerate(alone) for p in people) < 0.05
    both = follow(plain, lambda k: body(1.0 + 0.08 * k, 1.2) + body(1.0 + 0.08 * k, 1.75, 0.95), 15)
    assert names(both) == {"t1", "t2"}


@pytest.mark.parametrize("hand", [(0.5, -0.1, 1.3), (0.45, -0.3, 1.95), (0.1, 0.55, 1.6)])
def test_a_raised_arm_is_nobody(plain: Studio, hand: tuple[float, float, float]) -> None:
    def scene(k: int) -> list[Solid]:
        x = 1.5 + 0.1 * k
        return body(x, 1.8, hand=(x + hand[0], 1.8 + hand[1], hand[2]) if k > 5 else None)

    assert names(follow(plain, scene, 25)) == {"t1"}


def test_a_carried_carton_is_nobody(plain: Studio) -> None:
    def scene(k: int) -> list[Solid]:
        x = 1.2 + 0.1 * k
        carton = Block(Pose((x + 0.5, 1.7, 1.25)), (-0.1, -0.1, -0.1), (0.1, 0.1, 0.1))
        return [*body(x, 1.8, hand=(x + 0.45, 1.7, 1.2)), carton]

    assert names(follow(plain, scene, 25)) == {"t1"}


def test_goods_put_on_a_rack_are_nobody(plain: Studio) -> None:
    goods = Block(Pose((3.0, 3.55, 1.35)), (-0.12, -0.12, 0), (0.12, 0.12, 0.3))
    assert names(follow(plain, lambda _: [goods], 15)) == set()


def test_silent_cameras_leave_gaps_and_no_new_people(plain: Studio) -> None:
    tracker = PersonTracker(plain.layout)
    seen = []
    for k in range(42):
        silent = ["c1", "c4"] if 12 <= k < 22 else ["c0"] if k % 3 == 0 else []
        frames = plain.shoot(k * STEP_NS, body(1.0 + 0.1 * (k - 2), 1.2) if k > 1 else [], silent)
        seen.append(tracker.update(frames))
    assert tracker.update([]) == seen[-1]
    assert names(seen) == {"t1"}
    assert off(seen[-1][0], 4.9, 1.2) < 0.05


def test_somebody_there_from_the_start_is_followed_and_leaves_no_ghost(plain: Studio) -> None:
    seen = follow(plain, lambda k: body(1.5 + 0.1 * max(0, k - 6), 1.2), 30, empty=0)
    assert names(seen) == {"t1"}
    assert all(len(people) == 1 for people in seen[3:])


def test_who_leaves_through_the_lane_ends_and_the_next_is_somebody_else(plain: Studio) -> None:
    def scene(k: int) -> list[Solid]:
        x = 2.0 - 0.15 * k if k < 20 else 0.15 * (k - 30)
        return body(x, 1.0) if x > -0.9 and (k < 20 or k >= 30) else []

    seen = follow(plain, scene, 48)
    assert names(seen) == {"t1", "t2"}
    assert seen[34] == [] or seen[34][0].track == "t2"


def test_same_frames_same_answer() -> None:
    def run(layout: Layout) -> list[list[Person]]:
        studio = Studio(layout)
        return follow(studio, lambda k: body(1.0 + 0.1 * k, 1.2), 10)

    assert run(plain_shop((80, 60))) == run(plain_shop((80, 60)))


def test_noise_of_3_cm_still_gives_one_track() -> None:
    studio = Studio(plain_shop(), noise_m=0.03)
    seen = follow(studio, lambda k: body(1.0 + 0.12 * k, 1.2), 25)
    assert names(seen) == {"t1"}
    errors = [off(p, 1.0 + 0.12 * k, 1.2) for k, people in enumerate(seen) for p in people]
    assert np.max(errors) < 0.06


def test_who_crouches_long_and_rises_with_a_hand_up_keeps_the_id(plain: Studio) -> None:
    def scene(k: int) -> list[Solid]:
        height = 1.2 if 5 < k < 25 else 1.72
        return body(2.0, 1.5, height, hand=(2.4, 1.3, 1.05 if k < 32 else 1.5) if k >= 25 else None)

    seen = follow(plain, scene, 36)
    assert names(seen) == {"t1"}
    assert off(seen[-1][0], 2.0, 1.5) < 0.05


def test_a_lost_track_does_not_push_another_off_its_head(plain: Studio) -> None:
    def x(k: int) -> float:
        return 1.9 + 0.12 * min(max(k - 8, 0), 8)

    def scene(k: int) -> list[Solid]:
        lost = body(1.3, 1.5) if k < 8 else []
        hand = (4.3, 1.5, 1.3) if k > 5 else None
        return [*lost, *body(x(k), 1.5), *body(4.8, 1.5, yaw=math.pi, hand=hand)]

    seen = follow(plain, scene, 24)
    walks = next(p.track for p in seen[5] if off(p, 1.9, 1.5) < 0.1)
    for k, people in enumerate(seen[5:], 5):
        person = next(p for p in people if p.track == walks)
        assert person.seen
        assert off(person, x(k), 1.5) < 0.08
    assert len(names(seen)) == 3


def test_the_barrier_of_a_gate_that_opens_and_closes_is_nobody(plain: Studio) -> None:
    barrier: list[Solid] = [Block(Pose.at(0.3, 1.0), (-0.06, -0.3, 0.0), (0.06, 0.3, 1.0))]
    seen = follow(plain, lambda k: barrier if k % 30 < 15 else [], 60)
    assert names(seen) == set()


def test_a_child_who_comes_in_by_a_turnstile_is_followed(plain: Studio) -> None:
    seen = follow(plain, lambda k: body(-0.2 + 0.06 * k, 1.0, 1.0), 30)
    assert names(seen) == {"t1"}
    assert all(people for people in seen[4:])
