"""An emulator's end of a line: a linked pseudo-terminal, a listener whose clients go and come again."""

import os
import socket
from pathlib import Path

import pytest

from contracts.errors import PortInUse, UsageError
from devices.drivers.lines import far, near
from devices.listening_line import ListeningLine


def heard(line, count=1):  # the kernel hands bytes over in its own time
    for _ in range(2000):
        data = line.read()
        if len(data) >= count:
            return data
        os.sched_yield()
    return b""


def test_a_pty_is_linked_carries_bytes_both_ways_and_is_gone_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "scanner"
    line = far(f"pty:{path}")
    ours = near(str(path), "baud=9600&format=8N1")
    ours.write(b"to the device")
    assert heard(line, 13) == b"to the device"
    line.write(b"to the host")
    assert heard(ours, 11) == b"to the host"
    ours.close()
    line.close()
    line.close()
    assert not path.is_symlink()


def test_a_pty_does_not_take_a_path_that_is_in_use_but_that_of_a_dead_run(tmp_path: Path) -> None:
    path = tmp_path / "scanner"
    path.symlink_to(tmp_path / "gone")
    first = far(f"pty:{path}")
    with pytest.raises(PortInUse, match="something is there already"):
        far(f"pty:{path}")
    assert path.is_symlink()
    first.close()
    path.write_text("a file of somebody's")
    with pytest.raises(PortInUse, match="a file"):
        far(f"pty:{path}")
    assert path.read_text() == "a file of somebody's"


def test_a_listener_takes_one_client_at_a_time_and_the_next_after_it() -> None:
    line = ListeningLine("127.0.0.1", 0)
    url = f"socket://127.0.0.1:{line.port}"
    line.write(b"nobody hears this")
    first = near(url)
    for _ in range(2000):
        line.read()
        if line.arrivals:
            break
    first.write(b"first")
    assert heard(line) == b"first"
    with socket.create_connection(("127.0.0.1", line.port)) as second:
        line.read()
        assert second.recv(1) == b""  # hung up on
    line.write(b"still there")
    assert heard(first, 11) == b"still there"
    first.close()
    again = near(url)
    again.write(b"again")
    assert heard(line) == b"again"
    assert line.arrivals == 2
    again.close()
    line.close()
    line.close()


def test_a_port_that_is_taken_is_told() -> None:
    line = ListeningLine("127.0.0.1", 0)
    with pytest.raises(PortInUse, match=f"listen://127.0.0.1:{line.port}"):
        far(f"listen://127.0.0.1:{line.port}")
    line.close()


@pytest.mark.parametrize("url", ["", "pty:", "/dev/ttyUSB0", "listen://", "listen://127.0.0.1", "listen://h:99999"])
def test_what_is_no_far_end_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        far(url)


@pytest.mark.parametrize("url", ["", "pty:/tmp/x", "listen://127.0.0.1:4001", "/dev/ttyUSB0?baud=fast"])
def test_what_is_no_near_end_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        near(url)
