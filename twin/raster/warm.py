"""Fill the compiler's cache, so that no run waits for it."""

from __future__ import annotations

import numpy as np

from contracts.geometry import Pose
from contracts.layout import CameraInfo
from twin.raster import layered_renderer
from twin.raster.look import PLAIN, REAL
from twin.scene import Mesh, Scene


def compile_all() -> None:
    """Compile every kernel for the types that a run uses; about twenty seconds once, nothing after that."""
    scene = Scene()
    mesh, texture = scene.add_mesh(_square()), scene.add_texture(np.full((2, 2, 3), 200, np.uint8))
    pose = np.eye(4, dtype=np.float32)
    scene.add(mesh, texture, pose, object_id=0, fixed=True)
    square = scene.meshes[mesh]
    scene.bend(scene.add(mesh, texture, pose, object_id=1, moving=True), np.stack([square.vertices, square.normals]))
    for moving in (False, True):
        scene.add(mesh, texture, pose, object_id=0, moving=moving)
    # A camera at z = 2 that looks down.
    down = Pose((0.0, 0.0, 2.0), (1.0, 0.0, 0.0, 0.0))
    camera = CameraInfo(id="warm", pose=down, width=8, height=8, fx=8.0, fy=8.0, cx=4.0, cy=4.0)
    for look in (PLAIN, REAL):
        renderer = layered_renderer(1, look)
        renderer.render(scene, [camera])
        renderer.full(scene, camera)


def _square() -> Mesh:
    corners = [(-0.5, -0.5, 0.0), (0.5, -0.5, 0.0), (0.5, 0.5, 0.0), (-0.5, 0.5, 0.0)]
    return Mesh(
        vertices=np.array(corners, np.float32),
        normals=np.tile(np.array([0.0, 0.0, 1.0], np.float32), (4, 1)),
        uv=np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32),
        faces=np.array([(0, 1, 2), (0, 2, 3)], np.int32),
    )
