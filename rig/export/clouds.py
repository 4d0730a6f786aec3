"""Point clouds from depth, in the store's frame.

Source: Turk, "The PLY Polygon File Format", 1994.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.geometry import Floats
from contracts.layout import CameraInfo
from contracts.lens import pixel_rays
from contracts.records import Frame
from rig.export.files import put
from rig.export.wanted import Wanted
from rig.view.frames import picture_of

POINT = np.dtype([("xyz", "<f4", 3), ("rgb", "u1", 3)])
_PROPERTIES = [
    *(f"property float {axis}" for axis in "xyz"),
    *(f"property uchar {colour}" for colour in ("red", "green", "blue")),
]


def write_clouds(wanted: Wanted, folder: Path) -> int:
    """Write CAMERA/000001.ply and so on; return how many clouds.

    Raises:
        UsageError: none of the cameras measures depth.
    """
    cameras = [camera for camera in wanted.cameras if camera.depth]
    if not cameras:
        raise UsageError("none of the cameras measures depth", where="--format ply", expected="a camera with depth")
    written = 0
    for camera in cameras:
        rays = pixel_rays(camera)
        for shot in wanted.shots(camera):
            if shot.frame.depth_mm is not None:
                name = f"{shot.number:06d}.ply"
                about = f"{camera.id} at {shot.t_ns / SECOND:.3f} s"
                put(folder / camera.id / name, as_ply(cloud(shot.frame, camera, *rays), about))
                written += 1
    return written


def cloud(frame: Frame, camera: CameraInfo, rays: Floats, found: NDArray[np.bool_]) -> NDArray[np.void]:
    """Return the points of a frame with depth, in metres, world, and their colours (white without an image).

    Args:
        frame: with depth.
        camera: whose.
        rays: (H, W, 2) what each pixel looks at.
        found: (H, W) whether it looks anywhere.
    """
    assert frame.depth_mm is not None
    seen = found & (frame.depth_mm > 0)
    depth_m = frame.depth_mm[seen, None] / 1000.0
    eye = np.concatenate([rays[seen] * depth_m, depth_m], axis=1)
    points = np.empty(len(eye), POINT)
    points["xyz"] = eye @ camera.pose.rotation.T + camera.pose.position
    coloured = bool(frame.jpeg) or frame.rgb is not None
    points["rgb"] = picture_of(frame)[seen][:, ::-1] if coloured else 255
    return points


def as_ply(points: NDArray[np.void], about: str) -> bytes:
    """Return points as a binary PLY file."""
    head = ["ply", "format binary_little_endian 1.0", f"comment {about}", f"element vertex {len(points)}", *_PROPERTIES]
    return "\n".join([*head, "end_header", ""]).encode() + points.tobytes()
