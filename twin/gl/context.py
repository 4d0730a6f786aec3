"""A way to the graphics processor, and a camera as it wants it."""

from __future__ import annotations

from typing import Any

import numpy as np

from contracts.errors import UsageError
from contracts.layout import CameraInfo
from twin.raster.arrays import F32, NEAR_M

FAR_M = 60.0
"""Nothing further away is drawn."""


def to_clip(camera: CameraInfo) -> F32:
    """Return the (4, 4) matrix from world to clip space, first row of the picture at y = -1."""
    near, far = NEAR_M, FAR_M
    inside = np.zeros((4, 4))
    inside[0, 0], inside[0, 2] = 2 * camera.fx / camera.width, 2 * camera.cx / camera.width - 1
    inside[1, 1], inside[1, 2] = 2 * camera.fy / camera.height, 2 * camera.cy / camera.height - 1
    inside[2, 2], inside[2, 3] = (far + near) / (far - near), -2 * far * near / (far - near)
    inside[3, 2] = 1.0
    world = np.eye(4)
    world[:3, :3] = camera.pose.rotation.T
    world[:3, 3] = -camera.pose.rotation.T @ np.asarray(camera.pose.position)
    matrix: F32 = (inside @ world).astype(np.float32)
    return matrix


def open_context() -> Any:
    """Return an OpenGL context without a window."""
    try:
        import moderngl
    except ImportError as error:
        raise UsageError(
            "the renderer gl needs moderngl",
            where="--renderer gl",
            found=str(error),
            hint="pip install 'walkout-rig[gl]', or use --renderer numba",
        ) from error
    try:
        create: Any = moderngl.create_context  # its stubs know no backend by name
        return create(standalone=True, require=330, backend="egl")
    except Exception as error:  # moderngl raises Exception itself
        raise UsageError(
            "this machine shows no OpenGL 3.3 over EGL",
            where="--renderer gl",
            found=str(error),
            hint="install a graphics driver, or Mesa's (apt-get install libegl1 libgl1-mesa-dri); or --renderer numba",
        ) from error
