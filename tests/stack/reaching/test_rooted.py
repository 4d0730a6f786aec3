"""From which shoulder arms come, and so whether two of them can be one person's."""

from __future__ import annotations

import numpy as np
import pytest

from stack.reaching.hand_paths import HandPaths
from stack.reaching.hands import weigh_together
from stack.reaching.rooted import ROOT_M, one_shoulder, root_of, side_by_side
from stack.reaching.touching import Arm
from stack.sightings import Reach
from stack.tracking.heightmap import CELL_M
from tests.stack.small_store import person

SEEN = (-0.15, 0.10)
NEARER = (("t1", 0.8), ("t2", 0.19))


def arm(root: tuple[float, float], span_m: tuple[float, float] = SEEN) -> Reach:
    return Reach(0, "gondola-1", (0.0, 0.0, 1.0), 0.1, NEARER, roots=(("t1", root), ("t2", (0.6, 0.3))), span_m=span_m)


def test_a_root_lies_where_the_way_has_left_the_shoulders() -> None:
    x = np.arange(40)[:, None] * CELL_M
    way = np.repeat(x, 5, axis=1)  # the hand at the left edge, the body to the right
    found = root_of(Arm((0, 2), way, {}), (30, 2))
    assert found is not None
    assert (30 - found[0]) * CELL_M == pytest.approx(ROOT_M, abs=CELL_M)


def test_a_head_to_which_no_surface_leads_has_no_root() -> None:
    assert root_of(Arm((0, 0), np.full((9, 9), np.inf), {}), (4, 4)) is None
    assert root_of(Arm((0, 0), np.zeros((9, 9)), {}), (12, 4)) is None


def test_two_arms_from_one_shoulder_are_not_both_that_person_s() -> None:
    same, apart = (arm((0.2, 0.3)), arm((0.25, 0.3))), (arm((0.2, 0.3)), arm((-0.2, 0.3)))
    assert one_shoulder(*same, "t1")
    assert not one_shoulder(*apart, "t1")
    (one,), (two,) = weigh_together(same), weigh_together(apart)
    assert one.together("t1", "t2", [1.0, 1.0]) > 0.9 > two.together("t1", "t2", [1.0, 1.0])


def test_one_arm_that_a_board_cuts_in_two_comes_from_one_shoulder_and_is_one() -> None:
    before, behind = arm((0.2, 0.3), (-0.15, -0.02)), arm((0.2, 0.3), (0.0, 0.2))
    assert not side_by_side(before, behind)
    assert not one_shoulder(before, behind, "t1")
    people = [person("t1", 0.0, 0.5), person("t2", 0.6, 0.5)]
    paths = HandPaths()
    [first] = paths.add([before], people, 0)
    assert paths.add([before, behind], people, 10**8) == [first, first]
    assert paths.add([before, arm((0.2, 0.3))], people, 2 * 10**8) != [first, first]
