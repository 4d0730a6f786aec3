"""A reader on a wire whose process is killed during a run: a rig error meanwhile, not a shopper whom nobody saw."""

import subprocess
import sys
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.errors import DeviceUnavailable
from contracts.ports import PortInfo, PortKind
from devices.drivers.opening import open_device
from devices.drivers.registry import find
from devices.shim.client import Bench
from devices.shim.host import serve
from devices.shim.offer import Offer
from rig.mixed import Exposures, MixedSource
from rig.mixed.prompts import Prompts
from tests.rig.mixed.fakes import FakeTwin

TICK_NS = 50 * MILLISECOND
WITHIN_NS = 30 * SECOND


@pytest.mark.slow
@pytest.mark.parametrize("driver", ["scanner/osdp-code", "scanner/zebra-ssi"])
def test_a_reader_that_is_killed_is_told_of_during_the_run(driver: str, tmp_path: Path) -> None:
    line = tmp_path / "reader"
    words = [sys.executable, "-m", "tests.rig.mixed.emulating", driver, f"pty:{line}"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as emulator:
        assert emulator.stdout is not None
        assert emulator.stdout.readline() == "ready\n"
        info = PortInfo("reader-1", PortKind.SCANNER)
        offer = Offer(info, lambda clock: open_device(find(driver), "reader-1", str(line), clock))
        with serve({"reader-1": offer}) as shim, Bench(shim.address) as bench:
            clock = WallClock()
            source = MixedSource(FakeTwin(), [bench], {}, Exposures({}), Prompts({}, print), clock)
            played(source, clock, 2 * SECOND)
            emulator.kill()
            with pytest.raises(DeviceUnavailable) as told:
                played(source, clock, WITHIN_NS)
    text = str(told.value)
    assert "reader-1" in text
    assert "s into the run" in text
    assert "try:" in text


def played(source: MixedSource, clock: WallClock, until_ns: int) -> None:
    """Let a run go on up to a time."""
    for at_ns in range(clock.now_ns - clock.now_ns % TICK_NS + TICK_NS, until_ns, TICK_NS):
        clock.wait_until(at_ns)
        source.read(at_ns)
