"""What DESCRIBE answers: a camera's stream in SDP. No I/O.

Source: RFC 4566; RFC 6184, section 8.2.1; RFC 2326, appendix C.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from devices.rtsp.nal import format_parameters
from devices.rtsp.rtp import PAYLOAD_TYPE, RTP_HZ

TRACK = "trackID=0"


@dataclass(frozen=True, slots=True)
class Stream:
    """A camera's stream as clients are told of it.

    Args:
        name: for people.
        parameter_sets: SPS and PPS.
        rate_hz: frames a second.
    """

    name: str
    parameter_sets: Sequence[bytes]
    rate_hz: float


def describe(stream: Stream, session: int, host: str) -> str:
    """Return the description of a stream.

    Args:
        stream: the camera.
        session: a number that no other session of this server has.
        host: of this server.
    """
    family, nowhere = ("IP6", "::") if ":" in host else ("IP4", "0.0.0.0")  # noqa: S104 - as RFC 2326, C.1.7, wants
    lines = [
        "v=0",
        f"o=- {session} 1 IN {family} {host}",
        f"s={stream.name}",
        f"c=IN {family} {nowhere}",
        "t=0 0",
        "a=control:*",
        "a=range:npt=now-",
        f"m=video 0 RTP/AVP {PAYLOAD_TYPE}",
        f"a=rtpmap:{PAYLOAD_TYPE} H264/{RTP_HZ}",
        f"a=fmtp:{PAYLOAD_TYPE} {format_parameters(stream.parameter_sets)}",
        f"a=framerate:{stream.rate_hz:g}",
        "a=recvonly",
        f"a=control:{TRACK}",
    ]
    return "\r\n".join([*lines, ""])
