"""How far a shelf has been hung too high or too low, before planes are fitted."""

from __future__ import annotations

import numpy as np

from contracts.geometry import Floats
from contracts.layout import Shelf
from rig.storekit.boxes import Mask
from rig.storekit.scan.cloud import Cloud, inverse
from rig.storekit.scan.surface import Surface
from twin.furniture import BOARD_THICK, PLATE_GAP, PLATE_THICK
from twin.stock import LIFT_M

LEVEL = 0.9
"""Cosine to the vertical from which a surface counts as level."""
SEARCH_M = 0.05
STEP_M = 0.002
BLUR_M = 0.004
"""Noise of a scanner and of thinning."""
FRONT_M = 0.008
"""A point this near to the plane of the fronts belongs to it."""
ALIKE = 0.9


def shelf_surface(surface: Surface, shelf: Shelf) -> Cloud:
    """Return the visible points of a shelf's board and plates, in the shelf's frame."""
    part = surface.take(surface.owned([shelf.id, *(plate.id for plate in shelf.plates)]))
    return Cloud(part.points, part.normals).moved(inverse(shelf.pose.matrix))


def lifted(scan: Cloud, model: Cloud, shelf: Shelf) -> float:
    """Return how far a scanned shelf lies above its place, metres, to a few millimetres.

    A board is thinner than it may be off, so that the nearest plane may be the wrong one. Two things are looked at
    together: the levels of top and underside, and the board's front with the gap that there must be below it.

    Args:
        scan: points in the shelf's frame.
        model: the shelf's visible points in its frame.
        shelf: for its size.
    """
    lifts = np.arange(-SEARCH_M, SEARCH_M + STEP_M / 2, STEP_M)
    near = scan.take(_over(scan.points, shelf))
    levels = np.unique(np.round(model.points[_level(model), 2], 4))
    score = _level_score(near.points[_level(near), 2], levels, lifts) + _front_score(near.points, shelf, lifts)
    if score.max() <= 0:
        return 0.0
    # Of nearly equals the one nearest to where the file has it.
    best = np.flatnonzero(score >= ALIKE * score.max())
    return float(lifts[best[np.argmin(np.abs(lifts[best]))]])


def _level_score(heights: Floats, levels: Floats, lifts: Floats) -> Floats:
    """Return for each lift the share of level points (N,) that lie on one of the lifted levels."""
    if not len(heights) or not len(levels):
        return np.zeros(len(lifts))
    apart = heights[None, :, None] - lifts[:, None, None] - levels[None, None, :]
    return np.asarray(np.exp(-((apart / BLUR_M) ** 2) / 2).sum(axis=2).mean(axis=1))


def _front_score(points: Floats, shelf: Shelf, lifts: Floats) -> Floats:
    """Return for each lift the share of front points on the lifted front, less those in the gap below it."""
    thick = BOARD_THICK + (PLATE_THICK + PLATE_GAP if shelf.plates else 0.0)
    z = points[np.abs(points[:, 1] + shelf.depth_m / 2) < FRONT_M, 2]
    if not len(z):
        return np.zeros(len(lifts))
    above = z[None, :] - lifts[:, None]
    front = (above > -thick) & (above < 0)
    gap = (above > -thick - LIFT_M) & (above < -thick - BLUR_M)
    return np.asarray(front.mean(axis=1) - gap.mean(axis=1))


def _level(cloud: Cloud) -> Mask:
    return np.asarray(np.abs(cloud.normals[:, 2]) > LEVEL)


def _over(points: Floats, shelf: Shelf) -> Mask:
    """Return which points lie within a shelf's outline, near its height."""
    x, y, z = points.T
    near = np.abs(z) < SEARCH_M + 0.05
    return np.asarray((np.abs(x) < shelf.width_m / 2) & (np.abs(y) < shelf.depth_m / 2 + FRONT_M) & near)
