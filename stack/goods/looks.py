"""What each product looks like in this store, learnt from the shelves while nobody is there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import Facing, Layout, Shelf
from stack.goods.colours import thinned
from stack.goods.eyes import Eye, Picture

MOST = 150
"""Colours that are kept of one product."""
LIP_M = 0.012
"""What is seen this little above a board may be its lip."""
OVER_M = 0.02
"""What is seen so much above a product's height is something else."""
EDGE = 0.8
"""The outer part of a facing may be seen to show its neighbour."""


class Looks:
    """The reference colours of products.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._seen: dict[str, list[NDArray[np.uint8]]] = {}

    def learn(self, eye: Eye, depth_mm: NDArray[np.uint16], picture: Picture) -> None:
        """Take in one frame of a store in which goods stand as the planogram says."""
        world = eye.points(depth_mm).reshape(-1, 3)
        world = world[np.isfinite(world[:, 0])]
        for gondola in self._layout.gondolas:
            local = gondola.pose.unapply(world)
            here = (np.abs(local[:, 0]) < gondola.width_m / 2) & (local[:, 1] > 0) & (local[:, 1] < gondola.depth_m)
            mine = world[here]
            for shelf in gondola.shelves if len(mine) else ():
                self._learn_shelf(shelf, eye, mine, picture)

    def of(self, product: str) -> NDArray[np.uint8]:
        """Return the colours (N, 3) of a product, as RGB; none when it was not seen."""
        parts = self._seen.get(product, [])
        return thinned(np.concatenate(parts), MOST) if parts else np.zeros((0, 3), np.uint8)

    def _learn_shelf(self, shelf: Shelf, eye: Eye, world: Floats, picture: Picture) -> None:
        at = shelf.pose.unapply(world)
        for facing in self._facings(shelf.id):
            which = self._shows(facing, at)
            if which.any():
                self._seen.setdefault(facing.product, []).append(eye.colours(world[which], picture))

    def _facings(self, shelf: str) -> Sequence[Facing]:
        return [facing for facing in self._layout.planogram if facing.shelf == shelf]

    def _shows(self, facing: Facing, at: Floats) -> NDArray[np.bool_]:
        height = self._layout.product[facing.product].size_m[2] or self._layout.shelf[facing.shelf].clearance_m
        beside = np.abs(at[:, 0] - facing.x_m) < EDGE * facing.width_m / 2
        return np.asarray(beside & (at[:, 2] > LIP_M) & (at[:, 2] < height + OVER_M))
