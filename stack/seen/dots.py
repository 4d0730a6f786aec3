"""Changed pixels of all cameras as points, and the boards on which what they show stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import Gondola

I64 = NDArray[np.int64]
Mask = NDArray[np.bool_]

GONE, CAME, UNKNOWN = -1, 1, 0
"""Which way something went."""
UNDER_M = 0.02
"""What is seen this little below a board's top stands on it."""

Box = tuple[float, float, float, float]
"""Left, right, lower and upper end of a stretch of a rack's front, in its frame, metres."""


@dataclass(frozen=True, slots=True)
class Dots:
    """Changed pixels of all cameras, as points on what came or went.

    Args:
        at: (N, 3) metres, in the frames of their racks.
        rack: (N,) number of the rack.
        board: (N,) number of the board on which the point stands, -1 for none.
        way: (N,) GONE, CAME or UNKNOWN.
        half_m: (N,) half of what the pixel covers along the board.
        deeper_m: (N,) how much deeper the rack is seen without it.
        slant: (N, 2) how much too wide and too high the pixel makes things, for each metre that they are deep.
        camera: (N,) number of the camera.
        pixel: (N,) place in that camera's list.
    """

    at: Floats
    rack: I64
    board: I64
    way: I64
    half_m: Floats
    deeper_m: Floats
    slant: Floats
    camera: I64
    pixel: I64

    def of(self, which: Mask | I64) -> Dots:
        """Return some of them."""
        return Dots(*(getattr(self, name)[which] for name in self.__slots__))

    def __len__(self) -> int:
        return len(self.at)

    @property
    def span_m(self) -> tuple[float, float]:
        """Left and right end along the board."""
        return float((self.at[:, 0] - self.half_m).min()), float((self.at[:, 0] + self.half_m).max())


def joined(parts: Sequence[Dots]) -> Dots:
    """Return the points of several cameras as one; those that stand on no board are left out."""
    every = Dots(*(np.concatenate([getattr(part, name) for part in parts]) for name in Dots.__slots__))
    return every.of(every.board >= 0)


def board_heights(rack: Gondola) -> Floats:
    """Return the heights of a rack's boards in its frame, lowest first, metres."""
    return np.array([rack.pose.unapply(shelf.pose.position)[2] for shelf in rack.shelves])


def on_boards(boards: Sequence[Floats], rack: I64, z: Floats) -> I64:
    """Return the number of the board on which something at each height in each rack stands; -1 beneath the lowest."""
    board = np.full(len(z), -1, np.int64)
    for number in np.unique(rack):
        mine = rack == number
        board[mine] = np.searchsorted(boards[int(number)] - UNDER_M, z[mine], side="right") - 1
    return board


def in_box(at: Floats, box: Box) -> Mask:
    """Return which of some points (N, 3) lie in a stretch of a front."""
    low, high, bottom, top = box
    return np.asarray((at[:, 0] > low) & (at[:, 0] < high) & (at[:, 2] > bottom) & (at[:, 2] < top))
