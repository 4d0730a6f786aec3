"""The camera to look through: one of the store's, or one that was not there."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import numpy as np

from contracts.errors import UsageError
from contracts.geometry import Pose
from contracts.layout import CameraInfo

POSE = "x,y,z,yaw,pitch or x,y,z,yaw,pitch,roll: metres and degrees"
SIZE_PX, FOV_DEG = "1280x720", 75.0
MOST_PX = 8192
ASKED = "asked-for"


def named(cameras: Mapping[str, CameraInfo], camera: str) -> CameraInfo:
    """Return a camera of the store.

    Raises:
        UsageError: there is none of that name.
    """
    if camera in cameras:
        return cameras[camera]
    known = ", ".join(cameras) or "none: --pose places one"
    raise UsageError("no such camera", where="--camera", expected=known, found=camera)


def placed(pose: str, size: str = SIZE_PX, fov_deg: float = FOV_DEG) -> CameraInfo:
    """Return a camera anywhere.

    Args:
        pose: "x,y,z,yaw,pitch" or with roll: metres; degrees. At yaw 0 it looks along x, at 90 along y; a negative
            pitch looks down; a positive roll turns the picture's top to the right.
        size: "1280x720".
        fov_deg: what it sees from left to right.

    Raises:
        UsageError: one of them is not such a thing.
    """
    width, height = _size(size)
    if not 1 <= fov_deg <= 170:
        raise UsageError("no such angle of view", where="--fov", expected="1 to 170 degrees", found=f"{fov_deg:g}")
    focal = width / 2 / math.tan(math.radians(fov_deg) / 2)
    return CameraInfo(ASKED, _pose(pose), width, height, focal, focal, width / 2, height / 2)


def _pose(text: str) -> Pose:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (5, 6) or not all(map(math.isfinite, numbers)):
        raise UsageError("no such pose", where="--pose", expected=POSE, found=text)
    x, y, z, *angles = numbers
    yaw, pitch, roll = (math.radians(angle) for angle in (*angles, 0.0)[:3])
    forward = np.array([math.cos(pitch) * math.cos(yaw), math.cos(pitch) * math.sin(yaw), math.sin(pitch)])
    level = np.array([math.sin(yaw), -math.cos(yaw), 0.0])
    down = np.cross(forward, level)
    matrix = np.eye(4)
    matrix[:3, 0] = math.cos(roll) * level + math.sin(roll) * down
    matrix[:3, 1] = math.cos(roll) * down - math.sin(roll) * level
    matrix[:3, 2], matrix[:3, 3] = forward, (x, y, z)
    return Pose.from_matrix(matrix)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", text)
    width, height = map(int, found.groups()) if found else (0, 0)
    if not (1 <= width <= MOST_PX and 1 <= height <= MOST_PX):
        expected = f"WIDTHxHEIGHT in pixels, up to {MOST_PX}"
        raise UsageError("no such size", where="--size", expected=expected, found=text)
    return width, height
