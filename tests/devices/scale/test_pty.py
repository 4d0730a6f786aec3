"""A driver and an emulator with a pseudo-terminal between them."""

from contracts.clock import MILLISECOND, SECOND, WallClock
from devices.fd_line import pseudo_terminal
from devices.line import SerialLine
from devices.scale.driver import SerialScale
from devices.scale.emulator import ScaleEmulator
from devices.scale.profile import PROFILES


def test_a_weight_comes_through_a_pseudo_terminal() -> None:
    wire, name = pseudo_terminal()
    clock = WallClock(0)
    line = SerialLine(f"{name}?{PROFILES['toledo-8217-kg'].line}")
    device = ScaleEmulator("toledo-8217-kg", wire, clock)
    scale = SerialScale("scale-1", ["scale-1/plate-1"], "toledo-8217-kg", line, clock)
    device.load(1250.0)
    found: list[float] = []
    # As long as it takes on a busy machine, and no longer.
    while clock.now_ns < 30 * SECOND and 1250.0 not in found:
        device.serve()
        found += [float(record.grams[0, 0]) for record in scale.read(clock.now_ns)]
        clock.wait_until(clock.now_ns + 5 * MILLISECOND)
    assert 1250.0 in found
    scale.close()
    device.close()
