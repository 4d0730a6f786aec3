"""A serial port at the far end of a network: ser2net, which others wrote, between our driver and our emulator."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.errors import DeviceUnavailable
from devices.line import SerialLine
from devices.pty_line import PtyLine
from devices.scanner import profiles

SER2NET = shutil.which("ser2net", path="/usr/sbin:/usr/bin:/usr/local/bin")
pytestmark = [
    pytest.mark.peer,
    pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning"),  # pySerial's own
    pytest.mark.skipif(SER2NET is None, reason="ser2net is not here: ci/peers installs it"),
]
# A modem's lines lead nowhere on a pseudo-terminal, and RFC 2217 would wait for them.
SETTINGS = "?ign_set_control&baud=9600&format=8N1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """An emulated scanner on a pseudo-terminal that ser2net puts on the network."""

    def __init__(self, folder: Path, accepts: str) -> None:
        self.clock, self.port = WallClock(), free_port()
        serial = folder / "scanner"
        self._line = PtyLine(serial)
        self.scanner = profiles.emulator("zebra-ssi", "scanner-in", self._line, self.clock, seed=3)
        config = folder / "ser2net.yaml"
        config.write_text(
            f"connection: &c\n  accepter: {accepts},127.0.0.1,{self.port}\n"
            f"  connector: serialdev,{serial},9600n81,local\n"
        )
        assert SER2NET is not None
        self._process = subprocess.Popen([SER2NET, "-n", "-c", str(config)], stderr=subprocess.DEVNULL)

    def open(self, url: str) -> SerialLine:
        """Return our end, once ser2net listens; it serves one caller, so nobody looks first."""
        deadline_ns = self.clock.now_ns + 20 * SECOND
        while True:
            try:
                return SerialLine(url)
            except DeviceUnavailable:
                assert self._process.poll() is None
                assert self.clock.now_ns < deadline_ns
                self.clock.wait_until(self.clock.now_ns + 100 * MILLISECOND)

    def codes(self, line: SerialLine, shown: list[bytes]) -> list[bytes]:
        """Show codes, a second apart; return what the driver read."""
        driver = profiles.driver("zebra-ssi", "scanner-in", line, self.clock)
        found: list[bytes] = []
        for code in [*shown, b""]:
            if code:
                self.scanner.present(code)
            until_ns = self.clock.now_ns + SECOND
            while self.clock.now_ns < until_ns:
                self.scanner.work()
                found += [scan.code for scan in driver.read(self.clock.now_ns)]
                self.clock.wait_until(self.clock.now_ns + 5 * MILLISECOND)
        driver.close()
        return found

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._line.close()


@pytest.fixture(params=["rfc2217", "socket"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Served, SerialLine]]:
    server = Served(tmp_path, "telnet(rfc2217),tcp" if request.param == "rfc2217" else "tcp")
    settings = SETTINGS if request.param == "rfc2217" else ""
    try:
        yield server, server.open(f"{request.param}://127.0.0.1:{server.port}{settings}")
    finally:
        server.close()


def test_codes_come_through_a_serial_server_once_each_and_in_order(served: tuple[Served, SerialLine]) -> None:
    server, line = served
    codes = [b"5901234123457", b"281234567890123456", bytes(range(0xA0, 0xFF))]
    assert server.codes(line, codes) == codes


def test_a_serial_server_that_is_not_there_is_a_device_that_cannot_be_had() -> None:
    with pytest.raises(DeviceUnavailable):
        SerialLine(f"rfc2217://127.0.0.1:{free_port()}{SETTINGS}")
