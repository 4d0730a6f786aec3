"""Colours so that light matters little: two chromaticities and, less, brightness."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats

DARK = 40.0
"""Added to the sum of the channels: the colour of what is nearly black is noise."""
CHROMA = 0.06
"""Chromaticities that differ by this look alike: JPEG halves the resolution of colour, and edges mix."""
BRIGHT = 0.7
"""... and so do brightnesses whose logarithms differ by this: shelves are two to three times darker inside."""
FLOOR = 2e-3
"""Density of a colour that nothing among some colours comes near."""


def space(rgb: NDArray[np.uint8]) -> Floats:
    """Return colours (N, 3) uint8 as points (N, 3) in which a distance of 1 tells two colours just apart."""
    c = rgb.astype(np.float64)
    total = c.sum(axis=1) + DARK
    red_green = (c[:, 0] - c[:, 1]) / total
    yellow_blue = (c[:, 0] + c[:, 1] - 2.0 * c[:, 2]) / (2.0 * total)
    return np.stack([red_green / CHROMA, yellow_blue / CHROMA, np.log(total) / BRIGHT], axis=1)


def density(at: Floats, of: Floats) -> Floats:
    """Return (N,) how common colours like each of `at` (N, 3) are among `of` (M, 3), at most about 1."""
    if not len(of):
        return np.full(len(at), FLOOR)
    square = (at * at).sum(axis=1)[:, None] + (of * of).sum(axis=1)[None] - 2.0 * at @ of.T
    return np.asarray(np.exp(-np.maximum(square, 0.0) / 2.0).mean(axis=1) + FLOOR)


def thinned(colours: NDArray[np.uint8], most: int) -> NDArray[np.uint8]:
    """Return at most so many of some colours (N, 3), evenly."""
    if len(colours) <= most:
        return colours
    return colours[np.linspace(0, len(colours) - 1, most).round().astype(np.int64)]
