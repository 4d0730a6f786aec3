"""The valleys between the fingers, found on the outline of a hand."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Point = NDArray[np.float64]

HAND_LEVEL = 30
"""Grey level between a hand in its lamp and the dark behind it."""
HAND_SHARE = (0.12, 0.75)
"""How much of the picture a hand covers that is near enough and whole."""
DEPTH_PX = 25.0
"""A valley is at least this far from the line between its fingertips; a fifth of a short finger."""
ARCH_PX = 24.0
"""How much lower the arch is at the picture's sides; enough to tell neighbouring fingers apart."""
SPACING = (0.5, 2.0)
"""Ratio of the two spaces between three finger valleys."""
STRAIGHT_DEG = 45.0
"""How far the row of valleys may bend at the middle one."""
SLANT = 0.6
"""Sine of how far a valley's opening may lean from square to the row; the thumb's opens along it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the outline falls away from the hull.

    Args:
        at: its deepest point, px.
        opens: where it opens to, a unit vector.
    """

    at: Point
    opens: Point


@dataclass(frozen=True, slots=True)
class Valleys:
    """The outer two of the three valleys between four fingers.

    Args:
        left: px, with the fingers pointing up.
        right: px.
    """

    left: Point
    right: Point

    @property
    def width_px(self) -> float:
        """From one to the other."""
        return float(np.linalg.norm(self.right - self.left))


Row = tuple[Gap, Gap, Gap]


def find_valleys(image: Image) -> Valleys | str:
    """Return the valleys at both sides of the middle and ring fingers, or why they are not found.

    Args:
        image: (H, W) a hand before a dark background.
    """
    covered = cv2.GaussianBlur(image, (5, 5), 0) > HAND_LEVEL
    if not HAND_SHARE[0] < covered.mean() < HAND_SHARE[1]:
        return "no whole hand before the reader"
    outlines, _ = cv2.findContours(
        (covered & _under_arch(*covered.shape)).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    outline = max(outlines, key=cv2.contourArea).reshape(-1, 2)
    rows = [row for row in _triples(_gaps(outline)) if _is_row(row)]
    if not rows:
        return "the fingers are not spread"
    first, middle, last = min(rows, key=_bend)
    return _ordered(first.at, last.at, middle.opens)


def _under_arch(height: int, width: int) -> NDArray[np.bool_]:
    """Return where a picture is below a flat arch at its upper edge.

    Fingertips outside the picture end in one straight line, and no gap between them counts; under an arch each is a
    tip of its own.
    """
    across = np.linspace(-1, 1, width) ** 2 * ARCH_PX
    return np.asarray(np.arange(height)[:, None] >= across[None])


def _gaps(outline: NDArray[np.int32]) -> list[Gap]:
    """Return the deep places between the outline and its hull, in their order along it."""
    hull = cv2.convexHull(outline, returnPoints=False)
    # OpenCV asks for falling indices, and gives others where an outline touches itself.
    defects = cv2.convexityDefects(outline, np.sort(hull.reshape(-1))[::-1].reshape(-1, 1).copy())
    found = [] if defects is None else [row for row in defects.reshape(-1, 4) if row[3] / 256 >= DEPTH_PX]
    return [_gap(outline, row) for row in sorted(found, key=lambda row: int(row[2]))]


def _gap(outline: NDArray[np.int32], defect: NDArray[np.int32]) -> Gap:
    start, end, far = (outline[int(k)].astype(np.float64) for k in defect[:3])
    opens = (start + end) / 2 - far
    return Gap(far, opens / np.linalg.norm(opens))


def _triples(gaps: list[Gap]) -> list[Row]:
    """Return each three neighbours on the closed outline."""
    count = len(gaps)
    return [(gaps[i], gaps[(i + 1) % count], gaps[(i + 2) % count]) for i in range(count)] if count >= 3 else []


def _is_row(row: Row) -> bool:
    """Whether three gaps stand and open as the valleys of four fingers do."""
    a, b = row[1].at - row[0].at, row[2].at - row[1].at
    spaces = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if min(spaces) < 1 or not SPACING[0] < spaces[0] / spaces[1] < SPACING[1]:
        return False
    across = (row[2].at - row[0].at) / np.linalg.norm(row[2].at - row[0].at)
    return _bend(row) < STRAIGHT_DEG and all(abs(float(gap.opens @ across)) < SLANT for gap in row)


def _bend(row: Row) -> float:
    """Return how far a row turns at its middle, degrees."""
    a, b = row[1].at - row[0].at, row[2].at - row[1].at
    return float(np.degrees(np.arccos(np.clip(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)), -1, 1))))


def _ordered(one: Point, other: Point, to_fingers: Point) -> Valleys:
    """Return the two from left to right, with the fingers above."""
    along = other - one
    # y points down, so a positive product means that the fingers are below the way from one to the other.
    below = along[0] * to_fingers[1] - along[1] * to_fingers[0] > 0
    return Valleys(other, one) if below else Valleys(one, other)
