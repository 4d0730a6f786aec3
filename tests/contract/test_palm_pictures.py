"""The ports' suite on a palm reader that sends pictures, directly and behind a shim."""

from collections.abc import Iterator

import pytest

from devices.shim.client import Bench
from devices.shim.host import serve
from tests.contract.rigs import Rig
from tests.contract.test_ports import (
    test_a_fault_is_had_or_refused_and_a_safe_state_is_always_reached,
    test_a_palm_reader_tells_an_opaque_handle,
    test_every_port_says_who_it_is_and_has_its_kinds_methods,
)
from tests.contract.wired import Wired
from tests.devices.palm.desk import Desk
from tests.twin.smallstore import small_store
from twin.source import TwinSource

# They run here with this module's `rig`.
__all__ = [
    "test_a_fault_is_had_or_refused_and_a_safe_state_is_always_reached",
    "test_a_palm_reader_tells_an_opaque_handle",
    "test_every_port_says_who_it_is_and_has_its_kinds_methods",
]


@pytest.fixture(params=["driver", "shim"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    twin, desk = TwinSource(small_store(), (), seed=3), Desk()
    wires = {"palm-in": Wired(desk.reader, desk.serve)}
    devices = {"palm-in": desk.reader}
    if request.param == "driver":
        yield Rig(twin, dict(devices), wires, desk.clock)
    else:
        with serve(dict(devices)) as host, Bench(host.address) as bench:
            yield Rig(twin, dict(bench.ports), wires, desk.clock)
    twin.close()
