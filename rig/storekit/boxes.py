"""A store as boxes, and which straight lines they cut: enough to say what stands in the way of a camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats, Pose
from contracts.layout import Facing, Layout
from twin.furniture import PLATE, WALL, Solid, building, rack
from twin.stock import slots

Mask = NDArray[np.bool_]

TOUCH_M = 0.02
"""A line may begin or end so deep in a box: lenses sit in brackets, and fronts touch their boards."""
SURVEY_M = 0.005
GOODS = (120, 150, 120)


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes that stand in the way.

    Args:
        names: (N,) what each is.
        centre: (N, 3) metres, world.
        turn: (N, 3, 3) world from local.
        half: (N, 3) half sizes along the local axes.
    """

    names: tuple[str, ...]
    centre: Floats
    turn: Floats
    half: Floats

    @classmethod
    def of(cls, solids: Sequence[Solid]) -> Self:
        """Return the boxes of solids."""
        return cls(
            names=tuple(solid.name for solid in solids),
            centre=np.array([solid.pose.position for solid in solids]).reshape(-1, 3),
            turn=np.array([solid.pose.rotation for solid in solids]).reshape(-1, 3, 3),
            half=np.array([solid.size_m for solid in solids]).reshape(-1, 3) / 2,
        )

    def cut(self, start: Floats, ends: Floats) -> Mask:
        """Return whether a box lies between a point and others.

        Args:
            start: (3,) metres.
            ends: (P, 3) metres.

        Returns:
            (P,)
        """
        lost = np.zeros(len(ends), bool)
        away = ends - start
        length = np.linalg.norm(away, axis=1)
        touch = np.minimum(TOUCH_M / np.maximum(length, 1e-9), 0.5)
        for centre, turn, half in zip(self.centre, self.turn, self.half, strict=True):
            enter, leave = _crossing((start - centre) @ turn, away @ turn, half)
            lost |= np.maximum(enter, touch) < np.minimum(leave, 1 - touch)
        return lost

    def holding(self, point: Floats) -> tuple[str, ...]:
        """Return the names of the boxes that a point (3,) lies in, deeper than a survey errs."""
        local = np.einsum("nij,ni->nj", self.turn, point - self.centre)
        inside = (np.abs(local) < self.half - SURVEY_M).all(axis=1)
        return tuple(name for name, held in zip(self.names, inside, strict=True) if held)


def _crossing(start: Floats, away: Floats, half: Floats) -> tuple[Floats, Floats]:
    """Return at which shares of their length lines (P, 3) enter and leave a box around the origin."""
    safe = np.where(np.abs(away) < 1e-12, 1e-12, away)
    one, other = (-half - start) / safe, (half - start) / safe
    return np.minimum(one, other).max(axis=1), np.maximum(one, other).min(axis=1)


def blockers(layout: Layout) -> Boxes:
    """Return what a camera cannot look through: walls, back panels, boards and stocked goods.

    Plates lie on their boards and gates open, so neither counts.
    """
    racks = [piece for gondola in layout.gondolas for piece in rack(gondola) if piece.colour != PLATE]
    stock = [piece for facing in layout.planogram if (piece := stocked(layout, facing))]
    return Boxes.of([*walls(layout), *racks, *stock])


def walls(layout: Layout) -> tuple[Solid, ...]:
    """Return the walls and railings as solids."""
    return tuple(solid for solid in building(layout) if solid.colour == WALL)


def stocked(layout: Layout, facing: Facing) -> Solid | None:
    """Return the box around the goods of a facing as it is stocked, or None when it is empty."""
    shelf, product = layout.shelf[facing.shelf], layout.product[facing.product]
    places = np.array(slots(shelf, facing, product)[: facing.stock])
    if not len(places):
        return None
    width, depth, height = product.size_m
    low = places.min(axis=0) - np.array([width / 2, depth / 2, 0.0])
    high = places.max(axis=0) + np.array([width / 2, depth / 2, height])
    x, y, z = ((low + high) / 2).tolist()
    size = (float(high[0] - low[0]), float(high[1] - low[1]), float(height))
    return Solid(facing.product, size, shelf.pose.then(Pose((x, y, z))), GOODS)
