"""Light in free space, for what moves: on a grid, how bright a surface would be that faces each of six ways."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from twin.raster.arrays import F32, F64, U8

T = TypeVar("T", bound=np.generic)

STEP_M = 0.25
ROUNDS = 4
"""How far points within furniture borrow from their neighbours, in steps."""
WAYS = np.array([(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)], float)


class Cube(NamedTuple):
    """Light on a grid.

    Args:
        values: (X, Y, Z, 6) 0..1, facing +x, -x, +y, -y, +z, -z; empty where light is plain.
        origin: (3,) metres, of the first point.
        per_step: 1 / metres from point to point.
    """

    values: F32
    origin: F64
    per_step: float


def no_cube() -> Cube:
    """Return the cube of plain light."""
    return Cube(np.zeros((0, 0, 0, 6), np.float32), np.zeros(3), 1.0)


def grid(low: F64, high: F64) -> tuple[F64, tuple[int, int, int]]:
    """Return the points (P, 3) of a grid within a box from the floor up, and how many lie along x, y, z."""
    floor = np.array([low[0], low[1], 0.0])
    nx, ny, nz = (2 + int(length / STEP_M) for length in np.maximum(high - floor, 0).tolist())
    axes = [floor[axis] + STEP_M * np.arange(count) for axis, count in enumerate((nx, ny, nz))]
    points = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    # The lowest lie a little above the floor, not in it.
    points[:, 2] = np.maximum(points[:, 2], 0.02)
    return points, (nx, ny, nz)


def filled(values: F32, hidden: U8) -> F32:
    """Return values (X, Y, Z, 6) where hidden points (X, Y, Z) have the mean of their open neighbours."""
    known = hidden == 0
    out = np.where(known[..., None], values, 0).astype(np.float32)
    for _ in range(ROUNDS):
        total, count = np.zeros_like(out), np.zeros(known.shape, np.float32)
        for axis in range(3):
            for shift in (1, -1):
                beside = _shifted(known, shift, axis)
                total += np.where(beside[..., None], _shifted(out, shift, axis), 0)
                count += beside
        new = ~known & (count > 0)
        out[new] = total[new] / count[new][:, None]
        known = known | new
    return out


def _shifted(array: NDArray[T], shift: int, axis: int) -> NDArray[T]:
    """Return an array moved by one along an axis, zeros coming in."""
    moved = np.roll(array, shift, axis)
    edge = [slice(None)] * array.ndim
    edge[axis] = slice(0, 1) if shift > 0 else slice(-1, None)
    moved[tuple(edge)] = 0
    return moved
