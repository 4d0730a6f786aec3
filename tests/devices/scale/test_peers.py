"""Other people's program for balances against our emulated one, and our driver against theirs."""

import json
import socket
import subprocess
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from devices.fd_line import pseudo_terminal
from devices.line import SerialLine
from devices.scale.balance import Trouble
from devices.scale.driver import SerialScale
from devices.scale.emulator import ScaleEmulator
from tests.devices.scale.peers import installed, said

pytestmark = pytest.mark.peer

PROGRAM = """
import json, sys
from mettler_toledo_device import MettlerToledoDevice
device = MettlerToledoDevice(port=sys.argv[1])
print(json.dumps([{}]))
device.close()
"""


def told(device: ScaleEmulator, name: str, clock: WallClock, *questions: str) -> object:
    """Return what mettler_toledo_device says to some questions."""
    program = PROGRAM.format(", ".join(f"device.{question}()" for question in questions))
    return said(installed("scales"), program, [name], device, clock)


def test_mettler_toledo_device_weighs_on_the_emulated_balance() -> None:
    line, name = pseudo_terminal()
    clock = WallClock(0)
    device = ScaleEmulator("mt-sics", line, clock)
    device.load(100.0)
    found = told(device, name, clock, "get_serial_number", "get_weight", "get_weight_stable", "get_balance_data")
    assert found == ["1126493049", [100.0, "g", "S"], [100.0, "g"], ["Emulated", "Balance", "220.00", "g"]]
    device.begin(Trouble.MOTION)
    assert told(device, name, clock, "get_weight") == [[100.0, "g", "D"]]
    device.begin(None)
    device.load(2.0)
    assert told(device, name, clock, "zero_stable", "get_weight") == [True, [0.0, "g", "S"]]
    device.close()


@pytest.mark.parametrize("trouble", [Trouble.OVER, Trouble.SILENCE])
def test_it_has_no_weight_when_there_is_none(trouble: Trouble) -> None:
    line, name = pseudo_terminal()
    clock = WallClock(0)
    device = ScaleEmulator("mt-sics", line, clock)
    device.begin(trouble)
    assert told(device, name, clock, "get_weight_stable") == [None]
    device.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def balance() -> Iterator[tuple[str, str]]:
    """mt-sics-emulator on TCP: where it weighs, and where it is told what lies on it."""
    program = installed("scales", "mtsics-tcp")
    ports = [str(free_port()), str(free_port())]
    words = ["--host", "127.0.0.1", "--port", ports[0], "--profile", "mt-xs204", "--control-port", ports[1]]
    with subprocess.Popen([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as peer:
        clock = WallClock(0)
        while clock.now_ns < 30 * SECOND and not all(map(listens, ports)):
            clock.wait_until(clock.now_ns + 50 * MILLISECOND)
        yield f"socket://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
        peer.terminate()


def listens(port: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def test_our_driver_weighs_on_mt_sics_emulator(balance: tuple[str, str]) -> None:
    # It answers SI in a form of its own, so it is asked with S.
    where, control = balance
    clock = WallClock(0)
    scale = SerialScale("scale-1", ["scale-1/plate-1"], "mt-sics-stable", SerialLine(where), clock)
    order = json.dumps({"target": 150.0}).encode()
    urlopen(Request(f"{control}/weight", order, {"Content-Type": "application/json"}), timeout=10).close()
    found = 0.0
    while clock.now_ns < 30 * SECOND and found != pytest.approx(150.0, abs=0.01):
        for record in scale.read(clock.now_ns):
            found = float(record.grams[0, 0])
        clock.wait_until(clock.now_ns + 10 * MILLISECOND)
    scale.close()
    assert found == pytest.approx(150.0, abs=0.01)
    assert scale.noise == 0
