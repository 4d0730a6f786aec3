"""Where on a shelf there is room for one more item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from contracts.geometry import Floats, Pose, Vec3
from contracts.layout import Layout, Plate, Product, Shelf, shelf_of
from twin.goods import Goods, Item, half_extents
from twin.stock import slots

Point = tuple[float, float]

STEP_M = 0.005
EDGE_M = 0.002
GAP_M = 0.003
"""Kept free around an item; a little less than between stocked goods, so that it fits back where it was."""
DROP_M = 0.003
"""How high above the surface it is let go."""
HEADROOM_M = 0.01


def free_spot(layout: Layout, goods: Goods, product: Product, place: str) -> Pose | None:
    """Return where an item of a product fits on a shelf or plate.

    A free slot of its own facing comes first; else as near to the front as there is room, then as near to the
    middle of the place.

    Returns:
        The pose of the item's centre, upright, facing as the shelf does and slightly above it; None without room.
    """
    plate = layout.plate.get(place)
    shelf = layout.shelf[shelf_of(place) if plate else place]
    if product.size_m[2] + HEADROOM_M > shelf.clearance_m:
        return None
    taken = _footprints(shelf, goods.on(shelf.id))
    for x, y in (*_own_slots(layout, shelf, plate, product), *_grid(shelf, plate, product.size_m)):
        if _fits(x, y, product.size_m, taken):
            return shelf.pose.then(Pose((x, y, product.size_m[2] / 2 + DROP_M)))
    return None


def _own_slots(layout: Layout, shelf: Shelf, plate: Plate | None, product: Product) -> Iterator[Point]:
    """Yield the places that the planogram has for a product, in the shelf's frame, front row first."""
    for facing in layout.planogram:
        if facing.product == product.id and facing.shelf == shelf.id:
            for x, y, _ in slots(shelf, facing, product):
                if plate is None or abs(x - _middle(shelf, plate)) <= plate.width_m / 2:
                    yield x, y


def _grid(shelf: Shelf, plate: Plate | None, size_m: Vec3) -> Iterator[Point]:
    """Yield the middles to try, in the shelf's frame, front row first and the middle first in each row."""
    middle = 0.0 if plate is None else _middle(shelf, plate)
    width = shelf.width_m if plate is None else plate.width_m
    # An item that is wider than the plate it is meant for can only stand in its middle.
    spare_x = max((width - size_m[0]) / 2 - EDGE_M, 0.0)
    spare_y = (shelf.depth_m - size_m[1]) / 2 - EDGE_M
    if spare_y < 0:
        return
    steps = int(spare_x / STEP_M)
    across = sorted((i * STEP_M for i in range(-steps, steps + 1)), key=lambda x: (abs(x), x))
    for row in range(int(2 * spare_y / STEP_M) + 1):
        for x in across:
            yield middle + x, row * STEP_M - spare_y


def _middle(shelf: Shelf, plate: Plate) -> float:
    """Return a plate's x in its shelf's frame."""
    return float(shelf.pose.unapply(plate.pose.position)[0])


def _footprints(shelf: Shelf, items: Iterable[Item]) -> Floats:
    """Return (N, 4) x, y, half width, half depth of each item in the shelf's frame, metres."""
    rows = []
    for item in items:
        x, y, _ = shelf.pose.unapply(item.pose.position).tolist()
        half_x, half_y, _ = half_extents(shelf, item.pose, item.size_m)
        rows.append((x, y, half_x, half_y))
    return np.array(rows).reshape(-1, 4)


def _fits(x: float, y: float, size_m: Vec3, taken: Floats) -> bool:
    """Whether an item at (x, y) keeps its distance from all footprints."""
    clear_x = np.abs(taken[:, 0] - x) >= taken[:, 2] + size_m[0] / 2 + GAP_M
    clear_y = np.abs(taken[:, 1] - y) >= taken[:, 3] + size_m[1] / 2 + GAP_M
    return bool((clear_x | clear_y).all())
