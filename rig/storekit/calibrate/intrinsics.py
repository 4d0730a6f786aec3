"""The lens of one camera from views of a board: focal lengths, centre and distortion; or why they do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from contracts.geometry import Floats
from contracts.layout import CameraInfo
from rig.storekit.calibrate.board import Board
from rig.storekit.calibrate.detect import View
from rig.storekit.calibrate.pose import solve
from rig.storekit.calibrate.project import coefficients, matrix

LEAST_VIEWS = 6
LEAST_TILT_DEG = 20.0
"""Boards seen from one side alone cannot tell a longer lens from a larger distance."""
MOST_SD = 0.005
"""Of focal lengths, as a share: 0.5 % shows a face 3 m away 15 mm nearer or further."""
MOST_CENTRE_SD_PX = 3.0
MOST_RMS_PX = 1.0


@dataclass(frozen=True, slots=True)
class Lens:
    """An estimated lens.

    Args:
        camera: with it; None where the views do not tell.
        why: why they do not.
        measures: "fx_px", "fx_sd_px" and so on.
    """

    camera: CameraInfo | None
    why: str = ""
    measures: dict[str, float] | None = None


def estimate(camera: CameraInfo, views: Sequence[View], board: Board) -> Lens:
    """Return the lens that shows all views best, each board wherever it was held.

    Source: Zhang 2000, "A flexible new technique for camera calibration", as OpenCV has it.

    Args:
        camera: as the file has it; a first guess.
        views: of boards, surveyed or held by hand.
        board: the boards.
    """
    if len(views) < LEAST_VIEWS:
        return Lens(None, f"{len(views)} views of a board; a lens takes {LEAST_VIEWS} or more")
    tilt = _tilt_deg(camera, views, board)
    if tilt < LEAST_TILT_DEG:
        return Lens(None, f"the boards are tilted by {tilt:.0f} degrees at most; a lens takes {LEAST_TILT_DEG:g}")
    points = [board.corners()[view.corners].astype(np.float32) for view in views]
    # OpenCV counts from the centre of the first pixel.
    pixels = [(view.pixels - 0.5).astype(np.float32) for view in views]
    first = matrix(camera) - np.array([[0, 0, 0.5], [0, 0, 0.5], [0, 0, 0]])
    size = (camera.width, camera.height)
    rms, k, bends, _, _, sds, _, _ = cv2.calibrateCameraExtended(
        points, pixels, size, first, coefficients(camera), flags=_flags(camera)
    )
    sd = np.ravel(sds)
    bend = tuple(np.ravel(bends)[:5].tolist()) if camera.distorted else camera.distortion
    found = replace(camera, fx=k[0, 0], fy=k[1, 1], cx=k[0, 2] + 0.5, cy=k[1, 2] + 0.5, distortion=bend)
    return _judged(found, float(rms), sd)


def _judged(found: CameraInfo, rms: float, sd: Floats) -> Lens:
    if rms > MOST_RMS_PX:
        return Lens(None, f"no lens shows these views: {rms:.1f} px, at most {MOST_RMS_PX:g}; is the board flat?")
    share = max(sd[0] / found.fx, sd[1] / found.fy)
    if share > MOST_SD or max(sd[2:4]) > MOST_CENTRE_SD_PX:
        return Lens(
            None,
            f"the views tell focal lengths to {share:.2%} and the centre to {max(sd[2:4]):.1f} px only, not to "
            f"{MOST_SD:.1%} and {MOST_CENTRE_SD_PX:g} px: show more of them, nearer, tilted, and in the corners",
        )
    values = {"fx_px": found.fx, "fy_px": found.fy, "cx_px": found.cx, "cy_px": found.cy}
    spread = {name.replace("_px", "_sd_px"): float(s) for name, s in zip(values, sd, strict=False)}
    return Lens(found, measures={**values, **spread, "lens_rms_px": rms})


def _flags(camera: CameraInfo) -> int:
    """Return what stays: a k3 that the file does not have, for it trades with k2; all bends of straight pictures."""
    flags = int(cv2.CALIB_USE_INTRINSIC_GUESS)
    if not camera.distorted:
        return flags | cv2.CALIB_FIX_K1 | cv2.CALIB_FIX_K2 | cv2.CALIB_FIX_K3 | cv2.CALIB_ZERO_TANGENT_DIST
    return flags if coefficients(camera)[4] else flags | cv2.CALIB_FIX_K3


def _tilt_deg(camera: CameraInfo, views: Sequence[View], board: Board) -> float:
    """Return the largest angle between two boards as the camera sees them."""
    normals = []
    for view in views:
        fit = solve(camera, board.corners()[view.corners], view.pixels)
        if fit is not None:
            normals.append(fit.pose.rotation[2])
    if len(normals) < 2:
        return 0.0
    faces = np.stack(normals)
    return float(np.degrees(np.arccos(np.clip((faces @ faces.T).min(), -1, 1))))
