"""The pose of one camera from corners whose places in the world are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo
from rig.storekit.calibrate.found import stepped, turn
from rig.storekit.calibrate.project import project, rays

STEPS = 30
STILL = 1e-9
HUBER_PX = 1.0
"""Corners that are further off than this pull no harder: a shelf's edge may have passed for a corner."""
LEAST_SD_PX = 0.1
"""Corners are never known better than this, however well few of them fit."""
ALIKE_CORNERS = 4.0
"""Neighbouring corners err alike, so that many are worth that many fewer. On the twin's pictures, 13 poses of 5 cameras
then err by 0.3 to 1.8 standard deviations."""
RIVAL = 2.0
"""A pose with less than so many times the least error passes for the best: a board seen small tilts two ways."""
SAME_DEG = 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """A pose with how well it fits.

    Args:
        pose: world from optical frame.
        rms_px: root of the mean squared distance of corners.
        errors_px: (N, 2) seen less expected.
        spread: (6, 6) covariance of shift and turn: metres and radians, world axes.
        rival: whether another pose fits nearly as well.
    """

    pose: Pose
    rms_px: float
    errors_px: Floats
    spread: Floats
    rival: bool = False


def solve(camera: CameraInfo, points: Floats, pixels: Floats) -> Fit | None:
    """Return the pose that fits best; of two that fit alike, the one nearer to what the file has.

    Args:
        camera: with its lens, and its pose as the file has it.
        points: (N, 3) corners, world.
        pixels: (N, 2) where they are seen.

    Returns:
        None when no pose puts the corners before the camera.
    """
    fits: list[Fit] = []
    for start in _starts(camera, points, pixels):
        fit = refined(replace(camera, pose=start), points, pixels)
        if fit is not None and all(np.linalg.norm(turn(fit.pose, other.pose)) > SAME_DEG for other in fits):
            fits.append(fit)
    if not fits:
        return None
    best = min(fit.rms_px for fit in fits)
    alike = [fit for fit in fits if fit.rms_px < RIVAL * max(best, LEAST_SD_PX)]
    nearest = min(alike, key=lambda fit: float(np.linalg.norm(turn(camera.pose, fit.pose))))
    return replace(nearest, rival=len(alike) > 1)


def refined(camera: CameraInfo, points: Floats, pixels: Floats) -> Fit | None:
    """Return the best pose near a camera's own."""
    for _ in range(STEPS):
        shown = project(camera, points)
        if not shown.ahead.all():
            return None
        errors = pixels - shown.pixels
        weight = _huber(errors)
        rows = shown.of_pose.reshape(-1, 6)
        heavy = rows * np.repeat(weight, 2)[:, None]
        normal = rows.T @ heavy
        step: Floats = np.linalg.lstsq(normal, heavy.T @ errors.ravel(), rcond=None)[0].astype(np.float64)
        # Far off, a whole step would throw the camera behind the board.
        step *= min(1.0, 0.5 / max(float(np.abs(step).max()), 1e-12))
        camera = replace(camera, pose=stepped(camera.pose, step))
        if np.abs(step).max() < STILL:
            break
    errors = pixels - project(camera, points).pixels
    rms = float(np.sqrt((errors**2).sum(axis=1).mean()))
    variance = max(rms / np.sqrt(2), LEAST_SD_PX) ** 2
    return Fit(camera.pose, rms, errors, np.linalg.pinv(normal) * ALIKE_CORNERS * variance)


def _huber(errors: Floats) -> Floats:
    size = np.linalg.norm(errors, axis=1)
    return np.asarray(np.where(size > HUBER_PX, HUBER_PX / np.maximum(size, 1e-12), 1.0))


def _starts(camera: CameraInfo, points: Floats, pixels: Floats) -> Iterator[Pose]:
    """Yield poses to begin from: the file's, and those of methods that need none.

    Source: Collins and Bartoli 2014, "Infinitesimal plane-based pose estimation"; Terzakis and Lourakis 2020, "A
    consistently fast and globally optimal solution to the perspective-n-point problem"; both in OpenCV.
    """
    seen, known = rays(camera, pixels)
    yield camera.pose
    if known.sum() < 4:
        return
    middle = points[known].mean(axis=0)
    flat = np.linalg.svd(points[known] - middle, compute_uv=False)[2] < 1e-4
    for method in (cv2.SOLVEPNP_SQPNP, *([cv2.SOLVEPNP_IPPE] if flat else [])):
        # About their middle: far from the origin these methods lose digits.
        found = cv2.solvePnPGeneric(points[known] - middle, seen[known], np.eye(3), None, flags=method)
        for turned, moved in zip(found[1], found[2], strict=True):
            matrix = np.eye(4)
            matrix[:3, :3] = cv2.Rodrigues(turned)[0].T
            matrix[:3, 3] = middle - matrix[:3, :3] @ np.ravel(moved)
            yield Pose.from_matrix(matrix)
