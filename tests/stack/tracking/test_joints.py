from __future__ import annotations

import math

import pytest

from contracts.clock import SECOND
from contracts.geometry import Pose
from contracts.layout import Gondola, Layout
from contracts.records import Bodies, Body, Joint
from stack.tracking.joints import BodySensor

RACK = Gondola("gondola-1", Pose.at(1.0, 0.5), 1.2, 0.44, 2.0, ())
TURNED = Gondola("gondola-2", Pose.at(3.0, 0.0, yaw=math.radians(-90)), 1.2, 0.44, 2.0, ())
STORE = Layout("test", (0, -2, 5, 5), (0, -2, 5, 5), (RACK, TURNED))


def body(target: str = "7", **joints: tuple[float, ...]) -> Body:
    """A body of joints: name=(x, y, z) or (x, y, z, score)."""
    return Body(
        target,
        tuple(Joint(name, (p[0], p[1], p[2]), p[3] if len(p) > 3 else 1.0) for name, p in joints.items()),
    )


def seen(t_s: float, *bodies: Body) -> Bodies:
    t_ns = round(t_s * SECOND)
    return Bodies(t_ns=t_ns, source="tracker", captured_ns=t_ns, bodies=bodies)


def test_a_target_is_a_track_with_a_head_and_a_birth() -> None:
    sensor = BodySensor(STORE)
    sensor.update(seen(1.0, body(head=(1, -1, 1.7))))
    (person,), _ = sensor.update(seen(1.1, body(head=(1.1, -1, 1.7))))
    assert (person.track, person.head, person.born_ns, person.t_ns) == ("7", (1.1, -1.0, 1.7), SECOND, 1_100_000_000)
    assert person.seen


def test_velocity_is_the_difference_over_time() -> None:
    sensor = BodySensor(STORE)
    for i in range(30):
        (person,), _ = sensor.update(seen(i * 0.1, body(head=(0.12 * i, -1, 1.7))))
    assert person.velocity == pytest.approx((1.2, 0, 0), abs=0.01)


def test_captures_at_one_time_do_not_divide_by_zero() -> None:
    sensor = BodySensor(STORE)
    sensor.update(seen(1.0, body(head=(1, -1, 1.7))))
    (person,), _ = sensor.update(seen(1.0, body(head=(1.02, -1, 1.7))))
    assert person.velocity == (0, 0, 0)


def test_a_jitter_within_milliseconds_is_no_sprint() -> None:
    sensor = BodySensor(STORE)
    sensor.update(seen(1.0, body(head=(1, -1, 1.7))))
    (person,), _ = sensor.update(seen(1.005, body(head=(1.01, -1, 1.7))))
    assert abs(person.velocity[0]) < 0.1


def test_two_targets_are_two_tracks() -> None:
    people, _ = BodySensor(STORE).update(seen(0, body("a", head=(0, 0, 1.7)), body("b", head=(2, 0, 1.6))))
    assert [person.track for person in people] == ["a", "b"]


@pytest.mark.parametrize(
    ("joints", "z"),
    [
        ({"neck": (1, -1, 1.5)}, 1.75),
        ({"left_shoulder": (0.8, -1, 1.45), "right_shoulder": (1.2, -1, 1.45)}, 1.7),
        ({"head": (1, -1, 9.0, 0.1), "neck": (1, -1, 1.5)}, 1.75),
    ],
)
def test_a_missing_or_doubtful_head_is_put_above_the_neck(joints: dict[str, tuple[float, ...]], z: float) -> None:
    (person,), _ = BodySensor(STORE).update(seen(0, body(**joints)))
    assert person.head == pytest.approx((1, -1, z))


def test_a_body_without_head_neck_and_shoulders_is_nobody() -> None:
    assert BodySensor(STORE).update(seen(0, body(left_wrist=(1, 0.5, 1)))) == ([], [])


def test_the_hand_is_added_along_the_forearm() -> None:
    arm = {"right_elbow": (1.0, 0.2, 1.2), "right_wrist": (1.0, 0.45, 1.2)}
    _, (reach,) = BodySensor(STORE).update(seen(2.0, body(head=(1, 0, 1.7), **arm)))
    assert reach.hand == pytest.approx((1.0, 0.55, 1.2))
    assert reach.depth_m == pytest.approx(0.05)
    assert (reach.gondola, reach.owners, reach.t_ns) == ("gondola-1", (("7", 1.0),), 2 * SECOND)


def test_a_reported_hand_is_taken_unless_it_is_the_wrist_again() -> None:
    arm = {"right_elbow": (1.0, 0.2, 1.2), "right_wrist": (1.0, 0.45, 1.2)}
    for hand, y in (((1.0, 0.6, 1.25), 0.6), ((1.0, 0.45, 1.2), 0.55)):
        _, (reach,) = BodySensor(STORE).update(seen(0, body(head=(1, 0, 1.7), right_hand=hand, **arm)))
        assert reach.hand[1] == pytest.approx(y)


def test_without_an_elbow_the_wrist_serves() -> None:
    _, (reach,) = BodySensor(STORE).update(seen(0, body(head=(1, 0, 1.7), left_wrist=(1.0, 0.5, 1.2))))
    assert reach.hand == (1.0, 0.5, 1.2)


@pytest.mark.parametrize(
    "wrist",
    [(1.0, 0.3, 1.2), (1.0, 1.2, 1.2), (0.2, 0.6, 1.2), (1.0, 0.6, 2.3), (1.0, 0.6, -0.1)],
    ids=["before", "behind", "beside", "above", "below"],
)
def test_a_hand_outside_the_slab_reaches_nothing(wrist: tuple[float, float, float]) -> None:
    assert BodySensor(STORE).update(seen(0, body(head=(1, 0, 1.7), left_wrist=wrist)))[1] == []


def test_a_turned_rack_has_its_front_where_it_faces() -> None:
    # Yaw -90 degrees: the rack's y, into its shelves, is the world's x.
    _, (reach,) = BodySensor(STORE).update(seen(0, body(head=(2.5, 0, 1.7), left_wrist=(3.1, 0.2, 1.0))))
    assert (reach.gondola, reach.depth_m) == ("gondola-2", pytest.approx(0.1))


def test_both_hands_can_reach() -> None:
    joints = {"head": (1, 0, 1.7), "left_wrist": (0.8, 0.6, 1.2), "right_wrist": (1.2, 0.6, 1.4, 0.8)}
    _, reaches = BodySensor(STORE).update(seen(0, body(**joints)))
    assert [reach.owners for reach in reaches] == [(("7", 1.0),), (("7", 0.8),)]
