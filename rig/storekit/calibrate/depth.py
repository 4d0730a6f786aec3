"""Where depth cameras hang, from what they measured of the store while nobody moved."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace

import numpy as np

from contracts.errors import UsageError
from contracts.geometry import Floats
from contracts.layout import CameraInfo
from rig.storekit.calibrate.agree import Agreement
from rig.storekit.calibrate.found import Found
from rig.storekit.calibrate.limits import Limits, impossible
from rig.storekit.calibrate.search import search
from rig.storekit.calibrate.settle import Settled
from rig.storekit.calibrate.stills import Still
from rig.storekit.calibrate.words import weak_ways
from twin.scene import Scene
from twin.store import Store
from twin.world import World

LEAST_EXPLAINED = 0.4
"""Of what stands above the floor, as for scans.

Measured on the twin's nanostore: 0.96 and more as it is stocked; 0.53 to 0.99 with two of five facings nearly empty and
two people standing there; 0.16 at most for depth of another store.
"""
LEAST_PIXELS = 500
TORN = "what it shows contradicts itself: does somebody stand there, or a rack elsewhere than the file says?"


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
    settled, fits = search(camera, still.depth_m, scene)
    measures = {"residual_mm": 1000 * settled.residual_m, "explained": fits.explained, "moving": still.moving}
    if fits.explained < LEAST_EXPLAINED:
        why = f"the store explains {fits.explained:.0%} of what it shows, at least {LEAST_EXPLAINED:.0%} are asked for"
        return Found(camera, why=why, measures=measures)
    better = replace(camera, pose=settled.pose)
    why = TORN if settled.torn else impossible(camera, better, store.layout, limits)
    if why:
        return Found(camera, why=why, measures=measures)
    sds = [float(np.sqrt(max(0.0, np.linalg.eigvalsh(part)[-1]))) for part in _parts(settled.spread)]
    return Found(
        camera,
        better if any(settled.told) else None,
        why="" if any(settled.told) else "its depth tells no direction",
        told=settled.told,
        sd_m=sds[0],
        sd_deg=float(np.degrees(sds[1])),
        measures=measures,
        notes=_notes(settled, fits),
    )


def _parts(spread: Floats) -> tuple[Floats, Floats]:
    return spread[:3, :3], spread[3:, 3:]


def _notes(settled: Settled, fits: Agreement) -> tuple[str, ...]:
    notes = [f"its depth does not tell {way}" for way in weak_ways(settled.weak)]
    if fits.floor_alone:
        notes.append("it sees the floor alone: whether this is the right store cannot be told")
    return tuple(notes)
