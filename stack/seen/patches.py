"""Changed pixels of all cameras, joined into patches: stretches of one board where something came or went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import Gondola
from stack.seen.pixels import I64, Mask, RackPixels

UNDER_M = 0.02
"""What is seen this little below a board's top stands on it."""
TOUCH_M = 0.008
"""Pixels whose footprints leave a wider gap along the board show different things."""


@dataclass(frozen=True, slots=True)
class Dots:
    """Changed pixels of all cameras, as points on what came or went.

    Args:
        at: (N, 3) metres, in the frames of their racks.
        rack: (N,) number of the rack.
        board: (N,) number of the board on which the point stands.
        gone: (N,) whether what was there has gone; else it has come.
        half_m: (N,) half of what the pixel covers along the board.
        deeper_m: (N,) how much deeper the rack is seen without it.
        camera: (N,) number of the camera.
        pixel: (N,) place in that camera's list.
    """

    at: Floats
    rack: I64
    board: I64
    gone: Mask
    half_m: Floats
    deeper_m: Floats
    camera: I64
    pixel: I64

    def of(self, which: Mask | I64) -> Dots:
        """Return some of them."""
        return Dots(*(getattr(self, name)[which] for name in self.__slots__))

    def __len__(self) -> int:
        return len(self.at)


def dots(cameras: Sequence[RackPixels], boards: Sequence[Floats]) -> Dots:
    """Return what has changed and stands still.

    Args:
        cameras: all views.
        boards: heights of the boards of each rack, lowest first, metres.
    """
    parts = [_of_camera(number, camera, boards) for number, camera in enumerate(cameras)]
    return Dots(*(np.concatenate([getattr(part, name) for part in parts]) for name in Dots.__slots__))


def patches(found: Dots) -> Iterator[Dots]:
    """Yield the points of each thing: of one board and direction, touching along the board."""
    keys = np.stack([found.rack, found.board, found.gone], axis=1)
    for key in np.unique(keys, axis=0):
        mine = np.nonzero((keys == key).all(axis=1))[0]
        low = found.at[mine, 0] - found.half_m[mine]
        order = np.argsort(low, kind="stable")
        reach = np.maximum.accumulate((found.at[mine, 0] + found.half_m[mine])[order])
        breaks = np.nonzero(low[order][1:] > reach[:-1] + TOUCH_M)[0] + 1
        for part in np.split(mine[order], breaks):
            yield found.of(part)


def on_boards(heights: Floats, z: Floats) -> I64:
    """Return the number of the board on which something at each height stands; -1 beneath the lowest."""
    return np.asarray(np.searchsorted(heights - UNDER_M, z, side="right") - 1, np.int64)


def board_heights(rack: Gondola) -> Floats:
    """Return the heights of a rack's boards in its frame, lowest first."""
    return np.array([rack.pose.unapply(shelf.pose.position)[2] for shelf in rack.shelves])


def _of_camera(number: int, camera: RackPixels, boards: Sequence[Floats]) -> Dots:
    which = np.nonzero(camera.changed)[0]
    before, now = camera.settled[which], camera.mean[which]
    near = np.minimum(before, now)
    at = camera.points(which, near).astype(float)
    rack = camera.rack[which].astype(np.int64)
    board = np.full(len(which), -1, np.int64)
    for n in np.unique(rack):
        board[rack == n] = on_boards(boards[int(n)], at[rack == n, 2])
    deeper = (np.maximum(before, now) - near) * camera.ray[which, 1]
    half = near.astype(float) / camera.info.fx / 2
    every = Dots(at, rack, board, now > before, half, deeper.astype(float), np.full(len(which), number), which)
    return every.of(board >= 0)


Box = tuple[float, float, float, float]
"""Left, right, lower and upper end of a stretch of a rack's front, in its frame, metres."""


def within(camera: RackPixels, rack: int, box: Box) -> NDArray[np.int64]:
    """Return the pixels of a camera that showed, when last settled, what stands in a stretch of a rack."""
    mine = np.nonzero(camera.rack == rack)[0]
    at = camera.points(mine, camera.settled[mine])
    low, high, bottom, top = box
    inside = (at[:, 0] > low) & (at[:, 0] < high) & (at[:, 2] > bottom) & (at[:, 2] < top)
    return mine[inside]
