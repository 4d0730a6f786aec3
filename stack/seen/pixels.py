"""The pixels of one camera that look into racks, and what stands at the end of each: now, and when last settled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import CameraInfo, Gondola
from contracts.lens import pixel_rays
from stack.seen.dots import CAME, GONE, I64, Box, Dots, Mask, in_box, on_boards
from stack.seen.pixel_kernels import BEFORE_M, STEADY, differ, follow

F32 = NDArray[np.float32]

FIRST = 8
"""Captures in a row after which what a pixel shows first is what stood there when the store opened."""
LIKE_M, LIKE_BY_M2 = 0.015, 0.006
"""Readings that differ less, and so much more for each square metre of distance, show the same thing."""
BEHIND_M, BESIDE_M, ABOVE_M = 0.06, 0.03, 0.35
"""How far outside a rack's box a reading may lie to show what stands in it; a top board's goods stand above it."""
SLOW = 32
"""Readings after which a pixel that shows no rack is asked again."""
OFTEN, SELDOM = 40, 8
"""Pixels that show no rack are looked at in each of the first frames, then in every so many."""


class RackPixels:
    """One depth camera's view of the goods in some racks.

    Args:
        info: the camera.
        racks: those that do not weigh.
    """

    fewest = 3

    def __init__(self, info: CameraInfo, racks: Sequence[Gondola]) -> None:
        self.info, self._racks = info, racks
        table, shown = pixel_rays(info)
        rays = table.reshape(-1, 2)
        way = np.column_stack([rays, np.ones(len(rays))]) @ np.asarray(info.pose.rotation).T
        crosses = [_crosses(rack, np.asarray(info.pose.position), way) for rack in racks]
        self.pixels = np.nonzero(shown.reshape(-1) & np.logical_or.reduce(crosses))[0]
        self._way = way[self.pixels]
        self._boxes = np.array([_box(rack) for rack in racks], np.float32)
        n = len(self.pixels)
        self.rack = np.full(n, -1, np.int16)
        self.ray, self.eye = np.zeros((n, 3), np.float32), np.zeros((n, 3), np.float32)
        self.mean, self.settled = np.zeros(n, np.float32), np.zeros(n, np.float32)
        self.count, self.settled_count = np.zeros(n, np.int16), np.zeros(n, np.int16)
        self.since_ns, self.settled_ns = np.zeros(n, np.int64), np.zeros(n, np.int64)
        self._looks = 0
        self.variance, self.lean, self._missed = np.zeros(n, np.float32), np.zeros(n, np.float32), np.zeros(n, np.int16)

    def look(self, depth_mm: NDArray[np.uint16], t_ns: int) -> None:
        """Take in one frame, (H, W) uint16 millimetres."""
        flat = depth_mm.reshape(-1)
        self._learn(flat, t_ns)
        follow(
            flat, self.pixels, self.rack, self.ray, self.eye, self._boxes, t_ns,
            self.mean, self.count, self.since_ns, self.variance, self.lean, self._missed,
            self.settled, self.settled_count, self.settled_ns,
        )  # fmt: skip

    @property
    def steady(self) -> Mask:
        """(N,) which pixels show something in a rack that stands still."""
        return np.asarray((self.rack >= 0) & (self.count >= STEADY))

    @property
    def changed(self) -> Mask:
        """(N,) which of them show something else than when last settled."""
        found: Mask = differ(self.mean, self.count, self.variance, self.settled, self.settled_count)
        return found & (self.rack >= 0)

    def accept(self, which: I64) -> None:
        """Take what some pixels show as settled."""
        self.settled[which], self.settled_count[which] = self.mean[which], self.count[which]

    def within(self, rack: int, box: Box) -> I64:
        """Return the pixels that showed, when last settled, what stands in a stretch of a rack."""
        mine = np.nonzero(self.rack == rack)[0]
        return mine[in_box(self._points(mine, self.settled[mine]), box)]

    def dots(self, number: int, boards: Sequence[Floats]) -> Dots:
        """Return what has changed and stands still, as points on what came or went."""
        which = np.nonzero(self.changed)[0]
        before, now = self.settled[which], self.mean[which]
        near, rack = np.minimum(before, now), self.rack[which].astype(np.int64)
        at = self._points(which, near)
        return Dots(
            at=at,
            rack=rack,
            board=on_boards(boards, rack, at[:, 2]),
            way=np.where(now > before, GONE, CAME),
            half_m=near.astype(float) / self.info.fx / 2,
            deeper_m=np.abs(now - before).astype(float) * self.ray[which, 1],
            slant=np.zeros((len(which), 2)),
            camera=np.full(len(which), number),
            pixel=which,
        )

    def _points(self, which: I64, far: F32) -> Floats:
        """Return (N, 3) what lies at some distances along some pixels' rays, in the frames of their racks."""
        return np.asarray(self.eye[which] + far[:, None] * self.ray[which], np.float64)

    def _learn(self, flat: NDArray[np.uint16], t_ns: int) -> None:
        """Find what the pixels show that have not shown anything steady in a rack so far."""
        self._looks += 1
        if self._looks > OFTEN and self._looks % SELDOM:
            return
        new = np.nonzero(self.rack < 0)[0]
        z = flat[self.pixels[new]].astype(np.float32) * np.float32(0.001)
        new, z = new[z > 0], z[z > 0]
        if not len(new):
            return
        same = np.abs(z - self.mean[new]) < LIKE_M + LIKE_BY_M2 * z * z
        self.count[new] = np.where(same, np.minimum(self.count[new] + 1, SLOW), 1)
        self.mean[new] += np.where(same, 1 / self.count[new], 1) * (z - self.mean[new])
        ready = new[(self.count[new] == FIRST) | (self.count[new] == SLOW)]
        world = np.asarray(self.info.pose.position) + self.mean[ready, None] * self._way[ready]
        # What stands in a rack is that rack's; only what stands in none may be at the end of the one beside it.
        for beside in (0.0, BESIDE_M):
            for number, rack in enumerate(self._racks):
                half, deep, high = _box(rack, beside)
                x, y, height = rack.pose.unapply(world).T
                self._begin(ready[(np.abs(x) < half) & (y > -BEFORE_M) & (y < deep) & (height < high)], number, t_ns)
        self.count[new[self.count[new] == SLOW]] = FIRST

    def _begin(self, mine: I64, number: int, t_ns: int) -> None:
        """Some pixels show a rack."""
        rack = self._racks[number]
        mine = mine[self.rack[mine] < 0]
        self.rack[mine] = number
        self.ray[mine] = self._way[mine] @ np.asarray(rack.pose.rotation)
        self.eye[mine] = rack.pose.unapply(self.info.pose.position)
        self.variance[mine] = ((LIKE_M + LIKE_BY_M2 * self.mean[mine] ** 2) / 5) ** 2
        self.since_ns[mine], self.settled_ns[mine] = t_ns, t_ns
        self.accept(mine)


def _box(rack: Gondola, beside_m: float = BESIDE_M) -> tuple[float, float, float]:
    """Return half the width, depth and height within which what a rack holds is seen."""
    return (rack.width_m / 2 + beside_m, rack.depth_m + BEHIND_M, rack.height_m + ABOVE_M)


def _crosses(rack: Gondola, eye: Floats, way: Floats) -> Mask:
    """Return which of some rays (N, 3) from an eye, both world, pass through a rack's box."""
    half, deep, high = _box(rack)
    start, ray = rack.pose.unapply(eye), way @ np.asarray(rack.pose.rotation)
    with np.errstate(divide="ignore", invalid="ignore"):
        one = (np.array([-half, -BEFORE_M, 0.0]) - start) / ray
        other = (np.array([half, deep, high]) - start) / ray
    enters, leaves = np.minimum(one, other).max(axis=1), np.maximum(one, other).min(axis=1)
    return np.asarray((enters <= leaves) & (leaves > 0))
