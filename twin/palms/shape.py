"""The outline of a hand: a palm, a wrist and five fingers, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Finger:
    """One finger, stretched.

    Args:
        base_mm: where it begins, in the palm.
        length_mm: from there to the middle of its tip.
        width_mm: at its base; the tip is narrower by `TAPER`.
        angle_deg: to the little finger's side from straight ahead.
    """

    base_mm: tuple[float, float]
    length_mm: float
    width_mm: float
    angle_deg: float


TAPER = 0.8
FINGERS = (
    Finger((-31.0, -30.0), 84.0, 18.0, -11.0),
    Finger((-10.0, -32.0), 95.0, 18.0, -3.0),
    Finger((11.0, -31.0), 88.0, 17.0, 5.0),
    Finger((30.5, -26.0), 66.0, 15.0, 15.0),
)
THUMB = Finger((-28.0, 22.0), 68.0, 25.0, -52.0)
PALM = (
    (-41, -36), (-20, -45), (0, -47), (21, -44), (39, -33), (43, -10), (41, 18), (34, 46), (29, 60), (28, 110),
    (-28, 110), (-29, 60), (-38, 40), (-43, 14), (-42, -12),
)  # fmt: skip
"""Right palm and wrist seen from the inside; sizes of a grown-up's hand, palm 84 mm wide. Our assumption."""
SIZE_SD, FINGER_SD = 0.04, 0.03


@dataclass(frozen=True, slots=True)
class Shape:
    """A hand of one identity.

    Args:
        fingers: index to little finger.
        thumb: the thumb.
        palm_mm: (N, 2) outline of palm and wrist.
    """

    fingers: tuple[Finger, ...]
    thumb: Finger
    palm_mm: Points


def draw_shape(draws: np.random.Generator) -> Shape:
    """Return somebody's hand: broader or slimmer, with longer or shorter fingers."""
    broad, long = 1 + draws.normal(0, SIZE_SD, 2).clip(-0.1, 0.1)

    def scaled(finger: Finger) -> Finger:
        own = 1 + float(draws.normal(0, FINGER_SD))
        base = (finger.base_mm[0] * broad, finger.base_mm[1] * long)
        return Finger(base, finger.length_mm * long * own, finger.width_mm * broad, finger.angle_deg)

    palm = np.array(PALM, np.float64) * (broad, long)
    return Shape(tuple(scaled(f) for f in FINGERS), scaled(THUMB), palm)


def outline(finger: Finger, turn_deg: float = 0.0) -> Points:
    """Return (N, 2) the outline of a finger, turned about its base, mm."""
    angle = np.radians(finger.angle_deg + turn_deg)
    along = np.array([np.sin(angle), -np.cos(angle)])
    aside = np.array([np.cos(angle), np.sin(angle)])
    base, tip = np.array(finger.base_mm), np.array(finger.base_mm) + finger.length_mm * along
    half, end = finger.width_mm / 2, finger.width_mm / 2 * TAPER
    bend = np.linspace(0, np.pi, 9)[:, None]
    cap = tip + end * (np.cos(bend) * aside + np.sin(bend) * along)
    return np.concatenate([[base - half * aside, base + half * aside], cap])


def knuckles(finger: Finger, turn_deg: float = 0.0) -> Points:
    """Return (3, 2, 2) the folds across a finger: left and right end of each, mm."""
    angle = np.radians(finger.angle_deg + turn_deg)
    along, aside = np.array([np.sin(angle), -np.cos(angle)]), np.array([np.cos(angle), np.sin(angle)])
    places = np.array([0.32, 0.6, 0.83])[:, None] * finger.length_mm
    middles = np.array(finger.base_mm) + places * along
    return np.stack([middles - 0.4 * finger.width_mm * aside, middles + 0.4 * finger.width_mm * aside], axis=1)
