"""Tells a body from a place where nothing is but the outlines of others cross in all views.

Carving cannot tell them apart: behind and between people are places that every camera sees past somebody. But of a
ghost, every view is explained by those who are followed; of somebody new, hardly any is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from contracts.geometry import Vec3
from stack.sightings import Person
from stack.silhouettes.background_kernels import SOMEBODY
from stack.silhouettes.carver import Carver

BODY_M = 0.25
"""A line of sight that comes this near to the axis of a body meets it."""
OVER_M = 0.05
"""Heads may be so much taller than they are said to be."""
CROWN_M = 0.10
"""From the top of a head to its middle."""
ENOUGH = 2
"""Views that nobody who is followed explains, for somebody new to be believed."""


class Ghosts:
    """Everybody who is followed, as an explanation of what cameras see.

    Args:
        carver: the labels of the last moment, and the cameras.
    """

    def __init__(self, carver: Carver) -> None:
        self._carver = carver
        self._people: tuple[Person, ...] = ()

    def follow(self, people: Sequence[Person]) -> None:
        """Take in everybody who is followed now."""
        self._people = tuple(people)

    def explained(self, top: Vec3) -> bool:
        """Whether those who are followed explain what cameras see at the top of a head."""
        from stack.silhouettes.carve_kernels import label_at  # late: numba takes half a second to import

        carver, place = self._carver, (top[0], top[1], top[2] - CROWN_M)
        unexplained = 0
        for number in range(len(carver.cameras)):
            seen = label_at(carver.labels, carver.cameras, carver.sizes, number, *place) == SOMEBODY
            x, y, z = carver.cameras[number, 9:12].tolist()
            unexplained += seen and not any(meets((x, y, z), place, person.head) for person in self._people)
        return unexplained < ENOUGH


def meets(eye: Vec3, place: Vec3, head: Vec3) -> bool:
    """Whether the line of sight from an eye through a place, and on beyond it, meets the body under a head."""
    dx, dy, dz = (b - a for a, b in zip(eye, place, strict=True))
    flat = dx * dx + dy * dy
    if flat < 1e-6:
        return math.dist(eye[:2], head[:2]) < BODY_M
    t = max(0.0, ((head[0] - eye[0]) * dx + (head[1] - eye[1]) * dy) / flat)
    miss = math.hypot(eye[0] + t * dx - head[0], eye[1] + t * dy - head[1])
    return miss < BODY_M and 0.0 < eye[2] + t * dz < head[2] + OVER_M
