"""The ports' suite on readers that speak OSDP, directly and behind a shim."""

from collections.abc import Iterator

import pytest

from contracts.clock import VirtualClock
from devices.shim.client import Bench
from devices.shim.host import serve
from tests.contract import test_ports as suite
from tests.contract.osdp import reader
from tests.contract.rigs import Rig
from tests.twin.smallstore import small_store
from twin.source import TwinSource

SCANNERS, PALM_READERS = ("osdp-code", "osdp-text"), ("osdp-palm", "osdp-palm-verify")
BOTH = (
    suite.test_a_fault_is_had_or_refused_and_a_safe_state_is_always_reached,
    suite.test_every_port_says_who_it_is_and_has_its_kinds_methods,
)
OF_SCANNERS = (
    suite.test_a_scanner_reads_the_very_bytes_it_is_shown,
    suite.test_a_scanner_that_is_off_reads_nothing,
    *BOTH,
)
OF_PALM_READERS = (suite.test_a_palm_reader_tells_an_opaque_handle, *BOTH)


@pytest.fixture(scope="module")
def twin() -> Iterator[TwinSource]:
    source = TwinSource(small_store(), (), seed=3)
    yield source
    source.close()


@pytest.fixture(params=["", "behind a shim"], ids=["driver", "shim"])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("check", OF_SCANNERS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", SCANNERS)
def test_a_scanner(name: str, check: object, place: str, twin: TwinSource) -> None:
    run(name, check, place, twin)


@pytest.mark.parametrize("check", OF_PALM_READERS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", PALM_READERS)
def test_a_palm_reader(name: str, check: object, place: str, twin: TwinSource) -> None:
    run(name, check, place, twin)


def run(name: str, check: object, place: str, twin: TwinSource) -> None:
    """Run one test of the suite on one reader."""
    assert callable(check)
    clock = VirtualClock()
    wires = {"reader-1": reader(name, "reader-1", clock)}
    devices = {id_: device.port for id_, device in wires.items()}
    if not place:
        check(Rig(twin, devices, wires, clock))
        return
    with serve(devices) as shim, Bench(shim.address) as bench:
        check(Rig(twin, dict(bench.ports), wires, clock))
