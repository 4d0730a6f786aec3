"""The lengths of a body, from its height."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.geometry import Vec3

SEATED_HIP_M = 0.48
"""Hip joints of somebody in a wheelchair: a seat at 0.43 m, and 5 cm of body below the joint."""


@dataclass(frozen=True, slots=True)
class Proportions:
    """Lengths of a body, metres, from its height.

    Args:
        height_m: standing height.
        seated: whether it sits in a wheelchair.

    Source: segment lengths over stature after Drillis and Contini (1966); the head grows more slowly than the body.
    """

    height_m: float
    seated: bool = False

    @property
    def hip_z(self) -> float:
        """Height of the hip joints when standing, or on the seat of a wheelchair."""
        return SEATED_HIP_M if self.seated else 0.530 * self.height_m

    @property
    def sunk_m(self) -> float:
        """How much lower than standing a body is; 0 for one that stands."""
        return 0.530 * self.height_m - self.hip_z

    @property
    def top_m(self) -> float:
        """Height of the top of the head."""
        return self.height_m - self.sunk_m

    @property
    def torso_m(self) -> float:
        """Hips to the line of the shoulders."""
        return 0.288 * self.height_m

    @property
    def neck_m(self) -> float:
        """Line of the shoulders to the top of the head."""
        return 0.182 * self.height_m

    @property
    def head_m(self) -> float:
        """Chin to the top of the head."""
        return min(0.13 + 0.055 * self.height_m, 0.215 * self.height_m)

    @property
    def shoulder_m(self) -> float:
        """Middle of the body to a shoulder joint."""
        return 0.117 * self.height_m

    @property
    def upper_arm_m(self) -> float:
        """Shoulder to elbow."""
        return 0.186 * self.height_m

    @property
    def forearm_m(self) -> float:
        """Elbow to wrist."""
        return 0.146 * self.height_m

    @property
    def hand_m(self) -> float:
        """Wrist to the middle of the hand."""
        return 0.050 * self.height_m

    @property
    def hand_half_m(self) -> Vec3:
        """Half axes of the hand: along the fingers, across, thumb to little finger."""
        return (0.052 * self.height_m, 0.012 * self.height_m, 0.024 * self.height_m)

    @property
    def thigh_m(self) -> float:
        """Hip to knee."""
        return 0.245 * self.height_m

    @property
    def shin_m(self) -> float:
        """Knee to ankle."""
        return 0.246 * self.height_m

    @property
    def ankle_z(self) -> float:
        """Height of the ankles when standing."""
        return 0.039 * self.height_m

    def length(self, part: str) -> float:
        """Return the length of a limb's part, joint to joint."""
        lengths = {"upper_arm": self.upper_arm_m, "forearm": self.forearm_m, "thigh": self.thigh_m}
        return lengths.get(part, self.shin_m)
