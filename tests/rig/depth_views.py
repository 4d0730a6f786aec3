"""Depth that cameras of a twin measure, hung otherwise than their file says, in a store that people have used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from contracts.layout import CameraInfo, Layout
from contracts.record import Record
from contracts.records import Frame, Setup
from contracts.run import RunStart
from contracts.seeds import stream
from rig.recording.recorder import Recorder
from rig.storekit.calibrate.stills import Still, still_of
from twin import shapes
from twin.depth_model import DepthModels
from twin.labels import plain
from twin.raster import layered_renderer
from twin.scene import Scene
from twin.sensor import ROAM, Grain
from twin.store import Store
from twin.store_camera import DepthKind

FRAMES = 12


def used(layout: Layout, share: float = 0.4, seed: int = 5) -> Layout:
    """Return a store whose shelves have been shopped from: some facings are down to one pack, some empty."""
    draw = stream(seed, "used")
    facings = tuple(
        replace(f, stock=int(draw.integers(2)) if draw.random() < share else f.stock) for f in layout.planogram
    )
    return replace(layout, planogram=facings)


def stand_somebody(scene: Scene, x: float, y: float) -> None:
    """Put somebody there who does not move: a box of a person's size."""
    pose = np.eye(4, dtype=np.float32)
    pose[:3, 3] = x, y, 0.85
    mesh = scene.add_mesh(shapes.box((0.5, 0.3, 1.7)))
    scene.add(mesh, scene.add_texture(plain((60, 70, 120))), pose, object_id=77_777, moving=True)


def frames_of(
    scene: Scene, store: Store, camera: CameraInfo, kind: DepthKind = DepthKind.STEREO, count: int = FRAMES
) -> list[NDArray[np.uint16]]:
    """Return what a camera measures again and again."""
    image = layered_renderer(1).full(scene, replace(camera, colour=False))
    grain = Grain(3, camera.width, camera.height, store.camera_noise)
    model = DepthModels(3, store.camera_noise, grain).of(camera, kind)
    draw = stream(3, "frames", camera.id)
    places = [draw.integers(ROAM, size=2).tolist() for _ in range(count)]
    return [model.read(image.depth_m.copy(), (row, column)) for row, column in places]


def still(scene: Scene, store: Store, camera: CameraInfo, kind: DepthKind = DepthKind.STEREO) -> Still:
    return still_of(frames_of(scene, store, camera, kind))


def record(path: Path, scene: Scene, store: Store, cameras: Sequence[CameraInfo]) -> Path:
    """Write a recording of depth, as those cameras truly hang, that says they hang as the file has them."""
    start = RunStart(t_ns=0, source="rig", scenario="still", store=store.layout.name, seed=1)
    frames: list[Record] = [
        Frame(t_ns=round(i * SECOND / 10), source=camera.id, captured_ns=round(i * SECOND / 10), depth_mm=depth)
        for camera in cameras
        for i, depth in enumerate(frames_of(scene, store, camera))
    ]
    with Recorder(path, start) as recorder:
        recorder.write([Setup(t_ns=0, source="rig", layout=store.layout), *sorted(frames, key=lambda f: f.t_ns)])
        recorder.close("finished", now_ns=2 * SECOND)
    return path
