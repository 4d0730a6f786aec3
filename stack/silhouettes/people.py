"""Follows people by the heads of carved bodies; nobody is born where only others' outlines cross."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from contracts.layout import GateKind, Layout
from contracts.records import Frame
from stack.sightings import Person
from stack.silhouettes.ghosts import Ghosts
from stack.silhouettes.view import SilhouetteView
from stack.tracking.depthview import View
from stack.tracking.heads import HeadFinder, Top
from stack.tracking.heightmap import no_heads
from stack.tracking.track import PersonTracker

BROAD = 3
"""What is less than so many cells wide and long is no head: thin peaks are where outlines cross by chance."""
SURE_M = 0.12
"""Nobody is first seen where what no camera doubts is so much lower, or so far away."""
WING_M = 0.8
"""The wing of a gate moves within this distance of the middle of its lane ..."""
WING_TALL_M = 1.3
"""... and is no taller than this. Source: `stack.tracking.heightmap.furniture` says the same of housings."""


class SilhouetteTracker(PersonTracker):
    """Everybody in view of colour cameras, capture after capture.

    Args:
        layout: the store as surveyed.
        view: the joined pictures, shared with the hand finder; None makes an own one.
    """

    def __init__(self, layout: Layout, view: SilhouetteView | None = None) -> None:
        view = view or SilhouetteView(layout)
        super().__init__(layout, view)
        finder = HeadFinder(view.grid, view.racks, no_heads(view.grid, layout))
        self._believing = self._heads = BelievedHeads(finder, layout, view)

    def update(self, frames: Sequence[Frame]) -> list[Person]:
        """Take the pictures of one capture time and return everybody who is followed now."""
        people = super().update(frames)
        self._believing.ghosts.follow(people)
        return people


class BelievedHeads(HeadFinder):
    """Heads of which none that starts a track is a ghost, the wing of a gate, or off the sales floor.

    Args:
        finder: finds tops of any kind.
        layout: for its gates.
        view: what is carved.
    """

    def __init__(self, finder: HeadFinder, layout: Layout, view: SilhouetteView) -> None:
        self._finder, self._grid = finder, view.grid
        self._wings = [gate.pose.position for gate in layout.gates if gate.kind is GateKind.TURNSTILE]
        # Cameras see who waits in a lane from one side alone, and then what is before and behind him is as good as he.
        self._floor, self._carver = layout.inside_m, view.carver
        self.ghosts = Ghosts(view.carver)

    def find(self, view: View, known: Sequence[tuple[float, float]] = ()) -> tuple[Top, ...]:
        """Return all tops, the highest first; arguments as for `HeadFinder.find`."""
        broad = replace(view, heights=cv2.morphologyEx(view.heights, cv2.MORPH_OPEN, np.ones((BROAD, BROAD))))
        # Of a top only where it is and what it looks like is passed on: carved bodies are too broad to judge bulk by.
        return tuple(
            Top(top.x, top.y, top.z, top.cut, top.head, top.born and self._believed(top))
            for top in self._finder.find(broad, known)
        )

    def _believed(self, top: Top) -> bool:
        x0, y0, x1, y1 = self._floor
        if not (x0 < top.x < x1 and y0 < top.y < y1):
            return False
        near = self._carver.strict()[self._grid.window(top.x, top.y, SURE_M)]
        if float(near.max(initial=0.0)) < top.z - SURE_M:
            return False
        wing = any(top.z < WING_TALL_M and math.dist((top.x, top.y), gate[:2]) < WING_M for gate in self._wings)
        return not wing and not self.ghosts.explained((top.x, top.y, top.z))
