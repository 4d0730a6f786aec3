"""The light of one store: computed once, kept on disk, asked for by every renderer of that store."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from twin.raster.arrays import F32, F64, I64
from twin.raster.light.blockers import Blockers, blockers_of, extent
from twin.raster.light.cache import Arrays, digest, kept
from twin.raster.light.charts import Chart, atlas_shape, charts_of
from twin.raster.light.cube import STEP_M, WAYS, Cube, filled, grid
from twin.raster.light.lamps import Lamps, lamps_over
from twin.raster.light.points import drawn_in, in_world, smooth
from twin.raster.light.shine import inside, shine
from twin.scene import Scene

BATCH = 4096
"""Points that one thread computes at a time."""
WORTH_KEEPING = 40
"""Fewer instances are lit faster than a file is read."""
REMEMBERED = 20_000


class Bake:
    """Light from panels and surroundings, as shaped by all that is fixed in a scene.

    Goods shape no light: one that is taken leaves the light of all others as it was. What stands is lit vertex by
    vertex; the same mesh at the same pose always gets the same light.

    Args:
        scene: with something fixed.
    """

    def __init__(self, scene: Scene) -> None:
        low, high = extent(scene)
        self._scene = scene
        self.lamps: Lamps = lamps_over(low, high)
        self.blockers: Blockers = blockers_of(scene)
        self._points, self._steps = grid(low, high)
        self._fixed = np.flatnonzero(scene.fixed)
        self._key = digest(_source(), *_inputs(scene, self._fixed))
        arrays = kept(f"light-{self._key}", self._compute)
        self.atlas: F32 = np.asarray(arrays["atlas"], np.float32)
        self.cube = Cube(np.asarray(arrays["cube"], np.float32), np.ascontiguousarray(self._points[0]), 1 / STEP_M)
        self._spots, self._mapped = np.asarray(arrays["spots"], np.float32), arrays["mapped"]
        self._known: dict[tuple[int, bytes], F32] = {}

    def charted(self) -> dict[int, F32]:
        """Return, for each fixed instance with flat sides only, where its vertices (V, 2) lie in the atlas."""
        counts = [len(self._scene.meshes[self._scene.mesh_of[handle]].vertices) for handle in self._fixed.tolist()]
        parts = np.split(self._spots, np.cumsum(counts)[:-1])
        return {h: part for h, part, flat in zip(self._fixed.tolist(), parts, self._mapped, strict=True) if flat}

    def on(self, handles: I64) -> list[F32]:
        """Return the light (V,) on each vertex of instances, 0..1."""
        keys = [self._name(handle) for handle in handles.tolist()]
        if len(self._known) > REMEMBERED:
            self._known.clear()
        missing = {key: handle for key, handle in zip(keys, handles.tolist(), strict=True) if key not in self._known}
        self._known |= dict(zip(missing, self._lit(list(missing.values())), strict=True))
        return [self._known[key] for key in keys]

    def _name(self, handle: int) -> tuple[int, bytes]:
        return self._scene.mesh_of[handle], self._scene.pose[handle].tobytes()

    def _lit(self, handles: Sequence[int]) -> list[F32]:
        """Compute the light on instances, or read it when there are many, as at the start of a run."""
        if not handles:
            return []
        placed = [drawn_in(*in_world(self._scene, handle)) for handle in handles]
        points, normals = (np.concatenate(part) for part in zip(*placed, strict=True))
        if len(handles) < WORTH_KEEPING:
            light = self._shine(points, normals, scattered=False)
        else:
            name = f"goods-{digest(self._key, points, normals)}"
            light = np.asarray(
                kept(name, lambda: {"light": self._shine(points, normals, scattered=False)})["light"], np.float32
            )
        return np.split(light, np.cumsum([len(part[0]) for part in placed])[:-1])

    def _compute(self) -> Arrays:
        """Compute the atlas, where everything lies in it, and the cube."""
        charts = charts_of(self._scene)
        sides = [chart.points() for chart in charts]
        normals = [np.tile(chart.normal, (len(side), 1)) for chart, side in zip(charts, sides, strict=True)]
        light = self._shine(np.concatenate(sides), np.concatenate(normals), scattered=True)
        atlas = np.zeros(atlas_shape(charts), np.float32)
        parts = np.split(light, np.cumsum([len(side) for side in sides])[:-1])
        for chart, part in zip(charts, parts, strict=True):
            columns, rows = chart.texels
            x, y = chart.at
            atlas[y : y + rows, x : x + columns] = smooth(part.reshape(rows, columns))
        spots, mapped = self._lay_out(charts)
        return {"atlas": atlas, "spots": spots, "mapped": mapped, "cube": self._cube()}

    def _lay_out(self, charts: Sequence[Chart]) -> tuple[F32, NDArray[np.bool_]]:
        """Return where the vertices of all fixed instances lie in the atlas, and which instances lie there whole."""
        spots = {h: np.full((len(in_world(self._scene, h)[0]), 2), -1, np.float32) for h in self._fixed.tolist()}
        for chart in charts:
            points = in_world(self._scene, chart.handle)[0][chart.vertices]
            spots[chart.handle][chart.vertices] = chart.coordinates(points)
        return np.concatenate(list(spots.values())), np.array([bool((spot >= 0).all()) for spot in spots.values()])

    def _cube(self) -> F32:
        count = len(self._points)
        points, ways = np.repeat(self._points, len(WAYS), axis=0), np.tile(WAYS, (count, 1))
        values = self._shine(points, ways, scattered=False).reshape(*self._steps, len(WAYS))
        hidden = np.zeros(count, np.uint8)
        inside(self._points, self.blockers, hidden)
        return filled(values, hidden.reshape(self._steps))

    def _shine(self, points: F64, normals: F64, *, scattered: bool) -> F32:
        """Compute points in batches on all processors; the batches cannot change the result."""
        out = np.zeros(len(points), np.float32)

        def one(first: int) -> None:
            part = slice(first, first + BATCH)
            shine(points[part], normals[part], first, scattered, self.lamps, self.blockers, out[part])

        with ThreadPoolExecutor(os.cpu_count(), "light") as pool:
            list(pool.map(one, range(0, len(points), BATCH)))
        return out


def _inputs(scene: Scene, fixed: I64) -> list[NDArray[np.generic]]:
    """Return all that the light of a scene depends on."""
    meshes = np.array([scene.mesh_of[handle] for handle in fixed.tolist()], np.int64)
    used, which = np.unique(meshes, return_inverse=True)
    made = [scene.meshes[mesh] for mesh in used.tolist()]
    parts = [array for mesh in made for array in (mesh.vertices, mesh.normals, mesh.faces)]
    return [scene.pose[fixed], scene.visible[fixed], which, *parts]


@cache
def _source() -> str:
    """Return the hash of this package's code: another way to compute is another light."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return digest(*(file.read_text() for file in files))
