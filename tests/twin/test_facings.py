"""Every facing of the stores that come with the rig can be reached by an adult of average height."""

import math
from pathlib import Path

import pytest

from contracts.geometry import Pose
from contracts.layout import Facing, Product, Shelf
from twin.shopper import stance
from twin.shopper.floor import Floor
from twin.shopper.grip import Box, Reach, box_of, to_put, to_take, to_touch
from twin.shopper.skeleton import SIDES, Aim, Posture, Proportions, stand
from twin.shopper.stance import Front, Stance
from twin.stock import slots
from twin.store import load_store

STORES = Path(__file__).parents[2] / "fixtures" / "stores"
ADULT = Proportions(1.72)


def front_item(shelf: Shelf, facing: Facing, product: Product) -> Pose:
    """Where the nearest item of a facing stands."""
    x, y, _ = min(slots(shelf, facing, product), key=lambda slot: (slot[1], slot[0]))
    return shelf.pose.then(Pose((x, y, product.size_m[2] / 2)))


def best(p: Proportions, front: Front, reach: Reach, floor: Floor) -> Stance | None:
    found = (stance.find(p, side, front, reach.goals, floor.is_free) for side in SIDES)
    return next((each for each in found if each), None)


@pytest.mark.parametrize("name", ["corner-shop", "nanostore"])
def test_an_adult_reaches_into_every_facing(name: str) -> None:
    layout = load_store(STORES / f"{name}.yaml").layout
    floor = Floor(layout)
    failed = []
    for facing in layout.planogram:
        shelf, product = layout.shelf[facing.shelf], layout.product[facing.product]
        front = Front.of(shelf)
        box = box_of(front, front_item(shelf, facing, product), product.size_m)
        reach = to_take(ADULT, front, (box,), ())
        found = best(ADULT, front, reach, floor)
        if found is None:
            failed.append(f"{facing.product} on {facing.shelf}")
            continue
        for point in (reach.ready, *reach.into, reach.lifted, reach.out):
            rest = Aim((*found.place, 0.8))
            aim = Aim(point, 1.0, found.swivel)
            hands = (aim, rest) if found.side == "left" else (rest, aim)
            skeleton = stand(ADULT, Posture(found.place, found.yaw, found.trunk, hands))
            if skeleton.missed_m[SIDES.index(found.side)] > 1e-3:
                failed.append(f"{facing.product} on {facing.shelf}: {point}")
        assert floor.is_free(found.place)
    assert failed == []


FRONT = Front(Pose.at(0.0, 0.0), 1.0, 1.28, 0.6)
BOTTLE = Box((0.1, 0.06, 1.1), (0.033, 0.033, 0.1))


def test_the_hand_comes_in_level_stops_before_the_item_and_lifts_it_clear() -> None:
    reach = to_take(ADULT, FRONT, (BOTTLE,), ())
    fingers = ADULT.hand_half_m[0]
    assert reach.ready[1] + fingers < 0
    assert BOTTLE.near - 0.02 < reach.into[-1][1] + fingers < BOTTLE.near
    assert reach.into[-1][2] > BOTTLE.middle[2]
    assert reach.lifted[2] - reach.into[-1][2] >= 0.06
    # Drawn back until the item is out of the shelf.
    assert reach.out[1] - reach.into[-1][1] + BOTTLE.middle[1] + BOTTLE.half[1] < 0


def test_the_hand_goes_over_what_stands_before_the_item() -> None:
    behind = Box((0.1, 0.2, 1.05), (0.033, 0.033, 0.05))
    before = Box((0.1, 0.06, 1.05), (0.033, 0.033, 0.05))
    straight, over = to_take(ADULT, FRONT, (behind,), ()), to_take(ADULT, FRONT, (behind,), (before,))
    assert over.into[-1][2] - ADULT.hand_half_m[2] > before.top > straight.into[-1][2] - ADULT.hand_half_m[2]


def test_a_low_board_makes_a_low_lift() -> None:
    low = Front(FRONT.pose, 1.0, 1.22, 0.6)
    reach = to_take(ADULT, low, (BOTTLE,), ())
    assert 0.01 < reach.lifted[2] - reach.into[-1][2] < 0.06
    assert BOTTLE.top + reach.lifted[2] - reach.into[-1][2] < low.board_z


def test_setting_down_ends_with_the_item_at_its_spot() -> None:
    hand = (0.0, -0.13, 0.03)
    spot = Pose(FRONT.world(0.2, 0.08, 1.103))
    reach = to_put(FRONT, hand, (0.066, 0.066, 0.2), spot)
    assert math.dist(reach.into[-1], FRONT.world(0.2, 0.08 - 0.13, 1.133)) < 1e-9
    assert reach.into[0][2] > reach.into[-1][2]
    assert FRONT.local(reach.ready)[1] + 0.13 + 0.033 < 0


def test_a_touch_sinks_in_by_the_press() -> None:
    reach = to_touch(ADULT, FRONT, BOTTLE, 0.004)
    fingers, _, thumb = ADULT.hand_half_m
    on_top = FRONT.local(reach.into[-1])[2] - thumb < BOTTLE.top
    at_side = FRONT.local(reach.into[-1])[1] + fingers > BOTTLE.near
    assert on_top or at_side
