"""Which cameras go onto the page: those that together see most of the shelves and gates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from contracts.geometry import Vec3, vec3
from contracts.layout import CameraInfo, Layout
from rig.view.why.sights import pixel

# Where hands reach, and where a head passes a gate.
HAND_Z_M, HEAD_Z_M = 1.1, 1.6
BEFORE_M = 0.25


def chosen(layout: Layout, most: int) -> tuple[str, ...]:
    """Return the ids of the cameras to show, in the store's own order.

    Args:
        layout: the store; imagers without colour count only where there are no others.
        most: how many at most.
    """
    eyes = [c for c in layout.cameras if c.colour] or list(layout.cameras)
    spots = _spots(layout)
    sees = {camera.id: {i: _worth(camera, spot) for i, spot in enumerate(spots)} for camera in eyes}
    best = dict.fromkeys(range(len(spots)), 0.0)
    picked: list[str] = []
    while len(picked) < min(most, len(eyes)):
        left = [camera.id for camera in eyes if camera.id not in picked]
        name = max(left, key=lambda camera: _gain(sees[camera], best))
        picked.append(name)
        best = {i: max(best[i], sees[name][i]) for i in best}
    return tuple(camera.id for camera in eyes if camera.id in picked)


def _gain(sees: Mapping[int, float], best: Mapping[int, float]) -> float:
    """Return how much better the spots are seen with one more camera."""
    return sum(max(0.0, sees[i] - best[i]) for i in best)


def _spots(layout: Layout) -> list[Vec3]:
    """Return where something may happen: before both halves of every rack, and in every gate."""
    found = [
        vec3(gondola.pose.apply((side * gondola.width_m, -BEFORE_M, HAND_Z_M)))
        for gondola in layout.gondolas
        for side in (-0.25, 0.25)
    ]
    return found + [vec3(gate.pose.apply((0.0, 0.0, HEAD_Z_M))) for gate in layout.gates]


def _worth(camera: CameraInfo, spot: Vec3) -> float:
    """Return how large a camera sees a spot, in pixels a metre relative to its width; 0 outside its picture."""
    if pixel(camera, spot) is None:
        return 0.0
    far_m = float(np.linalg.norm(np.subtract(spot, camera.pose.position)))
    return camera.fx / camera.width / max(far_m, 0.3)
