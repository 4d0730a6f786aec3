"""Where the items of a facing stand at the start: columns across, rows behind one another, the front row first."""

from __future__ import annotations

from contracts.geometry import Vec3
from contracts.layout import Facing, Plate, Product, Shelf

GAP_M = 0.004  # between neighbours, so that goods do not touch at the start
LIFT_M = 0.02  # above a package, so that a hand can lift it out


def slots(shelf: Shelf, facing: Facing, product: Product) -> tuple[Vec3, ...]:
    """Return every place that a facing has, in the order in which stock fills them.

    A package that fits on one plate stands on one plate, never across two.

    Returns:
        Centres of the undersides, metres, in the frame of the shelf.
    """
    width, depth, _ = product.size_m
    columns = _columns(shelf, facing, width)
    rows = int((shelf.depth_m + 1e-9) / (depth + GAP_M))
    front = -shelf.depth_m / 2 + GAP_M / 2 + depth / 2
    return tuple((x, front + row * (depth + GAP_M), 0.0) for row in range(rows) for x in columns)


def _columns(shelf: Shelf, facing: Facing, width: float) -> list[float]:
    """Return the x of every column of a facing, from left to right."""
    mine = [plate for plate in shelf.plates if plate.id in facing.plates]
    if mine and all(plate.width_m >= width + GAP_M for plate in mine):
        return [x for plate in mine for x in _spread(_x_of(shelf, plate), plate.width_m, width)]
    return _spread(facing.x_m, facing.width_m, width)


def _spread(middle: float, room: float, width: float) -> list[float]:
    """Return the middles of as many packages as fit side by side, evenly spread over the room."""
    count = int((room + 1e-9) / (width + GAP_M))
    return [middle - room / 2 + room * (i + 0.5) / count for i in range(count)]


def _x_of(shelf: Shelf, plate: Plate) -> float:
    return float(shelf.pose.unapply(plate.pose.position)[0])
