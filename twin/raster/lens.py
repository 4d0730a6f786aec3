"""A calibrated camera as compiled code wants it."""

from __future__ import annotations

import numpy as np

from contracts.layout import CameraInfo
from twin.raster.arrays import F32, Eye, Lens


def lens_of(camera: CameraInfo) -> Lens:
    """Return the lens of a camera."""
    rotation = camera.pose.rotation.T
    shift = -rotation @ np.asarray(camera.pose.position)
    return Lens(
        matrix=np.concatenate([rotation, shift[:, None]], axis=1).astype(np.float32),
        sides=_sides(camera),
        eye=Eye(
            fx=float(camera.fx),
            fy=float(camera.fy),
            per_fx=1.0 / camera.fx,
            per_fy=1.0 / camera.fy,
            cx=float(camera.cx),
            cy=float(camera.cy),
            width=camera.width,
            height=camera.height,
            shade=camera.colour,
        ),
    )


def _sides(camera: CameraInfo) -> F32:
    """Return the inward unit normals of the four planes through the camera and the edges of its picture."""
    left, right = camera.cx / camera.fx, (camera.width - camera.cx) / camera.fx
    top, bottom = camera.cy / camera.fy, (camera.height - camera.cy) / camera.fy
    planes = np.array([[1, 0, left], [-1, 0, right], [0, 1, top], [0, -1, bottom]], float)
    unit: F32 = (planes / np.linalg.norm(planes, axis=1, keepdims=True)).astype(np.float32)
    return unit


def finer(lens: Lens) -> Lens:
    """Return the lens with twice as many pixels along each side."""
    eye = lens.eye
    return lens._replace(
        eye=Eye(
            fx=2 * eye.fx,
            fy=2 * eye.fy,
            per_fx=0.5 * eye.per_fx,
            per_fy=0.5 * eye.per_fy,
            cx=2 * eye.cx,
            cy=2 * eye.cy,
            width=2 * eye.width,
            height=2 * eye.height,
            shade=eye.shade,
        )
    )


def blind(lens: Lens) -> Lens:
    """Return the lens without colour."""
    return lens._replace(eye=lens.eye._replace(shade=False))
