"""Tops of a height map that may be heads, and which of them are shaped like one.

Every top may update a person who is already followed; only a head-shaped one may start a new track. Without that
rule raised arms made 935 false heads in a trial of 20 simulated walkers; with it on every top, people beside a taller
one were lost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contracts.geometry import Floats
from stack.tracking.depthview import View
from stack.tracking.headshape import centred, head_shaped
from stack.tracking.heightmap import CELL_M, F32, Grid
from stack.tracking.pushed import BULKY_M2, LOW_M, bulk_m2

LOWEST_HEAD_M = 0.72
"""A standing child of 0.9 m, less what softening takes off."""

APART_CELLS = 2
"""A top is the highest within 8 cm: wider, and the arm of an adult hides the head of a child beside it."""

APART_M = 0.28
"""Two heads are never nearer than this: shoulders are."""

SAME_M = 0.16
"""Two tops are never nearer than this, whatever they are."""

BIRTH_M = 0.40
"""Nobody is first seen this near to the head of somebody who is followed: elbows are."""

ARM_M = 0.95
"""A hand is at most this far from its own head, seen from above."""

CUT_M = 0.10
"""A top this near to the upper end of what cameras see may be a body whose head is out of view."""

TAPS = np.array([1.0, 2.0, 1.0])
TAPS /= TAPS.sum()


@dataclass(frozen=True, slots=True)
class Top:
    """One local maximum.

    Args:
        x: metres, world.
        y: metres, world.
        z: height, metres.
        cut: whether the body may go on above what cameras see: then it is a shoulder or a chest.
        head: whether it is taken for a head: shaped like one, or where a known head is.
        born: whether it may start a track.
        bulk_m2: of what is around and below a low one; 0 for one too high to be pushed.
        bare: whether it is low and bulky and has no shoulders.
    """

    x: float
    y: float
    z: float
    cut: bool
    head: bool
    born: bool
    bulk_m2: float = 0.0
    bare: bool = False


class HeadFinder:
    """Finds tops in views of one store.

    Args:
        grid: the cells.
        racks: (nx, ny) height of the rack on each cell; what is lower there is goods or an arm.
        barred: (nx, ny) height up to which no track starts: arms reach there, or barriers move.
    """

    def __init__(self, grid: Grid, racks: F32, barred: F32) -> None:
        self._grid, self._racks, self._barred = grid, racks, barred

    def find(self, view: View, known: Sequence[tuple[float, float]] = ()) -> tuple[Top, ...]:
        """Return all tops, the highest first.

        Args:
            view: one moment.
            known: x, y of people who are followed; within their arms' reach a new head must look the part.
        """
        from stack.tracking.head_kernels import soften, tops  # late: numba takes half a second to import

        heights = np.where(view.heights > self._racks, view.heights, np.float32(0))
        soft = soften(heights, TAPS)
        cells = [(int(i), int(j)) for i, j in tops(soft, LOWEST_HEAD_M, APART_CELLS)]
        found: list[Top] = []
        for cell in sorted(cells, key=lambda cell: (-soft[cell], cell)):
            top = self._measure(heights, view.ceiling, cell, found, known)
            if top and not any(_same(top, q) for q in found):
                found.append(top)
        return tuple(found)

    def _measure(
        self,
        heights: F32,
        ceiling: F32,
        cell: tuple[int, int],
        higher: Sequence[Top],
        known: Sequence[tuple[float, float]],
    ) -> Top | None:
        patch, x, y = self._patch(heights, *cell, 4)
        peak = _height(heights, *cell)
        weight = np.clip(patch - (peak - 0.12), 0, None)
        if (patch > peak - 0.25).sum() < 10 or weight.sum() <= 0:
            return None
        px, py = float((x * weight).sum() / weight.sum()), float((y * weight).sum() / weight.sum())
        (i, j) = cell
        cut = bool(peak > ceiling[max(0, i - 3) : i + 4, max(0, j - 3) : j + 4].min() - CUT_M)
        taller = any(math.hypot(px - q.x, py - q.y) < ARM_M and (q.z > peak + 0.10 or q.cut) for q in higher)
        nearest = min((math.hypot(px - u, py - v) for u, v in known), default=math.inf)
        shaped = head_shaped(heights, i, j, peak, strict=taller or nearest < ARM_M)
        bulk = bulk_m2(centred(heights, i, j, 13), peak, CELL_M) if peak < LOW_M else 0.0
        # Hoods and baskets are round enough from above; who sits in something as bulky has shoulders.
        bare = bulk > BULKY_M2 and not head_shaped(heights, i, j, peak, strict=True)
        may = shaped and not (cut or bare or peak <= self._barred[cell]) and nearest > BIRTH_M
        return Top(px, py, peak, cut, shaped or nearest < SAME_M, may, bulk, bare)

    def _patch(self, heights: F32, i: int, j: int, n: int) -> tuple[F32, Floats, Floats]:
        """Return the cells around one with the world x and y of their centres."""
        x = self._grid.x0 + (np.arange(i - n, i + n + 1) + 0.5) * CELL_M
        y = self._grid.y0 + (np.arange(j - n, j + n + 1) + 0.5) * CELL_M
        gx, gy = np.meshgrid(x, y, indexing="ij")
        return centred(heights, i, j, n), gx, gy


def _same(top: Top, higher: Top) -> bool:
    """Whether a top is a part of the body under a higher one."""
    apart = math.hypot(top.x - higher.x, top.y - higher.y)
    return apart < SAME_M or (apart < APART_M and not top.head and (higher.head or higher.cut))


def _height(heights: F32, i: int, j: int) -> float:
    """Return the height of a top: the mean of its highest cells, which noise lifts less than their maximum."""
    near = heights[max(0, i - 2) : i + 3, max(0, j - 2) : j + 3]
    return float(np.sort(near, axis=None)[-6:].mean())
