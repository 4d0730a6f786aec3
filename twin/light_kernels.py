"""The inner loop of motion blur: the mean light of pictures where they differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.raster.jit import kernel

U8 = NDArray[np.uint8]


@kernel
def mean_light(earlier: U8, last: U8, light: NDArray[np.uint16], value: U8, out: U8) -> None:
    """Write the mean light of pictures, where all are alike exactly what they show.

    Args:
        earlier: (N, H, W) values of all pictures but the last.
        last: (H, W) values of the last picture.
        light: (256,) light that each value stands for.
        value: (65536,) value that stands for each light.
        out: (H, W) values; written.
    """
    count, height, width = earlier.shape
    differs = np.zeros(width, np.uint8)
    for row in range(height):
        differs[:] = 0
        for number in range(count):
            for column in range(width):
                differs[column] |= earlier[number, row, column] ^ last[row, column]
        out[row] = last[row]
        for column in range(width):
            if differs[column]:
                total = (count + 1) // 2 + np.int64(light[last[row, column]])
                for number in range(count):
                    total += light[earlier[number, row, column]]
                out[row, column] = value[total // (count + 1)]
