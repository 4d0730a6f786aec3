"""Cuts a cloud of voxels into touching parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled

Ints = NDArray[np.int64]


@compiled
def parts(voxels: Ints) -> Ints:
    """Return the (N,) number of the part that each voxel is in, counted in the order of the voxels.

    Args:
        voxels: (N, 3) different cells, sorted by their coordinates in order.
    """
    n = len(voxels)
    label = np.full(n, -1, np.int64)
    queue = np.zeros(n, np.int64)
    made = 0
    for start in range(n):
        if label[start] >= 0:
            continue
        label[start], queue[0], head, tail = made, start, 0, 1
        while head < tail:
            one = queue[head]
            head += 1
            for other in range(first(voxels, voxels[one, 0] - 1), first(voxels, voxels[one, 0] + 2)):
                if label[other] < 0 and touch(voxels, one, other):
                    label[other], queue[tail] = made, other
                    tail += 1
        made += 1
    return label


@compiled
def first(voxels: Ints, x: int) -> int:
    """Return the first of the sorted voxels whose first coordinate is at least x."""
    low, high = 0, len(voxels)
    while low < high:
        middle = (low + high) // 2
        if voxels[middle, 0] < x:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def touch(voxels: Ints, one: int, other: int) -> bool:
    """Whether two voxels are the same or neighbours, corners included."""
    x, y = voxels[one, 0] - voxels[other, 0], voxels[one, 1] - voxels[other, 1]
    z = voxels[one, 2] - voxels[other, 2]
    return bool(abs(x) <= 1 and abs(y) <= 1 and abs(z) <= 1)
