"""A body's rigid parts come back from its joints, whatever its posture."""

import math

import numpy as np
import pytest

from contracts.seeds import stream
from contracts.truth import TruePerson
from rig.rerender.limbs import feet_of, parts_of
from twin.proportions import Proportions
from twin.shopper.body import joints
from twin.shopper.skeleton import Aim, Posture, Trunk, stand


def posture(number: int, trunk: Trunk) -> Posture:
    draw = stream(7, "posture", str(number))
    x, y = draw.uniform(-3, 3, 2).tolist()
    yaw = float(draw.uniform(-math.pi, math.pi))
    c, s = math.cos(yaw), math.sin(yaw)
    aims = []
    for out in (1, -1):
        ahead, aside, up = draw.uniform((0.1, 0.1, 0.6), (0.5, 0.4, 1.6)).tolist()
        place = (x + c * ahead - s * aside * out, y + s * ahead + c * aside * out, up)
        aims.append(Aim(place, level=float(draw.uniform(0, 1)), swivel=float(draw.uniform(0, 1))))
    return Posture((x, y), yaw, trunk, (aims[0], aims[1]), ((0.2, 0.0), (-0.15, 0.05)))


@pytest.mark.parametrize("seated", [False, True])
@pytest.mark.parametrize("trunk", [Trunk(), Trunk(drop_m=0.2, pitch=0.6, twist=0.3), Trunk(rise_m=0.06, pitch=0.2)])
@pytest.mark.parametrize("number", range(4))
def test_parts_come_back_from_joints(number: int, trunk: Trunk, seated: bool) -> None:
    proportions = Proportions(1.5 + 0.1 * number, seated)
    held = posture(number, trunk)
    skeleton = stand(proportions, held)
    parts = parts_of(TruePerson("ana", joints(skeleton), held.yaw), proportions)
    np.testing.assert_allclose(parts[:, :3], skeleton.parts[:, :3], atol=1e-9)
    alike = np.abs((parts[:, 3:] * skeleton.parts[:, 3:]).sum(axis=1))
    np.testing.assert_allclose(alike, 1.0, atol=1e-9)


@pytest.mark.parametrize("trunk", [Trunk(), Trunk(pitch=0.5), Trunk(drop_m=0.25, pitch=0.4)])
def test_where_a_body_stands_comes_back_from_its_hips(trunk: Trunk) -> None:
    held, proportions = posture(1, trunk), Proportions(1.7)
    person = TruePerson("ana", joints(stand(proportions, held)), held.yaw)
    assert feet_of(person, proportions) == pytest.approx(held.place, abs=1e-9)
