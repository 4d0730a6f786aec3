"""What a writer of scripts draws from: goods within reach that are left, rooms for what goes back, neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from numpy.random import Generator

from contracts.errors import UsageError
from contracts.layout import Facing, Layout, Plate
from rig.scenario.supply import Supply

T = TypeVar("T")
R = TypeVar("R")


class Shelves:
    """The goods of a store, drawn at random and counted down.

    Args:
        layout: the store.
        draw: where the dice are.
    """

    def __init__(self, layout: Layout, draw: Generator) -> None:
        self.layout, self._draw = layout, draw
        self._supply = Supply(layout)
        self._touched: set[tuple[str, str]] = set()

    def facing(self, height_m: float, units: int = 1, fits: Callable[[Facing], bool] | None = None) -> Facing | None:
        """Draw a facing with so many left, within reach, from which nobody took yet; None when there is none.

        Args:
            height_m: of whoever reaches.
            units: how many must be there.
            fits: what else it must be.
        """
        for facing in self.shuffled(self.layout.planogram):
            fresh = (facing.product, facing.shelf) not in self._touched
            if fresh and self._supply.has(facing, units, height_m) and (fits is None or fits(facing)):
                return facing
        return None

    def take(self, facing: Facing, units: int = 1) -> None:
        """Count goods as gone, and leave the facing alone from now on: what stands there is another's trick."""
        self._supply.take(facing, units)
        self._touched.add((facing.product, facing.shelf))

    def room(self, facing: Facing, height_m: float) -> str:
        """Draw a place on another shelf for one of a product; "" when there is none."""
        rooms = self.shuffled(self._supply.rooms(facing.product, height_m, facing.shelf))
        if not rooms:
            return ""
        self._supply.fill(rooms[0], facing.product)
        return rooms[0]

    def beside(self, facing: Facing) -> Facing | None:
        """Return the facing to the right of one on its shelf."""
        row = sorted((f for f in self.layout.planogram if f.shelf == facing.shelf), key=lambda f: f.x_m)
        right = row[row.index(facing) + 1 :]
        return right[0] if right and (right[0].product, right[0].shelf) not in self._touched else None

    def plates(self, facing: Facing) -> tuple[Plate, ...]:
        """Return the plates of a facing's shelf, left to right."""
        return self.layout.shelf[facing.shelf].plates

    def chance(self, share: float) -> bool:
        """Draw whether something happens."""
        return bool(self._draw.random() < share)

    def first_that_works(self, tricks: Sequence[T], play: Callable[[T], R | None]) -> R:
        """Return what the first of some tricks, in a drawn order, makes; those that cannot be played here are passed.

        Raises:
            UsageError: none can be played any more.
        """
        for trick in self.shuffled(tricks):
            made = play(trick)
            if made is not None:
                return made
        raise UsageError(
            f"there is too little left in {self.layout.name} to confuse with",
            expected="goods within reach that nobody has taken from",
            hint="fewer shoppers or actions, or a store with more goods",
        )

    def shuffled(self, known: Sequence[T]) -> list[T]:
        """Return something in a drawn order."""
        return [known[i] for i in self._draw.permutation(len(known)).tolist()]
