"""Pictures to H.264, one encoder a camera. Needs the extra `feeds`."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.codec.context import Flags
from av.video.frame import PictureType
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from contracts.errors import RigFault, UsageError
from contracts.layout import CameraInfo
from contracts.records import Frame
from devices.rtsp.nal import PPS, SPS, kind, units
from devices.rtsp.rtp import Picture

# No B frames and no look-ahead: each frame leaves before the next comes. One thread: the same bytes on any machine.
# On frames of the nanostore (640 x 360, JPEG in): 1.6 ms a frame, 13 kB, 44 dB beside the JPEG; superfast takes 2.8 ms
# and veryfast 5.1 ms for the same picture (one core, busy, 2026-11).
OPTIONS = {"preset": "ultrafast", "tune": "zerolatency", "profile": "baseline", "crf": "20", "forced-idr": "1"}
AS_IN_JPEG = "yuvj420p"  # full range, BT.601, half the colour samples each way
KEY_EVERY_S = 1.0  # a client that has lost a packet sees nothing wrong for longer


class Encoder:
    """One camera's encoder.

    Args:
        camera: its size and rate.

    Raises:
        UsageError: its pictures cannot be H.264.
    """

    def __init__(self, camera: CameraInfo) -> None:
        self._camera = camera
        if camera.width % 2 or camera.height % 2:
            raise UsageError(
                f"camera '{camera.id}' cannot be served as H.264",
                expected="an even width and height",
                found=f"{camera.width} x {camera.height}",
                hint="change the camera's size in the store file",
            )
        rate = Fraction(camera.rate_hz).limit_denominator(1000)
        made = av.CodecContext.create("libx264", "w")
        made.width, made.height, made.pix_fmt = camera.width, camera.height, AS_IN_JPEG
        made.colorspace, made.color_range = Colorspace.ITU601, ColorRange.JPEG
        made.framerate, made.time_base = rate, 1 / rate
        made.gop_size, made.max_b_frames = max(1, round(KEY_EVERY_S * rate)), 0
        made.thread_count = 1
        made.options = dict(OPTIONS)
        made.flags |= Flags.global_header  # parameter sets are wanted before the first frame
        made.open()
        self._codec, self._count = made, 0
        self._jpeg = av.CodecContext.create("mjpeg", "r")
        self._jpeg.thread_count = 1
        self.parameter_sets = tuple(u for u in units(bytes(made.extradata or b"")) if kind(u) in (SPS, PPS))

    def encode(self, frame: Frame, taken_ns: int, *, key: bool = False) -> Picture:
        """Return a frame as H.264; a key frame brings the parameter sets with it.

        Args:
            frame: with an image.
            taken_ns: when it was taken, Unix time.
            key: whether decoding must be able to begin with it.
        """
        picture = self._picture(frame)
        picture.time_base = self._codec.time_base
        picture.pts = self._count
        picture.pict_type = PictureType.I if key or self._count == 0 else PictureType.NONE
        self._count += 1
        (packet,) = self._codec.encode(picture)  # zerolatency: one in, one out
        cut = units(bytes(packet))
        is_key = bool(packet.is_keyframe)
        return Picture((*self.parameter_sets, *cut) if is_key else cut, taken_ns, is_key)

    def _picture(self, frame: Frame) -> av.VideoFrame:
        """Return a frame's image as the encoder takes it: a JPEG's own samples, whose colours are never mixed anew."""
        image = self._decoded(frame.jpeg) if frame.rgb is None else _raw(frame.rgb)
        if image is None or (image.width, image.height) != (self._camera.width, self._camera.height):
            raise RigFault(
                f"a frame of camera '{frame.source}' cannot be served",
                where=f"the frame captured at {frame.captured_ns} ns",
                expected=f"a picture of {self._camera.width} x {self._camera.height}",
                found="no JPEG" if image is None else f"{image.width} x {image.height}",
            )
        if image.format.name == AS_IN_JPEG:
            return image
        return image.reformat(format=AS_IN_JPEG, dst_colorspace=Colorspace.ITU601, dst_color_range=ColorRange.JPEG)

    def _decoded(self, jpeg: bytes) -> av.VideoFrame | None:
        try:
            return next(iter(self._jpeg.decode(av.Packet(jpeg))), None)
        except av.error.FFmpegError:
            return None


def _raw(rgb: NDArray[np.uint8]) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24")
