"""How much of what a depth camera measured a store's twin explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contracts.geometry import Floats, Pose
from rig.storekit.calibrate.surface import Twin

LOW_M = 0.15
"""Below this everything is floor, and all floors are alike."""
NEAR_M, NEAR_SHARE = 0.03, 0.01
"""Depth agrees within so much, and so much of the distance: goods are moved by more, noise is less."""
FEW = 0.03
"""With less of the picture above the floor than this, a camera sees the floor alone."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a measured and a drawn picture agree.

    Args:
        explained: share of the pixels that agree, of those where either shows something above the floor; of all where
            there is only floor.
        floor_alone: whether there is only floor.
    """

    explained: float
    floor_alone: bool


def agreement(pose: Pose, twin: Twin) -> Agreement:
    """Compare what was measured with what the twin shows from a pose."""
    known = np.isfinite(twin.measured[..., 2])
    here, there = twin.measured[known], twin.drawn(pose)[known]
    z = here[:, 2]
    alike = np.abs(there[:, 2] - z) < NEAR_M + NEAR_SHARE * z
    high = _height(pose, here) > LOW_M
    high |= np.nan_to_num(_height(pose, there), nan=-1.0) > LOW_M
    alone = bool(high.mean() < FEW) if len(high) else True
    share = alike if alone else alike[high]
    return Agreement(float(share.mean()) if len(share) else 0.0, alone)


def _height(pose: Pose, points: Floats) -> Floats:
    return np.asarray(points @ pose.rotation[2] + pose.position[2])
