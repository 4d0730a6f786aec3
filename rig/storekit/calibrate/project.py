"""Where a camera shows points of the world, and how that changes with its pose and its lens."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from contracts.geometry import Floats
from contracts.layout import CameraInfo
from contracts.lens import CLOSE_PX, straightened

BEHIND_M = 0.05


@dataclass(frozen=True, slots=True)
class Projection:
    """Points in a picture.

    Args:
        pixels: (N, 2); pixel centres at integer + 0.5.
        of_point: (N, 2, 3) pixels a metre that a point moves in the world.
        of_pose: (N, 2, 6) pixels a metre that the camera shifts, and a radian that it turns, about world axes.
        ahead: (N,) whether each point lies before the camera.
    """

    pixels: Floats
    of_point: Floats
    of_pose: Floats
    ahead: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def project(camera: CameraInfo, points: Floats) -> Projection:
    """Show points (N, 3), world, by a camera with its distortion."""
    local = camera.pose.unapply(points)
    if not len(points):
        return Projection(np.zeros((0, 2)), np.zeros((0, 2, 3)), np.zeros((0, 2, 6)), np.zeros(0, bool))
    ahead = local[:, 2] > BEHIND_M
    safe = np.where(ahead[:, None], local, np.array([0.0, 0.0, 1.0]))
    pixels, slopes = cv2.projectPoints(safe, np.zeros(3), np.zeros(3), matrix(camera), coefficients(camera))
    of_local = np.asarray(slopes, float)[:, 3:6].reshape(-1, 2, 3)
    turned = camera.pose.rotation.T
    of_point = of_local @ turned
    from_lens = points - np.asarray(camera.pose.position)
    of_pose = np.concatenate([-of_point, of_point @ _cross(from_lens)], axis=2)
    return Projection(np.asarray(pixels, float).reshape(-1, 2), of_point, of_pose, np.asarray(ahead))


def rays(camera: CameraInfo, pixels: Floats) -> tuple[Floats, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    """Return x / z and y / z (N, 2) of what a camera shows at pixels (N, 2), and whether its lens has a ray there."""
    seen = (pixels - np.array([camera.cx, camera.cy])) / np.array([camera.fx, camera.fy])
    if not camera.distorted:
        return seen, np.ones(len(seen), bool)
    return straightened(seen, camera.distortion, CLOSE_PX / camera.fx)


def matrix(camera: CameraInfo) -> Floats:
    """Return the (3, 3) camera matrix."""
    return np.array([[camera.fx, 0, camera.cx], [0, camera.fy, camera.cy], [0, 0, 1.0]])


def coefficients(camera: CameraInfo) -> Floats:
    """Return k1, k2, p1, p2, k3; zeros where pictures are straight."""
    return np.array((*(camera.distortion if camera.distorted else ()), 0, 0, 0, 0, 0)[:5], float)


def _cross(vectors: Floats) -> Floats:
    """Return the matrices (N, 3, 3) that do what a cross product from the left does."""
    x, y, z = vectors.T
    o = np.zeros_like(x)
    return np.stack([o, -z, y, z, o, -x, -y, x, o], axis=-1).reshape(-1, 3, 3)
