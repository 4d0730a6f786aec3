"""Where a hand is held: from millimetres on the palm to pixels of the reader's picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.palms.conditions import Conditions

Matrix = NDArray[np.float64]

SIZE_PX = (400, 480)
PX_PER_MM = 2.1
CENTRE_PX = (14.0, 62.0)
"""Where a right palm's centre is held, from the picture's middle; fingers need more room than the wrist."""
DISTANCE_MM = 180.0
"""From the lens to the palm. Our assumption."""


@dataclass(frozen=True, slots=True)
class Pose:
    """One presentation.

    Args:
        to_px: (3, 3) homography from mm on the palm to px.
        fingers_deg: how far each finger is turned aside, index to little finger, then the thumb.
    """

    to_px: Matrix
    fingers_deg: tuple[float, ...]

    def place(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (N, 2) pixels of (N, 2) points."""
        flat = points_mm.reshape(-1, 2)
        at = np.column_stack([flat, np.ones(len(flat))]) @ self.to_px.T
        return np.asarray((at[:, :2] / at[:, 2:]).reshape(points_mm.shape))


def draw_pose(draws: np.random.Generator, conditions: Conditions, *, mirrored: bool) -> Pose:
    """Return how somebody holds a hand this time.

    Args:
        draws: of this sample.
        conditions: how far poses spread.
        mirrored: a left hand.
    """
    turn = np.radians(draws.normal(0, conditions.rotation_deg))
    tilt = np.radians(draws.normal(0, conditions.tilt_deg, 2))
    scale = PX_PER_MM * (1 + draws.normal(0, conditions.scale))
    flip = -1.0 if mirrored else 1.0
    centre = np.array(SIZE_PX) / 2 + (flip * CENTRE_PX[0], CENTRE_PX[1])
    shift = centre + draws.normal(0, conditions.shift_mm, 2) * PX_PER_MM
    spread = draws.normal(0, conditions.spread_deg, 5)
    cos, sin = np.cos(turn), np.sin(turn)
    # Seen from DISTANCE_MM, a tilted plane shrinks towards where it falls away.
    perspective = np.array([[np.cos(tilt[0]), 0, 0], [0, np.cos(tilt[1]), 0], [*np.sin(tilt) / DISTANCE_MM, 1.0]])
    similar = np.array([[scale * cos, -scale * sin, shift[0]], [scale * sin, scale * cos, shift[1]], [0, 0, 1]])
    return Pose(similar @ perspective @ np.diag([flip, 1.0, 1.0]), tuple(float(s) for s in spread))
