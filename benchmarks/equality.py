"""That the short cuts change nothing: layers against full pictures over many ticks, and against TinyRenderer."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure
from benchmarks.hall import customers, hall
from benchmarks.plain import Plain
from benchmarks.play import Blind, Play
from contracts.layout import CameraInfo
from twin.raster import layered_renderer
from twin.raster.look import PLAIN, REAL
from twin.scene import Image, Scene

TICKS = 2000
DIGEST = "from benchmarks.equality import digest; print(digest({threads}))"


def layers() -> Iterator[Figure]:
    """Run a hall for 2000 ticks; at every one, each camera's layers must equal a picture drawn from scratch."""
    with tempfile.TemporaryDirectory() as folder:
        store = hall(Path(folder), goods=1000, cameras=16, size_px=(160, 120))
        with closing(Play(store, customers(store.layout, 12), cameras=Blind)) as play:
            differing = _differing(play, store.layout.cameras[:4])
            sharper = [
                replace(c, width=640, height=480, fx=4 * c.fx, fy=4 * c.fy, cx=320, cy=240)
                for c in store.layout.cameras[:4]
            ]
            tiny = _against_tiny(play.twin.world.scene, sharper)
    note = f"values that differ between layers and full pictures, {TICKS} ticks, 4 cameras 160x120"
    yield Figure(name="equality_layers", unit="values", better="lower", values=[differing], target=0, note=note)
    note = "share of ids that differ from TinyRenderer's, 4 cameras 640x480"
    yield Figure(name="equality_tinyrenderer", unit="share", better="lower", values=[tiny], target=1e-5, note=note)
    hashes = {_digest_elsewhere(threads) for threads in (1, 2, 2)}
    note = "different hashes of one run in three processes with 1, 2 and 2 threads, less one"
    others = float(len(hashes) - 1)
    yield Figure(name="equality_processes", unit="hashes", better="lower", values=[others], target=0, note=note)


def digest(threads: int) -> str:
    """Return the hash of all that a hall's cameras draw in ten seconds."""
    made = hashlib.sha256()
    renderer = layered_renderer(threads, REAL)
    with tempfile.TemporaryDirectory() as folder:
        store = hall(Path(folder), goods=500, cameras=4, size_px=(320, 240))
        with closing(Play(store, customers(store.layout, 4), cameras=Blind)) as play:
            for _ in range(200):
                play.tick()
                play.twin.world.draw()
                for image in renderer.render(play.twin.world.scene, store.layout.cameras):
                    made.update(image.rgb.tobytes() + image.depth_m.tobytes() + image.ids.tobytes())
    return made.hexdigest()


def _differing(play: Play, cameras: Sequence[CameraInfo]) -> float:
    """Return how many values of all cameras differ from those drawn from scratch, over all ticks."""
    renderer, differing = layered_renderer(2, REAL), 0
    for _ in range(TICKS):
        play.tick()
        play.twin.world.draw()
        scene = play.twin.world.scene
        for camera, image in zip(cameras, renderer.render(scene, cameras), strict=True):
            differing += _unlike(image, renderer.full(scene, camera))
    return float(differing)


def _unlike(a: Image, b: Image) -> int:
    return sum(int(np.count_nonzero(x != y)) for x, y in ((a.rgb, b.rgb), (a.depth_m, b.depth_m), (a.ids, b.ids)))


def _against_tiny(scene: Scene, cameras: Sequence[CameraInfo]) -> float:
    """Return the share of pixels whose id is another one in PyBullet's own picture."""
    renderer, wrong = layered_renderer(1, PLAIN), []
    for camera in cameras:
        plain = Plain(scene, [camera])
        wrong.append(float((plain.ids(camera) != renderer.full(scene, camera).ids).mean()))
        plain.close()
    return sum(wrong) / len(wrong)


def _digest_elsewhere(threads: int) -> str:
    command = [sys.executable, "-c", DIGEST.format(threads=threads)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
