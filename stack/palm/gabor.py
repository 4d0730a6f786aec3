"""Line filters in six directions, and what a square of palm answers to them."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

Responses = NDArray[np.float32]

DIRECTIONS = 6
SIZE_PX = 35
WAVE_PX, ACROSS_PX, ALONG_PX = 14.0, 5.6, 10.0
"""Wavelength and the two standard deviations of the filter.

Source: the shape of CompCode's filters (Kong and Zhang 2004); the size was chosen on synthetic palms of a seed that no
reported figure uses.
"""
GRID_PX, GRID = 4, 32


def normalised(square: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a square with mean 0 and standard deviation 1."""
    spread = float(square.std())
    return np.asarray((square - square.mean()) / (spread if spread > 0 else 1.0), np.float32)


@cache
def bank() -> tuple[NDArray[np.float32], ...]:
    """Return six (35, 35) even Gabor filters without a constant part, each of norm 1."""
    half = SIZE_PX // 2
    y, x = np.mgrid[-half : half + 1, -half : half + 1].astype(np.float64)
    made = []
    for k in range(DIRECTIONS):
        angle = np.pi * k / DIRECTIONS
        across, along = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
        window = np.exp(-((across / ACROSS_PX) ** 2 + (along / ALONG_PX) ** 2) / 2)
        wave = np.cos(2 * np.pi * across / WAVE_PX)
        even = window * (wave - (window * wave).sum() / window.sum())
        made.append((even / np.linalg.norm(even)).astype(np.float32))
    return tuple(made)


def responses(square: NDArray[np.float32]) -> Responses:
    """Return (6, 32, 32) the answers on a grid of 4 px; a dark line along a filter answers with a low value.

    Args:
        square: (128, 128) grey levels.
    """
    flat = normalised(square)
    at = slice(GRID_PX // 2, None, GRID_PX)
    answers = [cv2.filter2D(flat, cv2.CV_32F, kernel, borderType=cv2.BORDER_REFLECT)[at, at] for kernel in bank()]
    return np.stack(answers)
