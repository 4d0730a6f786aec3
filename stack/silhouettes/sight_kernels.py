"""The inner loops that find out what each camera can see of a store: how far it looks, and which places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]


@compiled
def entered(eye: F64, way: F64, box: F64) -> float:
    """Return how many times `way` it is from an eye into a box, infinity where the ray passes it by.

    Args:
        eye: (3,) world.
        way: (3,) world.
        box: (18,) as `stack.silhouettes.blockers.packed` says.
    """
    into, out = 0.0, np.inf
    for axis in range(3):
        start, step = 0.0, 0.0
        for i in range(3):
            start += box[3 * i + axis] * (eye[i] - box[9 + i])
            step += box[3 * i + axis] * way[i]
        if abs(step) < 1e-9:
            if start < box[12 + axis] or start > box[15 + axis]:
                return np.inf
            continue
        near, far = (box[12 + axis] - start) / step, (box[15 + axis] - start) / step
        into, out = max(into, min(near, far)), min(out, max(near, far))
    return into if into < out else np.inf


@compiled
def distances(rays: F64, rotation: F64, eye: F64, boxes: F64) -> F32:
    """Return the (H, W) distance along the optical axis to the nearest box or the floor behind each pixel, metres.

    Args:
        rays: (H, W, 2) x / z and y / z of each pixel.
        rotation: (3, 3) world from optical frame.
        eye: (3,) where the camera is.
        boxes: (N, 18).
    """
    height, width, _ = rays.shape
    far = np.full((height, width), np.inf, np.float32)
    way = np.zeros(3)
    for y in range(height):
        for x in range(width):
            for i in range(3):
                way[i] = rotation[i, 0] * rays[y, x, 0] + rotation[i, 1] * rays[y, x, 1] + rotation[i, 2]
            if way[2] < 0:
                far[y, x] = -eye[2] / way[2]
            for n in range(len(boxes)):
                far[y, x] = min(far[y, x], entered(eye, way, boxes[n]))
    return far


@compiled
def mark(corner: F64, step: F64, camera: F64, far: F32, slack: float, bit: np.uint64, seen: NDArray[np.uint64]) -> None:
    """Mark the places that one camera sees.

    Args:
        corner: (3,) middle of the first place, metres.
        step: (3,) from one place to the next along each axis.
        camera: (16,) as `stack.silhouettes.sight.numbers` says.
        far: (H, W) how far it looks.
        slack: what is so much farther than that still counts as seen, metres.
        bit: the camera's.
        seen: (nx, ny, nz) bits of the cameras; updated.
    """
    height, width = far.shape
    nx, ny, nz = seen.shape
    for i in range(nx):
        for j in range(ny):
            for k in range(nz):
                x = corner[0] + i * step[0] - camera[9]
                y = corner[1] + j * step[1] - camera[10]
                z = corner[2] + k * step[2] - camera[11]
                ahead = camera[2] * x + camera[5] * y + camera[8] * z
                if ahead < 0.1:
                    continue
                u = camera[12] * (camera[0] * x + camera[3] * y + camera[6] * z) / ahead + camera[14]
                v = camera[13] * (camera[1] * x + camera[4] * y + camera[7] * z) / ahead + camera[15]
                if 0 <= u < width and 0 <= v < height and ahead <= far[int(v), int(u)] + slack:
                    seen[i, j, k] |= bit


@compiled
def listed(seen: NDArray[np.uint64], cameras: int) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return bits as lists: where the list of each place begins, and the cameras on them.

    Args:
        seen: (places,) bits of the cameras that see each.
        cameras: how many there are.
    """
    first = np.zeros(len(seen) + 1, np.int32)
    one = np.uint64(1)
    for n in range(len(seen)):
        bits, count = seen[n], 0
        while bits:
            count += 1
            bits &= bits - one
        first[n + 1] = first[n] + count
    who = np.zeros(first[-1], np.uint8)
    for n in range(len(seen)):
        at = first[n]
        for camera in range(cameras):
            if (seen[n] >> np.uint64(camera)) & one:
                who[at] = camera
                at += 1
    return first, who
