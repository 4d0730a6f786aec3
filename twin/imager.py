"""How one camera delivers what it sees, beyond what an installer is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from twin.device_clock import TRUE
from twin.store_camera import CameraFile, DepthKind, Exposure, Wire
from twin.store_clock import Clock
from twin.store_model import StoreFile


@dataclass(frozen=True, slots=True)
class Imager:
    """One camera's settings.

    Args:
        depth: how it measures depth, if it does.
        wire: how images travel.
        jpeg_quality: 1 to 100; None for what all cameras have.
        exposure: shutter time and gain.
        motion_blur: whether what moves is smeared over the shutter time.
        clock: how its clock errs.
    """

    depth: DepthKind = DepthKind.STEREO
    wire: Wire = Wire.JPEG
    jpeg_quality: int | None = None
    exposure: Exposure = field(default_factory=Exposure)
    motion_blur: bool = False
    clock: Clock = TRUE


def imagers_of(file: StoreFile) -> Mapping[str, Imager]:
    """Return the settings of a store's cameras by id; with `noise: none` no clock errs and nothing is smeared."""
    return {id_: _imager(camera, file) for id_, camera in file.cameras.items()}


def clocks_of(file: StoreFile) -> Mapping[str, Clock]:
    """Return how the clocks of a store's weighing controllers err, by gondola."""
    if file.noise.perfect:
        return {}
    default = file.noise.plates.clock
    return {id_: default if rack.clock is None else rack.clock for id_, rack in file.gondolas.items()}


def _imager(camera: CameraFile, file: StoreFile) -> Imager:
    perfect, own = file.noise.perfect, camera.clock
    clock = file.noise.cameras.clock if own is None else own
    return Imager(
        depth=camera.depth,
        wire=camera.wire,
        jpeg_quality=camera.jpeg_quality,
        exposure=camera.exposure,
        motion_blur=camera.motion_blur and not perfect,
        clock=TRUE if perfect else clock,
    )
