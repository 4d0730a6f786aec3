"""What a store offers to a script: what can be taken where, where there is room for it, what opens the gate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from contracts.layout import Facing, Layout, Shelf

ROOM_M = 0.06
"""Free height over an item that is put on a shelf."""


@dataclass(frozen=True)
class Stalls:
    """A store's layout, as scripts need it.

    Args:
        layout: the store.
    """

    layout: Layout

    @cached_property
    def facings(self) -> tuple[Facing, ...]:
        """All facings with goods, in the planogram's order."""
        return tuple(facing for facing in self.layout.planogram if facing.stock > 0)

    @cached_property
    def means(self) -> tuple[str, ...]:
        """What the first entry gate can read: "qr", "palm"; without any, "nothing"."""
        gate = next((gate for gate in self.layout.gates if gate.entry), None)
        readers = (("qr", gate.scanner), ("palm", gate.palm_reader)) if gate else ()
        return tuple(by for by, reader in readers if reader) or ("nothing",)

    def elsewhere(self, product: str, home: str) -> tuple[str, ...]:
        """Return the shelves and plates that a product can be put on and does not belong to, those nearest home first.

        Args:
            product: product id.
            home: shelf id.
        """
        height = self.layout.product[product].size_m[2]
        kept = {facing.shelf for facing in self.facings if facing.product == product} | {home}
        fit = [shelf for shelf in self._shelves if shelf.id not in kept and shelf.clearance_m >= height + ROOM_M]
        rack = home.partition("/")[0]
        free = [spot for shelf in fit for spot in self._free(shelf)]
        spots = free or [shelf.id for shelf in fit]
        return tuple(sorted(spots, key=lambda spot: spot.partition("/")[0] != rack))

    @cached_property
    def _shelves(self) -> tuple[Shelf, ...]:
        return tuple(shelf for gondola in self.layout.gondolas for shelf in gondola.shelves)

    def _free(self, shelf: Shelf) -> list[str]:
        """Return a plate of a shelf on which nothing is kept, the middle one of several; none on a full shelf."""
        taken = {plate for facing in self.layout.planogram for plate in facing.plates}
        free = [plate.id for plate in shelf.plates if plate.id not in taken]
        return [free[len(free) // 2]] if free else []
