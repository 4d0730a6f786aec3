"""Colour frames of the ray-cast scenes of `synthdepth`: a patterned store, bodies of one colour, grain."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Pose, Vec3
from contracts.layout import CameraInfo, GateInfo, Layout
from contracts.lens import pixel_rays, shown_at
from contracts.records import Frame
from contracts.seeds import stream
from tests.stack.synthdepth import Solid, Studio, rack

U8 = NDArray[np.uint8]

BODY = (70, 40, 130)
GRAIN = 1.5


def looking(id_: str, at: Vec3, to: Vec3, size: tuple[int, int] = (160, 120), fov_deg: float = 80) -> CameraInfo:
    """A camera that looks at a point, upright."""
    ahead = np.subtract(to, at) / math.dist(to, at)
    right = np.cross(ahead, (0, 0, 1)) / np.linalg.norm(np.cross(ahead, (0, 0, 1)))
    pose = np.eye(4)
    pose[:3, :3] = np.stack([right, np.cross(ahead, right), ahead], axis=1)
    pose[:3, 3] = at
    (w, h), f = size, size[0] / 2 / math.tan(math.radians(fov_deg / 2))
    return CameraInfo(id_, Pose.from_matrix(pose), w, h, f, f, w / 2, h / 2)


def corner_shop() -> Layout:
    """4 x 3 m, six cameras around it at 2.5 m, a rack along the upper wall with three of them, a lane at the left."""
    places = [(0.0, 0.0), (2.0, -0.2), (4.0, 0.0), (4.0, 2.45), (2.0, 2.45), (0.0, 2.45)]
    cameras = tuple(looking(f"c{n}", (x, y, 2.5), (2.0, 1.7, 0.9)) for n, (x, y) in enumerate(places))
    gondola = rack("gondola-1", Pose.at(2.0, 2.5), 1.6, 0.4, 1.35, (0.3, 0.8, 1.2))
    gate = GateInfo("gate-in", Pose.at(0.0, 1.0), 0.6)
    return Layout("corner", (-1, -0.5, 4.5, 3.5), (0, 0, 4, 3), (gondola,), cameras=cameras, gates=(gate,))


class ColourStudio:
    """Photographs what is in the store of a layout.

    Args:
        layout: its cameras are as they see.
        seed: of the grain.
    """

    def __init__(self, layout: Layout, seed: int = 1) -> None:
        self.layout, self._seed = layout, seed
        straight = tuple(replace(c, depth=True, distorted=False, distortion=()) for c in layout.cameras)
        self._studio = Studio(replace(layout, cameras=straight), noise_m=0.0)
        self._empty = {frame.source: frame.depth_mm for frame in self._studio.shoot(0)}

    def shoot(
        self,
        t_ns: int,
        solids: Iterable[Solid] = (),
        without: Sequence[str] = (),
        light: float = 1.0,
        jpeg: bool = False,
    ) -> list[Frame]:
        """Return one frame of every camera but those in `without`, `light` times as bright as usual."""
        taken = self._studio.shoot(t_ns, solids, without)
        return [self._frame(self.layout.camera[frame.source], frame, light, jpeg) for frame in taken]

    def _frame(self, camera: CameraInfo, frame: Frame, light: float, jpeg: bool) -> Frame:
        image = _pattern(camera)
        empty = self._empty[camera.id]
        assert frame.depth_mm is not None
        assert empty is not None
        image[frame.depth_mm + 30.0 < empty] = BODY
        image = _bent(camera, image * light)
        grain = stream(self._seed, camera.id, str(frame.t_ns)).normal(0, GRAIN, image.shape)
        rgb = np.clip(np.rint(image + grain), 0, 255).astype(np.uint8)
        if not jpeg:
            return replace(frame, depth_mm=None, rgb=rgb)
        _, data = cv2.imencode(".jpg", rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 85])
        return replace(frame, depth_mm=None, jpeg=data.tobytes())


def _pattern(camera: CameraInfo) -> NDArray[np.float64]:
    v, u = np.mgrid[: camera.height, : camera.width]
    waves = [150 + 20 * np.sin(u / 13 + k) * np.cos(v / 11 - k) for k in range(3)]
    return np.stack(waves, axis=-1)


def _bent(camera: CameraInfo, image: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a picture of a pinhole camera as the lens of this one bends it."""
    if not camera.distorted:
        return image
    rays, _ = pixel_rays(camera)
    seen, _ = shown_at(replace(camera, distorted=False), rays)
    where = (seen - 0.5).astype(np.float32)
    return np.asarray(cv2.remap(image, where[..., 0], where[..., 1], cv2.INTER_LINEAR), float)
