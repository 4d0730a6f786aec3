"""The parts of a body that push goods: where they were, where they are, and how far they reach."""

import math
from dataclasses import replace

import numpy as np
import pytest

from contracts.geometry import Floats
from twin.limbs import Limbs
from twin.shopper.body import SEGMENTS, Body, dress

BODY = Body(1.72, dress(1, "ana")).segments()


def rows(x: float) -> Floats:
    """Parts one above the other, all level."""
    made = np.zeros((len(BODY), 7))
    made[:, 0], made[:, 2], made[:, 6] = x, 0.1 * np.arange(len(BODY)), 1.0
    return made


def test_a_limb_goes_from_where_it_was_to_where_it_is() -> None:
    limbs = Limbs("ana", BODY)
    assert {limb.name for limb in limbs.all} == {f"ana/{s}_{p}" for s in ("left", "right") for p in ("hand", "forearm")}
    for x in (1.0, 1.1):
        limbs.settle()
        limbs.move(rows(x))
    hand = limbs.all[1]
    height_m = 0.1 * SEGMENTS.index("left_hand")
    assert hand.name == "ana/left_hand"
    assert hand.before.position == pytest.approx((1.0, 0.0, height_m))
    assert hand.now.position == pytest.approx((1.1, 0.0, height_m))
    limbs.settle()
    assert hand.before == hand.now


def test_a_body_that_appears_somewhere_else_does_not_sweep_the_shelves_between() -> None:
    limbs = Limbs("ana", BODY)
    limbs.move(rows(1.0))
    limbs.move(rows(2.0))
    assert all(limb.before == limb.now for limb in limbs.all)


def test_all_limbs_are_within_reach_of_their_middle() -> None:
    limbs = Limbs("ana", BODY)
    limbs.move(rows(1.0))
    far = [math.dist(limbs.middle, limb.now.position) + limb.radius_m for limb in limbs.all]
    assert limbs.reach_m == pytest.approx(max(far))
    assert limbs.middle == pytest.approx(np.mean([limb.now.position for limb in limbs.all], axis=0))


def test_a_body_without_solid_parts_pushes_nothing() -> None:
    limbs = Limbs("pram", [replace(segment, solid=False) for segment in BODY])
    limbs.move(rows(1.0))
    limbs.settle()
    assert limbs.all == ()
