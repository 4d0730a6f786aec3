"""Changed pixels joined into patches: stretches of one board where something came or went."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stack.seen.dots import Dots

TOUCH_M = 0.008
"""Pixels whose footprints leave a wider gap along the board show different things."""


def patches(found: Dots) -> Iterator[Dots]:
    """Yield the points of each thing: of one board and way, touching along the board."""
    keys = np.stack([found.rack, found.board, found.way], axis=1)
    for key in np.unique(keys, axis=0):
        mine = np.nonzero((keys == key).all(axis=1))[0]
        low = found.at[mine, 0] - found.half_m[mine]
        order = np.argsort(low, kind="stable")
        reach = np.maximum.accumulate((found.at[mine, 0] + found.half_m[mine])[order])
        breaks = np.nonzero(low[order][1:] > reach[:-1] + TOUCH_M)[0] + 1
        for part in np.split(mine[order], breaks):
            yield found.of(part)
