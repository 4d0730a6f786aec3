"""Palm readers of pictures, for bench files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field

from contracts.errors import DeviceUnavailable, UsageError
from contracts.ports import Port, PortKind
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.drivers.lines import far
from devices.modbus import sockets
from devices.palm.driver import ImagePalmReader
from devices.palm.emulator import PalmStream
from devices.palm.seams import Palms

_PORT = 80


class ImageOptions(Options):
    """Settings of a palm reader that sends pictures.

    Args:
        vault: folder of the sealed enrolments of those whom it is to know.
        keys: the file of their keys.
        seed: of the palms that its emulator draws, and of its noise.
    """

    vault: Path | None = None
    keys: Path | None = None
    seed: int = Field(default=0, ge=0)


def _make(wanted: Wanted) -> Port:
    options = ImageOptions.model_validate(wanted.options, from_attributes=True)
    if options.vault is None or options.keys is None:
        raise UsageError(
            "nobody says whom the palm reader is to know",
            where=wanted.id,
            expected="options: {vault: FOLDER, keys: FILE}",
            hint="rig palm enrol makes both of synthetic palms",
        )
    host, port, path = _address(wanted.line)
    request = f"GET {path} HTTP/1.0\r\nHost: {host}\r\nAccept: multipart/x-mixed-replace\r\n\r\n".encode()
    connect = partial(sockets.connect, host, port)
    connect().close()  # one that is not there is told of now
    matcher = _of(wanted).matcher(options.vault, options.keys)
    # What it loads the first time takes longer than a tick may; a hand goes all the way through.
    matcher.recognise(_of(wanted).draw(0, "", "the first"))
    return ImagePalmReader(wanted.id, connect, request, wanted.clock, matcher)


def _emulate(wanted: Wanted) -> Emulated:
    options = ImageOptions.model_validate(wanted.options, from_attributes=True)
    draw = partial(_of(wanted).draw, options.seed)
    draw("", "the first")  # as above
    return PalmStream(wanted.id, far(wanted.line), wanted.clock, draw, seed=options.seed)


def _of(wanted: Wanted) -> Palms:
    if wanted.palms is None:
        raise DeviceUnavailable(
            "nobody here knows palms", where=wanted.id, expected="a rig that brings a matcher", hint="rig devices serve"
        )
    return wanted.palms


def _address(line: str) -> tuple[str, int, str]:
    """Return host, port and path of http://HOST:PORT/PATH."""
    try:
        parts = urlsplit(line)
        host, port = parts.hostname, parts.port or _PORT
    except ValueError:
        host, port, parts = None, 0, urlsplit("")
    if parts.scheme != "http" or not host:
        raise UsageError("no pictures come from there", where=line, expected="http://HOST:PORT/PATH")
    return host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


KINDS = (
    DriverKind(
        "palm/mjpeg",
        PortKind.PALM_READER,
        "a near-infrared camera that sends pictures over HTTP; they are matched here, and none is kept",
        _make,
        ImageOptions,
        _emulate,
    ),
)
