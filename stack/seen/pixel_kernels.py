"""The inner loop over the pixels that look into racks.

Every depth is in metres along the optical axis, 0 = no reading.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled

F32 = NDArray[np.float32]
I16 = NDArray[np.int16]
I64 = NDArray[np.int64]

MEMORY = 12
"""Captures over which the distance at a pixel is averaged."""
STEADY = 5
"""Captures in a row after which a pixel shows something that stands still: half a second."""
BEFORE_M = 0.04
"""How far before a rack's front a reading may lie to show what stands in it."""
LEAVES = 4.5
"""Standard deviations of a reading that tell that something else is there."""
SURER = 4.0
"""... and of a mean."""
LEANS, LEAN = 1.5, 0.3
"""Readings that all lie on one side of their mean show something new: so many standard deviations on the average, each
new reading with so much weight."""
LEAST_M = 0.012
"""Smaller changes are goods that were nudged, or the edge of something that a pixel shows half."""
MOST_G = 16.0
"""No pixel is so many times as uncertain as guessed: what is, was passed by a hand."""
UNCERTAIN = 0.03
"""How fast the variance of a pixel is learned."""
MISSED = 3
"""Captures without a reading after which it is not known what a pixel shows; fewer are holes of the imager."""
DRIFT = 0.02
"""How fast what is settled follows what is seen."""


@compiled
def sigma(z: float) -> float:
    """Return a first guess at the standard deviation of a reading.

    Source: imagers that triangulate err by the square of the distance; 1 cm at 2.5 m is common among cheap ones.
    """
    return 0.003 + 0.0012 * z * z


@compiled
def tolerance(variance: float, count: int, settled_count: int) -> float:
    """Return how far two means may differ and still show the same thing."""
    samples = 1.0 / max(min(count, MEMORY), 1) + 1.0 / max(settled_count, 1)
    return max(LEAST_M, SURER * math.sqrt(variance * samples))


@compiled
def follow(
    depth_mm: NDArray[np.uint16],
    pixels: I64,
    rack: I16,
    ray: F32,
    eye: F32,
    boxes: F32,
    t_ns: int,
    mean: F32,
    count: I16,
    since_ns: I64,
    variance: F32,
    lean: F32,
    missed: I16,
    settled: F32,
    settled_count: I16,
    settled_ns: I64,
) -> None:
    """Take one depth frame in.

    Args:
        depth_mm: (H * W,) uint16.
        pixels: (N,) which of them look into racks.
        rack: (N,) number of the rack that each shows, -1 while not known.
        ray: (N, 3) direction, in the frame of the rack, for each metre of depth.
        eye: (N, 3) the camera, in the frame of the rack.
        boxes: (R, 3) half the width, depth and height of what counts as a rack's inside.
        t_ns: capture time.
        mean: (N,) mean depth of the run of like readings; updated, as all below.
        count: (N,) readings in the run, 0 when something is in the way.
        since_ns: (N,) when the run began.
        variance: (N,) of a reading.
        lean: (N,) by how many standard deviations the latest readings lie on one side of the mean.
        missed: (N,) captures since the last reading.
        settled: (N,) depth of what stands there.
        settled_count: (N,) readings of which it is the mean.
        settled_ns: (N,) when it was last seen.
    """
    for n in range(len(pixels)):
        z = depth_mm[pixels[n]] * 0.001
        if rack[n] < 0:
            continue
        if z <= 0:
            missed[n] = min(missed[n] + 1, MISSED)
            count[n] = count[n] if missed[n] < MISSED else 0
            continue
        missed[n] = 0
        y = eye[n, 1] + z * ray[n, 1]
        inside = (
            y > -BEFORE_M
            and y < boxes[rack[n], 1]
            and abs(eye[n, 0] + z * ray[n, 0]) < boxes[rack[n], 0]
            and eye[n, 2] + z * ray[n, 2] < boxes[rack[n], 2]
        )
        if not inside:
            count[n] = 0
            continue
        off = z - mean[n]
        off_sigmas = off / math.sqrt(variance[n])
        lean[n] += LEAN * (off_sigmas - lean[n])
        if count[n] == 0 or abs(off_sigmas) > LEAVES or abs(lean[n]) > LEANS:
            mean[n], count[n], since_ns[n], lean[n] = z, 1, t_ns, 0.0
            continue
        count[n] = min(count[n] + 1, 10_000)
        mean[n] += off / min(count[n], MEMORY)
        variance[n] += UNCERTAIN * (min(off * off, MOST_G * sigma(z) ** 2) - variance[n])
        away = mean[n] - settled[n]
        if count[n] >= STEADY and abs(away) <= tolerance(variance[n], count[n], settled_count[n]):
            settled_ns[n] = t_ns
            if count[n] >= MEMORY:
                settled[n] += DRIFT * away
                settled_count[n] = MEMORY


@compiled
def differ(mean: F32, count: I16, variance: F32, settled: F32, settled_count: I16) -> NDArray[np.bool_]:
    """Return (N,) which pixels show something that stands still and is not what was settled."""
    found = np.zeros(len(mean), np.bool_)
    for n in range(len(mean)):
        if count[n] >= STEADY:
            found[n] = abs(mean[n] - settled[n]) > tolerance(variance[n], count[n], settled_count[n])
    return found
