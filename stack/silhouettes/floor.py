"""What lies on the floor, in silhouettes: spots of the floor on which something low has stood still for two seconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.layout import Layout
from contracts.records import Frame
from stack.sightings import Lying
from stack.silhouettes.view import SilhouetteView
from stack.tracking.floor_pixels import STILL
from stack.tracking.floor_view import EVERY_NS, HOUSING_M, TALLEST_M, things

STEADY_M = 0.05
"""Carved tops of one thing differ by no more."""


class SilhouetteFloor:
    """All floor that is in view.

    Args:
        layout: the store as surveyed.
        view: the joined pictures, shared with the person tracker; None makes an own one.
    """

    def __init__(self, layout: Layout, view: SilhouetteView | None = None) -> None:
        self._view = view or SilhouetteView(layout)
        grid = self._view.grid
        x, y = grid.centres()
        x0, y0, x1, y1 = layout.inside_m
        self._usable = (self._view.racks <= 0) & (x > x0) & (x < x1) & (y > y0) & (y < y1)
        for gate in layout.gates:
            self._usable[grid.window(*gate.pose.position[:2], gate.width_m + HOUSING_M)] = False
        fine = (2 * grid.nx, 2 * grid.ny)
        self._tops, self._level = np.zeros(fine, np.float32), np.zeros(fine, np.float32)
        self._count, self._since = np.zeros(fine, np.int16), np.zeros(fine, np.int64)
        self._next_ns = 0

    def look(self, frames: Sequence[Frame], t_ns: int) -> tuple[Lying, ...] | None:
        """Take in the frames of one capture; return what lies still, None when it was not yet time to look again."""
        if t_ns < self._next_ns or self._view.look(frames) is None:
            return None
        self._next_ns = t_ns + EVERY_NS
        self._measure()
        low = (self._tops > 0) & (self._tops < TALLEST_M)
        same = low & (self._count > 0) & (np.abs(self._tops - self._level) < STEADY_M)
        fresh = low & ~same
        self._count[fresh], self._since[fresh] = 1, t_ns
        self._count[same] += self._count[same] < STILL
        self._level[low] = self._tops[low]
        # Under somebody's outline what lay there is only remembered.
        self._count[self._tops == 0] = 0
        still = np.argwhere(self._count >= STILL)
        return tuple(things(self._points(still), self._since[*still.T], low[*still.T]))

    def _points(self, spots: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the (N, 3) tops of spots, world."""
        where = self._view.carver.places
        flat = where.corner[:2] + (spots / 2 - 0.25) * where.step[:2]
        return np.column_stack([flat, self._level[*spots.T]])

    def _measure(self) -> None:
        from stack.silhouettes.floor_kernels import low_tops  # late: numba takes half a second to import

        carver, where = self._view.carver, self._view.carver.places
        low_tops(
            carver.labels,
            carver.cameras,
            carver.sizes,
            where.corner,
            where.step,
            where.column,
            where.first,
            where.who,
            where.shape[2],
            self._usable,
            self._tops,
        )
