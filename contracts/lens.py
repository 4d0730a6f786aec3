"""What the numbers of a camera's distortion mean: where its lens shows a ray, and which ray a pixel shows.

Source: Brown, "Decentering distortion of lenses", 1966, with OpenCV's order of the coefficients.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contracts.errors import UsageError
from contracts.geometry import Floats
from contracts.layout import CameraInfo

ROUNDS = 60
"""Steps that find the ray of a pixel; each at least halves the error where a lens model holds."""
CLOSE_PX = 0.02
"""A ray found this well is found; else the model folds over there and nothing is seen."""
WIDEST = 3.0
"""No ray is farther off the axis than this, as x / z."""


def bent(points: Floats, distortion: tuple[float, ...]) -> Floats:
    """Return where a lens shows rays.

    Args:
        points: (..., 2) x / z and y / z of each ray.
        distortion: k1, k2, p1, p2 and perhaps k3.

    Returns:
        (..., 2) where an undistorted camera of focal length 1 would show it.
    """
    k1, k2, p1, p2, k3 = (*distortion, 0.0)[:5]
    x, y = points[..., 0], points[..., 1]
    square = x * x + y * y
    radial = 1 + square * (k1 + square * (k2 + square * k3))
    return np.stack(
        [
            x * radial + 2 * p1 * x * y + p2 * (square + 2 * x * x),
            y * radial + p1 * (square + 2 * y * y) + 2 * p2 * x * y,
        ],
        axis=-1,
    )


def straightened(seen: Floats, distortion: tuple[float, ...], close: float) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the rays (..., 2) that a lens shows at some places, and whether each was found within `close`.

    Newton's steps on the ray's length along its direction would stop at folds; plain steps with half the error do too,
    and need no derivative.
    """
    rays = seen.copy()
    for _ in range(ROUNDS):
        rays = rays + 0.5 * np.clip(seen - bent(rays, distortion), -1, 1)
        rays = np.clip(rays, -WIDEST, WIDEST)
    found = np.abs(bent(rays, distortion) - seen).max(axis=-1) < close
    return rays, found


def pixel_rays(camera: CameraInfo) -> tuple[Floats, NDArray[np.bool_]]:
    """Return what every pixel of a camera's frames looks at, as the frames are delivered.

    Args:
        camera: rectified, or with pictures as its lens bends them.

    Returns:
        (H, W, 2) x / z and y / z of each pixel's ray, and (H, W) whether it has one.

    Raises:
        UsageError: its distortion is not one of four or five numbers.
    """
    v, u = np.mgrid[: camera.height, : camera.width] + 0.5
    seen = np.stack([(u - camera.cx) / camera.fx, (v - camera.cy) / camera.fy], axis=-1)
    if not camera.distorted:
        return seen, np.ones(seen.shape[:2], np.bool_)
    if len(camera.distortion) not in (4, 5):
        raise UsageError(
            "cannot follow pictures that are bent like this",
            where=f"camera {camera.id}",
            expected="a distortion of k1, k2, p1, p2 and perhaps k3",
            found=str(camera.distortion),
        )
    rays, found = straightened(seen, camera.distortion, CLOSE_PX / camera.fx)
    # Beyond its fold a model may rise again, and shows there what no lens does.
    return rays, found & ((rays * rays).sum(axis=-1) < _fold(camera.distortion))


def shown_at(camera: CameraInfo, rays: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return where a camera's frames show rays, in pixels whose centres are at + 0.5, and whether the lens model holds.

    Args:
        camera: rectified, or with pictures as its lens bends them.
        rays: (..., 2) x / z and y / z.
    """
    holds = np.ones(rays.shape[:-1], np.bool_)
    if camera.distorted:
        holds = (rays * rays).sum(axis=-1) < _fold(camera.distortion)
        rays = bent(np.where(holds[..., None], rays, 0), camera.distortion)
    return rays * (camera.fx, camera.fy) + (camera.cx, camera.cy), holds


def _fold(distortion: tuple[float, ...]) -> float:
    """Return the square of the length of the ray beyond which the radial part shows longer rays nearer in again."""
    k1, k2, _, _, k3 = (*distortion, 0.0)[:5]
    roots = np.roots([7 * k3, 5 * k2, 3 * k1, 1.0])
    turns = [float(root.real) for root in roots if abs(root.imag) < 1e-9 and root.real > 0]
    return min(turns, default=np.inf)
