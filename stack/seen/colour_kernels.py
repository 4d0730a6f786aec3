"""The inner loop over the pixels of a colour camera that look at the fronts of racks."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I16 = NDArray[np.int16]
I64 = NDArray[np.int64]

MEMORY = 6
"""Looks over which the colour of a pixel is averaged."""
STEADY = 4
"""Looks in a row after which a pixel shows something that stands still."""
LEAVES = 20.0
"""Levels of a channel, of 255, that tell that something else is there: five times the noise of common cameras."""
BODY_M, OVER_M = 0.55, 0.08
"""What lies behind this far round a head, below its top and a bit, may be hidden by its owner."""
DRIFT = 0.05
"""How fast what is settled follows what is seen."""
LEAST = 14.0
"""Levels that tell that goods changed."""


@compiled
def hidden(eye: F64, at: F64, heads: F64) -> bool:
    """Return whether somebody may stand between an eye and a point, all (3,) and (M, 3), metres, world."""
    dx, dy, dz = at[0] - eye[0], at[1] - eye[1], at[2] - eye[2]
    square = max(dx * dx + dy * dy, 1e-9)
    for m in range(len(heads)):
        hx, hy = heads[m, 0] - eye[0], heads[m, 1] - eye[1]
        middle = (hx * dx + hy * dy) / square
        off = (hx - middle * dx) ** 2 + (hy - middle * dy) ** 2
        if off >= BODY_M * BODY_M:
            continue
        half = math.sqrt((BODY_M * BODY_M - off) / square)
        enters, leaves = max(0.0, middle - half), min(1.0, middle + half)
        if enters < leaves and eye[2] + dz * (leaves if dz < 0 else enters) < heads[m, 2] + OVER_M:
            return True
    return False


@compiled
def settle(mean: F32, settled: F32) -> bool:
    """Follow slow drift of a pixel (3,); return whether it shows what was settled, or is settled only now."""
    away = 0.0
    for c in range(3):
        away = max(away, abs(mean[c] - settled[c]))
    if settled[0] < 0:
        settled[:] = mean
    elif away > LEAST:
        return False
    for c in range(3):
        settled[c] += DRIFT * (mean[c] - settled[c])
    return True


@compiled
def differ(mean: F32, count: I16, settled: F32) -> NDArray[np.bool_]:
    """Return (N,) which pixels show something that stands still and is not what was settled."""
    found = np.zeros(len(mean), np.bool_)
    for n in range(len(mean)):
        if count[n] >= STEADY and settled[n, 0] >= 0:
            for c in range(3):
                found[n] |= abs(mean[n, c] - settled[n, c]) > LEAST
    return found


@compiled
def follow(
    picture: NDArray[np.uint8],
    gain: float,
    pixels: I64,
    eye: F64,
    points: F64,
    heads: F64,
    t_ns: int,
    mean: F32,
    count: I16,
    since_ns: I64,
    settled: F32,
    settled_ns: I64,
) -> None:
    """Take one picture in.

    Args:
        picture: (H * W, 3) uint8.
        gain: what its levels are multiplied with.
        pixels: (N,) which pixels look at racks.
        eye: (3,) the camera, world.
        points: (N, 3) where each pixel meets a rack's front, world.
        heads: (M, 3) tops of the heads of everybody there.
        t_ns: capture time.
        mean: (N, 3) mean colour of the run of like pictures; updated, as all below.
        count: (N,) pictures in the run, 0 when somebody may be in the way.
        since_ns: (N,) when the run began.
        settled: (N, 3) what it shows when nothing changes; negative before that is known.
        settled_ns: (N,) when that was last seen.
    """
    for n in range(len(pixels)):
        if hidden(eye, points[n], heads):
            count[n] = 0
            continue
        off = 0.0
        for c in range(3):
            off = max(off, abs(picture[pixels[n], c] * gain - mean[n, c]))
        if count[n] == 0 or off > LEAVES:
            count[n], since_ns[n] = 1, t_ns
            for c in range(3):
                mean[n, c] = picture[pixels[n], c] * gain
            continue
        count[n] = min(count[n] + 1, 10_000)
        for c in range(3):
            mean[n, c] += (picture[pixels[n], c] * gain - mean[n, c]) / min(count[n], MEMORY)
        if count[n] >= STEADY and settle(mean[n], settled[n]):
            settled_ns[n] = t_ns
