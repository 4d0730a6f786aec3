"""Mesh and texture of each kind of thing that is pushed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contracts.steps import Pushed
from twin.pushed.parts import MATERIALS, joined
from twin.pushed.pram import pram
from twin.pushed.trolley import trolley
from twin.pushed.wheelchair import wheelchair
from twin.scene import Mesh
from twin.stage import Colour

_SIDE = 64
_COLOURS: dict[str, Colour] = {
    "metal": (168, 172, 178),
    "tyre": (34, 34, 36),
    "hub": (120, 122, 126),
    "seat": (30, 32, 38),
    "lining": (206, 198, 184),
    "skin": (226, 178, 150),
    "grip": (44, 44, 46),
}


def mesh(kind: Pushed) -> Mesh:
    """Return the mesh of a kind: the middle of its fixed axle on the floor is the origin, +x is ahead."""
    return joined({"pram": pram, "wheelchair": wheelchair, "trolley": trolley}[kind]())


def painted(cloth: Colour) -> NDArray[np.uint8]:
    """Return the texture (64, 64, 3): a column for each material, rows from the top; cloth has seams."""
    out = np.zeros((_SIDE, _SIDE, 3), np.uint8)
    wide = _SIDE // len(MATERIALS)
    for k, name in enumerate(MATERIALS):
        out[:, k * wide : (k + 1) * wide] = _COLOURS.get(name, cloth)
    seams = np.arange(_SIDE) % 6 == 0
    out[seams, :wide] = [min(255, part + 26) for part in cloth]
    return out
