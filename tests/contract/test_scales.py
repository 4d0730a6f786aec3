"""The ports' suite on weight transmitters of every map, directly and behind a shim."""

from collections.abc import Iterator

import pytest

from contracts.clock import SECOND, VirtualClock
from devices.line_pair import line_pair
from devices.modbus.client import Client
from devices.modbus.framing import Framing
from devices.scale.transmitter.driver import TransmitterScale
from devices.scale.transmitter.emulator import TransmitterEmulator
from devices.scale.transmitter.model import Setup
from devices.scale.transmitter.models import TRANSMITTERS
from devices.shim.client import Bench
from devices.shim.host import serve
from tests.contract.rigs import Rig
from tests.contract.test_ports import (
    test_a_fault_is_had_or_refused_and_a_safe_state_is_always_reached,
    test_a_scale_sends_blocks_of_all_its_plates,
    test_every_port_says_who_it_is_and_has_its_kinds_methods,
)
from tests.contract.wired import BLOCK, SAMPLES_A_SECOND, Wired
from tests.devices.scale.transmitter.bench import Far
from tests.twin.smallstore import small_store
from twin.source import TwinSource

# They run here with this module's `rig`.
__all__ = [
    "test_a_fault_is_had_or_refused_and_a_safe_state_is_always_reached",
    "test_a_scale_sends_blocks_of_all_its_plates",
    "test_every_port_says_who_it_is_and_has_its_kinds_methods",
]
PLATES = 8


@pytest.fixture(scope="module")
def twin() -> Iterator[TwinSource]:
    source = TwinSource(small_store(), (), seed=3)
    yield source
    source.close()


def rack(name: str, clock: VirtualClock) -> Wired:
    """Return a rack of eight plates on one bus."""
    ours, theirs = line_pair()
    of, setup = TRANSMITTERS[name], Setup()
    units = range(1, 1 + PLATES // of.channels)
    device = TransmitterEmulator(of, setup, Framing.RTU, Far(theirs), clock, units=units)
    driver = TransmitterScale(
        "gondola-1", [f"gondola-1/shelf-1/plate-{number}" for number in range(PLATES)], of, setup,
        Client("a pair", lambda: ours, Framing.RTU, clock), clock,
        units=units, period_ns=SECOND // SAMPLES_A_SECOND, block=BLOCK, faults=device.fault,
    )  # fmt: skip
    return Wired(driver, device.serve)


@pytest.fixture(params=[(name, shim) for name in TRANSMITTERS for shim in ("", " behind a shim")], ids="".join)
def rig(request: pytest.FixtureRequest, twin: TwinSource) -> Iterator[Rig]:
    name, shim = request.param
    clock = VirtualClock()
    wires = {"gondola-1": rack(name, clock)}
    devices = {id_: device.port for id_, device in wires.items()}
    if not shim:
        yield Rig(twin, devices, wires, clock)
        return
    with serve(devices) as host, Bench(host.address) as bench:
        yield Rig(twin, dict(bench.ports), wires, clock)
