"""The pose from which a store's twin explains most of what a depth camera measured."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo
from rig.storekit.calibrate.agree import Agreement, agreement
from rig.storekit.calibrate.found import stepped
from rig.storekit.calibrate.settle import CLOSE_GATES_M, GATES_M, Settled, settle
from rig.storekit.calibrate.surface import Twin
from twin.scene import Scene

COARSE_PIXELS, FINE_PIXELS = 15_000, 60_000
"""Poses are looked for in small pictures and settled in larger ones."""
WELL = 0.95
"""A pose that explains so much is not one shelf too high: no others are looked for."""
HOPELESS = 0.2
"""A pose that explains no more is of another store or far off: nothing near it will do."""
ASIDE_M = tuple(sign * step / 100 for step in (2, 4, 6, 8, 10) for sign in (-1, 1))
"""Where others are looked for: along each axis of the store, as far as a camera may have been pushed and back."""
ROUNDS = 3
PUSHED_M = 0.06
DOUBT_M = 0.004
"""Points of a right fit lie 0.3 to 1.5 mm off their planes; above this, others are begun from `PUSHED_M` aside."""


def search(camera: CameraInfo, depth_m: Floats, scene: Scene) -> tuple[Settled, Agreement]:
    """Return where a camera hangs, and how much of what it measured that explains.

    Args:
        camera: as the file has it; `distorted` as it measured.
        depth_m: (H, W) what it measured; nan where nothing steady was.
        scene: the store.
    """
    small = Twin(scene, camera, depth_m, COARSE_PIXELS)
    best = _improved(camera.pose, small)
    if HOPELESS < best[1].explained < WELL and (best[0].torn or best[0].residual_m > DOUBT_M):
        for start in _aside(camera.pose, (-PUSHED_M, PUSHED_M)):
            best = max(best, _improved(start, small), key=lambda one: one[1].explained)
            if best[1].explained >= WELL:
                break
    large = Twin(scene, camera, depth_m, FINE_PIXELS)
    settled = settle(best[0].pose, large, CLOSE_GATES_M)
    return settled, agreement(settled.pose, large)


def _improved(start: Pose, twin: Twin) -> tuple[Settled, Agreement]:
    """Return the pose that is reached from a beginning, or a better one beside it."""
    best = settle(start, twin, GATES_M)
    fits = agreement(best.pose, twin)
    for _ in range(ROUNDS):
        if not HOPELESS < fits.explained < WELL:
            break
        beside = max(_aside(best.pose, ASIDE_M), key=lambda pose: agreement(pose, twin).explained)
        other = settle(beside, twin, CLOSE_GATES_M)
        better = agreement(other.pose, twin)
        if better.explained <= fits.explained:
            break
        best, fits = other, better
    return best, fits


def _aside(pose: Pose, steps_m: Sequence[float]) -> Iterator[Pose]:
    """Yield a pose shifted along the axes of the store; turns are found even one shelf too high."""
    for axis, metres in itertools.product(range(3), steps_m):
        step = np.zeros(6)
        step[axis] = metres
        yield stepped(pose, step)
