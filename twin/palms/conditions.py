"""How much the presentations of one palm differ from each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Spreads of what is drawn anew for every sample; standard deviations unless said otherwise.

    Args:
        rotation_deg: of the hand about the reader's axis.
        scale: of its distance, a share.
        tilt_deg: of its plane, about both axes.
        shift_mm: of its place, each way.
        spread_deg: of each finger's angle.
        elastic_mm: how far the skin moves at most places when the hand is stretched.
        wear: how much of the skin's look is another on another day, log brightness.
        noise: of the camera, grey levels of 255.
        blur_px: least and most smoothing by the lens and by motion.
        light: unevenness of the illumination, a share.
        plaster: share of samples with a plaster on the palm.
        plasters: how many those have.
        ring: share of samples with a ring.
    """

    rotation_deg: float = 6.0
    scale: float = 0.04
    tilt_deg: float = 3.0
    shift_mm: float = 6.0
    spread_deg: float = 1.2
    elastic_mm: float = 0.6
    wear: float = 0.04
    noise: float = 4.0
    blur_px: tuple[float, float] = (0.5, 1.1)
    light: float = 0.10
    plaster: float = 0.02
    plasters: int = 1
    ring: float = 0.15


USUAL = Conditions()
"""A reader with a guiding rim, in a shop. Spreads are our assumption, and held to real distances by a test."""
