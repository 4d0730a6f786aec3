"""The scanner without a wire, and driver and emulator at both ends of a pseudo-terminal."""

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, VirtualClock
from contracts.ports import FaultKind
from contracts.records import Scan
from devices.drivers.opening import open_device, open_exposed
from devices.scanner.codec import Trouble
from my_scanner import KINDS, MyCodec

(KIND,) = KINDS
FRAME = b"$5901234123457*3E\r\n"


def test_a_frame_is_read_wherever_it_is_cut() -> None:
    for cut in range(len(FRAME)):
        codec = MyCodec()
        found = [*codec.feed(FRAME[:cut], 0), *codec.feed(FRAME[cut:], 0)]
        assert [read.code for read in found] == [b"5901234123457"]


def test_a_changed_byte_is_never_taken_for_a_code() -> None:
    for at in range(len(FRAME) - 2):
        codec = MyCodec()
        assert codec.feed(FRAME[:at] + b"~" + FRAME[at + 1 :], 0) == []
        assert codec.troubles[Trouble.SKIPPED] + codec.troubles[Trouble.CHECKSUM] > 0


def test_codes_cross_a_wire(tmp_path: Path) -> None:
    clock = VirtualClock()
    port = tmp_path / "scanner"
    device = open_exposed(KIND, "scanner-in", f"pty:{port}", clock)
    driver = open_device(KIND, "scanner-in", str(port), clock)
    device.live(Scan(t_ns=0, source="scanner-in", code=b"5901234123457"))
    found = []
    for _ in range(10):
        clock.wait_until(clock.now_ns + 50 * MILLISECOND)
        device.work()
        found += driver.read(clock.now_ns)
    assert [scan.code for scan in found] == [b"5901234123457"]
    assert device.fault(FaultKind.OFF)
    driver.safe_state()
    device.close()


def test_the_rig_knows_it_by_name() -> None:
    from devices.drivers.registry import load

    kinds = load().kinds
    if KIND.name not in kinds:
        pytest.skip("not installed: pip install -e .")
    assert kinds[KIND.name] == KIND
