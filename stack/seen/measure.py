"""From a patch to a change: how wide and high it is, which way it went, when, and on which slots."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from contracts.layout import Gondola, Layout, Shelf
from stack.seen.change import SeenChange
from stack.seen.colours import FrontPixels
from stack.seen.dots import CAME, UNKNOWN, Dots, board_heights
from stack.seen.pixels import RackPixels
from stack.seen.slots import slots_within

LEAST_SLOT_M = 0.02
"""Less of something on a slot is the error of what is seen."""
STEEP = 10.0
"""How fast a picture that comes nearer to the opening's tells that goods came back."""
DEEP_M = 0.07
"""How deep most goods are."""
TAIL = 0.1
"""The outermost part of a picture's pixels on either side that is left out."""
MANY = 0.3
"""Cameras that show so much less of it than the one that shows most say little about it."""


class Ruler:
    """Measures patches.

    Args:
        layout: the store.
        racks: those that do not weigh, with slots.
        views: the cameras, by number.
    """

    def __init__(self, layout: Layout, racks: Sequence[Gondola], views: Sequence[RackPixels | FrontPixels]) -> None:
        self._layout, self._racks, self._views = layout, racks, views
        self._boards = [board_heights(rack) for rack in racks]

    def measure(self, patch: Dots) -> SeenChange:
        """Return what a patch of clear views shows."""
        rack, board = self._racks[int(patch.rack[0])], int(patch.board[0])
        shelf = rack.shelves[board]
        cameras = _weighty(patch)
        best = cameras if int(patch.way[0]) != UNKNOWN else [min(cameras, key=lambda part: _slanted(part)[0])]
        spans = np.array([_span(part) for part in best])
        low, high = np.average(spans, axis=0, weights=[len(part) for part in best]) + _aside(best[0])
        shift = float(shelf.pose.unapply(rack.pose.position)[0])
        slots = slots_within(shelf, low + shift, high + shift, LEAST_SLOT_M)
        came = self._came(cameras, shelf, (low + shift + high + shift) / 2)
        sign = 1.0 if came >= 0.5 else -1.0
        heights = np.concatenate([part.at[:, 2] for part in best])
        started, ended = self._times(cameras)
        return SeenChange(
            plates=tuple(slots),
            deltas_g=tuple(sign * share / sum(slots.values()) for share in slots.values()),
            sigma_g=1.0,
            started_ns=started,
            ended_ns=max(ended, started + 1),
            low_m=float(low) + shift,
            high_m=float(high) + shift,
            top_m=float(np.percentile(heights, 95) - self._boards[int(patch.rack[0])][board]),
            pixels=len(patch),
            deeper_m=float(np.percentile(patch.deeper_m, 80)),
            came=came,
            slant=_slanted(best[0]),
        )

    def _times(self, cameras: Sequence[Dots]) -> tuple[int, int]:
        """Return when it was last seen as it was, and first as it is, by any camera."""
        settled = [np.median(self._views[int(part.camera[0])].settled_ns[part.pixel]) for part in cameras]
        since = [np.median(self._views[int(part.camera[0])].since_ns[part.pixel]) for part in cameras]
        return int(max(settled)), int(min(since))

    def _came(self, cameras: Sequence[Dots], shelf: Shelf, x: float) -> float:
        """Return how probably something came, rather than went."""
        if int(cameras[0].way[0]) != UNKNOWN:
            return 1.0 if int(cameras[0].way[0]) == CAME else 0.0
        restored = [self._restored(part) for part in cameras]
        back = float(np.average(restored, weights=[len(part) for part in cameras]))
        p = 1.0 / (1.0 + math.exp(-STEEP * (back - 0.5)))
        mine = [f for f in self._layout.planogram if f.shelf == shelf.id]
        stocked = any(abs(facing.x_m - x) < facing.width_m / 2 for facing in mine)
        return p if stocked else 1.0 - p

    def _restored(self, part: Dots) -> float:
        view = self._views[int(part.camera[0])]
        return view.restored(part.pixel) if isinstance(view, FrontPixels) else 0.5


def _aside(part: Dots) -> float:
    """Return how far what is seen aslant stands beside where it seems to, metres: half a common depth farther in."""
    return float(np.median(part.slant[:, 0])) * DEEP_M / 2


def _weighty(patch: Dots) -> list[Dots]:
    """Return the cameras' parts of a patch that show enough of it."""
    parts = [patch.of(patch.camera == number) for number in np.unique(patch.camera)]
    most = max(len(part) for part in parts)
    return [part for part in parts if len(part) >= MANY * most]


def _span(part: Dots) -> tuple[float, float]:
    """Return the left and right end of what one camera shows.

    Colours bleed, and neighbours are nudged: the outermost pixels of a picture tell little.
    """
    if int(part.way[0]) != UNKNOWN:
        return part.span_m
    low, high = np.percentile(part.at[:, 0], (100 * TAIL, 100 - 100 * TAIL)).tolist()
    wider = (high - low) * TAIL / (1 - 2 * TAIL)
    return low - wider, high + wider


def _slanted(part: Dots) -> tuple[float, float]:
    """Return how much too wide and too high things look, for each metre that they are deep."""
    across, up = np.abs(np.median(part.slant, axis=0)).tolist()
    return float(across), float(up)
