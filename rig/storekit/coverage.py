"""How many cameras see each part of the sales floor and of every shelf front."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contracts.errors import UsageError
from contracts.geometry import Floats
from contracts.layout import CameraInfo, Layout
from rig.storekit.boxes import Boxes, blockers
from rig.storekit.places import FloorGrid, floor_grid, front_normal, front_points
from rig.storekit.sight import Sense, counts, seen

HEIGHTS_M = (1.1, 1.7, 1.9)
"""Heads: a child of six or somebody who crouches, an adult, a tall adult."""
TALLEST_M = 2.5
MOST = 3
"""Shares are given for 1 to 3 cameras: seen, seen when one fails, seen when one fails and one is hidden."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the cameras of a store see.

    Args:
        layout: the store.
        grid: cells of the sales floor.
        heights_m: at which heads are looked for.
        floor: by height and sense, (P,) how many cameras see each free cell.
        fronts: by shelf and sense, (columns, rows) how many see each part of the front.
        alone: by camera, the share of floor cells at the middle height that it sees.
    """

    layout: Layout
    grid: FloorGrid
    heights_m: tuple[float, ...]
    floor: dict[tuple[float, Sense], Floats]
    fronts: dict[tuple[str, Sense], Floats]
    alone: dict[str, float]


def measure(layout: Layout, heights_m: tuple[float, ...] = HEIGHTS_M) -> Coverage:
    """Return what the cameras of a store see past walls, racks and stocked goods.

    Args:
        layout: the store.
        heights_m: heights of heads.

    Raises:
        UsageError: a height that no head has, or a sales floor that racks cover.
    """
    for height in heights_m:
        if not 0 <= height <= TALLEST_M:
            raise UsageError(
                "no head is that high", where="--height", expected=f"0 to {TALLEST_M} m", found=f"{height:g} m"
            )
    grid, boxes = floor_grid(layout), blockers(layout)
    if not grid.free.any():
        raise UsageError("racks cover all of the sales floor", where=layout.name, hint="look at `inside_m`")
    floor = {}
    for height in heights_m:
        for sense, count in counts(layout.cameras, grid.points(height), boxes).items():
            floor[height, sense] = count
    middle = grid.points(sorted(heights_m)[len(heights_m) // 2])
    alone = {camera.id: _alone(camera, middle, boxes) for camera in layout.cameras}
    return Coverage(layout, grid, heights_m, floor, _fronts(layout, boxes), alone)


def share_seen(count: Floats, cameras: int) -> float:
    """Return the share of places that at least so many cameras see.

    Args:
        count: how many see each place.
        cameras: at least so many.
    """
    return float((count >= cameras).mean())


def _alone(camera: CameraInfo, points: Floats, boxes: Boxes) -> float:
    return float(seen(camera, points, boxes).mean())


def _fronts(layout: Layout, boxes: Boxes) -> dict[tuple[str, Sense], Floats]:
    shelves = list(layout.shelf.values())
    points = [front_points(shelf) for shelf in shelves]
    normals = [np.broadcast_to(front_normal(s), p.shape).reshape(-1, 3) for s, p in zip(shelves, points, strict=True)]
    flat = [p.reshape(-1, 3) for p in points]
    if not flat:
        return {}
    ends = np.cumsum([len(p) for p in flat])[:-1]
    found = {}
    for sense, count in counts(layout.cameras, np.concatenate(flat), boxes, np.concatenate(normals)).items():
        for shelf, front, part in zip(shelves, points, np.split(count, ends), strict=True):
            found[shelf.id, sense] = part.reshape(front.shape[:2])
    return found
