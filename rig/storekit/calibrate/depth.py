"""Where depth cameras hang, from what they measured of the store while nobody moved."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

import numpy as np

from contracts.errors import UsageError
from contracts.geometry import Floats
from contracts.layout import CameraInfo
from rig.storekit.calibrate.agree import Agreement, agreement
from rig.storekit.calibrate.found import Found, stepped
from rig.storekit.calibrate.limits import Limits, impossible
from rig.storekit.calibrate.settle import CLOSE_GATES_M, Settled, settle
from rig.storekit.calibrate.stills import Still
from rig.storekit.calibrate.surface import Twin
from rig.storekit.calibrate.words import weak_ways
from twin.scene import Scene
from twin.store import Store
from twin.world import World

LEAST_EXPLAINED = 0.4
"""Of what stands above the floor, as for scans.

Measured on the twin's nanostore: 0.96 and more as it is stocked; 0.53 to 0.99 with two of five facings nearly empty and
two people standing there; 0.16 at most for depth of another store.
"""
WELL = 0.95
"""A pose that explains so much is not one shelf too high: no others are looked for."""
ASIDE_M = tuple(sign * step / 100 for step in (2, 4, 6, 8, 10) for sign in (-1, 1))
"""Where others are looked for: along each axis of the store, as far as a camera may have been pushed and back."""
ROUNDS = 3
PUSHED_M = 0.06
DOUBT_M = 0.004
"""Points of a right fit lie 0.4 to 1.5 mm off their planes; then beginnings `PUSHED_M` aside are tried as well."""
LEAST_PIXELS = 500
TORN = "what it shows contradicts itself: does a rack stand elsewhere than the file says? rig store align tells"


def locate(stills: Mapping[str, Still], cameras: tuple[CameraInfo, ...], store: Store, limits: Limits) -> list[Found]:
    """Return how cameras hang.

    Args:
        stills: what cameras measured, by id.
        cameras: with depth, as the file has them; `distorted` as they measured.
        store: the store as its file says, stocked as its planogram says.
        limits: how far from the file a camera may be.

    Raises:
        UsageError: the store explains what no camera measured.
    """
    with closing(World(store, seed=0, noise=False)) as world:
        found = [_found(camera, stills.get(camera.id), store, world.scene, limits) for camera in cameras]
    tried = [one for one in found if "explained" in one.measures]
    if tried and all(one.measures["explained"] < LEAST_EXPLAINED for one in tried):
        best = max(tried, key=lambda one: one.measures["explained"])
        raise UsageError(
            "the depth is not of this store",
            where=str(store.path),
            expected=f"the store explains {LEAST_EXPLAINED:.0%} of what a camera shows above the floor",
            found=f"at best {best.measures['explained']:.0%}, for {best.camera.id}, of {len(tried)} cameras",
            hint="is it the right file, and does every camera hang within 10 cm and 5 degrees of where it says?",
        )
    return found


def _found(camera: CameraInfo, still: Still | None, store: Store, scene: Scene, limits: Limits) -> Found:
    if still is None:
        return Found(camera, why="no depth frames in the recording")
    if np.isfinite(still.depth_m).sum() < LEAST_PIXELS:
        return Found(camera, why="next to no steady depth: does somebody stand before it?")
    twin = Twin(scene, camera)
    measured = twin.points(still.depth_m)
    settled, fits = _best(camera, measured, twin)
    measures = {"residual_mm": 1000 * settled.residual_m, "explained": fits.explained, "moving": still.moving}
    if fits.explained < LEAST_EXPLAINED:
        why = f"the store explains {fits.explained:.0%} of what it shows, at least {LEAST_EXPLAINED:.0%} are asked for"
        return Found(camera, why=why, measures=measures)
    why = TORN if settled.torn else impossible(camera, settled.camera, store.layout, limits)
    if why:
        return Found(camera, why=why, measures=measures)
    sds = [float(np.sqrt(max(0.0, np.linalg.eigvalsh(part)[-1]))) for part in _parts(settled.spread)]
    return Found(
        camera,
        settled.camera if any(settled.told) else None,
        why="" if any(settled.told) else "its depth tells no direction",
        told=settled.told,
        sd_m=sds[0],
        sd_deg=float(np.degrees(sds[1])),
        measures=measures,
        notes=_notes(settled, fits),
    )


def _best(camera: CameraInfo, measured: Floats, twin: Twin) -> tuple[Settled, Agreement]:
    """Return the pose that explains most: where the first fit is in doubt, others are looked for."""
    best = _improved(camera, measured, twin)
    if best[1].explained >= WELL or not (best[0].torn or best[0].residual_m > DOUBT_M):
        return best
    for start in _aside(camera, (-PUSHED_M, PUSHED_M)):
        best = max(best, _improved(start, measured, twin), key=lambda one: one[1].explained)
        if best[1].explained >= WELL:
            break
    return best


def _improved(start: CameraInfo, measured: Floats, twin: Twin) -> tuple[Settled, Agreement]:
    """Return the pose that is reached from a beginning, or a better one beside it."""
    best = settle(start, measured, twin)
    fits = agreement(best.camera, measured, twin)
    for _ in range(ROUNDS):
        if fits.explained >= WELL:
            break
        beside = max(_aside(best.camera, ASIDE_M), key=lambda one: agreement(one, measured, twin).explained)
        other = settle(beside, measured, twin, CLOSE_GATES_M)
        better = agreement(other.camera, measured, twin)
        if better.explained <= fits.explained:
            break
        best, fits = other, better
    return best, fits


def _aside(camera: CameraInfo, steps_m: Sequence[float]) -> Iterator[CameraInfo]:
    """Yield a camera shifted along the axes of the store; turns are found even one shelf too high."""
    for axis, metres in itertools.product(range(3), steps_m):
        step = np.zeros(6)
        step[axis] = metres
        yield replace(camera, pose=stepped(camera.pose, step))


def _parts(spread: Floats) -> tuple[Floats, Floats]:
    return spread[:3, :3], spread[3:, 3:]


def _notes(settled: Settled, fits: Agreement) -> tuple[str, ...]:
    notes = [f"its depth does not tell {way}" for way in weak_ways(settled.weak)]
    if fits.floor_alone:
        notes.append("it sees the floor alone: whether this is the right store cannot be told")
    return tuple(notes)
