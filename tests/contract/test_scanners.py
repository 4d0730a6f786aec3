"""The ports' suite on scanners of every protocol, directly and behind a shim."""

from collections.abc import Iterator

import pytest

from contracts.clock import VirtualClock
from devices.scanner.profiles import PROFILES
from devices.shim.client import Bench
from devices.shim.host import serve
from tests.contract.rigs import Rig
from tests.contract.test_ports import (
    test_a_fault_is_had_or_refused_and_a_safe_state_is_always_reached,
    test_a_scanner_reads_the_very_bytes_it_is_shown,
    test_a_scanner_that_is_off_reads_nothing,
    test_every_port_says_who_it_is_and_has_its_kinds_methods,
)
from tests.contract.wired import scanner
from tests.twin.smallstore import small_store
from twin.source import TwinSource

# They run here with this module's `rig`.
__all__ = [
    "test_a_fault_is_had_or_refused_and_a_safe_state_is_always_reached",
    "test_a_scanner_reads_the_very_bytes_it_is_shown",
    "test_a_scanner_that_is_off_reads_nothing",
    "test_every_port_says_who_it_is_and_has_its_kinds_methods",
]


@pytest.fixture(scope="module")
def twin() -> Iterator[TwinSource]:
    source = TwinSource(small_store(), (), seed=3)
    yield source
    source.close()


@pytest.fixture(params=[(name, shim) for name in PROFILES for shim in ("", " behind a shim")], ids="".join)
def rig(request: pytest.FixtureRequest, twin: TwinSource) -> Iterator[Rig]:
    name, shim = request.param
    clock = VirtualClock()
    wires = {"scanner-1": scanner(name, "scanner-1", clock)}
    devices = {id_: device.port for id_, device in wires.items()}
    if not shim:
        yield Rig(twin, devices, wires, clock)
        return
    with serve(devices) as shim, Bench(shim.address) as bench:
        yield Rig(twin, dict(bench.ports), wires, clock)
