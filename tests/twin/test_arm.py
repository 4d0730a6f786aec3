import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.geometry import Pose
from contracts.layout import Shelf
from twin.shopper import stance
from twin.shopper.kinematics import bend
from twin.shopper.skeleton import SIDES, Aim, Posture, Proportions, stand, upper
from twin.shopper.stance import Front
from twin.shopper.vec import sub

ADULT = Proportions(1.72)
SHELF = Shelf("gondola-1/shelf-1", Pose.at(2.0, 3.0, 1.0, 0.4), 1.2, 0.4, 0.27)

numbers = st.floats(-0.5, 0.5)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.tuples(numbers, numbers, numbers), st.tuples(numbers, numbers, numbers))
def test_bent_limbs_keep_their_lengths(target: tuple[float, float, float], pole: tuple[float, float, float]) -> None:
    middle, end, missed_m = bend((0.0, 0.0, 0.0), target, 0.32, 0.25, pole)
    assert math.dist((0.0, 0.0, 0.0), middle) == pytest.approx(0.32, abs=1e-9)
    assert math.dist(middle, end) == pytest.approx(0.25, abs=1e-9)
    assert math.dist(end, target) == pytest.approx(missed_m, abs=1e-6)


def test_a_limb_stretches_towards_what_it_cannot_reach() -> None:
    _, end, missed_m = bend((0.0, 0.0, 0.0), (2.0, 0.0, 0.0), 0.3, 0.2, (0.0, 0.0, -1.0))
    assert end == pytest.approx((0.5, 0.0, 0.0))
    assert missed_m == pytest.approx(1.5)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("height_m", [0.95, 1.3, 1.72, 1.95])
@pytest.mark.parametrize("z", [0.33, 0.65, 1.0])
def test_a_stance_brings_the_hand_to_its_target(side, height_m: float, z: float) -> None:
    front = Front.of(Shelf("s", Pose.at(2.0, 3.0, z, 0.4), 1.2, 0.4, 0.27))
    target = front.world(0.1, -0.03, z + 0.12)
    found = stance.find(Proportions(height_m), side, front, (target,), lambda place: True)
    if height_m < 1 and z == 1.0:
        assert found is None or found.trunk.rise_m > 0 or found.trunk.drop_m == 0
        return
    assert found is not None
    aim, rest = Aim(target, 1.0, found.swivel), Aim(front.world(0.0, -0.5, 0.8))
    hands = (aim, rest) if side == "left" else (rest, aim)
    skeleton = stand(Proportions(height_m), Posture(found.place, found.yaw, found.trunk, hands))
    hand = skeleton.hand[SIDES.index(side)]
    assert math.dist(hand.position, target) < 1e-3
    assert hand.yaw == pytest.approx(front.yaw, abs=1e-6)  # level and straight into the shelf: goods stay upright
    assert front.local(skeleton.joint["head"])[1] < 0


def test_the_forearm_passes_between_the_boards() -> None:
    front = Front.of(Shelf("s", Pose.at(0.0, 0.0, 0.33), 1.2, 0.4, 0.19))
    target = front.world(0.0, 0.05, 0.42)
    found = stance.find(ADULT, "right", front, (target,), lambda place: True)
    assert found is not None
    rest = Aim(front.world(0.0, -0.5, 0.8))
    s = stand(ADULT, Posture(found.place, found.yaw, found.trunk, (rest, Aim(target, 1.0, found.swivel))))
    elbow, wrist = front.local(s.joint["right_elbow"]), front.local(s.joint["right_wrist"])
    t = max(0.0, -elbow[1] / (wrist[1] - elbow[1]))
    if t < 1:
        assert 0.33 < elbow[2] + (wrist[2] - elbow[2]) * t < 0.33 + 0.19


def test_nobody_reaches_the_moon() -> None:
    front = Front.of(SHELF)
    assert stance.find(ADULT, "left", front, (front.world(0.0, 0.0, 3.0),), lambda place: True) is None


def test_a_stance_needs_free_floor() -> None:
    front = Front.of(SHELF)
    target = front.world(0.0, 0.0, 1.1)
    chosen = stance.find(ADULT, "left", front, (target,), lambda place: True)
    assert chosen is not None
    other = stance.find(ADULT, "left", front, (target,), lambda place: math.dist(place, chosen.place) > 0.2)
    assert other is not None
    assert math.dist(other.place, chosen.place) > 0.2


def test_the_low_shelf_is_reached_by_crouching() -> None:
    front = Front.of(Shelf("s", Pose.at(0.0, 0.0, 0.33), 1.2, 0.4, 0.19))
    found = stance.find(ADULT, "right", front, (front.world(0.0, -0.02, 0.42),), lambda place: True)
    assert found is not None
    upright = upper(ADULT, (0, 0), 0.0, stance.Trunk())[2]
    low = upper(ADULT, (0, 0), 0.0, found.trunk)[2]
    assert sub(upright, low)[2] > 0.3
