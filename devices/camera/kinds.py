"""Cameras for bench files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import Field

from contracts.errors import UsageError
from contracts.layout import CameraInfo
from contracts.ports import Port, PortKind
from devices.camera.address import Found, check, login
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.drivers.lines import listening_at


class CameraOptions(Options):
    """Settings of a camera.

    Args:
        user: who asks for the stream.
        password_file: the user's password, alone.
        transport: of the pictures; over UDP a busy network loses some.
        raw: whether frames carry RGB instead of JPEG; recordings become twenty times as long.
    """

    user: str = ""
    password_file: Path | None = Field(default=None, alias="password file")
    transport: Literal["tcp", "udp"] = "tcp"
    raw: bool = False


class OnvifOptions(CameraOptions):
    """Settings of a camera that ONVIF finds.

    Args:
        profile: name or token of the media profile; by default the first whose pictures have the calibrated size.
    """

    profile: str = ""


def _rtsp(wanted: Wanted) -> Port:
    options = CameraOptions.model_validate(wanted.options, from_attributes=True)
    return _opened(wanted, options, check(wanted.line, "rtsp"))


def _onvif(wanted: Wanted) -> Port:
    from devices.camera.onvif import find_stream

    options = OnvifOptions.model_validate(wanted.options, from_attributes=True)
    camera, who = _camera(wanted), login(options.user, options.password_file)
    line, size = check(wanted.line, "http"), (camera.width, camera.height)
    return _opened(wanted, options, partial(find_stream, line, who, size=size, profile=options.profile))


def _opened(wanted: Wanted, options: CameraOptions, where: str | Callable[[], Found]) -> Port:
    camera = _camera(wanted)
    try:
        from devices.camera.driver import RtspCamera  # the extra
    except ImportError as error:
        raise _no_extra(wanted, error) from error
    return RtspCamera(
        camera,
        where,
        wanted.clock,
        who=login(options.user, options.password_file),
        transport=options.transport,
        raw=options.raw,
    )


def _emulate(wanted: Wanted) -> Emulated:
    camera = _camera(wanted)
    try:
        from devices.camera.emulated import EmulatedCamera  # the extra
    except ImportError as error:
        raise _no_extra(wanted, error) from error
    return EmulatedCamera(camera, *listening_at(wanted.line), wanted.clock)


def _no_extra(wanted: Wanted, error: ImportError) -> UsageError:
    return UsageError(
        "cameras cannot be decoded",
        where=wanted.id,
        expected="the extra 'feeds'",
        found=str(error),
        hint="pip install 'walkout-rig[feeds]'",
    )


def _camera(wanted: Wanted) -> CameraInfo:
    camera = wanted.camera
    if camera is None:
        raise UsageError(
            "nothing says how the camera is calibrated",
            where=wanted.id,
            expected="a camera of the store",
            hint="name the store in the bench file, `store: NAME`, or give --store",
        )
    if not camera.colour or camera.depth:
        raise UsageError(
            "depth does not come over RTSP", where=wanted.id, expected="a camera with colour and without depth"
        )
    return camera


KINDS = (
    DriverKind("camera/rtsp", PortKind.CAMERA, "a camera's RTSP stream", _rtsp, CameraOptions, _emulate),
    DriverKind("camera/onvif", PortKind.CAMERA, "a camera whose RTSP stream ONVIF finds", _onvif, OnvifOptions),
)
