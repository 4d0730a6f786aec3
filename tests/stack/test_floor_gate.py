"""What is dropped beside a gate is seen, where no wing can move."""

from __future__ import annotations

import pytest

from contracts.geometry import Pose
from tests.stack.eyeshops import plain_shop
from tests.stack.synthdepth import Block, Solid, Studio
from tests.stack.test_floor import looks


@pytest.fixture(scope="module")
def shop() -> Studio:
    return Studio(plain_shop((320, 240)))


def seen_beside_the_gate(shop: Studio, along_m: float) -> bool:
    x, y, _ = shop.layout.gates[0].pose.position
    bottle: list[Solid] = [Block(Pose.at(x + along_m, y, 0.0), (-0.035, -0.1, 0.0), (0.035, 0.1, 0.065))]
    return bool(looks(shop, [], bottle))


def test_a_bottle_is_seen_as_soon_as_it_lies_beyond_the_reach_of_a_wing(shop: Studio) -> None:
    assert seen_beside_the_gate(shop, 0.85)


def test_what_moves_within_the_reach_of_a_wing_is_left_out(shop: Studio) -> None:
    assert not seen_beside_the_gate(shop, 0.4)
