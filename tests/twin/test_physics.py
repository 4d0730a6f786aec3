"""The narrow wrapper: weight from contacts, sleep that keeps forces, hands that push, equal runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contracts.geometry import Pose
from twin.physics import Physics

FLOOR = (1.0, 1.0, 0.02)


@pytest.fixture
def physics() -> Iterator[Physics]:
    world = Physics()
    yield world
    world.close()


def _plate_with(physics: Physics, *masses: float) -> tuple[int, list[int]]:
    plate = physics.static(physics.box(FLOOR), Pose.at(0, 0, -0.01))
    shape = physics.cylinder(0.03, 0.2)
    goods = [physics.good(shape, Pose.at(0.1 * i, 0, 0.1), mass) for i, mass in enumerate(masses)]
    return plate, goods


def _run(physics: Physics, steps: int) -> None:
    for _ in range(steps):
        physics.step()


def test_a_plate_feels_the_weight_of_what_stands_on_it(physics: Physics) -> None:
    plate, _ = _plate_with(physics, 0.3, 0.62)
    _run(physics, 120)
    assert physics.load_g(plate) == pytest.approx(920, abs=0.3)


def test_sleeping_goods_keep_their_contact_forces(physics: Physics) -> None:
    plate, goods = _plate_with(physics, 0.5)
    _run(physics, 120)
    physics.sleep(goods[0])
    before = physics.load_g(plate)
    _run(physics, 480)
    assert physics.load_g(plate) == before
    assert physics.speed(goods[0]) == (0.0, 0.0)


def test_a_hand_pushes_a_good_that_was_woken(physics: Physics) -> None:
    _, goods = _plate_with(physics, 0.5)
    _run(physics, 60)
    hand = physics.hand(physics.box((0.06, 0.1, 0.04)))
    for step in range(60):
        physics.place(hand, (0.0, -0.15 + 0.002 * step, 0.05), (0.0, 0.0, 0.0, 1.0))
        if goods[0] in physics.touching(hand):
            physics.wake(goods[0])
        physics.step()
    assert physics.pose(goods[0]).position[1] > 0.01


def test_a_parked_good_weighs_on_nothing_and_does_not_fall(physics: Physics) -> None:
    plate, goods = _plate_with(physics, 0.5, 0.2)
    _run(physics, 60)
    physics.park(goods[0])
    where = physics.pose(goods[0])
    _run(physics, 60)
    assert physics.load_g(plate) == pytest.approx(200, abs=0.3)
    assert physics.pose(goods[0]).position == pytest.approx(where.position, abs=1e-3)


def test_supports_name_who_carries_a_good(physics: Physics) -> None:
    plate, goods = _plate_with(physics, 0.5)
    _run(physics, 120)
    assert physics.supports(goods[0]) == {plate: pytest.approx(0.5 * 9.81, rel=1e-3)}


def test_two_clients_do_the_same(physics: Physics) -> None:
    other = Physics()
    ends = []
    for world in (physics, other):
        shape = world.box((0.05, 0.05, 0.1))
        world.static(world.box(FLOOR), Pose.at(0, 0, -0.01))
        goods = [world.good(shape, Pose.at(0.003 * i, 0.002 * i, 0.06 + 0.11 * i, 0.3 * i), 0.1 + i) for i in range(5)]
        _run(world, 300)
        ends.append([world.pose(good) for good in goods])
    other.close()
    assert ends[0] == ends[1]


def test_closing_twice_is_fine(physics: Physics) -> None:
    physics.close()
    physics.close()


def test_shapes_are_made_once(physics: Physics) -> None:
    assert physics.box((0.1, 0.1, 0.1)) == physics.box((0.1, 0.1, 0.1))
    assert physics.box((0.1, 0.1, 0.1)) != physics.box((0.1, 0.1, 0.2))


def test_goods_made_together_are_what_they_are_one_by_one() -> None:
    poses = [Pose.at(0.2 * i, 0.0, 0.06 + 0.01 * i, 0.4) for i in range(6)]
    found = []
    for together in (True, False):
        world = Physics()
        floor = world.static(world.box((4.0, 4.0, 0.1)), Pose.at(0.0, 0.0, -0.05))
        shape = world.box((0.06, 0.06, 0.1))
        goods = world.goods(shape, poses, 0.3) if together else tuple(world.good(shape, pose, 0.3) for pose in poses)
        for _ in range(120):
            world.step()
        found.append((goods, [world.pose(body) for body in goods], world.load_g(floor)))
        world.close()
    assert found[0] == found[1]
    assert found[0][2] == pytest.approx(1800.0, rel=0.01)
