"""Points at shelf fronts that may be arms: what is taken, seen closer, and connected with what is before the front."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import Gondola
from stack.reaching.slab import BEFORE_M, VOXEL_M
from stack.silhouettes.carver import Carver
from stack.tracking.heightmap import F32

I16 = NDArray[np.int16]

MAX_POINTS = 60_000
"""Points at shelves kept in one capture."""

CURTAIN_M = 0.05
"""An arm goes through the front from so far before it. What is behind alone has been taken or put there, or is a place
that all cameras see past the same body."""


class ShelfPoints:
    """Finds the points of one store.

    Args:
        racks: its gondolas.
        slabs: (nx, ny) index of the rack that a cell belongs to, -1 for none.
    """

    def __init__(self, racks: Sequence[Gondola], slabs: I16) -> None:
        self._racks, self._slabs = racks, slabs
        self._points = np.zeros((MAX_POINTS, 3), np.float32)
        self._rack, self._camera = np.zeros(MAX_POINTS, np.int16), np.zeros(MAX_POINTS, np.int16)

    def find(self, carver: Carver) -> tuple[F32, I16, I16]:
        """Return world points (N, 3), the rack of each, and one of the cameras that see it."""
        from stack.silhouettes.fine_kernels import tops  # late: numba takes half a second to import

        where = carver.places
        found = tops(
            carver.labels,
            carver.cameras,
            carver.sizes,
            where.corner,
            where.step,
            where.column,
            where.first,
            where.who,
            carver.occupied,
            self._slabs,
            self._points,
            self._rack,
            self._camera,
        )
        kept = self._through(self._points[:found].astype(float), self._rack[:found])
        return self._points[:found][kept], self._rack[:found][kept], self._camera[:found][kept]

    def _through(self, points: Floats, rack: I16) -> NDArray[np.bool_]:
        """Return which points are not cut off behind a front."""
        depth = np.zeros(len(points))
        for number in np.unique(rack):
            mine = rack == number
            depth[mine] = self._racks[number].pose.unapply(points[mine])[:, 1]
        near = np.nonzero(depth > -BEFORE_M)[0]
        kept = np.ones(len(points), np.bool_)
        if len(near):
            label = _parts(points[near])
            first = np.full(label.max() + 1, np.inf)
            np.minimum.at(first, label, depth[near])
            kept[near] = first[label] < -CURTAIN_M
        return kept


def _parts(points: Floats) -> NDArray[np.int64]:
    """Return the (N,) number of the connected part that each point is in."""
    from stack.tracking.cluster_kernels import parts  # late: numba takes half a second to import

    cells = np.floor(points / VOXEL_M).astype(np.int64)
    keys, inverse = np.unique(cells, axis=0, return_inverse=True)
    return parts(keys)[inverse.reshape(-1)]
