"""A walk cycle: where the feet and the swinging hands are, from the way walked and the speed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from twin.shopper.vec import Vec2

# Source: measured on a retargeted mocap walk, 1.35 m a full cycle of an adult of 1.72 m at 1.1 m/s.
STRIDE_OVER_HEIGHT = 1.35 / 1.72
CRUISE_M_S = 1.1
_STANCE = 0.6  # share of the cycle that a foot is on the ground
_SWING_LIFT = 0.05  # of the height
_SETTLE_S = 0.12  # how fast the walk fades in and out


@dataclass(slots=True)
class Gait:
    """The phase of one walker.

    Args:
        height_m: the walker's height.
        phase: share of the cycle, 0..1.
        vigour: 0 standing .. 1 walking, low-passed.
    """

    height_m: float
    phase: float = 0.0
    vigour: float = 0.0

    def advance(self, speed_m_s: float, seconds: float) -> None:
        """Walk on for a moment at a speed."""
        stride = self.stride_m(speed_m_s)
        self.phase = (self.phase + speed_m_s * seconds / stride) % 1.0
        wanted = min(1.0, speed_m_s / 0.4)
        self.vigour += (wanted - self.vigour) * (1 - math.exp(-seconds / _SETTLE_S))

    def stride_m(self, speed_m_s: float) -> float:
        """Return the length of a full cycle: slow walkers take shorter steps."""
        return STRIDE_OVER_HEIGHT * self.height_m * (0.5 + 0.5 * min(1.0, speed_m_s / CRUISE_M_S))

    def feet(self, speed_m_s: float) -> tuple[Vec2, Vec2]:
        """Return metres ahead and above the floor of the left and the right foot."""
        half = 0.5 * _STANCE * self.stride_m(speed_m_s) * self.vigour * 0.85
        return self._foot(self.phase, half), self._foot((self.phase + 0.5) % 1.0, half)

    def swing(self) -> float:
        """Return how far the left hand swings ahead, radians; the right one does the opposite."""
        return -0.35 * self.vigour * math.cos(2 * math.pi * self.phase)

    def bob(self) -> float:
        """Return how far the hips sink at this moment, metres."""
        return 0.010 * self.height_m * self.vigour * (1 + math.cos(4 * math.pi * self.phase)) / 2

    def _foot(self, phase: float, half: float) -> Vec2:
        if phase < _STANCE:
            return (half * (1 - 2 * phase / _STANCE), 0.0)
        t = (phase - _STANCE) / (1 - _STANCE)
        lift = _SWING_LIFT * self.height_m * self.vigour * math.sin(math.pi * t)
        return (half * (-1 + 2 * t * t * (3 - 2 * t)), lift)
