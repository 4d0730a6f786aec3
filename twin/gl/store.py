"""The scene's points, textures and light on the graphics processor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from twin.gl.shaders import COLOUR, MEASURE, SHADOW, SHADOW_VERTEX, VERTEX
from twin.raster.arrays import F32, I32, I64
from twin.raster.geometry import Geometry
from twin.scene import Scene

RAISED_M = 0.01
"""Contact shadows lie so far above their ground: plates stand 7 mm above their board."""
CORNERS = np.array([(-1, -1), (1, -1), (1, 1), (-1, -1), (1, 1), (-1, 1)], np.float32)


class Store:
    """All that is drawn, as buffers and programs of one context.

    Args:
        context: of moderngl.
    """

    def __init__(self, context: Any) -> None:
        self._context = context
        self._colour = context.program(vertex_shader=VERTEX, fragment_shader=COLOUR)
        self._measure = context.program(vertex_shader=VERTEX, fragment_shader=MEASURE)
        self._shadow = context.program(vertex_shader=SHADOW_VERTEX, fragment_shader=SHADOW)
        self._colour["textures"], self._colour["atlas"] = 0, 1
        self._loaded = (-1, -1)
        self._owned: list[Any] = []

    def sync(self, scene: Scene, geometry: Geometry) -> None:
        """Bring points and light up to date, and all else where instances or textures were added."""
        placed = geometry.placed
        if (len(scene), len(scene.textures)) != self._loaded:
            self._load(scene, geometry)
        self._points.write(np.concatenate([placed.points, placed.light[:, None]], axis=1).astype("f4").tobytes())

    def _load(self, scene: Scene, geometry: Geometry) -> None:
        for old in self._owned:
            old.release()
        context, placed, shapes = self._context, geometry.placed, geometry.pack.shapes
        counts = np.diff(shapes.vertex_start)[placed.mesh]
        uv = [shapes.uv[shapes.vertex_start[mesh] : shapes.vertex_start[mesh + 1]] for mesh in placed.mesh.tolist()]
        about = np.repeat(np.stack([placed.texture, placed.ids, placed.mapped], axis=1), counts, axis=0)
        self._points = context.buffer(reserve=max(16, 16 * len(placed.points)))
        still = context.buffer(np.concatenate([*uv, np.zeros((0, 2), np.float32)]).astype("f4").tobytes() or b"\0" * 8)
        spots = context.buffer(placed.spots.astype("f4").tobytes() or b"\0" * 8)
        whats = context.buffer(about.astype("i4").tobytes() or b"\0" * 12)
        layout = [(still, "2f", "uv"), (spots, "2f", "spot"), (whats, "3i", "about")]
        self._index = context.buffer(reserve=4 * 3 * max(1, int(np.diff(shapes.face_start)[placed.mesh].sum())))
        points = (self._points, "3f 1f", "point", "light")
        self.colours, self.measures = (
            context.vertex_array(program, [points, *layout], self._index, skip_errors=True)
            for program in (self._colour, self._measure)
        )
        self._textures, self._atlas = _textures(context, scene), _atlas(context, placed.atlas)
        self._owned = [self._points, still, spots, whats, self._index, self._textures, self._atlas]
        self._owned += [self.colours, self.measures]
        self._loaded = (len(scene), len(scene.textures))

    def use(self, to_clip: F32) -> None:
        """Look through a camera from now on; to_clip: (4, 4)."""
        for program in (self._colour, self._measure, self._shadow):
            program["to_clip"].write(np.ascontiguousarray(to_clip.T).astype("f4").tobytes())
        self._textures.use(0)
        self._atlas.use(1)

    def choose(self, handles: Iterable[int], geometry: Geometry) -> int:
        """Let the next pictures show these instances; return how many corners that are."""
        shapes, placed = geometry.pack.shapes, geometry.placed
        parts: list[I32 | I64] = [
            shapes.faces[shapes.face_start[mesh] : shapes.face_start[mesh + 1]] + placed.start[handle]
            for handle, mesh in ((handle, placed.mesh[handle]) for handle in handles)
        ]
        if not parts:
            return 0
        faces = np.concatenate(parts).astype("i4")
        self._index.write(faces.tobytes())
        return int(faces.size)

    def shade(self, handles: I64, geometry: Geometry) -> None:
        """Darken the ground under instances, by multiplying what is there."""
        blobs = geometry.placed.blobs[handles]
        blobs = blobs[blobs[:, 8] > 0]
        if not len(blobs):
            return
        away = blobs[:, None, 6:8] * CORNERS
        points = np.concatenate([blobs[:, None, :2] + away, np.repeat(blobs[:, None, 2:3] + RAISED_M, 6, 1)], axis=2)
        shape = np.repeat(blobs[:, None, [3, 4, 5, 8]], 6, axis=1)
        data = np.concatenate([points, away, shape], axis=2).astype("f4")
        buffer = self._context.buffer(data.tobytes())
        squares = self._context.vertex_array(self._shadow, [(buffer, "3f 2f 4f", "point", "away", "shape")])
        squares.render()
        squares.release()
        buffer.release()


def _textures(context: Any, scene: Scene) -> Any:
    """Return all textures at the size of the largest, with smaller copies."""
    size = max((len(texture) for texture in scene.textures), default=1)
    grown = [
        np.repeat(np.repeat(texture, size // len(texture), axis=0), size // len(texture), axis=1)
        for texture in scene.textures
    ] or [np.zeros((1, 1, 3), np.uint8)]
    array = context.texture_array((size, size, len(grown)), 3, np.stack(grown).tobytes(), alignment=1)
    array.repeat_x = array.repeat_y = False
    array.build_mipmaps()
    array.filter = (context.LINEAR_MIPMAP_LINEAR, context.LINEAR)
    return array


def _atlas(context: Any, atlas: F32) -> Any:
    rows, columns = atlas.shape
    texture = context.texture((columns, rows), 1, atlas.astype("f4").tobytes(), dtype="f4")
    texture.filter = (context.LINEAR, context.LINEAR)
    texture.repeat_x = texture.repeat_y = False
    return texture
