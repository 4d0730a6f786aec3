"""A body of rigid segments in the proportions of a person, and where every segment is in a posture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.geometry import Pose, Vec3
from contracts.records import Joint
from contracts.seeds import stream
from twin.girth import USUAL, Girth
from twin.pose_rows import PoseRows
from twin.proportions import Proportions
from twin.shopper.kinematics import FOOT_Z
from twin.shopper.skeleton import JOINTS, Posture, Skeleton, stand
from twin.stage import Segment

Colour = tuple[int, int, int]

# In the order of the poses that `Body.pose` returns.
SEGMENTS = (
    "head",
    "torso",
    "pelvis",
    *(
        f"{side}_{part}"
        for side in ("left", "right")
        for part in ("upper_arm", "forearm", "hand", "thigh", "shin", "foot")
    ),
)  # fmt: skip
_SOLID = ("hand", "forearm")
FOOT = (0.072, 0.026, FOOT_Z)
"""Half axes of a shoe, over height."""
# Radius of each limb over height.
_RADII = {"upper_arm": 0.026, "forearm": 0.021, "thigh": 0.042, "shin": 0.030}
_SHOES: Colour = (40, 36, 34)
_SKIN: tuple[Colour, ...] = ((241, 194, 160), (224, 172, 130), (190, 136, 96), (141, 94, 62), (92, 60, 42))
_HAIR: tuple[Colour, ...] = ((38, 30, 26), (74, 52, 36), (120, 86, 52), (176, 140, 92), (150, 150, 152))
_SHIRTS: tuple[Colour, ...] = (
    (178, 42, 48), (38, 84, 160), (44, 120, 70), (214, 178, 60),
    (236, 236, 232), (112, 66, 140), (60, 64, 72), (222, 118, 46),
)  # fmt: skip
_TROUSERS: tuple[Colour, ...] = ((40, 48, 74), (58, 58, 60), (98, 84, 66), (30, 30, 32), (120, 124, 130))


@dataclass(frozen=True, slots=True)
class Clothes:
    """Colours of one shopper, RGB 0..255."""

    hair: Colour
    skin: Colour
    shirt: Colour
    trousers: Colour


def dress(seed: int, name: str) -> Clothes:
    """Draw the colours of a shopper."""
    draw = stream(seed, "clothes", name)
    hair, skin, shirt, trousers = (
        palette[int(draw.integers(len(palette)))] for palette in (_HAIR, _SKIN, _SHIRTS, _TROUSERS)
    )
    return Clothes(hair, skin, shirt, trousers)


class Body:
    """The segments of one shopper and their poses.

    Args:
        height_m: standing height, top of the head.
        clothes: its colours.
        girth: how stout it is.
        seated: whether it sits in a wheelchair.
    """

    def __init__(self, height_m: float, clothes: Clothes, girth: Girth = USUAL, *, seated: bool = False) -> None:
        self.proportions = Proportions(height_m, seated)
        self._clothes, self._girth = clothes, girth

    def segments(self) -> tuple[Segment, ...]:
        """Return the rigid parts, in the order of `SEGMENTS`."""
        return tuple(self._segment(name) for name in SEGMENTS)

    def pose(self, posture: Posture) -> tuple[Pose, ...]:
        """Return the world pose of every part, in the order of `SEGMENTS`."""
        return tuple(self.poses(stand(self.proportions, posture)))

    def poses(self, skeleton: Skeleton) -> Sequence[Pose]:
        """Return the same of a skeleton that is already known."""
        return PoseRows(skeleton.parts)

    def _segment(self, name: str) -> Segment:
        part = name.removeprefix("left_").removeprefix("right_")
        p, c, g = self.proportions, self._clothes, self._girth
        h = p.height_m
        ellipsoids: dict[str, tuple[Vec3, Colour]] = {
            "head": ((0.42 * p.head_m, 0.35 * p.head_m, 0.5 * p.head_m), c.hair),
            "torso": ((g.torso[0] * h, g.torso[1] * h, 0.5 * p.torso_m + 0.045 * h), c.shirt),
            "pelvis": ((g.pelvis[0] * h, g.pelvis[1] * h, 0.075 * h), c.trousers),
            # Thumb up, as people hold bottles: narrow between neighbouring goods.
            "hand": (p.hand_half_m, c.skin),
            "foot": ((FOOT[0] * h, FOOT[1] * h, FOOT[2] * h), _SHOES),
        }
        if part in ellipsoids:
            size, colour = ellipsoids[part]
            return Segment(name, "ellipsoid", size, colour, solid=part in _SOLID)
        radius = (g.limb.get(part) or _RADII[part]) * h
        colour = {"upper_arm": c.shirt, "forearm": c.skin}.get(part, c.trousers)
        return Segment(name, "capsule", (radius, radius, p.length(part) + radius), colour, solid=part in _SOLID)


def joints(skeleton: Skeleton) -> tuple[Joint, ...]:
    """Return the joints as truth and body trackers name them."""
    return tuple(Joint(name, skeleton.joint[name]) for name in JOINTS)


__all__ = ["JOINTS", "SEGMENTS", "Body", "Clothes", "dress", "joints"]
