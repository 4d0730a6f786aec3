"""Other people's program for balances against our emulated one."""

import json
import subprocess
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from devices.fd_line import pseudo_terminal
from devices.scale.balance import Trouble
from devices.scale.emulator import ScaleEmulator

pytestmark = pytest.mark.peer

PYTHON = Path(__file__).parents[3] / ".peers" / "scales" / "bin" / "python"
PROGRAM = """
import json, sys
from mettler_toledo_device import MettlerToledoDevice
device = MettlerToledoDevice(port=sys.argv[1])
print(json.dumps([{}]))
device.close()
"""


def told(device: ScaleEmulator, name: str, clock: WallClock, *questions: str) -> list[object]:
    """Return what mettler_toledo_device says to some questions; the emulator is served meanwhile."""
    if not PYTHON.exists():
        pytest.skip("mettler_toledo_device is not installed: run ci/peers")
    program = PROGRAM.format(", ".join(f"device.{question}()" for question in questions))
    with subprocess.Popen([PYTHON, "-c", program, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as peer:
        give_up_ns = clock.now_ns + 60 * SECOND
        while peer.poll() is None and clock.now_ns < give_up_ns:
            device.serve()
            clock.wait_until(clock.now_ns + 2 * MILLISECOND)
        peer.kill()
        said, complained = peer.communicate()
    assert peer.returncode == 0, complained.decode()
    answer: list[object] = json.loads(said)
    return answer


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
