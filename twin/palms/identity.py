"""One synthetic palm: what stays the same over all of its samples."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from contracts.seeds import stream
from twin.palms.atlas import crease_map, texture_map, vein_map
from twin.palms.creases import draw_creases
from twin.palms.shape import Shape, draw_shape

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True, eq=False)
class Palm:
    """A palm.

    Args:
        seed: what it and its samples are drawn from.
        owner: whose it is.
        side: which hand.
        shape: of the hand.
        surface: creases and texture of the skin, log brightness on the map of `twin/palms/atlas.py`.
        veins: what lies under it and shows in near-infrared light, likewise.
    """

    seed: int
    owner: str
    side: Side
    shape: Shape
    surface: NDArray[np.float32]
    veins: NDArray[np.float32]

    def draws(self, *names: str) -> np.random.Generator:
        """Return the stream of a named part of this palm."""
        return stream(self.seed, "palm", self.owner, self.side, *names)


def draw_palm(seed: int, owner: str, side: Side = "right") -> Palm:
    """Return the palm of somebody; the same for the same arguments.

    Args:
        seed: of the population.
        owner: any name.
        side: which hand; a left hand is as unlike the right one as anybody else's.
    """
    draws = stream(seed, "palm", owner, side)
    shape, creases = draw_shape(draws), draw_creases(draws)
    return Palm(seed, owner, side, shape, texture_map(draws) - crease_map(creases), vein_map(draws))


def disguised(worn: Palm, shown: Palm, *, veins: float) -> Palm:
    """Return a hand in a thin glove that shows another palm's surface.

    Args:
        worn: whose hand is inside.
        shown: whose palm is printed or cast on it.
        veins: share of the wearer's veins that still shows.
    """
    return replace(worn, surface=shown.surface, veins=worn.veins * np.float32(veins))
