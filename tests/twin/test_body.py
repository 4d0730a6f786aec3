import math

import numpy as np
import pytest

from contracts.geometry import Pose
from twin.proportions import Proportions
from twin.shopper import gait
from twin.shopper.body import JOINTS, SEGMENTS, Body, dress, joints
from twin.shopper.puppet import FRAME_S, Puppet
from twin.shopper.skeleton import UPRIGHT, Aim, Posture, Trunk, stand


def standing(height_m: float, trunk: Trunk = UPRIGHT, yaw: float = 0.7) -> Posture:
    return Posture((1.0, 2.0), yaw, trunk, (Aim((1.0, 2.2, 0.8)), Aim((1.0, 1.8, 0.8))))


@pytest.mark.parametrize("height_m", [0.9, 1.2, 1.55, 1.72, 1.95])
def test_the_top_of_the_head_is_at_the_standing_height(height_m: float) -> None:
    body = Body(height_m, dress(1, "ana"))
    skeleton = stand(body.proportions, standing(height_m))
    assert skeleton.joint["head"] == pytest.approx((1.0, 2.0, height_m), abs=0.02)
    head = body.poses(skeleton)[SEGMENTS.index("head")]
    size = body.segments()[SEGMENTS.index("head")].size_m
    assert head.position[2] + size[2] == pytest.approx(height_m, abs=0.02)


@pytest.mark.parametrize("height_m", [0.95, 1.72])
def test_segments_join_their_joints(height_m: float) -> None:
    body = Body(height_m, dress(1, "ana"))
    skeleton = stand(body.proportions, standing(height_m, Trunk(0.2 * height_m, 0.0, 0.6, 0.2)))
    by_name = dict(zip(SEGMENTS, body.poses(skeleton), strict=True))
    for side in ("left", "right"):
        for part, upper, lower in (
            ("upper_arm", "shoulder", "elbow"),
            ("forearm", "elbow", "wrist"),
            ("thigh", "hip", "knee"),
            ("shin", "knee", "ankle"),
        ):
            half = body.proportions.length(part) / 2
            ends = by_name[f"{side}_{part}"].apply(((0.0, 0.0, half), (0.0, 0.0, -half))).tolist()
            wanted = [skeleton.joint[f"{side}_{upper}"], skeleton.joint[f"{side}_{lower}"]]
            # A capsule looks the same upside down; the upper end of its axis is always the higher one.
            wanted.sort(key=lambda point: -point[2])
            assert ends[0] == pytest.approx(wanted[0], abs=1e-6)
            assert ends[1] == pytest.approx(wanted[1], abs=1e-6)


def test_hands_and_forearms_push_and_nothing_else_does() -> None:
    solid = {segment.name for segment in Body(1.72, dress(1, "ana")).segments() if segment.solid}
    assert solid == {f"{side}_{part}" for side in ("left", "right") for part in ("hand", "forearm")}


def test_segments_and_poses_come_in_one_order() -> None:
    body = Body(1.72, dress(1, "ana"))
    assert tuple(segment.name for segment in body.segments()) == SEGMENTS
    assert len(body.pose(standing(1.72))) == len(SEGMENTS)


def test_joints_carry_the_names_that_truth_promises() -> None:
    named = {joint.name for joint in joints(stand(Proportions(1.72), standing(1.72)))}
    assert named == set(JOINTS)
    assert {"head", "neck", "left_wrist", "right_hand", "left_ankle", "right_hip"} <= named


def test_clothes_depend_on_seed_and_name_alone() -> None:
    assert dress(3, "ana") == dress(3, "ana")
    assert len({dress(seed, name) for seed in range(5) for name in ("ana", "ben", "cat")}) > 10


def test_left_is_left() -> None:
    puppet = Puppet(Body(1.72, dress(1, "ana")), (0.0, 0.0), 0.0)  # faces +x, so left is +y
    assert puppet.skeleton.joint["left_shoulder"][1] > 0.1 > -0.1 > puppet.skeleton.joint["right_shoulder"][1]
    assert puppet.skeleton.joint["left_hand"][1] > 0.1


def test_free_hands_hang_beside_the_body() -> None:
    puppet = Puppet(Body(1.72, dress(1, "ana")), (0.0, 0.0), 0.0)
    for side in ("left", "right"):
        x, y, z = puppet.skeleton.joint[f"{side}_hand"]
        assert abs(x) < 0.15
        assert 0.15 < abs(y) < 0.4
        assert 0.55 < z < 0.85


def test_walking_swings_the_legs_and_stopping_brings_them_together() -> None:
    puppet = Puppet(Body(1.72, dress(1, "ana")), (0.0, 0.0), 0.0)
    spread = []
    for frame in range(1, 181):
        puppet.move_to((1.1 * FRAME_S * frame, 0.0))
        puppet.settle()
        spread.append(puppet.skeleton.joint["left_ankle"][0] - puppet.skeleton.joint["right_ankle"][0])
    assert max(spread) > 0.3
    assert min(spread) < -0.3
    for _ in range(120):
        puppet.settle()
    ankles = [puppet.skeleton.joint[f"{side}_ankle"][0] for side in ("left", "right")]
    assert ankles[0] == pytest.approx(ankles[1], abs=0.01)
    assert puppet.skeleton.joint["head"][2] == pytest.approx(1.72, abs=0.02)


def test_a_full_cycle_is_one_stride() -> None:
    state, speed_m_s = np.zeros(gait.STATE), 1.1
    assert gait.stride_m(1.72, speed_m_s) == pytest.approx(1.35)
    frames = 150
    for _ in range(frames):
        gait.walk_on(state, 1.72, speed_m_s)
    assert state[gait.PHASE] == pytest.approx(speed_m_s * frames * FRAME_S / 1.35 % 1.0, abs=1e-9)


def test_poses_are_unit_and_turn_with_the_body() -> None:
    body = Body(1.72, dress(1, "ana"))
    for yaw in (-3.0, -1.0, 0.0, 2.0):
        for pose in body.pose(standing(1.72, yaw=yaw)):
            assert isinstance(pose, Pose)
            assert math.hypot(*pose.quaternion) == pytest.approx(1.0, abs=1e-9)
