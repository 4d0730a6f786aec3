"""A camera's picture brought up to date in one compiled call: every return to Python may have to wait for its lock."""

from __future__ import annotations

import numpy as np

from twin.raster import boxes, contact, kernels
from twin.raster.arrays import F64, I32, I64, Box, Lens, Placed, Shapes, Target
from twin.raster.jit import joined


@joined(boxes, contact, kernels)
def redraw(
    stale: I32,
    moving: I64,
    whole: Box,
    lens: Lens,
    shapes: Shapes,
    placed: Placed,
    static: Target,
    picture: Target,
    corners: F64,
) -> I32:
    """Put back what stands, and draw what moves over it: first the shadows, then the things.

    Args:
        stale: (K, 4) boxes of the picture that are not as they stand.
        moving: (M,) instances that move, in order.
        whole: all pixels.
        lens: the camera.
        shapes: meshes and textures.
        placed: instances.
        static: what stands.
        picture: what is brought up to date.
        corners: (V, 9) room for the vertices of one instance.

    Returns:
        (N, 4) boxes that what moves may have touched.
    """
    boxes.copy(stale, static, picture)
    count = moving.shape[0]
    touched = np.zeros((2 * count, 4), np.int32)
    if lens.eye.shade:
        contact.darken(moving, whole, lens, placed, picture, touched[:count])
    kernels.draw(moving, whole, lens, shapes, placed, picture, corners, touched[count:])
    return boxes.fuse(touched)
