"""Both ends of a line by its URL, as bench files write it.

near: /dev/ttyUSB0?baud=9600&format=8N1   socket://HOST:PORT (or tcp://)   rfc2217://HOST:PORT   /dev/hidraw0
far:  pty:PATH   listen://HOST:PORT
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

from contracts.errors import UsageError
from devices.fd_line import hidraw
from devices.line import Line, SerialLine
from devices.listening_line import ListeningLine
from devices.pty_line import PtyLine

PTY, LISTEN = "pty:", "listen://"
NEAR = "/dev/ttyUSB0, /dev/hidraw0, socket://HOST:PORT or rfc2217://HOST:PORT"
FAR = "pty:PATH or listen://HOST:PORT"


class FarLine(Line, Protocol):
    """An emulator's end of a line: whoever is at the near end may go and come again."""

    @property
    def arrivals(self) -> int:
        """How many have come to the near end so far; 1 where nobody can tell."""

    def hang_up(self) -> None:
        """End the connection, where there is one; the next is welcome."""


def near(url: str, settings: str = "") -> Line:
    """Open a driver's end.

    Args:
        url: as above.
        settings: "baud=9600&format=8N1", for a URL that says nothing of them.

    Raises:
        UsageError: the URL says something impossible.
        DeviceUnavailable: nothing is there, or somebody else has it.
    """
    if not url or is_far(url):
        raise UsageError("a driver cannot open that", where=url or "a line that is not given", expected=NEAR)
    if url.startswith("/dev/hidraw"):
        return hidraw(Path(url))
    if url.startswith("tcp://"):
        url = f"socket://{url.removeprefix('tcp://')}"
    said = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    # A pseudo-terminal has neither parity nor seven bits, and some systems refuse to set them.
    if settings and not {"baud", "format"} & set(said) and not _pseudo(url):
        url = f"{url}{'&' if '?' in url else '?'}{settings}"
    return SerialLine(url)


def far(url: str) -> FarLine:
    """Open an emulator's end.

    Raises:
        UsageError: the URL says something impossible.
        PortInUse: the port or the path is taken.
    """
    if url.startswith(PTY) and url != PTY:
        return PtyLine(Path(url.removeprefix(PTY)))
    if url.startswith(LISTEN):
        host, port = listening_at(url)
        return ListeningLine(host, port)
    raise UsageError("an emulator cannot be put there", where=url or "a line that is not given", expected=FAR)


def is_far(url: str) -> bool:
    """Whether a URL is that of an emulator's end."""
    return url.startswith((PTY, LISTEN))


def _pseudo(url: str) -> bool:
    return "://" not in url and Path(url.partition("?")[0]).resolve().is_relative_to("/dev/pts")


def listening_at(url: str) -> tuple[str, int]:
    """Return host and port of listen://host:port.

    Raises:
        UsageError: one of them is missing or impossible.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(
            "nobody can listen there", where=url, expected="listen://HOST:PORT", found=str(error)
        ) from None
    if not host or port is None:
        raise UsageError("nobody can listen there", where=url, expected="listen://HOST:PORT")
    return host, port
