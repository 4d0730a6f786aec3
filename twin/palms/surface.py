"""What the skin of one presentation looks like: the palm's map, worn, stretched and put in its place."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from twin.palms.atlas import HALF_MM, PX_PER_MM, SHAPE, Map, grain
from twin.palms.conditions import Conditions
from twin.palms.pose import SIZE_PX, Pose

WEAR_SCALE_MM = 0.8
STRETCH_SCALE_MM = 16.0
COARSE = 12
"""Stretching is smooth: it is drawn on a map this many times coarser."""
FADE_MM = 14.0


def skin(still: Map, pose: Pose, conditions: Conditions, draws: np.random.Generator) -> Map:
    """Return the skin's log brightness in the picture, 0 where the map does not reach.

    Args:
        still: the palm's own map.
        pose: of the hand.
        conditions: how far samples spread.
        draws: of this sample.
    """
    # Days differ in how moist and warm a skin is: some samples are near to the palm's own look, some far.
    wear = conditions.wear * draws.lognormal(0.0, 0.35)
    worn = still + np.float32(wear) * grain(draws, SHAPE, WEAR_SCALE_MM * PX_PER_MM)
    stretched = _stretch(worn * _fade(), conditions.elastic_mm, draws)
    from_map = np.array([[1 / PX_PER_MM, 0, -HALF_MM[0]], [0, 1 / PX_PER_MM, -HALF_MM[1]], [0, 0, 1]])
    placed = cv2.warpPerspective(stretched, pose.to_px @ from_map, SIZE_PX, flags=cv2.INTER_LINEAR)
    return np.asarray(placed, np.float32)


def _stretch(flat: Map, sd_mm: float, draws: np.random.Generator) -> Map:
    height, width = SHAPE
    small = (height // COARSE, width // COARSE)
    moved = []
    for axis in _grid():
        push = grain(draws, small, STRETCH_SCALE_MM * PX_PER_MM / COARSE) * np.float32(sd_mm * PX_PER_MM)
        moved.append(axis + cv2.resize(push, (width, height), interpolation=cv2.INTER_CUBIC))
    return np.asarray(cv2.remap(flat, moved[0], moved[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.float32)


@cache
def _grid() -> tuple[Map, Map]:
    """Return x and y of every pixel of the map."""
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]].astype(np.float32)
    return x, y


@cache
def _fade() -> NDArray[np.float32]:
    """Return weights that let the map end softly, so that no edge runs across the fingers."""
    sides = []
    for half in reversed(HALF_MM):
        mm = (np.arange(round(2 * half * PX_PER_MM)) + 0.5) / PX_PER_MM
        sides.append(np.clip(np.minimum(mm, 2 * half - mm) / FADE_MM, 0, 1).astype(np.float32))
    return np.outer(sides[0], sides[1])
