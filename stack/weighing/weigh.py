"""From plate samples to changes of load: the watcher of all weighing shelves of a store."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from contracts.errors import UsageError
from contracts.layout import Gondola, Layout, gondola_of
from contracts.records import Weights
from stack.weighing.joining import LoadChange, ShelfJoiner
from stack.weighing.steady import PlateLevels

__all__ = ["Health", "LoadChange", "ShelfWatcher"]


class Health(StrEnum):
    """What a plate seems to be."""

    GOOD = "good"
    SILENT = "silent"
    """No readings."""
    STUCK = "stuck"
    """One and the same reading for seconds."""
    NOISY = "noisy"
    """Too noisy for light goods."""


NOISY_G = 15.0
"""Above any shelf of the real log (11.8 g at most); a change must then exceed 60 g to be noticed."""


class GondolaWatcher:
    """One weighing controller.

    Args:
        gondola: the rack whose `Weights` it takes.
    """

    def __init__(self, gondola: Gondola) -> None:
        self._plates = [plate.id for plate in gondola.plates]
        self._levels = PlateLevels(len(self._plates))
        self._joiners: list[tuple[int, ShelfJoiner]] = []
        first = 0
        for shelf in gondola.shelves:
            self._joiners.append((first, ShelfJoiner([plate.id for plate in shelf.plates])))
            first += len(shelf.plates)

    def update(self, block: Weights) -> list[LoadChange]:
        """Take a block; return the changes that are now certain."""
        if block.grams.ndim != 2 or block.grams.shape[1] != len(self._plates) or block.period_ns <= 0:
            raise UsageError(
                "a block of plate samples does not fit its gondola",
                where=block.source,
                expected=f"(samples, {len(self._plates)}) grams and a period above 0 ns",
                found=f"{block.grams.shape} grams, {block.period_ns} ns",
                hint="columns follow Gondola.plates of the layout in Setup",
            )
        for found in self._levels.push(block):
            first, joiner = self._joiner(found.column)
            joiner.add(found.within(first))
        return self._join()

    def noise_g(self) -> dict[str, float]:
        """Return the standard deviation of each plate's samples, grams."""
        return dict(zip(self._plates, self._levels.noise_g.tolist(), strict=True))

    def health(self) -> dict[str, Health]:
        """Return what each plate seems to be."""
        state = zip(
            self._plates,
            self._levels.silent.tolist(),
            self._levels.stuck.tolist(),
            self._levels.noise_g.tolist(),
            strict=True,
        )
        return {plate: _health(silent, stuck, noise_g) for plate, silent, stuck, noise_g in state}

    def _joiner(self, column: int) -> tuple[int, ShelfJoiner]:
        return max((entry for entry in self._joiners if entry[0] <= column), key=lambda entry: entry[0])

    def _join(self) -> list[LoadChange]:
        changes: list[LoadChange] = []
        for first, joiner in self._joiners:
            away = {column - first: since_ns for column, since_ns in self._levels.away.items()}
            changes += joiner.take(self._levels.now_ns, away, partial(self._lean_g, first))
        return changes

    def _lean_g(self, first: int, column: int, beside_g: float) -> float:
        return self._levels.lean_g(first + column, beside_g)


class ShelfWatcher:
    """All weighing shelves of a store.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        self._gondolas = {gondola.id: GondolaWatcher(gondola) for gondola in layout.gondolas if gondola.plates}

    def update(self, weights: Weights) -> list[LoadChange]:
        """Take a block of one gondola; return the changes of load that are now certain, oldest first.

        A change is certain 0.8 s (load gone) or 1.5 s (load added) after it has come to rest.

        Raises:
            UsageError: when the block's source is no gondola of the layout, or its columns are not its plates.
        """
        if weights.source not in self._gondolas:
            raise UsageError(
                "plate samples from a gondola that the layout does not have",
                where=weights.source,
                expected=", ".join(self._gondolas) or "none: no gondola has plates",
                found=weights.source,
            )
        return self._gondolas[weights.source].update(weights)

    def noise_g(self, plate: str) -> float:
        """Return the standard deviation of a plate's samples, grams; NaN before its first reading."""
        return self._gondolas[gondola_of(plate)].noise_g()[plate]

    def health(self) -> dict[str, Health]:
        """Return what each plate seems to be, by id."""
        return {plate: health for watcher in self._gondolas.values() for plate, health in watcher.health().items()}


def _health(silent: bool, stuck: bool, noise_g: float) -> Health:
    if silent:
        return Health.SILENT
    if stuck:
        return Health.STUCK
    return Health.NOISY if noise_g > NOISY_G else Health.GOOD
