"""Where the pixels of a colour camera meet the fronts of racks: goods mostly stand just behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import CameraInfo, Gondola
from contracts.lens import pixel_rays
from stack.seen.pixel_kernels import I64

DEEP_M = 0.02
"""How far behind the front edge of the boards the fronts of goods are."""
SLANT = 2.5
"""Views more aslant than this, as metres beside for each metre ahead, show the sides of goods rather than fronts."""
ABOVE_M = 0.25
"""What stands on a rack's top board is seen above the rack."""


@dataclass(frozen=True, slots=True)
class Fronts:
    """What of a camera's picture shows racks.

    Args:
        pixels: (N,) place in the picture, row by row.
        rack: (N,) number of the rack.
        at: (N, 3) where the front is met, in the frame of the rack, metres.
        world: (N, 3) the same place in the world.
        slant: (N, 2) metres along the front, and up, for each metre into the rack.
        half_m: (N,) half of what the pixel covers along the front.
    """

    pixels: I64
    rack: NDArray[np.int16]
    at: Floats
    world: Floats
    slant: Floats
    half_m: Floats


def fronts(info: CameraInfo, racks: Sequence[Gondola], others: Sequence[Gondola]) -> Fronts:
    """Find what a camera sees of the fronts of some racks.

    Args:
        info: the camera, as large as its pictures.
        racks: those looked for.
        others: everything that may stand before them.
    """
    table, shown = pixel_rays(info)
    rays = table.reshape(-1, 2)
    way = np.column_stack([rays, np.ones(len(rays))]) @ np.asarray(info.pose.rotation).T
    eye = np.asarray(info.pose.position)
    far = np.where(shown.reshape(-1), np.inf, -1.0)
    rack = np.full(len(rays), -1, np.int16)
    for number, gondola in enumerate(racks):
        met = _meets(gondola, eye, way)
        nearer = met < far
        far[nearer], rack[nearer] = met[nearer], number
    for gondola in others:
        rack[_enters(gondola, eye, way) < far - 0.05] = -1
    pixels = np.nonzero(rack >= 0)[0]
    return _described(info, racks, pixels, rack[pixels], way[pixels], far[pixels])


def _described(
    info: CameraInfo, racks: Sequence[Gondola], pixels: I64, rack: NDArray[np.int16], way: Floats, far: Floats
) -> Fronts:
    world = np.asarray(info.pose.position) + far[:, None] * way
    at, slant = np.zeros((len(pixels), 3)), np.zeros((len(pixels), 2))
    for number, gondola in enumerate(racks):
        mine = rack == number
        at[mine] = gondola.pose.unapply(world[mine])
        ray = way[mine] @ np.asarray(gondola.pose.rotation)
        slant[mine] = ray[:, (0, 2)] / ray[:, 1:2]
    half = far / info.fx / 2 * np.hypot(1.0, slant[:, 0])
    return Fronts(pixels, rack, at, world, slant, half)


def _meets(rack: Gondola, eye: Floats, way: Floats) -> Floats:
    """Return how far along each ray (N, 3) it meets a rack's front from before, inf where it does not."""
    start, ray = rack.pose.unapply(eye), way @ np.asarray(rack.pose.rotation)
    with np.errstate(divide="ignore", invalid="ignore"):
        far = (DEEP_M - start[1]) / ray[:, 1]
        x, z = start[0] + far * ray[:, 0], start[2] + far * ray[:, 2]
        inside = (np.abs(x) < rack.width_m / 2) & (z > 0) & (z < rack.height_m + ABOVE_M)
        steep = np.abs(ray[:, (0, 2)]).max(axis=1) > SLANT * ray[:, 1]
    return np.where(inside & ~steep & (start[1] < 0) & (ray[:, 1] > 0) & (far > 0), far, np.inf)


def _enters(rack: Gondola, eye: Floats, way: Floats) -> Floats:
    """Return how far along each ray it enters a rack's box, inf where it does not."""
    start, ray = rack.pose.unapply(eye), way @ np.asarray(rack.pose.rotation)
    half = rack.width_m / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        one = (np.array([-half, 0.0, 0.0]) - start) / ray
        other = (np.array([half, rack.depth_m, rack.height_m]) - start) / ray
    enters, leaves = np.minimum(one, other).max(axis=1), np.maximum(one, other).min(axis=1)
    return np.where((enters <= leaves) & (leaves > 0), np.maximum(enters, 0.0), np.inf)
