"""Compiled work on boxes of pixels: empty them, copy them, join them."""

from __future__ import annotations

import numpy as np

from twin.raster.arrays import BACKGROUND, I32, Box, Target
from twin.raster.jit import copy_bytes, kernel

# Two boxes become one when it is no larger than this many times the two together.
WASTE = 1.3


@kernel
def clear(box: Box, target: Target) -> None:
    """Empty a box."""
    for y in range(box[1], box[3]):
        for x in range(box[0], box[2]):
            target.depth[y, x] = np.float32(np.inf)
            target.ids[y, x] = -1
            for channel in range(3):
                target.rgb[y, x, channel] = BACKGROUND


@kernel
def copy(boxes: I32, source: Target, target: Target) -> None:
    """Copy boxes (K, 4) from one picture to another of its size, both in one piece."""
    width = source.depth.shape[1]
    for n in range(boxes.shape[0]):
        x0, count = int(boxes[n, 0]), int(boxes[n, 2]) - int(boxes[n, 0])
        if count <= 0:
            continue
        for y in range(boxes[n, 1], boxes[n, 3]):
            at = y * width + x0
            copy_bytes(target.rgb.ctypes.data + 3 * at, source.rgb.ctypes.data + 3 * at, 3 * count)
            copy_bytes(target.depth.ctypes.data + 4 * at, source.depth.ctypes.data + 4 * at, 4 * count)
            copy_bytes(target.ids.ctypes.data + 4 * at, source.ids.ctypes.data + 4 * at, 4 * count)


@kernel
def shrink(box: Box, large: Target, target: Target) -> None:
    """Fill the colours of a box with the means of 2 x 2 pixels of a picture twice as large."""
    source, rgb = large.rgb, target.rgb
    for y in range(box[1], box[3]):
        for x in range(box[0], box[2]):
            for channel in range(3):
                above = np.int32(source[2 * y, 2 * x, channel]) + np.int32(source[2 * y, 2 * x + 1, channel])
                below = np.int32(source[2 * y + 1, 2 * x, channel]) + np.int32(source[2 * y + 1, 2 * x + 1, channel])
                rgb[y, x, channel] = np.uint8((above + below + 2) // 4)


@kernel
def fuse(boxes: I32) -> I32:
    """Return boxes that cover (K, 4) boxes, empty ones left out, neighbours in the list joined where that is cheap."""
    out = np.empty_like(boxes)
    count = 0
    for n in range(boxes.shape[0]):
        x0, y0, x1, y1 = boxes[n, 0], boxes[n, 1], boxes[n, 2], boxes[n, 3]
        if x1 <= x0 or y1 <= y0:
            continue
        if count > 0:
            a, b, c, d = out[count - 1, 0], out[count - 1, 1], out[count - 1, 2], out[count - 1, 3]
            left, top, right, bottom = min(a, x0), min(b, y0), max(c, x1), max(d, y1)
            if (right - left) * (bottom - top) <= WASTE * ((c - a) * (d - b) + (x1 - x0) * (y1 - y0)):
                x0, y0, x1, y1 = left, top, right, bottom
                count -= 1
        out[count, 0], out[count, 1], out[count, 2], out[count, 3] = x0, y0, x1, y1
        count += 1
    return out[:count]
