"""What a found pose cannot be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contracts.layout import CameraInfo, Layout
from rig.storekit.boxes import Boxes
from rig.storekit.calibrate.found import shift, turn
from twin.furniture import building, rack


@dataclass(frozen=True, slots=True)
class Limits:
    """How far from the file a camera may hang: further off, the boards or the file are mistaken.

    Args:
        shift_m: metres.
        turn_deg: degrees.
    """

    shift_m: float = 0.5
    turn_deg: float = 20.0


def impossible(before: CameraInfo, after: CameraInfo, layout: Layout, limits: Limits) -> str:
    """Return why a camera cannot hang there, or ""."""
    away = float(np.linalg.norm(shift(before.pose, after.pose)))
    turned = float(np.linalg.norm(turn(before.pose, after.pose)))
    if away > limits.shift_m or turned > limits.turn_deg:
        return (
            f"found {away:.2f} m and {turned:.1f} degrees from where the file has it, at most {limits.shift_m:g} m and "
            f"{limits.turn_deg:g} degrees are believed (--most-shift, --most-turn)"
        )
    solids = [*building(layout), *(piece for gondola in layout.gondolas for piece in rack(gondola))]
    inside = Boxes.of(solids).holding(np.asarray(after.pose.position))
    if inside:
        return f"found inside {inside[0]}"
    return "found under the floor" if after.pose.position[2] < 0 else ""
