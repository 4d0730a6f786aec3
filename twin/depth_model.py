"""From true depth to what an imager reports: a stereo pair, a time-of-flight imager, or the truth."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from contracts.lens import pixel_rays
from contracts.seeds import stream
from twin.sensor import F32, MISSED, Grain, depth_mm
from twin.store_camera import DepthKind
from twin.store_noise import CameraNoise
from twin.store_tof import TofNoise

U16 = NDArray[np.uint16]
Place = tuple[int, int]


class DepthModel(Protocol):
    """What makes readings of distances."""

    def read(self, metres: F32, place: Place) -> U16:
        """Return millimetres (H, W), 0 for no reading.

        Args:
            metres: (H, W) along the optical axis, +inf where nothing is.
            place: where to cut the noise of this frame out of the tiles, each less than `twin.sensor.ROAM`.
        """


class Simple:
    """Noise that grows with the square of the distance, and a shadow one pixel wide; or none of it."""

    def __init__(self, grain: Grain | None) -> None:
        self._grain = grain

    def read(self, metres: F32, place: Place) -> U16:
        """Return millimetres (H, W), 0 for no reading."""
        return depth_mm(metres, self._grain, place)


class Pair:
    """A stereo pair with a baseline.

    Args:
        camera: its left imager.
        noise: magnitudes.
        grain: for its tile of depth errors.
    """

    def __init__(self, camera: CameraInfo, noise: CameraNoise, grain: Grain) -> None:
        self._fb, self._step = camera.fx * noise.baseline_m, noise.disparity_px
        self._range, self._tile = grain.range_mm, grain.depth

    def read(self, metres: F32, place: Place) -> U16:
        """Return millimetres (H, W), 0 for no reading."""
        from twin.depth_kernels import pair  # late: compiled code takes half a second to import

        out = np.empty(metres.shape, np.uint16)
        pair(metres, self._tile, place, self._fb, self._step, self._range, out)
        return out


class TimeOfFlight:
    """An imager that times its own light.

    Args:
        camera: where each pixel looks shapes the distances.
        noise: magnitudes.
        tile: standard normal numbers with holes.
        seed: the scenario's seed, for where the borders of surfaces cut its pixels.
    """

    def __init__(self, camera: CameraInfo, noise: TofNoise, tile: F32, seed: int) -> None:
        rays, _ = pixel_rays(camera)
        self._stretch = np.sqrt(1 + (rays * rays).sum(axis=-1)).astype(np.float32)
        self._tile = tile
        self._border = stream(seed, "camera", camera.id, "borders").random(rays.shape[:2], np.float32)
        limits = (noise.nearest_m, noise.range_m, noise.wraps_m, noise.flying_m, noise.flying)
        self._laws = np.array([*noise.sd_mm, *limits], np.float32)

    def read(self, metres: F32, place: Place) -> U16:
        """Return millimetres (H, W), 0 for no reading."""
        from twin.depth_kernels import flight

        out = np.empty(metres.shape, np.uint16)
        flight(metres, self._stretch, self._tile, self._border, place, self._laws, out)
        return out


class DepthModels:
    """Makes the depth models of a store's cameras, which share their tiles of noise.

    Args:
        seed: the scenario's seed.
        noise: magnitudes.
        grain: noise as large as the largest camera needs it; None for none.
    """

    def __init__(self, seed: int, noise: CameraNoise, grain: Grain | None) -> None:
        self._seed, self._noise, self._grain = seed, noise, grain

    def of(self, camera: CameraInfo, kind: DepthKind) -> DepthModel:
        """Return how a camera measures depth."""
        if self._grain is None:
            return Simple(None)
        if kind is DepthKind.TOF:
            return TimeOfFlight(camera, self._noise.tof, self._flight, self._seed)
        return Pair(camera, self._noise, self._grain) if self._noise.baseline_m else Simple(self._grain)

    @cached_property
    def _flight(self) -> F32:
        """Standard normal numbers with holes."""
        assert self._grain is not None
        draw, shape = stream(self._seed, "camera", "flight"), self._grain.depth.shape
        tile = draw.standard_normal(shape, np.float32)
        tile[draw.random(shape, np.float32) < self._noise.tof.holes] = MISSED
        return tile
