"""The inner loops over pixels of the floor; all numbers are float32, in one order, so that no machine differs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled
from stack.tracking import floor_pixels as law

F32 = NDArray[np.float32]
I16 = NDArray[np.int16]
Flags = NDArray[np.bool_]

MM, NONE, ONE, TWO, THREE, FOUR = (np.float32(number) for number in (0.001, 0, 1, 2, 3, 4))
HIGHEST, FLOOR, STEADY, NEWEST = (np.float32(m) for m in (law.HIGHEST_M, law.FLOOR_M, law.STEADY_M, law.NEWEST))
LOWEST, LOWEST_BY, LEFT = np.float32(law.LOWEST_M), np.float32(law.LOWEST_BY_M), np.float32(law.LEFT)
LEARN, LEARN_FAR = np.float32(law.LEARN), np.float32(law.LEARN_FAR)
STILL = law.STILL
DIGITS = 16
"""Of the bits of a number so many are dropped to sort it roughly."""


@compiled
def differences(depth_mm: NDArray[np.uint16], pixels: NDArray[np.int64], last: F32, z: F32, off: F32) -> int:
    """Write the readings, and how much they differ from the last ones.

    Args:
        depth_mm: (P,) a whole frame.
        pixels: (N,) which of them show floor.
        last: (N,) readings of the last look, metres, 0 for none.
        z: (N,) readings, metres; written.
        off: (N,) differences for an error at 1 m; written from the front.

    Returns:
        How many differences there are.
    """
    count = 0
    for k in range(len(pixels)):
        z[k] = np.float32(depth_mm[pixels[k]]) * MM
        if z[k] > 0 and last[k] > 0:
            off[count] = abs(z[k] - last[k]) / (z[k] * last[k])  # some show what is nearer than the floor
            count += 1
    return count


@compiled
def middle(values: F32, bits: NDArray[np.uint32]) -> tuple[np.float32, np.float32]:
    """Return the two that would stand in the middle if all numbers, none below 0, were sorted; of an odd count, one.

    Args:
        values: (N,) numbers.
        bits: the same memory: what is not negative has its bits in the order of its size.
    """
    counts = np.zeros(1 << (32 - DIGITS), np.int32)
    for k in range(len(bits)):
        counts[bits[k] >> DIGITS] += 1
    upper = len(values) // 2
    lower = upper - 1 + len(values) % 2
    first, before = drawer_of(lower, counts)
    last, _ = drawer_of(upper, counts)
    kept, filled = np.empty(counts[first] + (counts[last] if last > first else 0), np.float32), 0
    for k in range(len(bits)):
        drawer = bits[k] >> DIGITS
        if drawer in (first, last):
            kept[filled] = values[k]
            filled += 1
    kept.sort()
    return kept[lower - before], kept[upper - before]


@compiled
def drawer_of(place: int, counts: NDArray[np.int32]) -> tuple[int, int]:
    """Return in which drawer a place falls, and how many numbers lie in those before it."""
    before, drawer = 0, 0
    while before + counts[drawer] <= place:
        before += counts[drawer]
        drawer += 1
    return drawer, before


@compiled
def learnt_of(
    down: bool, error: np.float32, plane: np.float32, level: np.float32, base: np.float32, learnt: np.float32
) -> tuple[np.float32, np.float32]:
    """Return the bare floor and of how many looks it was learnt: slowly, but fast where it is farther than was thought.

    Of plain numbers: an array is counted in and out of every call, which takes longer than all the rest.
    """
    off = level - base
    if abs(off) < max(LOWEST, THREE * error):
        learnt += ONE if down else NONE
        base += max(LEARN, ONE / (learnt + ONE)) * off
    elif down and abs(level - plane) < FLOOR and off >= max(LOWEST, FOUR * error):
        base += LEARN_FAR * off
    return base, learnt


@compiled
def follow(
    z: F32,
    sd_at_1m: np.float32,
    steep: F32,
    plane: F32,
    level: F32,
    agreed: I16,
    base: F32,
    learnt: F32,
    count: I16,
    since: NDArray[np.int64],
    low: Flags,
    t_ns: int,
) -> None:
    """Bring one look in: average readings, learn the bare floor, and count for how long something was above it.

    Args:
        z: (N,) readings, metres.
        sd_at_1m: standard deviation of a reading at 1 m.
        steep: (N,) how much lower a pixel's ray gets a metre along the optical axis.
        plane: (N,) distance of the surveyed floor.
        level: (N,) average; updated.
        agreed: (N,) looks that agreed with it; updated.
        base: (N,) distance of the bare floor, NaN before it was seen; updated.
        learnt: (N,) looks that it was learnt from; updated.
        count: (N,) looks with something above it; updated.
        since: (N,) bench time of the first of them; updated.
        low: (N,) whether something was above it just now; written.
        t_ns: bench time.
    """
    for k in range(len(z)):
        sd = sd_at_1m * (plane[k] * plane[k])
        error = LEFT * sd
        down = z[k] > 0 and not (base[k] - z[k]) * steep[k] > HIGHEST
        same = down and abs(z[k] - level[k]) < max(STEADY, FOUR * sd)
        if same:
            level[k] += NEWEST * (z[k] - level[k])
            agreed[k] += agreed[k] < STILL
        elif down:
            level[k], agreed[k] = z[k], 0
        if not np.isnan(base[k]):
            base[k], learnt[k] = learnt_of(down, error, plane[k], level[k], base[k], learnt[k])
        elif down and abs(level[k] - plane[k]) < FLOOR and agreed[k] >= STILL - 1:
            base[k] = level[k]
        least = max(LOWEST + LOWEST_BY * plane[k], FOUR * error)
        above = (base[k] - level[k]) * steep[k]
        low[k] = down and above > least
        if down and above < least / TWO:
            count[k] = 0
        if low[k] and not (same and count[k] > 0):
            count[k], since[k] = 0, t_ns
        if low[k]:
            count[k] += count[k] < STILL
