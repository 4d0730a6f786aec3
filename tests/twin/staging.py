"""A hand-moved shopper for tests of the world: one hand and one forearm, no legs, no script."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from contracts.geometry import Pose, Vec3
from contracts.records import Weights
from tests.twin.smallstore import small_store
from twin.stage import Good, Segment
from twin.world import World

HAND = Segment("right_hand", "ellipsoid", (0.09, 0.02, 0.045), (200, 150, 120), solid=True)
AWAY: Vec3 = (0.0, -0.5, 1.0)
RACK = "gondola-1"


class Stand:
    """A world with one hand in it.

    Args:
        noise: whether plates err.
        seed: of the world.
    """

    def __init__(self, *, noise: bool = False, seed: int = 1) -> None:
        self.world = World(small_store(), seed, noise)
        self.world.add_body("ana", (HAND,))
        self.at = AWAY
        self.frames(1)

    def frames(self, count: int, each: Callable[[], None] | None = None) -> None:
        """Let time pass."""
        for _ in range(count):
            self.world.begin_frame()
            if each is not None:
                each()
            self.world.move_body("ana", (Pose.at(*self.at, yaw=math.pi / 2),))
            self.world.end_frame()

    def go(self, to: Vec3, seconds: float = 0.5) -> None:
        """Move the hand in a straight line."""
        start, count = self.at, round(seconds * 60)
        for frame in range(1, count + 1):
            x, y, z = (a + (b - a) * frame / count for a, b in zip(start, to, strict=True))
            self.at = (x, y, z)
            self.frames(1)

    def take(self, good: Good) -> None:
        """Reach for an item, lift it and bring it away."""
        x, y, z = good.pose.position
        front = y - good.size_m[1] / 2 - HAND.size_m[0] - 0.008
        self.go((x, front, z))
        self.world.grasp("ana", "right", good.item)
        self.go((x, front, z + 0.05))
        self.go((x, 0.5, z + 0.05))

    def settle(self, seconds: float = 2.0) -> None:
        """Wait until everything rests."""
        self.frames(round(seconds * 60))

    def load_g(self, plate: str) -> float:
        """Return the latest reading of a plate."""
        return self.readings()[plate]

    def readings(self) -> dict[str, float]:
        """Return the next whole block's last reading of every plate of the rack."""
        scale = self.world.scales[RACK]
        scale.read(10**18)
        block: Weights | None = None
        while block is None:
            self.frames(12)
            block = next(iter(scale.read(10**18)), None)
        return {plate: float(g) for plate, g in zip(scale.plates, block.grams[-1], strict=True)}


@contextmanager
def standing(*, noise: bool = False, seed: int = 1) -> Iterator[Stand]:
    """Give a stand and close its world."""
    stand = Stand(noise=noise, seed=seed)
    try:
        yield stand
    finally:
        stand.world.close()
