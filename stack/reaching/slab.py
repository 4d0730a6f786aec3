"""What reaches through a shelf front: points cut into arms, and where the hand at the end of each arm is.

In the frame of a rack: x along the front, y into the shelves, z up. The plane y = 0 is a light curtain: even where
upper boards hide the hand, the forearm is seen where it goes through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats, Vec3
from contracts.layout import CameraInfo, Gondola, Shelf
from stack.tracking.heightmap import in_picture

BEFORE_M = 0.14
"""Points nearer to the front than this are cut into arms; a body mostly stands farther away."""

NEAR_M = -0.10
"""A finger tip that has come this near to the front may belong to a reach."""

MIN_POINTS = 6
"""Fewer are noise at edges."""

VOXEL_M = 0.03

PALM_M = 0.07
"""From the finger tips to the middle of the hand."""

THICK = np.array([0.0, 0.0, 0.025])
"""From the top of a hand, which cameras above see, to its middle, metres."""


@dataclass(frozen=True, slots=True)
class Hand:
    """The end of one arm in a shelf.

    Args:
        centre: middle of the hand in the rack's frame, metres.
        sigma_m: standard deviations of the three coordinates.
        hidden: whether the hand itself is out of view and was placed along the forearm.
        tip_m: how deep the foremost that is seen of it is behind the front.
    """

    centre: Vec3
    sigma_m: Vec3
    hidden: bool
    tip_m: float


def arms(local: Floats) -> list[NDArray[np.int64]]:
    """Cut points near a front into connected parts that reach it.

    Args:
        local: (N, 3) points in the rack's frame.

    Returns:
        Index arrays, from left to right.
    """
    near = np.nonzero(local[:, 1] > -BEFORE_M)[0]
    if len(near) < MIN_POINTS:
        return []
    label = _label(local[near])
    parts = [near[label == n] for n in range(label.max() + 1)]
    reaching = [p for p in parts if len(p) >= MIN_POINTS and _deepest(local[p, 1]) > NEAR_M]
    return sorted(reaching, key=lambda p: float(local[p, 0].mean()))


def find_hand(local: Floats, arm: NDArray[np.int64], rack: Gondola, cameras: Sequence[CameraInfo]) -> Hand:
    """Return where the hand at the end of an arm is.

    Args:
        local: (N, 3) all points before and in the rack, in its frame.
        arm: which of them are the arm near the front.
        rack: the gondola.
        cameras: imagers that delivered.
    """
    deepest = _deepest(local[arm, 1])
    line = _axis(local, local[arm], deepest)
    if _hidden(line @ (1.0, deepest), rack, cameras, line[:, 1]):
        centre = line @ (1.0, deepest)
        return Hand(_tuple(centre - THICK), (0.04, 0.08, 0.06), True, deepest)
    centre = line @ (1.0, deepest - PALM_M * float(1 / np.linalg.norm(line[:, 1])))
    return Hand(_tuple(centre - THICK), (0.025, 0.04, 0.03), False, deepest)


def shelf_at(rack: Gondola, z: float) -> Shelf | None:
    """Return the shelf into whose opening a height falls, or the nearest; None in a rack without shelves."""
    return min(rack.shelves, key=lambda shelf: _outside(shelf, z), default=None)


def _outside(shelf: Shelf, z: float) -> float:
    floor = shelf.pose.position[2]
    return max(0.0, floor - z, z - floor - shelf.clearance_m)


def _deepest(depths: Floats) -> float:
    """Return the depth of the fourth deepest point: flying pixels are fewer."""
    return float(np.sort(depths)[-min(4, len(depths))])


def _axis(local: Floats, arm: Floats, deepest: float) -> Floats:
    """Fit a straight line through the end of an arm: the middle of each slice of 2 cm.

    Returns:
        (3, 2): point where it meets the front, and what it moves for each metre deeper.
    """
    tip = arm[arm[:, 1] > deepest - 0.03].mean(axis=0)
    near = local[np.linalg.norm(local - tip, axis=1) < 0.17]
    slices = np.floor((near[:, 1] - deepest) / 0.02).astype(np.int64)
    parts = [near[slices == n] for n in np.unique(slices)]
    # A slice that a board half hides, or with few points, has its middle at the wrong place.
    whole = [part for part in parts if len(part) >= max(4, 0.5 * float(np.median([len(p) for p in parts])))]
    x = [float(np.percentile(part[:, 0], (5, 95)).mean()) for part in whole]
    y = [float(part[:, 1].mean()) for part in whole]
    z = [float(np.median(part[:, 2])) for part in whole]
    if len(whole) < 3:
        return np.array([[tip[0], 0.0], [0.0, 1.0], [tip[2], 0.0]])
    (ax, bx), (az, bz) = _line(y, x), _line(y, z)
    return np.array([[ax, bx], [0.0, 1.0], [az, bz]])


def _line(y: list[float], v: list[float]) -> tuple[float, float]:
    """Return offset and slope of the least-squares line; no arm is steeper than 2.5 at its end."""
    my, mv = sum(y) / len(y), sum(v) / len(v)
    slope = sum((a - my) * (b - mv) for a, b in zip(y, v, strict=True)) / max(sum((a - my) ** 2 for a in y), 1e-9)
    slope = min(max(slope, -2.5), 2.5)
    return mv - slope * my, slope


def _hidden(end: Floats, rack: Gondola, cameras: Sequence[CameraInfo], way: Floats) -> bool:
    """Whether no camera could see what lies 4 cm farther along the arm: boards or the edge of the picture hide it."""
    beyond = end + way * (0.04 / float(np.linalg.norm(way)))
    world = rack.pose.apply(beyond)
    return not any(in_picture(c, world) and _clear(rack.pose.unapply(c.pose.position), beyond, rack) for c in cameras)


def _clear(eye: Floats, point: Floats, rack: Gondola) -> bool:
    """Whether no board is between an eye and a point, both in the rack's frame."""
    for shelf in rack.shelves:
        board = shelf.pose.position[2] - 0.015
        if point[2] < board < eye[2]:
            x, y, _ = point + (eye - point) * (board - point[2]) / (eye[2] - point[2])
            if abs(x) <= rack.width_m / 2 and 0 <= y <= rack.depth_m:
                return False
    return True


def _label(points: Floats) -> NDArray[np.int64]:
    """Return the (N,) number of the connected part that each point is in: touching voxels of 3 cm."""
    from stack.tracking.cluster_kernels import parts  # late: numba takes half a second to import

    cells = np.floor(points / VOXEL_M).astype(np.int64)
    low, size = cells.min(axis=0), np.ptp(cells, axis=0) + 1
    keys, inverse = np.unique(np.ravel_multi_index((cells - low).T, size), return_inverse=True)
    return parts(np.stack(np.unravel_index(keys, size), axis=1))[inverse]


def _tuple(v: Floats) -> Vec3:
    return (float(v[0]), float(v[1]), float(v[2]))
