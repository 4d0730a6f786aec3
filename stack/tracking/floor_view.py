"""What lies on the floor, seen from above: points that are low and still where the bare floor was, joined into things.

The height map leaves out what is lower than a knee, since shoes are there. Goods on the floor are as low as shoes but
stay when everybody has gone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.clock import MILLISECOND
from contracts.geometry import Floats
from contracts.layout import Layout
from contracts.records import Frame
from stack.sightings import Lying
from stack.tracking.depthview import DepthView
from stack.tracking.floor_pixels import FloorPixels

EVERY_NS = 400 * MILLISECOND
"""A look at the floor so often costs little and is enough for what lies there for seconds."""
TALLEST_M = 0.30
"""What reaches higher is the foot of something taller."""
HOUSING_M = 0.10
"""The wing of a gate swings through the width of its lane, and its housing is so much wider."""
CLOSE_M = 0.06
"""Points nearer to each other than this belong to one thing."""
FEWEST = 8
"""Points of the smallest thing that is told from noise."""


class FloorView:
    """All floor that is in view.

    Args:
        layout: the store as surveyed.
        view: for its grid and racks.
    """

    def __init__(self, layout: Layout, view: DepthView) -> None:
        usable = view.racks <= 0
        for gate in layout.gates:
            usable[view.grid.window(*gate.pose.position[:2], gate.width_m + HOUSING_M)] = False
        self._cameras = {c.id: FloorPixels(c, usable, view) for c in layout.cameras if c.depth}
        self._next_ns = 0

    def look(self, frames: Sequence[Frame], t_ns: int) -> tuple[Lying, ...] | None:
        """Take in the frames of one capture; return what lies still, None when it was not yet time to look again."""
        if t_ns < self._next_ns or not self._cameras:
            return None
        self._next_ns = t_ns + EVERY_NS
        for frame in frames:
            if frame.source in self._cameras and frame.depth_mm is not None:
                self._cameras[frame.source].look(frame.depth_mm, t_ns)
        looks = [camera.lying() for camera in self._cameras.values()]
        points, since, seen = (np.concatenate(part) for part in zip(*looks, strict=True))
        return tuple(things(points.astype(float), since, seen))


def things(points: Floats, since: NDArray[np.int64], seen: NDArray[np.bool_]) -> Iterator[Lying]:
    """Join points into things."""
    if len(points) < FEWEST:
        return
    from stack.tracking.cluster_kernels import parts  # late: numba takes half a second to import

    voxels = np.floor(points / CLOSE_M).astype(np.int64)
    voxels[:, 2] = 0
    cells, inverse = np.unique(voxels, axis=0, return_inverse=True)
    label = parts(cells)[inverse.reshape(-1)]
    for number in range(int(label.max()) + 1):
        mine = label == number
        if mine.sum() >= FEWEST and points[mine, 2].max() < TALLEST_M:
            yield _thing(points[mine], since[mine], seen[mine])


def _thing(points: Floats, since: NDArray[np.int64], seen: NDArray[np.bool_]) -> Lying:
    x, y = points[:, 0] - points[:, 0].mean(), points[:, 1] - points[:, 1].mean()
    turn = math.atan2(2 * float((x * y).mean()), float((x * x).mean() - (y * y).mean())) / 2
    along, across = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
    width, length = sorted(float(np.ptp(np.percentile(span, (1, 99)))) for span in (along, across))
    height = float(np.percentile(points[:, 2], 90))
    at = (float(points[:, 0].mean()), float(points[:, 1].mean()))
    return Lying(at, (length, width, height), int(np.median(since)), 2 * int(seen.sum()) > len(seen))
