"""How stout a body is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Girth:
    """Sizes across of the parts of a body that goods do not feel, over its height.

    Args:
        torso: half of its depth and breadth.
        pelvis: half of its depth and breadth.
        limb: radius of "upper_arm", "thigh" and "shin"; what is missing is as usual.
    """

    torso: tuple[float, float] = (0.066, 0.122)
    pelvis: tuple[float, float] = (0.066, 0.100)
    limb: Mapping[str, float] = field(default_factory=dict)


USUAL = Girth()
