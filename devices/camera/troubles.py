"""Why a camera cannot be had, for people: the cause and the next thing to try. Never the password."""

from __future__ import annotations

from contracts.errors import DeviceUnavailable
from contracts.layout import CameraInfo


def refused(where: str) -> DeviceUnavailable:
    """Return the error for a camera that does not know the user, or not with this password."""
    return DeviceUnavailable(
        "the camera refuses the user or the password",
        where=where,
        expected="a user that may see its stream",
        found="401 Unauthorized",
        hint="correct `user` and `password file`; many cameras want a user of their own for RTSP and ONVIF, and lock "
        "after some wrong attempts",
    )


def other_size(where: str, camera: CameraInfo, width: int, height: int) -> DeviceUnavailable:
    """Return the error for pictures that the calibration does not fit."""
    return DeviceUnavailable(
        "the camera sends pictures of another size than was calibrated",
        where=where,
        expected=f"{camera.width} x {camera.height}, as the store has {camera.id}",
        found=f"{width} x {height}",
        hint="set that size in the camera's own pages, take its other stream (another path), or calibrate it anew: "
        "rig store calibrate",
    )


def stopped(where: str, found: str) -> DeviceUnavailable:
    """Return the error for a stream that was there and has ended."""
    return DeviceUnavailable(
        "the camera's stream stopped",
        where=where,
        expected="pictures, as it sent them before",
        found=found,
        hint="check its power and its network; some cameras end streams when too many look: close other viewers",
    )


def absent(where: str, error: str, words: str) -> DeviceUnavailable:
    """Return the error for a stream that cannot be opened.

    Args:
        where: the address, without a password.
        error: name of what went wrong, as the decoding library has it.
        words: its words, which name no address.
    """
    hints = {
        "HTTPNotFoundError": "the camera is there, the path is not: look up its streams' paths, or use camera/onvif",
        "ConnectionRefusedError": "the machine is there, the port is not: RTSP has 554 as a rule, if it is on",
        "HTTPBadRequestError": "try the option `transport: udp`, or the other one",
        "ExitError": "nothing came in time: check power, cable, address, and that a firewall lets it through",
        "InvalidDataError": "what answers there is no RTSP stream: check the port and the path",
    }
    return DeviceUnavailable(
        "no stream can be had of the camera",
        where=where,
        expected="an RTSP server with H.264, H.265 or MJPEG",
        found=words or error,
        hint=hints.get(error, "check power, cable, address and path; ffprobe shows what a stream is"),
    )
