"""What stands on the shelves for a crowd to take, and where there is room to put something down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from contracts.layout import Facing, Layout, Product, Shelf, shelf_of
from contracts.steps import Inspect, PutBack, ShopperPlan, Step, Take, Touch
from rig.scenario.places import Places

REACH = 0.9
"""Plates up to this share of a shopper's height are drawn for them. A search over stances finds a way to nearly every
item up to 0.94 of the height; a fifth of those at 1.1 is out of reach."""
_SIDE_M = 0.02
_OVER_M = 0.05
"""Room that a package needs beside it and above it to be set down by hand."""

Gap = tuple[float, float]


class Supply:
    """Counts down what is left; never gives more than there is.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._left: Counter[tuple[str, str]] = Counter()
        for facing in layout.planogram:
            self._left[facing.product, facing.shelf] += facing.stock
        self._shelves = tuple(layout.shelf.values())
        self._plate_x = {
            plate.id: float(shelf.pose.unapply(plate.pose.position)[0])
            for shelf in self._shelves
            for plate in shelf.plates
        }
        self._gaps = {shelf.id: _gaps(shelf, layout.planogram) for shelf in self._shelves}

    def spend(self, plans: Iterable[ShopperPlan]) -> None:
        """Count what scripts take as gone, and shelves on which they put something as full."""
        places = Places(self._layout)
        for plan in plans:
            for step in plan.steps:
                self._spend(step, places)

    def has(self, facing: Facing, units: int, height_m: float) -> bool:
        """Whether somebody can take so many from a facing.

        Args:
            facing: where.
            units: how many of its product.
            height_m: how tall they are.
        """
        return self._left[facing.product, facing.shelf] >= units and self._low(facing.shelf, height_m)

    def take(self, facing: Facing, units: int) -> None:
        """Count so many as gone. What is put back is counted too: nobody knows who comes between."""
        self._left[facing.product, facing.shelf] -= units

    def rooms(self, product: str, height_m: float, but: str) -> list[str]:
        """Return the places where somebody can put a product down, one a shelf.

        Args:
            product: its id.
            height_m: how tall they are.
            but: a shelf that is not meant.
        """
        found = (self._room(shelf, self._layout.product[product]) for shelf in self._shelves if shelf.id != but)
        return [place for place in found if place and self._low(_shelf(self._layout, place), height_m)]

    def fill(self, place: str, product: str) -> None:
        """Count a place as taken by a product; a shelf without plates as full, for nobody knows where on it."""
        shelf = _shelf(self._layout, place)
        x, half = self._plate_x.get(place), _room_m(self._layout.product[product]) / 2
        self._gaps[shelf] = [] if x is None else _without(self._gaps[shelf], (x - half, x + half))

    def _room(self, shelf: Shelf, product: Product) -> str:
        """Return a place on a shelf where a product fits and nothing is meant to stand: a plate if it has them."""
        _, depth, height = product.size_m
        if height + _OVER_M > shelf.clearance_m or depth + _SIDE_M > shelf.depth_m:
            return ""
        half = _room_m(product) / 2
        for low, high in self._gaps[shelf.id]:
            if not shelf.plates and high - low >= 2 * half:
                return shelf.id
            for plate in shelf.plates:
                x = self._plate_x[plate.id]
                if low <= x - half and x + half <= high:
                    return plate.id
        return ""

    def _low(self, shelf: str, height_m: float) -> bool:
        """Whether somebody so tall reaches a shelf."""
        return self._layout.shelf[shelf].pose.position[2] <= REACH * height_m

    def _spend(self, step: Step, places: Places) -> None:
        """Count what one step takes or puts."""
        if isinstance(step, PutBack) and step.place in places.shelves:
            self._gaps[_shelf(self._layout, step.place)] = []
        if not isinstance(step, Take | Inspect | Touch):
            return
        left = step.count if isinstance(step, Take) else 1
        for facing in places.facings(places.product.get(step.product, ""), step.place):
            here = min(left, self._left[facing.product, facing.shelf])
            self.take(facing, here)
            left -= here


def _gaps(shelf: Shelf, planogram: Iterable[Facing]) -> list[Gap]:
    """Return the stretches of a shelf without a facing: left and right end in its own frame, metres."""
    free: list[Gap] = [(-shelf.width_m / 2, shelf.width_m / 2)]
    for facing in planogram:
        if facing.shelf == shelf.id:
            free = _without(free, (facing.x_m - facing.width_m / 2, facing.x_m + facing.width_m / 2))
    return free


def _without(gaps: list[Gap], taken: Gap) -> list[Gap]:
    """Return what is left of stretches when one is taken."""
    left, right = taken
    parts = [part for low, high in gaps for part in ((low, min(high, left)), (max(low, right), high))]
    return [(low, high) for low, high in parts if low < high]


def _room_m(product: Product) -> float:
    """Return the width that a package needs on a shelf, metres."""
    return product.size_m[0] + 2 * _SIDE_M


def _shelf(layout: Layout, place: str) -> str:
    """Return the shelf of a shelf or plate."""
    return shelf_of(place) if place in layout.plate else place
