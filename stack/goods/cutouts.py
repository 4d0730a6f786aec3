"""The colours before a place on a shelf: while the hand comes, and while it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack.goods.album import BEFORE_M, NEAR_M, Shot
from stack.goods.eyes import Eye, Picture, picture_of
from stack.goods.place import Place

ASIDE_M = 0.12
"""Hands and goods in them reach so far beyond the plates that changed."""
UNDER_M, OVER_M = 0.10, 0.40
"""... below and above the board."""


@dataclass(frozen=True, slots=True)
class Cutout:
    """What is seen before a place during a time.

    Args:
        colours: (N, 3) uint8, RGB, of all pixels of all frames.
        area_m2: what they cover, summed over the frames of the camera that sees most, seen square on.
        shots: how many pictures there were.
        pixel_m: what a pixel covers there, as its median side, metres; 0 when there is none.
    """

    colours: NDArray[np.uint8]
    area_m2: float
    shots: int
    pixel_m: float = 0.0


def cutout(shots: Sequence[Shot], eyes: Sequence[Eye], place: Place) -> Cutout:
    """Cut out what is before a place.

    Args:
        shots: pictures of a time.
        eyes: the cameras.
        place: where.
    """
    found: list[Picture] = []
    areas: dict[int, list[float]] = {}
    sides: list[float] = []
    for shot in shots:
        eye = eyes[shot.eye]
        world = eye.points(shot.depth_mm, shot.corner).reshape(-1, 3)
        local = place.gondola.pose.unapply(world)
        with np.errstate(invalid="ignore"):
            here = (local[:, 0] > place.low_m - ASIDE_M) & (local[:, 0] < place.high_m + ASIDE_M)
            here &= (local[:, 1] > -BEFORE_M) & (local[:, 1] < -NEAR_M)
            here &= (local[:, 2] > place.z_m - UNDER_M) & (local[:, 2] < place.z_m + OVER_M)
        picture = picture_of(shot.frame) if here.any() else None
        if picture is None:
            areas.setdefault(shot.eye, []).append(0.0)
            continue
        found.append(eye.colours(world[here], picture))
        far = shot.depth_mm.reshape(-1)[here] * 0.001
        areas.setdefault(shot.eye, []).append(float((far**2).sum()) / eye.depth.fx / eye.depth.fy)
        sides.append(float(np.median(far)) / eye.depth.fx)
    area = max((float(np.mean(each)) for each in areas.values()), default=0.0)
    colours = np.concatenate(found) if found else np.zeros((0, 3), np.uint8)
    return Cutout(colours, area, len(shots), float(np.median(sides)) if sides else 0.0)
