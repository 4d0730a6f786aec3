"""Directions of the world in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contracts.geometry import Floats
from rig.storekit.calibrate.found import AXES

SINGLE = 0.94
"""Cosine from which a direction is named by one axis: 20 degrees."""
HALF = 0.5


def named_way(way: Floats) -> str:
    """Return a direction (3,) as "x", "z", or its parts."""
    axis = int(np.abs(way).argmax())
    if abs(way[axis]) > SINGLE:
        return "xyz"[axis]
    signed = way * np.sign(way[axis])
    return "[" + ", ".join(f"{part + 0.0:.2f}" for part in np.round(signed, 2)) + "]"


def untold(told: Sequence[bool]) -> str:
    """Return the axes that could not be told: "x, y, turn about z"."""
    return ", ".join(name for name, known in zip(AXES, told, strict=True) if not known)


def weak_ways(weak: Floats) -> list[str]:
    """Return names of directions that are not told and lie along no axis, which `untold` could not name well.

    Args:
        weak: (6, K) directions, shifts above turns, square to one another.
    """
    names = []
    for part, word in ((weak[:3], "a shift along"), (weak[3:], "a turn about")):
        share, ways = np.linalg.eigh(part @ part.T)
        loose = ways[:, share > HALF]
        if loose.shape[1] == 1 and np.abs(loose).max() < SINGLE:
            names.append(f"{word} {named_way(loose[:, 0])}")
        elif loose.shape[1] == 2:
            firm = np.cross(loose[:, 0], loose[:, 1])
            if np.abs(firm).max() < SINGLE:
                names.append(f"{word} anything square to {named_way(firm)}")
    return names
