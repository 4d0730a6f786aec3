"""Directions of the world in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contracts.geometry import Floats
from rig.storekit.calibrate.found import AXES

SINGLE = 0.94
"""Cosine from which a direction is named by one axis: 20 degrees."""


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
