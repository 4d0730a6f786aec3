"""A camera of your own: driver and emulator in one file.

The protocol is made up: "JPEG", then a picture in base64, a line each. Put your device's in its place.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Sequence

from contracts.clock import Clock
from contracts.errors import UsageError
from contracts.layout import CameraInfo
from contracts.ports import Port, PortInfo, PortKind
from contracts.record import Record
from contracts.records import Frame
from devices.drivers.kind import DriverKind, Emulated, Wanted
from devices.drivers.lined import LinedDevice, LinedPort
from devices.drivers.lines import far, near
from devices.line import Line

NAME = "camera/my-camera"
SETTINGS = "baud=9600&format=8N1"
"""Of its serial line, unless the bench file says others."""
MOST_BYTES = 1 << 20
"""Of a picture in base64."""


class MyCamera(LinedPort):
    """The driver."""

    def __init__(self, info: PortInfo, line: Line, clock: Clock, calibration: CameraInfo) -> None:
        super().__init__(info, line, clock, MOST_BYTES)
        self.calibration = calibration

    def read(self, until_ns: int) -> Sequence[Frame]:  # noqa: ARG002  # whatever came by now
        """Return the pictures that came after the last call, oldest first."""
        now_ns, source = self.clock.now_ns, self.info.id
        pictures = [jpeg for text in self.heard() if (jpeg := _picture(text))]
        return [Frame(t_ns=now_ns, source=source, captured_ns=now_ns, jpeg=jpeg) for jpeg in pictures]


class MyDevice(LinedDevice):
    """The camera itself, for the emulator: it sees what the twin's camera sees."""

    def live(self, record: Record) -> None:
        """Send what the twin's own camera saw."""
        if isinstance(record, Frame):
            self.say("JPEG " + b64encode(record.jpeg).decode())


def _picture(text: str) -> bytes:
    """Return the picture of a line, b"" of one that is none."""
    word, _, said = text.partition(" ")
    try:
        jpeg = b64decode(said, validate=True)
    except binascii.Error:
        return b""
    return jpeg if word == "JPEG" and jpeg.startswith(b"\xff\xd8") else b""


def _calibration(wanted: Wanted) -> CameraInfo:
    if wanted.camera is None:
        raise UsageError("nothing says how the camera is calibrated", where=wanted.id, expected="a camera of the store")
    return wanted.camera


def _make(wanted: Wanted) -> Port:
    return MyCamera(
        PortInfo(wanted.id, PortKind.CAMERA, NAME), near(wanted.line, SETTINGS), wanted.clock, _calibration(wanted)
    )


def _emulate(wanted: Wanted) -> Emulated:
    return MyDevice(far(wanted.line), wanted.clock)


KINDS = (DriverKind(NAME, PortKind.CAMERA, "a camera of my own", _make, emulate=_emulate),)
