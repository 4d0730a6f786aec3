"""One connection to a camera: packets in, pictures with their times out. FFmpeg's RTSP client does the talking."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import av

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable
from devices.camera import troubles
from devices.camera.address import Login, with_login

OPEN_S, STILL_S = 8.0, 2.0
"""How long a camera may take to begin, and how long its stream may pause."""
_MOST_TIMES = 256
_OPTIONS = {"analyzeduration": "500000"}
"""Of FFmpeg: half a second (in microseconds) is enough to learn what a stream is. What comes meanwhile must be kept:
the next key frame may be ten seconds away."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A decoded picture.

    Args:
        frame: the picture.
        media_ns: on the stream's clock; None without.
        told_unix_ns: when it was taken, by the camera's clock; None while it does not tell.
        eighths: whether width and height were rounded up to eights on the way, as RTP does with JPEG.

    Source: RFC 2435, 3.1.5 and 3.1.6.
    """

    frame: av.VideoFrame
    media_ns: int | None
    told_unix_ns: int | None
    eighths: bool = False

    def fits(self, width: int, height: int) -> bool:
        """Whether it is a picture of this size, perhaps with a few columns and rows too many."""
        size = (-(-width // 8) * 8, -(-height // 8) * 8) if self.eighths else (width, height)
        return (self.frame.width, self.frame.height) in (size, (width, height))


def shots(url: str, who: Login, transport: str, over: Callable[[], bool]) -> Iterator[Shot]:
    """Yield pictures as they come, until the stream ends or it is over. Waits, so give it a thread.

    Args:
        url: rtsp://, without a user.
        who: asks.
        transport: "tcp" or "udp".
        over: whether nobody wants more; asked at each packet.

    Raises:
        DeviceUnavailable: the stream cannot be had, or has stopped.
    """
    began, trouble = False, None
    try:
        options = {**_OPTIONS, "rtsp_transport": transport}
        with av.open(with_login(url, who), options=options, timeout=(OPEN_S, STILL_S)) as container:
            if not container.streams.video:
                raise troubles.absent(url, "InvalidDataError", "a stream without pictures")
            container.streams.video[0].codec_context.thread_count = 1  # several would each hold a picture back
            began = True
            yield from _decoded(container, over)
    except av.error.FFmpegError as error:
        trouble = _why(url, error, began)
    # Raised out here, or it would drag FFmpeg's own error along, which quotes the address with the password.
    if trouble is not None:
        raise trouble


def _why(url: str, error: Any, began: bool) -> DeviceUnavailable:
    name, words = type(error).__name__, str(error.strerror or "")
    if name in ("HTTPUnauthorizedError", "HTTPForbiddenError"):
        return troubles.refused(url)
    if began:
        return troubles.stopped(url, f"nothing for {STILL_S:g} s" if name == "ExitError" else words)
    return troubles.absent(url, name, words)


def _decoded(container: Any, over: Callable[[], bool]) -> Iterator[Shot]:
    # By the stream's own time, which FFmpeg leaves out of a stream's very first picture.
    told: dict[int | None, int] = {}
    eighths = container.streams.video[0].codec_context.name == "mjpeg"
    for packet in container.demux(video=0):
        if over():
            return
        if packet.has_sidedata("prft"):
            told[packet.pts] = _told_ns(bytes(packet.get_sidedata("prft")))
            while len(told) > _MOST_TIMES:
                del told[next(iter(told))]
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue  # a packet was lost; the next key frame mends it
        for frame in frames:
            yield Shot(frame, _media_ns(frame), told.pop(frame.pts, None), eighths)


def _media_ns(frame: av.VideoFrame) -> int | None:
    return None if frame.pts is None or frame.time_base is None else int(frame.pts * frame.time_base * SECOND)


def _told_ns(side: bytes) -> int:
    """Return the Unix time in a producer reference time, which libavformat works out from RTCP.

    Source: FFmpeg, libavcodec/defs.h, AVProducerReferenceTime: int64 microseconds first.
    """
    (microseconds,) = struct.unpack_from("=q", side)
    return int(microseconds) * 1000
