"""Racks right beside those that cameras watch: what comes and goes at their ends is theirs."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.geometry import Floats
from contracts.layout import Gondola, shelf_of
from stack.seen.change import SeenChange

ABOVE_M = 0.35
"""So high above a rack stand the goods of its top board."""


class Neighbours:
    """Tells whose a change at the end of a rack is.

    A rack is watched a bit beyond its ends, as cameras are never surveyed exactly. The goods of the next rack stand
    there, and one of them shows in part. The middle of what shows then lies beyond the end; of the rack's own goods it
    does not.

    Args:
        racks: those that are watched.
        every: all racks of the store.
    """

    def __init__(self, racks: Sequence[Gondola], every: Sequence[Gondola]) -> None:
        self._racks, self._every = racks, every
        self._places = {shelf.id: (rack, shelf) for rack in racks for shelf in rack.shelves}

    def have(self, change: SeenChange) -> bool:
        """Whether what came or went stands or stood in the rack beside the one at which it is seen."""
        rack, shelf = self._places[shelf_of(change.plates[0])]
        middle = shelf.pose.apply(((change.low_m + change.high_m) / 2, 0.0, change.top_m))
        if abs(float(rack.pose.unapply(middle)[0])) <= rack.width_m / 2:
            return False
        return any(_holds(other, middle) for other in self._every if other.id != rack.id)


def _holds(rack: Gondola, at: Floats) -> bool:
    """Whether a point (3,) of the world lies in a rack, or above its top board."""
    x, y, z = rack.pose.unapply(at).tolist()
    return bool(abs(x) <= rack.width_m / 2 and 0.0 <= y <= rack.depth_m and 0.0 <= z <= rack.height_m + ABOVE_M)
