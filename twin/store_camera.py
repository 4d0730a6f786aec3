"""A camera in a store file: where it hangs, how it is calibrated, and how it delivers what it sees."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from contracts.clock import MILLISECOND, SECOND
from contracts.units import DurationNs
from contracts.yamlfile import StrictModel
from twin.store_clock import Clock

Positive = Annotated[float, Field(gt=0)]
Pixels = Annotated[int, Field(gt=0)]
Quality = Annotated[int, Field(ge=1, le=100)]
Point2 = tuple[float, float]
Point3 = tuple[float, float, float]

LOOK_NS = 50 * MILLISECOND
"""Movement is known from one look at the scene to the next, so no blur can last longer."""


class DepthKind(StrEnum):
    """How a camera measures depth."""

    NONE = "none"
    STEREO = "stereo"
    TOF = "tof"


class Wire(StrEnum):
    """How colour leaves a camera."""

    JPEG = "jpeg"
    RAW = "raw"


def _depth_kind(value: object) -> object:
    """Return the kind of `depth: true`, which is how most files say it."""
    if isinstance(value, bool):
        return DepthKind.STEREO if value else DepthKind.NONE
    return value


_WRITTEN = {"anyOf": [{"type": "boolean"}, {"enum": [kind.value for kind in DepthKind]}]}
Depth = Annotated[DepthKind, BeforeValidator(_depth_kind), WithJsonSchema(_WRITTEN, mode="validation")]


class Exposure(StrictModel):
    """How long and how strongly light counts. Rendered pictures are what the defaults give.

    Args:
        time: for which the shutter is open, up to the moment of capture; 10 ms, over which the flicker of lamps on a
            50 Hz mains averages out, is our assumption.
        gain: amplification; it makes the grain stronger too.
    """

    time: Annotated[DurationNs, Field(gt=0)] = 10 * MILLISECOND
    gain: Positive = 1.0


class CameraFile(StrictModel):
    """One imager.

    Args:
        at: where its pinhole is.
        quaternion: x, y, z, w of its optical frame (x right, y down, z forward); or give `looks_at`.
        looks_at: a point in the middle of its view.
        picture_top: world direction that is up in the picture, with `looks_at`; +z, or +y for a camera that looks down.
        size_px: width, height.
        focal_px: fx, fy; or give `vertical_fov_deg`.
        centre_px: cx, cy; the middle of the picture when left out.
        vertical_fov_deg: opening angle from top to bottom.
        distortion: k1, k2, p1, p2, k3 as surveyed.
        distorted: whether frames come as the lens bends them; else rectified.
        colour: whether it delivers images.
        depth: how it measures depth: none (or false), stereo (or true), tof.
        wire: how images travel: jpeg, or raw.
        jpeg_quality: 1 to 100; that of `noise.cameras` when left out.
        exposure: shutter time and gain.
        motion_blur: whether what moves while the shutter is open is smeared; each such image is drawn 6 times.
        clock: how its clock errs; that of `noise.cameras` when left out.
        rate_hz: frames a second.
        latency: capture to delivery.
    """

    at: Point3
    quaternion: tuple[float, float, float, float] | None = None
    looks_at: Point3 | None = None
    picture_top: Point3 | None = None
    size_px: tuple[Pixels, Pixels]
    focal_px: tuple[Positive, Positive] | None = None
    centre_px: Point2 | None = None
    vertical_fov_deg: Annotated[float, Field(gt=0, lt=180)] | None = None
    distortion: tuple[float, ...] = ()
    distorted: bool = False
    colour: bool = True
    depth: Depth = DepthKind.NONE
    wire: Wire = Wire.JPEG
    jpeg_quality: Quality | None = None
    exposure: Exposure = Exposure()
    motion_blur: bool = False
    clock: Clock | None = None
    rate_hz: Positive = 10.0
    latency: DurationNs = 0

    @model_validator(mode="after")
    def _aimed_and_calibrated(self) -> CameraFile:
        if (self.quaternion is None) == (self.looks_at is None):
            raise ValueError("a camera needs either a `quaternion` or a point that it `looks_at`")
        if (self.focal_px is None) == (self.vertical_fov_deg is None):
            raise ValueError("a camera needs intrinsics: either `focal_px` or `vertical_fov_deg`")
        if self.distorted and len(self.distortion) not in (4, 5):
            raise ValueError("a `distorted` camera needs a `distortion` of k1, k2, p1, p2 and perhaps k3")
        return self

    @model_validator(mode="after")
    def _of_one_mind(self) -> CameraFile:
        if not self.colour and (self.motion_blur or "wire" in self.model_fields_set or self.jpeg_quality):
            raise ValueError(
                "`wire`, `jpeg_quality` and `motion_blur` are about images; this camera has `colour: false`"
            )
        if self.wire is Wire.RAW and self.jpeg_quality is not None:
            raise ValueError("a camera that sends raw images has no `jpeg_quality`")
        if "exposure" in self.model_fields_set and self.exposure.time > SECOND / self.rate_hz:
            raise ValueError("the shutter is open for longer than a frame lasts: shorten `exposure.time`")
        if self.motion_blur and self.exposure.time > LOOK_NS:
            raise ValueError("motion is known for the last 50 ms: `motion_blur` needs an `exposure.time` up to that")
        return self
