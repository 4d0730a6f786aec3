"""A line to a device: bytes in and out, over a serial port, TCP or RFC 2217. Nothing here ever waits.

Codecs know nothing of lines, and drivers know only this; so a driver does not care whether its device hangs on a USB
port, a terminal server or a pseudo-terminal of a test.
"""

from __future__ import annotations

import re
import termios
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

import serial

from contracts.errors import DeviceUnavailable, UsageError

MOST_BYTES = 1 << 16
"""Taken at one reading; more stays in the line."""
_FORMAT = re.compile(r"([78])([NEO])([12])")


class Line(Protocol):
    """Bytes to and from one device."""

    def read(self) -> bytes:
        """Return what has come since the last call, b"" when nothing has."""

    def write(self, data: bytes) -> None:
        """Send bytes."""

    def close(self) -> None:
        """Let go of it; may be called twice."""


class SerialLine:
    """Anything that pySerial opens: a port of this machine, `socket://` and `rfc2217://`.

    Args:
        url: "/dev/ttyUSB0?baud=9600&format=7E1", "socket://127.0.0.1:4001", "rfc2217://127.0.0.1:2217?ign_set_control".

    Raises:
        UsageError: the URL says something impossible.
        DeviceUnavailable: nothing is there, or somebody else has it.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        target, settings = _settings(url)
        if not target.startswith("rfc2217:"):  # pySerial knows no time-out for writing there
            settings["write_timeout"] = 1
        try:
            self._port: Any = serial.serial_for_url(target, timeout=0, **settings)
        except (serial.SerialException, OSError, termios.error) as error:
            raise _gone(url, error) from error

    def read(self) -> bytes:
        """Return what has come since the last call, b"" when nothing has."""
        return bytes(self._told(lambda: self._port.read(MOST_BYTES)))

    def write(self, data: bytes) -> None:
        """Send bytes."""
        self._told(lambda: self._port.write(data))

    def close(self) -> None:
        """Let go of it; may be called twice."""
        socket = getattr(self._port, "_socket", None)
        self._port.close()
        if socket is not None:  # pySerial leaves it open when the other side hung up first
            socket.close()

    def _told(self, call: Any) -> Any:
        try:
            return call()
        except (serial.SerialException, OSError) as error:
            raise _gone(self.url, error) from error


def _settings(url: str) -> tuple[str, dict[str, Any]]:
    """Return what pySerial opens and how: speed, bits, parity and stop bits come out of the URL."""
    parts = urlsplit(url)
    said = dict(parse_qsl(parts.query, keep_blank_values=True))
    baud, framing = said.pop("baud", "9600"), said.pop("format", "8N1")
    match = _FORMAT.fullmatch(framing)
    if match is None or not baud.isdigit():
        raise UsageError(
            "a line cannot be set up so", where=url, expected="baud=9600&format=8N1 or the like", found=parts.query
        )
    rest = "&".join(f"{key}={value}" if value else key for key, value in said.items())
    target = url.split("?", 1)[0] + (f"?{rest}" if rest else "")
    bits, parity, stop = int(match[1]), match[2], int(match[3])
    return target, {"baudrate": int(baud), "bytesize": bits, "parity": parity, "stopbits": stop}


def _gone(url: str, error: Exception) -> DeviceUnavailable:
    return DeviceUnavailable(
        "the line is not there",
        where=url,
        expected="a device that answers, which nobody else uses",
        found=str(error),
        hint="check the cable, the address and who else has the port open",
    )
