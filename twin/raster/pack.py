"""A scene's meshes and textures laid end to end for compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from twin.raster.arrays import F32, I64, U8, Shapes
from twin.scene import Mesh, Scene

T = TypeVar("T", bound=np.generic)


class Pack:
    """Shapes of a scene, packed again whenever it has gained a mesh or a texture.

    Attributes:
        largest: how many vertices the largest mesh has; at least 1.
    """

    def __init__(self) -> None:
        self.shapes = _shapes([], [])
        self.centres: F32 = np.zeros((0, 3), np.float32)
        self.radii: F32 = np.zeros(0, np.float32)
        self.largest = 1
        self._copies: list[list[U8]] = []
        self._counts = (0, 0)

    def sync(self, scene: Scene) -> None:
        """Catch up with the scene."""
        counts = (len(scene.meshes), len(scene.textures))
        if counts == self._counts:
            return
        self._copies += [halved(texture) for texture in scene.textures[len(self._copies) :]]
        self.shapes = _shapes(scene.meshes, self._copies)
        self.largest = max([1, *(len(mesh.vertices) for mesh in scene.meshes)])
        self.centres, self.radii = _spheres(scene.meshes)
        self._counts = counts


def halved(texture: U8) -> list[U8]:
    """Return a texture (S, S, 3) and its copies of half, a quarter ... the side, each the mean of four texels."""
    copies = [np.ascontiguousarray(texture)]
    while copies[-1].shape[0] > 1:
        wide = copies[-1].astype(np.uint16)
        four = wide[0::2, 0::2] + wide[1::2, 0::2] + wide[0::2, 1::2] + wide[1::2, 1::2]
        copies.append(((four + 2) // 4).astype(np.uint8))
    return copies


def _starts(lengths: Sequence[int]) -> I64:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.asarray(lengths, np.int64), dtype=np.int64)])


def _joined(parts: Sequence[NDArray[T]], width: int, dtype: type[T]) -> NDArray[T]:
    return np.concatenate([np.zeros((0, width), dtype), *(part.astype(dtype) for part in parts)])


def _shapes(meshes: Sequence[Mesh], copies: Sequence[Sequence[U8]]) -> Shapes:
    flat = [level.reshape(-1, 3) for texture in copies for level in texture]
    begins = iter(_starts([len(level) for level in flat]).tolist())
    level_start = np.zeros((len(copies), max(map(len, copies), default=1)), np.int64)
    for row, texture in zip(level_start, copies, strict=True):
        row[: len(texture)] = [next(begins) for _ in texture]
    return Shapes(
        vertex_start=_starts([len(mesh.vertices) for mesh in meshes]),
        face_start=_starts([len(mesh.faces) for mesh in meshes]),
        vertices=_joined([mesh.vertices for mesh in meshes], 3, np.float32),
        normals=_joined([mesh.normals for mesh in meshes], 3, np.float32),
        uv=_joined([mesh.uv for mesh in meshes], 2, np.float32),
        faces=_joined([mesh.faces for mesh in meshes], 3, np.int32),
        texels=_joined(flat, 3, np.uint8),
        level_start=level_start,
        levels=np.asarray([len(texture) for texture in copies], np.int64),
        size=np.asarray([texture[0].shape[0] for texture in copies], np.int64),
    )


def _spheres(meshes: Sequence[Mesh]) -> tuple[F32, F32]:
    """Return a sphere around each mesh: (M, 3) centres and (M,) radii, metres, local."""
    middles = [(mesh.vertices.min(axis=0) + mesh.vertices.max(axis=0)) / 2 for mesh in meshes]
    radii = [
        # A hair more, so that rounding leaves no vertex outside.
        np.linalg.norm(mesh.vertices - middle, axis=1).max() * 1.0001 + 1e-5
        for mesh, middle in zip(meshes, middles, strict=True)
    ]
    return np.asarray(middles, np.float32).reshape(-1, 3), np.asarray(radii, np.float32)
