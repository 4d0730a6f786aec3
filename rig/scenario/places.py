"""What a store has, by name: the look-ups that checking a scenario needs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from contracts.layout import Facing, Layout


class Places:
    """The names of a layout.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    @cached_property
    def product(self) -> dict[str, str]:
        """Product ids by id and by GTIN."""
        by_gtin = {product.gtin: product.id for product in self.layout.products if product.gtin}
        return by_gtin | {product.id: product.id for product in self.layout.products}

    @cached_property
    def shelves(self) -> frozenset[str]:
        """Ids of all places that goods stand on: shelves and plates."""
        return frozenset(self.layout.shelf) | frozenset(self.layout.plate)

    @cached_property
    def all(self) -> frozenset[str]:
        """Ids of all places that somebody can walk to: gondolas too."""
        return self.shelves | frozenset(self.layout.gondola)

    @cached_property
    def devices(self) -> frozenset[str]:
        """Ids of everything that can break."""
        gates = self.layout.gates
        parts = [
            part
            for gate in gates
            for part in (gate.id, gate.scanner, gate.palm_reader, gate.screen, gate.bio_reader)
            if part
        ]
        return frozenset([*parts, *self.layout.plate, *self.layout.gondola, *self.layout.camera])

    def facings(self, product: str, place: str = "") -> tuple[Facing, ...]:
        """Return the facings of a product, at a shelf or plate or anywhere."""
        return tuple(f for f in self.layout.planogram if f.product == product and (not place or _at(f, place)))

    def products_at(self, place: str) -> tuple[str, ...]:
        """Return the ids of what the planogram has on a shelf or plate, sorted."""
        return tuple(sorted({f.product for f in self.layout.planogram if _at(f, place)}))

    def siblings(self, place: str) -> list[str]:
        """Return the places under the longest part of a name that the store has, sorted; the gondolas if none."""
        parent = place
        while "/" in parent:
            parent = parent.rsplit("/", 1)[0]
            under = self._under(parent)
            if parent in self.all and under:
                return under
        return sorted(self.layout.gondola)

    def _under(self, parent: str) -> list[str]:
        """Return the places one level under another."""
        depth = parent.count("/") + 1
        return _in_order(name for name in self.all if name.startswith(f"{parent}/") and name.count("/") == depth)


def _at(facing: Facing, place: str) -> bool:
    """Return whether a facing is on a shelf or plate."""
    return facing.shelf == place or place in facing.plates


def _in_order(names: Iterable[str]) -> list[str]:
    """Return names with plate-2 before plate-11."""
    return sorted(names, key=lambda name: (len(name), name))
