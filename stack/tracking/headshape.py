"""Whether a top of a height map is shaped like a head."""

from __future__ import annotations

import math

import numpy as np

from stack.tracking.heightmap import CELL_M, F32

CHILD_M = 1.1
"""Below this the ring of shoulders is a few cells, and fewer sides of it must be seen."""


def head_shaped(heights: F32, i: int, j: int, peak: float, *, strict: bool) -> bool:
    """Whether the crown below a top is round, of a head's size and ends on all sides.

    Args:
        heights: (nx, ny) metres.
        i: cell of the top.
        j: cell of the top.
        peak: its height, metres.
        strict: a taller person is in arm's reach, so this may be a hand: it must be a head with shoulders.
    """
    patch = centred(heights, i, j, 5)
    crown = patch > peak - (0.13 if strict else 0.20)
    a, b = np.nonzero(crown)
    if len(a) < 10:
        return False
    small, large = _spreads(a.tolist(), b.tolist())
    if not strict:
        return bool(small > 1.0)
    rim = int(crown[0].sum() + crown[-1].sum() + crown[1:-1, 0].sum() + crown[1:-1, -1].sum())
    return bool(small >= 0.25 + 0.45 * peak and small / large >= 0.35 and rim <= 4 and _shouldered(patch, peak))


def _spreads(a: list[int], b: list[int]) -> tuple[float, float]:
    """Return the smaller and the larger variance of cells along the two main axes of their cloud."""
    n = len(a)
    ma, mb = sum(a) / n, sum(b) / n
    aa = sum((v - ma) ** 2 for v in a) / (n - 1)
    bb = sum((v - mb) ** 2 for v in b) / (n - 1)
    ab = sum((v - ma) * (w - mb) for v, w in zip(a, b, strict=True)) / (n - 1)
    middle, away = (aa + bb) / 2, math.hypot((aa - bb) / 2, ab)
    return middle - away, middle + away


def _shouldered(patch: F32, peak: float) -> bool:
    """Whether a body is seen around and below a top, on half of the sides at least; around a hand there is the floor.

    The ring where shoulders are grows with the height of the body.
    """
    n = len(patch) // 2
    dx, dy = np.mgrid[-n : n + 1, -n : n + 1]
    away = np.hypot(dx, dy) * CELL_M
    body = (away >= 0.07 * peak) & (away <= max(0.13 * peak, 0.15)) & (patch > 0.72 * peak) & (patch < peak - 0.08)
    sectors = np.floor((np.arctan2(dy, dx) + np.pi) / (2 * np.pi) * 8).astype(int) % 8
    return sum(int((body & (sectors == s)).any()) for s in range(8)) >= (5 if peak > CHILD_M else 4)


def centred(heights: F32, i: int, j: int, n: int) -> F32:
    """Return the (2n + 1, 2n + 1) cells around one, 0 beyond the grid."""
    out = np.zeros((2 * n + 1, 2 * n + 1), np.float32)
    x0, y0 = max(0, i - n), max(0, j - n)
    part = heights[x0 : i + n + 1, y0 : j + n + 1]
    out[x0 - i + n : x0 - i + n + part.shape[0], y0 - j + n : y0 - j + n + part.shape[1]] = part
    return out
