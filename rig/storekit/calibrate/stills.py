"""One still picture of depth from many frames: the median of pixels that do not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats

LEAST_FRAMES = 5
SEEN = 0.5
"""Share of the frames in which a pixel must have a reading."""
STEADY = 0.7
"""Share of its readings that must lie near their median: whatever was there for longer is what stands there."""
NEAR_M, NEAR_PER_M = 0.01, 0.008
"""So near: a floor, and what grows with the square of the distance: twice the noise of the worst stereo pairs, seven
times that of good ones. Somebody who walks by is nearer by more."""


@dataclass(frozen=True, slots=True)
class Still:
    """What a depth camera sees while nobody moves.

    Args:
        depth_m: (H, W) along the optical axis; nan where it has no steady reading.
        frames: how many frames it is of.
        moving: share of the pixels with readings that were not steady.
    """

    depth_m: Floats
    frames: int
    moving: float


def still_of(frames: Sequence[NDArray[np.uint16]]) -> Still:
    """Return the still picture of frames (H, W) in millimetres, 0 where there is no reading."""
    stack = np.stack(frames).astype(np.float32) / 1000
    stack[stack == 0] = np.nan
    seen = np.isfinite(stack).mean(axis=0) >= SEEN
    # Only where something is to be taken a median of: of nothing there is none.
    columns = stack[:, seen]
    middle = np.nanmedian(columns, axis=0)
    near = np.abs(columns - middle) <= np.maximum(NEAR_M, NEAR_PER_M * middle**2)
    steady = near.sum(axis=0) >= STEADY * np.isfinite(columns).sum(axis=0)
    depth = np.full(seen.shape, np.nan)
    depth[seen] = np.where(steady, middle, np.nan)
    return Still(depth, len(frames), 1 - float(steady.mean()) if len(steady) else 0.0)
