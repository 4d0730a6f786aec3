"""The small texture of a body: a column for each material, rows from head to sole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.people.fit import COLUMNS
from twin.stage import Colour, Guise

_SIDE = 64
_EYES: Colour = (28, 24, 24)
_STRIPE_ROWS = 3


def painted(guise: Guise) -> NDArray[np.uint8]:
    """Return a body's texture (64, 64, 3): a column for each material, rows from head to sole."""
    out = np.zeros((_SIDE, _SIDE, 3), np.uint8)
    colours = (guise.skin, guise.hair, guise.shirt, guise.legs, guise.shoes, _EYES, guise.extra)
    wide = _SIDE // COLUMNS
    for k, colour in enumerate(colours):
        out[:, k * wide : (k + 1) * wide] = colour
    shirt = out[:, 2 * wide : 3 * wide]
    if guise.pattern == "stripes":
        shirt[np.arange(_SIDE) // _STRIPE_ROWS % 2 == 0] = _lighter(guise.shirt)
    elif guise.pattern == "blocks":
        # Shoulders and upper chest.
        shirt[: _SIDE // 3] = _lighter(guise.shirt)
    return out


def _lighter(colour: Colour) -> Colour:
    """Return a colour half way to white, or to grey if it is nearly white itself."""
    goal = 255 if sum(colour) < 600 else 120
    red, green, blue = ((part + goal) // 2 for part in colour)
    return (red, green, blue)
