"""What cameras saw come or go on a board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contracts.layout import shelf_of
from stack.parts import LoadChange

CLEARLY = 8
"""Pixels that show something must be so many before it is taken for goods that no product explains."""


@dataclass(frozen=True, slots=True)
class SeenChange:
    """Something that stands on a board now and did not before, or the other way round.

    It has the form of a change of load, so that evidence, books and attribution take both alike.

    Args:
        plates: slots on which it stands or stood.
        deltas_g: +1 or -1, parted among the slots by how much of it is there: no scale, only which way it went.
        sigma_g: 1; no scale either.
        started_ns: when it was last seen as it was.
        ended_ns: when it was first seen as it is.
        low_m: left end of what came or went, in the shelf's frame.
        high_m: right end.
        top_m: its height above the board.
        pixels: how many pixels of all cameras show it.
        deeper_m: how much deeper cameras look without it; 0 when they see no depth.
        came: how probably it came, 0..1; depth tells that for sure, colour does not.
        slant: how much too wide and too high it looks, for each metre that it is deep.
    """

    plates: tuple[str, ...]
    deltas_g: tuple[float, ...]
    sigma_g: float
    started_ns: int
    ended_ns: int
    low_m: float
    high_m: float
    top_m: float
    pixels: int
    deeper_m: float
    came: float
    slant: tuple[float, float] = (0.0, 0.0)

    @property
    def gone(self) -> bool:
        """Whether goods left; else they came."""
        return self.came < 0.5

    @property
    def width_m(self) -> float:
        """How much of the board's front it takes."""
        return self.high_m - self.low_m

    @property
    def clear(self) -> bool:
        """Whether it is too large for a trick of the light."""
        return self.pixels >= CLEARLY


def told(change: LoadChange) -> dict[str, Any]:
    """Return what a `ShelfEvent` says of a change: plates and grams, or the board and which way it went."""
    if isinstance(change, SeenChange):
        came = -1 if change.gone else 1
        return {"plates": (), "deltas_g": (), "place": shelf_of(change.plates[0]), "came": came}
    return {"plates": change.plates, "deltas_g": change.deltas_g}


def said_of(change: LoadChange) -> str:
    """Return a change in words: "-209 g on gondola-2/shelf-3"."""
    place = shelf_of(change.plates[0])
    if not isinstance(change, SeenChange):
        return f"{sum(change.deltas_g):+.0f} g on {place}"
    what = f"something {100 * change.width_m:.0f} cm wide and {100 * change.top_m:.0f} cm high"
    return f"{what} that {'went from' if change.gone else 'came to'} {place}"
