"""From which shoulder an arm comes: two arms that leave a body at one place are not both that body's."""

from __future__ import annotations

import math

from stack.reaching.touching import Arm
from stack.sightings import Reach

ROOT_M = 0.30
"""So far along the surface from a head the way to a hand has left the shoulders."""
ONE_ROOT_M = 0.16
"""Ways that leave a body this near to each other leave it at one shoulder; two shoulders are 0.35 to 0.45 m apart."""
BESIDE_M = 0.05
"""Arms that are seen beside each other over so much depth are two; one that a board cuts in two lies one behind the
other."""


def root_of(arm: Arm, head: tuple[int, int]) -> tuple[int, int] | None:
    """Return the cell at which the way from a head to an arm leaves the shoulders; None when no surface leads there.

    Args:
        arm: with the way along the surface from it.
        head: the cell of the head.
    """
    nx, ny = arm.way.shape
    cell = head
    if not (0 <= cell[0] < nx and 0 <= cell[1] < ny and math.isfinite(arm.way[cell])):
        return None
    last = max(0.0, float(arm.way[cell]) - ROOT_M)
    while arm.way[cell] > last:
        i, j = cell
        near = ((a, b) for a in range(max(0, i - 1), min(nx, i + 2)) for b in range(max(0, j - 1), min(ny, j + 2)))
        lower = min(near, key=lambda at: (arm.way[at], at))
        if arm.way[lower] >= arm.way[cell]:
            break
        cell = lower
    return cell


def one_shoulder(one: Reach, other: Reach, track: str) -> bool:
    """Whether two arms side by side would come from one and the same shoulder, were both a track's."""
    roots, others = dict(one.roots), dict(other.roots)
    if track not in roots or track not in others or not side_by_side(one, other):
        return False
    return math.dist(roots[track], others[track]) <= ONE_ROOT_M


def side_by_side(one: Reach, other: Reach) -> bool:
    """Whether two sightings are of two arms, and not of one that a board cuts in two."""
    return min(one.span_m[1], other.span_m[1]) - max(one.span_m[0], other.span_m[0]) >= BESIDE_M
