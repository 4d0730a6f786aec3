"""Static layers kept on disk: a store that opens as it did before is not drawn again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from contracts.layout import CameraInfo
from twin.raster.arrays import Target
from twin.raster.light.cache import Arrays, digest, kept
from twin.raster.look import Look
from twin.scene import Scene


class Memory:
    """What the cameras of one scene saw of all that stands, in its state at the first look.

    Args:
        scene: the scene.
        look: how it is drawn.
    """

    def __init__(self, scene: Scene, look: Look) -> None:
        standing = np.flatnonzero(scene.visible & ~scene.moving)
        mesh_of, texture_of, object_of = (
            np.array(what, np.int64)[standing] for what in (scene.mesh_of, scene.texture_of, scene.object_of)
        )
        # What only moving things wear does not matter here: other shoppers see the same store.
        meshes, mesh = np.unique(mesh_of, return_inverse=True)
        textures, texture = np.unique(texture_of, return_inverse=True)
        shapes = [scene.meshes[m] for m in meshes.tolist()]
        parts = [array for m in shapes for array in (m.vertices, m.normals, m.uv, m.faces)]
        parts += [scene.textures[t] for t in textures.tolist()]
        state = (standing, scene.pose[standing], scene.fixed[standing], mesh, texture, object_of)
        self._key = digest(_source(), repr(look), *state, *parts)
        self.latest = scene.latest

    def recall(self, camera: CameraInfo, draw: Callable[[], Target]) -> Target:
        """Return the static layer of a camera: as it was kept, else drawn and kept."""
        found = kept(f"layer-{digest(self._key, repr(camera))}", lambda: _arrays(draw()))
        return Target(
            np.ascontiguousarray(found["rgb"], np.uint8),
            np.ascontiguousarray(found["depth"], np.float32),
            np.ascontiguousarray(found["ids"], np.int32),
        )


def _arrays(target: Target) -> Arrays:
    return {"rgb": target.rgb, "depth": target.depth, "ids": target.ids}


@cache
def _source() -> str:
    """Return the hash of this package's code: another way to draw is another picture."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return digest(*(file.read_text() for file in files))
