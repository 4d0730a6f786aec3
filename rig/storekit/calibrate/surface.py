"""What the twin of a store shows to a depth camera: points, and which way their surfaces face."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo
from contracts.lens import pixel_rays
from twin.bent import BentLens
from twin.raster import layered_renderer
from twin.scene import Scene

Flags = NDArray[np.bool_]

FLAT_M = 0.003
"""Neighbours of a point on a plane lie so near to it, at 1 m; what bends or breaks has no direction to go by."""
LEAST_COSINE = 0.1
"""A surface seen at less than 6 degrees tells nothing but noise."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Depth pictures of one camera as points in its optical frame.

    Args:
        points: (H, W, 3) metres; nan where nothing is.
        normals: (H, W, 3) towards the camera; nan where the surface is not flat.
    """

    points: Floats
    normals: Floats


class Twin:
    """A store's own depth for any pose of one camera, beside what that camera measured.

    Args:
        scene: the store.
        camera: its lens; frames are as it delivers them.
        depth_m: (H, W) what it measured; nan where nothing steady was.
        most_pixels: larger pictures are thinned out until they have about so many.
    """

    def __init__(self, scene: Scene, camera: CameraInfo, depth_m: Floats, most_pixels: int) -> None:
        self._scene, self._renderer = scene, layered_renderer(1)
        self.stride = max(1, round(math.sqrt(depth_m.size / most_pixels)))
        self._camera = _thinned(camera, self.stride)
        rays, known = pixel_rays(self._camera)
        self._rays = np.where(known[..., None], np.insert(rays, 2, 1.0, axis=2), np.nan)
        self.measured = self._points(depth_m[:: self.stride, :: self.stride])

    def seen(self, pose: Pose) -> Sight:
        """Return what the camera would see from a pose."""
        points = self.drawn(pose)
        return Sight(points, _normals(points))

    def drawn(self, pose: Pose) -> Floats:
        """Return the points (h, w, 3) of the store as seen from a pose, in its frame; nan where nothing is."""
        camera = replace(self._camera, pose=pose)
        lens = BentLens(camera) if camera.distorted else None
        image = self._renderer.full(self._scene, lens.pinhole if lens else camera)
        metres = np.asarray(lens.bend(image).depth_m if lens else image.depth_m, float)
        return self._points(np.where(np.isfinite(metres), metres, np.nan))

    def _points(self, depth_m: Floats) -> Floats:
        """Return depth (h, w) as points (h, w, 3) in the optical frame."""
        return np.asarray(self._rays * depth_m[..., None])


def _thinned(camera: CameraInfo, stride: int) -> CameraInfo:
    """Return a camera without colour whose pixels look where every so many of a camera's do, from the first on."""
    return replace(
        camera,
        width=-(-camera.width // stride),
        height=-(-camera.height // stride),
        fx=camera.fx / stride,
        fy=camera.fy / stride,
        cx=(camera.cx - 0.5) / stride + 0.5,
        cy=(camera.cy - 0.5) / stride + 0.5,
        colour=False,
    )


def _normals(points: Floats) -> Floats:
    """Return normals of points (H, W, 3) whose four neighbours lie on one plane, nan elsewhere."""
    normals = np.full(points.shape, np.nan)
    here = points[1:-1, 1:-1]
    sides = [points[1:-1, 2:], points[1:-1, :-2], points[2:, 1:-1], points[:-2, 1:-1]]
    square = np.cross(sides[0] - sides[1], sides[2] - sides[3])
    length = np.linalg.norm(square, axis=2, keepdims=True)
    unit = square / np.where(length > 0, length, np.nan)
    facing = -(unit * here).sum(axis=2)
    unit = unit * np.sign(facing)[..., None]
    off = np.stack([np.abs(((side - here) * unit).sum(axis=2)) for side in sides]).max(axis=0)
    distance = np.linalg.norm(here, axis=2)
    flat = (off < FLAT_M * distance) & (np.abs(facing) > LEAST_COSINE * distance)
    normals[1:-1, 1:-1] = np.where(flat[..., None], unit, np.nan)
    return normals
