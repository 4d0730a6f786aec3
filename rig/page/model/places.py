"""Where things are on the floor plan, by what records call them."""

from __future__ import annotations

import numpy as np

from contracts.geometry import Vec3
from contracts.layout import Layout
from rig.page.model.part import cm

Spot = list[int] | None
"""x and y in centimetres."""


class Places:
    """Knows the places of a store.

    Args:
        layout: the store; None before it is known, when nothing has a place.
    """

    def __init__(self, layout: Layout | None = None) -> None:
        self._at: dict[str, Vec3] = {}
        if layout is None:
            return
        for gondola in layout.gondolas:
            for shelf in gondola.shelves:
                self._at[shelf.id] = shelf.pose.position
                self._at |= {plate.id: plate.pose.position for plate in shelf.plates}
        for gate in layout.gates:
            devices = {gate.id, gate.scanner, gate.palm_reader, gate.bio_reader, gate.screen} - {""}
            self._at |= dict.fromkeys(sorted(devices), gate.pose.position)

    def of(self, *names: str) -> Spot:
        """Return the middle of some plates, shelves or devices; None when none of them is known."""
        found = [self._at[name][:2] for name in names if name in self._at]
        return [cm(v) for v in np.mean(found, axis=0)] if found else None
