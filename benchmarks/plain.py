"""The loop that everybody writes first: PyBullet draws every camera anew with its own TinyRenderer."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pybullet

from contracts.clock import Stopwatch
from contracts.layout import CameraInfo
from twin.scene import Scene

NEAR_M, FAR_M = 0.5, 30.0


class Plain:
    """The same triangles in a PyBullet client of its own.

    Args:
        scene: what is to be seen, as it is now; of things with several levels of detail, what the first camera draws.
        cameras: who looks.
    """

    def __init__(self, scene: Scene, cameras: Sequence[CameraInfo]) -> None:
        self._client = pybullet.connect(pybullet.DIRECT)
        self._cameras = cameras
        with tempfile.TemporaryDirectory() as folder:
            self._textures = [self._texture(Path(folder), n, image) for n, image in enumerate(scene.textures)]
        self._object: dict[int, int] = {}
        for handle in (*np.flatnonzero(scene.visible & ~scene.moving), *scene.moving_for(cameras[0])):
            self._add(scene, int(handle))

    def look(self) -> float:
        """Let every camera look once; return the wall seconds that takes."""
        watch = Stopwatch()
        for camera in self._cameras:
            self._image(camera)
        return watch.seconds

    def ids(self, camera: CameraInfo) -> np.ndarray:
        """Return the object ids (H, W) that one camera sees; -1 where nothing is."""
        bodies = np.asarray(self._image(camera)[4]).reshape(camera.height, camera.width)
        known = np.array([self._object.get(body, -1) for body in range(max(self._object) + 1)])
        return np.where(bodies >= 0, known[bodies], -1)

    def _image(self, camera: CameraInfo) -> tuple[Any, ...]:
        project, view = matrices(camera)
        return tuple(
            pybullet.getCameraImage(
                camera.width,
                camera.height,
                view.T.reshape(-1).tolist(),
                project.T.reshape(-1).tolist(),
                shadow=0,  # on by default, and nearly twice as slow
                renderer=pybullet.ER_TINY_RENDERER,
                physicsClientId=self._client,
            )
        )

    def close(self) -> None:
        """Free the client."""
        pybullet.disconnect(self._client)

    def _texture(self, folder: Path, number: int, image: np.ndarray) -> int:
        """Hand over a texture, which PyBullet takes as a file only."""
        path = folder / f"{number}.png"
        cv2.imwrite(str(path), cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
        return int(pybullet.loadTexture(str(path), physicsClientId=self._client))

    def _add(self, scene: Scene, handle: int) -> None:
        mesh, world = scene.meshes[scene.mesh_of[handle]], scene.pose[handle].astype(float)
        scale = np.linalg.norm(world[:3, :3], axis=0)
        shape = pybullet.createVisualShape(
            pybullet.GEOM_MESH,
            vertices=mesh.vertices.tolist(),
            indices=mesh.faces.reshape(-1).tolist(),
            normals=mesh.normals.tolist(),
            uvs=mesh.uv.tolist(),
            meshScale=scale.tolist(),
            physicsClientId=self._client,
        )
        turn = _quaternion(world[:3, :3] / scale)
        body = pybullet.createMultiBody(0, -1, shape, world[:3, 3].tolist(), turn, physicsClientId=self._client)
        self._object[body] = scene.object_of[handle]
        texture = self._textures[scene.texture_of[handle]]
        pybullet.changeVisualShape(body, -1, textureUniqueId=texture, physicsClientId=self._client)


def matrices(camera: CameraInfo) -> tuple[np.ndarray, np.ndarray]:
    """Return a camera's projection and view (4, 4) as OpenGL has them."""
    project = np.zeros((4, 4))
    project[0, 0], project[1, 1] = 2 * camera.fx / camera.width, 2 * camera.fy / camera.height
    # TinyRenderer samples pixels at their corners: half a pixel's shift makes it sample their centres, as others do.
    project[0, 2], project[1, 2] = 1 / camera.width, 1 / camera.height
    project[2, 2] = -(FAR_M + NEAR_M) / (FAR_M - NEAR_M)
    project[2, 3], project[3, 2] = -2 * FAR_M * NEAR_M / (FAR_M - NEAR_M), -1.0
    return project, np.diag([1.0, -1.0, -1.0, 1.0]) @ np.linalg.inv(camera.pose.matrix)


def _quaternion(rotation: np.ndarray) -> list[float]:
    from scipy.spatial.transform import Rotation

    return [float(part) for part in Rotation.from_matrix(rotation).as_quat()]
