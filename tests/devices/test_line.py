"""Lines over a pseudo-terminal and over TCP."""

import os
import pty
import socket
import tty
from collections.abc import Iterator

import pytest

from contracts.clock import MILLISECOND, WallClock
from contracts.errors import DeviceUnavailable, UsageError
from devices.line import SerialLine


@pytest.fixture
def terminal() -> Iterator[tuple[int, str]]:
    ours, theirs = pty.openpty()
    tty.setraw(ours)
    tty.setraw(theirs)
    yield ours, os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)


def heard(line: SerialLine, wanted: bytes) -> bytes:
    clock, found = WallClock(0), b""
    for tick in range(200):
        found += line.read()
        if len(found) >= len(wanted):
            break
        clock.wait_until(tick * 5 * MILLISECOND)
    return found


def test_bytes_go_both_ways_over_a_serial_port(terminal: tuple[int, str]) -> None:
    ours, name = terminal
    line = SerialLine(f"{name}?baud=19200&format=7E1")
    assert line.read() == b""
    os.write(ours, b"\x02 1.250\r")
    assert heard(line, b"\x02 1.250\r") == b"\x02 1.250\r"
    line.write(b"W")
    assert os.read(ours, 10) == b"W"
    line.close()
    line.close()


def test_bytes_go_both_ways_over_tcp() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = SerialLine(f"socket://127.0.0.1:{server.getsockname()[1]}")
        peer, _ = server.accept()
        peer.sendall(b"hello")
        assert heard(line, b"hello") == b"hello"
        line.write(b"W\r")
        assert peer.recv(10) == b"W\r"
        peer.close()
        line.close()


def test_what_is_not_there_says_so() -> None:
    with pytest.raises(DeviceUnavailable, match="the line is not there"):
        SerialLine("/dev/ttyNOBODY")


@pytest.mark.parametrize("said", ["format=9N1", "baud=fast"])
def test_an_impossible_setting_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="cannot be set up"):
        SerialLine(f"/dev/null?{said}")
