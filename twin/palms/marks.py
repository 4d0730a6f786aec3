"""Plasters and rings."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from twin.palms.conditions import Conditions
from twin.palms.pose import Pose
from twin.palms.shape import Shape

Picture = NDArray[np.float32]

PLASTER_MM, PLASTER_LIGHT = (19.0, 55.0), 1.25
RING_MM, RING_LIGHT = 4.0, (0.35, 1.5)


def put_on(picture: Picture, shape: Shape, pose: Pose, conditions: Conditions, draws: np.random.Generator) -> None:
    """Stick a plaster on a palm, or a ring on a finger, as often as the conditions say.

    Args:
        picture: (H, W) brightness, 1 is bare skin; changed.
        shape: of the hand.
        pose: of the hand.
        conditions: how often.
        draws: of this sample.
    """
    plaster, ring = draws.uniform(size=2)
    for _ in range(conditions.plasters if plaster < conditions.plaster else 0):
        at, turn = draws.uniform(-40, 40, 2), draws.uniform(0, np.pi)
        _fill(picture, pose.place(_strip(at, turn, PLASTER_MM)), PLASTER_LIGHT)
    if ring < conditions.ring:
        finger = shape.fingers[int(draws.integers(1, 4))]
        angle = np.radians(finger.angle_deg)
        along = np.array([np.sin(angle), -np.cos(angle)])
        middle = np.array(finger.base_mm) + 0.42 * finger.length_mm * along
        _fill(picture, pose.place(_strip(middle, angle, (finger.width_mm, RING_MM))), draws.uniform(*RING_LIGHT))


def _strip(middle: NDArray[np.float64], turn: float, size_mm: tuple[float, float]) -> NDArray[np.float64]:
    """Return (4, 2) the corners of a turned rectangle, mm."""
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * np.array(size_mm) / 2
    cos, sin = np.cos(turn), np.sin(turn)
    return np.asarray(middle + corners @ np.array([[cos, sin], [-sin, cos]]))


def _fill(picture: Picture, corners_px: NDArray[np.float64], light: float) -> None:
    cv2.fillConvexPoly(picture, np.round(corners_px * 16).astype(np.int32), light, cv2.LINE_AA, 4)
