"""What a camera sees of points in a store: in its picture, in its range, and nothing between."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from contracts.geometry import Floats
from contracts.layout import CameraInfo
from rig.storekit.boxes import Boxes, Mask
from twin.sensor import RANGE_MM

NEAR_M = 0.05
"""Nothing can stand closer to a lens."""


class Sense(StrEnum):
    """What an imager delivers."""

    COLOUR = "colour"
    DEPTH = "depth"


def senses(camera: CameraInfo) -> tuple[Sense, ...]:
    """Return what a camera delivers."""
    return tuple(sense for sense, has in ((Sense.COLOUR, camera.colour), (Sense.DEPTH, camera.depth)) if has)


def in_picture(camera: CameraInfo, points: Floats) -> Mask:
    """Return which points (P, 3), world, fall within a camera's picture.

    Pictures are rectified (contracts.layout.CameraInfo), so a pinhole is all there is.
    """
    x, y, z = camera.pose.unapply(points).T
    ahead = z > NEAR_M
    safe = np.where(ahead, z, 1.0)
    u, v = camera.fx * x / safe + camera.cx, camera.fy * y / safe + camera.cy
    inside: Mask = ahead & (u >= 0) & (u < camera.width) & (v >= 0) & (v < camera.height)
    return inside


def seen(camera: CameraInfo, points: Floats, boxes: Boxes) -> Mask:
    """Return which points (P, 3), world, a camera sees past boxes."""
    visible = in_picture(camera, points)
    index = np.flatnonzero(visible)
    start = np.asarray(camera.pose.position)
    visible[index] = ~boxes.cut(start, points[index])
    return visible


def in_range(camera: CameraInfo, points: Floats) -> Mask:
    """Return which points (P, 3), world, lie within the range of the twin's depth imagers, along the optical axis."""
    near: Mask = camera.pose.unapply(points)[:, 2] * 1000 <= RANGE_MM
    return near


def counts(
    cameras: tuple[CameraInfo, ...], points: Floats, boxes: Boxes, facing: Floats | None = None
) -> dict[Sense, Floats]:
    """Return how many cameras see each point.

    Args:
        cameras: imagers.
        points: (P, 3) metres, world.
        boxes: what stands in the way.
        facing: (P, 3) outward normals when the points lie on a surface that shows one side; None for all sides.

    Returns:
        (P,) whole numbers for each sense.
    """
    total = {sense: np.zeros(len(points)) for sense in Sense}
    for camera in cameras:
        visible = seen(camera, points, boxes)
        if facing is not None:
            visible &= _turned_to(camera, points, facing)
        for sense in senses(camera):
            total[sense] += visible & in_range(camera, points) if sense is Sense.DEPTH else visible
    return total


GRAZING = 0.17
"""A front seen at less than 10 degrees shows a tenth of its height: nobody tells goods apart in that."""


def _turned_to(camera: CameraInfo, points: Floats, facing: Floats) -> Mask:
    towards = np.asarray(camera.pose.position) - points
    distance = np.maximum(np.linalg.norm(towards, axis=1), 1e-9)
    turned: Mask = (towards * facing).sum(axis=1) / distance > GRAZING
    return turned
