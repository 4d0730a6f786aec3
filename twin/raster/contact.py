"""The compiled part of contact shadows: soft dark blobs on what is fixed, under feet, hands and goods."""

from __future__ import annotations

import numpy as np

from twin.raster.arrays import F32, I32, I64, NEAR_M, Box, Lens, Placed, Target
from twin.raster.jit import inlined, kernel

NEAR = np.float32(NEAR_M)
# A pixel further than this above or below the ground of a shadow is not darkened, metres.
LEVEL_M = np.float32(0.02)
# Where the squared distance from the middle is so many times that of the foot's edge, a shadow has faded to nothing.
FADED = np.float32(4.0)
ONE = np.float32(1)


@kernel
def darken(handles: I64, clip: Box, lens: Lens, placed: Placed, target: Target, bounds: I32) -> None:
    """Darken a picture, in the given order, where instances touch what is fixed.

    Args:
        handles: (K,) instances.
        clip: pixels that may be touched.
        lens: the camera.
        placed: instances.
        target: colours to darken; depth tells which pixels.
        bounds: (K, 4) filled with the box that each shadow may have touched.
    """
    rgb, depth, eye, m = target.rgb, target.depth, lens.eye, lens.matrix
    per_fx, per_fy, cx, cy = np.float32(eye.per_fx), np.float32(eye.per_fy), np.float32(eye.cx), np.float32(eye.cy)
    half = np.float32(0.5)
    for n in range(handles.shape[0]):
        blob = placed.blobs[handles[n]]
        box = patch(blob, lens)
        box = (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))
        for k in range(4):
            bounds[n, k] = box[k]
        bx, by, bz = blob[0], blob[1], blob[2]
        a, b, c, dark = blob[3], blob[4], blob[5], blob[8]
        for row in range(box[1], box[3]):
            for column in range(box[0], box[2]):
                z = depth[row, column]
                if z > np.float32(1e6):
                    continue
                # The inverse of the camera's matrix is its transpose.
                x = (np.float32(column) + half - cx) * per_fx * z - m[0, 3]
                y = (np.float32(row) + half - cy) * per_fy * z - m[1, 3]
                z -= m[2, 3]
                if abs(m[0, 2] * x + m[1, 2] * y + m[2, 2] * z - bz) > LEVEL_M:
                    continue
                dx = m[0, 0] * x + m[1, 0] * y + m[2, 0] * z - bx
                dy = m[0, 1] * x + m[1, 1] * y + m[2, 1] * z - by
                away = a * dx * dx + b * dx * dy + c * dy * dy
                if away < FADED:
                    near = ONE - away / FADED
                    left = ONE - dark * near * near
                    for channel in range(3):
                        rgb[row, column, channel] = np.uint8(np.float32(rgb[row, column, channel]) * left)


@kernel
def reach(handles: I64, lens: Lens, placed: Placed, bounds: I32) -> None:
    """Widen bounds[handle] by the box of each instance's shadow."""
    for n in range(handles.shape[0]):
        box, own = patch(placed.blobs[handles[n]], lens), bounds[handles[n]]
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        if own[2] <= own[0] or own[3] <= own[1]:
            own[0], own[1], own[2], own[3] = box[0], box[1], box[2], box[3]
        else:
            own[0], own[1] = min(own[0], box[0]), min(own[1], box[1])
            own[2], own[3] = max(own[2], box[2]), max(own[3], box[3])


@kernel
def patch(blob: F32, lens: Lens) -> Box:
    """Return the box that a shadow's outline covers; empty when it is out of view or has no strength."""
    if blob[8] <= 0:
        return (0, 0, 0, 0)
    m, eye = lens.matrix, lens.eye
    far = np.float32(1e9)
    x0, y0, x1, y1 = far, far, -far, -far
    for corner in range(4):
        x = blob[0] + (blob[6] if corner & 1 else -blob[6])
        y = blob[1] + (blob[7] if corner & 2 else -blob[7])
        z = blob[2]
        depth = m[2, 0] * x + m[2, 1] * y + m[2, 2] * z + m[2, 3]
        if depth < NEAR:
            return (0, 0, 0, 0)
        u = np.float32(eye.cx) + np.float32(eye.fx) * (m[0, 0] * x + m[0, 1] * y + m[0, 2] * z + m[0, 3]) / depth
        v = np.float32(eye.cy) + np.float32(eye.fy) * (m[1, 0] * x + m[1, 1] * y + m[1, 2] * z + m[1, 3]) / depth
        x0, y0, x1, y1 = min(x0, u), min(y0, v), max(x1, u), max(y1, v)
    return (clamp(x0, eye.width), clamp(y0, eye.height), clamp(x1 + ONE, eye.width), clamp(y1 + ONE, eye.height))


@inlined
def clamp(pixel: np.float32, size: int) -> int:
    """Clamp a pixel coordinate to 0..size and cut off its fraction."""
    return int(min(max(pixel, np.float32(0)), np.float32(size)))
