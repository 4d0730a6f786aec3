"""Where the light comes from: panels under the ceiling, and the directions in which surroundings are sampled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from contracts.seeds import stream
from twin.raster.arrays import F64

SPACING_M = 2.4
"""From panel to panel; a usual grid of suspended ceilings."""
PANEL_M = (1.2, 0.6)
ABOVE_M = 0.5
"""The ceiling hangs so far above the highest thing that is fixed."""
REFERENCE_M = 1.0
"""Brightness is set where a level surface at this height, free of shadows, would lie."""
ASPECTS = 64
"""Ways in which the pattern of samples is turned, so that neighbours do not share its errors."""
AROUND = 48
"""Directions in which surroundings are sampled."""
SPOTS = 4
"""Points on each panel."""


class Lamps(NamedTuple):
    """All light of a store.

    Args:
        panels: (L, 3) middles, metres.
        spots: (ASPECTS, SPOTS, 2) points of a panel, metres from its middle.
        around: (ASPECTS, AROUND, 3) directions about +z, as dense as light counts.
        scale: by which the panels' light is divided, so that it is 1 at the reference.
    """

    panels: F64
    spots: F64
    around: F64
    scale: float


def lamps_over(low: F64, high: F64) -> Lamps:
    """Return panels over the box of all that is fixed, (3,) corners in metres."""
    height = float(high[2]) + ABOVE_M
    xs, ys = (_row(low[axis], high[axis]) for axis in (0, 1))
    panels = np.array([(x, y, height) for x in xs for y in ys])
    middle = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, REFERENCE_M])
    away = panels - middle
    square = (away**2).sum(axis=1)
    scale = float((away[:, 2] ** 2 / square**2).sum())
    return Lamps(panels, _spots(), _around(), scale)


def _row(low: float, high: float) -> list[float]:
    count = max(1, round((high - low) / SPACING_M))
    return [float(low + (high - low) * (k + 0.5) / count) for k in range(count)]


def _spots() -> F64:
    """Return points of a panel, one in each quarter."""
    jitter = stream(0, "light", "spots").random((ASPECTS, 2, 2, 2))
    corner = np.stack(np.meshgrid([0.0, 1.0], [0.0, 1.0], indexing="ij"), axis=-1)
    share = (corner + jitter) / 2 - 0.5
    return np.ascontiguousarray((share * np.array(PANEL_M)).reshape(ASPECTS, SPOTS, 2))


def _around() -> F64:
    """Return directions spread evenly over a disc and lifted to the half sphere: their density is the cosine.

    Source: Malley's method; Shirley and Chiu, "A low distortion map between disk and square", 1997.
    Rounded, since sines differ in the last bit between processors.
    """
    rings, sectors = 4, AROUND // 4
    jitter = stream(0, "light", "around").random((ASPECTS, rings, sectors, 2))
    ring, sector = np.meshgrid(np.arange(rings), np.arange(sectors), indexing="ij")
    radius = np.sqrt((ring + jitter[..., 0]) / rings)
    angle = 2 * np.pi * (sector + jitter[..., 1]) / sectors
    flat = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)
    up = np.sqrt(1 - np.minimum((flat**2).sum(axis=-1), 0.9999))
    return np.round(np.concatenate([flat, up[..., None]], axis=-1), 6).reshape(ASPECTS, AROUND, 3)
