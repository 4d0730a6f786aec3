"""A line over a file descriptor: the far end of a pseudo-terminal, or /dev/hidraw0."""

from __future__ import annotations

import os
import tty
from pathlib import Path

from contracts.errors import DeviceUnavailable
from devices.line import MOST_BYTES


class FdLine:
    """Bytes to and from a file descriptor, which this owns.

    Args:
        fd: open for reading and writing.
        name: for messages.
        also: further descriptors to close with it.
    """

    def __init__(self, fd: int, name: str, also: tuple[int, ...] = ()) -> None:
        os.set_blocking(fd, False)
        self._fd, self.name, self._also, self._open = fd, name, also, True

    def read(self) -> bytes:
        """Return what has come since the last call, b"" when nothing has."""
        try:
            return os.read(self._fd, MOST_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise _gone(self.name, error) from error

    def write(self, data: bytes) -> None:
        """Send bytes; what a full buffer does not take is lost, as on a line without flow control."""
        try:
            os.write(self._fd, data)
        except BlockingIOError:
            return
        except OSError as error:
            raise _gone(self.name, error) from error

    def close(self) -> None:
        """Let go of it; may be called twice."""
        if self._open:
            self._open = False
            for fd in (self._fd, *self._also):
                os.close(fd)


def hidraw(path: Path) -> FdLine:
    """Open a HID device of this machine, such as /dev/hidraw0.

    Raises:
        DeviceUnavailable: it is not there, or may not be opened.
    """
    try:
        return FdLine(os.open(path, os.O_RDWR | os.O_NONBLOCK), str(path))
    except OSError as error:
        raise _gone(str(path), error) from error


def pseudo_terminal() -> tuple[FdLine, str]:
    """Return a line and the name of the serial port at its other end, which any program can open."""
    ours, theirs = os.openpty()
    tty.setraw(ours)
    tty.setraw(theirs)
    name = os.ttyname(theirs)
    # The other end stays open here, so that ours does not fail while nobody else has it open.
    return FdLine(ours, name, also=(theirs,)), name


def _gone(name: str, error: Exception) -> DeviceUnavailable:
    return DeviceUnavailable(
        "the line is not there",
        where=name,
        expected="a device that this user may open",
        found=str(error),
        hint="check the cable, and who may read and write it",
    )
