"""The flat map of a palm's skin that all samples of a palm are taken from: creases, texture and veins."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from twin.palms.creases import Crease

Map = NDArray[np.float32]

PX_PER_MM = 3.0
HALF_MM = (54.0, 62.0)
"""What the map covers to each side of the palm's centre: across, along."""
SHAPE = (round(2 * HALF_MM[1] * PX_PER_MM), round(2 * HALF_MM[0] * PX_PER_MM))
TEXTURE = ((0.45, 0.040), (0.95, 0.060), (2.0, 0.040))
"""Skin texture at three scales: standard deviation of the smoothing in mm, strength in log brightness.

Tuned until genuine and impostor distances were those of real palms: `tests/rig/palm/test_gates.py`.
"""
VEIN_DEPTH, VEIN_WIDTH_MM = (0.16, 0.30), (1.3, 2.1)
VEINS = (6, 10)
SHIFT = 4
"""Bits after the point in the coordinates that OpenCV draws lines at."""


def crease_map(creases: Iterable[Crease]) -> Map:
    """Return how dark creases make each spot of the map, log brightness, >= 0.

    Creases of like width are drawn as one layer and smoothed together.
    """
    total = np.zeros(SHAPE, np.float32)
    layers: dict[float, Map] = {}
    for crease in creases:
        width = round(crease.width_mm * 4) / 4 or 0.25
        layer = layers.setdefault(width, np.zeros(SHAPE, np.float32))
        one = np.zeros(SHAPE, np.uint8)
        cv2.polylines(one, [to_px(crease.points())], False, 255, 1, cv2.LINE_AA, SHIFT)
        np.maximum(layer, one * np.float32(crease.depth / 255), out=layer)
    for width, layer in sorted(layers.items()):
        sigma = width * PX_PER_MM
        # A line one pixel wide keeps 1 / (sigma sqrt(2 pi)) of its height: give it back.
        total += cv2.GaussianBlur(layer, (0, 0), sigma) * np.float32(sigma * np.sqrt(2 * np.pi))
    return total


def texture_map(draws: np.random.Generator) -> Map:
    """Return the skin's own texture, log brightness around 0."""
    total = np.zeros(SHAPE, np.float32)
    for scale_mm, strength in TEXTURE:
        total += np.float32(strength) * grain(draws, SHAPE, scale_mm * PX_PER_MM)
    return total


def vein_map(draws: np.random.Generator) -> Map:
    """Return how dark veins under the skin make each spot in near-infrared light, log brightness, >= 0."""
    layer = np.zeros(SHAPE, np.float32)
    for _ in range(int(draws.integers(*VEINS))):
        start, end = draws.uniform(-42, 42, 2), draws.uniform(-42, 42, 2)
        start[1], end[1] = 50, -48
        control = (start + end) / 2 + draws.normal(0, 14, 2)
        vein = Crease(np.stack([start, control, end]), draws.uniform(*VEIN_DEPTH), 0.0)
        one = np.zeros(SHAPE, np.uint8)
        thickness = max(1, round(2 * draws.uniform(*VEIN_WIDTH_MM) * PX_PER_MM))
        cv2.polylines(one, [to_px(vein.points())], False, 255, thickness, cv2.LINE_AA, SHIFT)
        np.maximum(layer, one * np.float32(vein.depth / 255), out=layer)
    return np.asarray(cv2.GaussianBlur(layer, (0, 0), 1.0 * PX_PER_MM), np.float32)


def grain(draws: np.random.Generator, shape: tuple[int, int], sigma_px: float) -> Map:
    """Return smooth noise of mean 0 and standard deviation 1."""
    noise = draws.standard_normal(shape, np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), sigma_px, borderType=cv2.BORDER_REFLECT)
    return np.asarray(smooth * np.float32(2 * np.sqrt(np.pi) * sigma_px), np.float32)


def to_px(points_mm: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the places of points on the map as OpenCV's fixed-point numbers."""
    px = (points_mm + np.array(HALF_MM)) * PX_PER_MM
    return np.asarray(np.round(px * 2**SHIFT), np.int32)
