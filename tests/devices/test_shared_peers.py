"""Others' programs on lines that several of our emulated devices share."""

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.records import Direction, Scan
from devices.drivers.opening import open_exposed
from devices.drivers.registry import find
from devices.gate.emulated import EmulatedGate
from devices.shared import Shared
from tests.devices.modbus.peers import beside, program
from tests.devices.osdp.pair import KEY
from tests.devices.osdp.peers import peer
from tests.devices.test_bus import LANES, READERS

pytestmark = pytest.mark.peer


def test_mbpoll_opens_the_second_of_two_gates_on_one_module(tmp_path: Path) -> None:
    clock, shared, kind = WallClock(), Shared(), find("gate/perco-pulse")
    line, gates = f"pty:{tmp_path / 'bus'}", []
    for id_, flow in LANES.items():
        said = kind.options.model_validate({"module": "waveshare-io-8ch", "unit": 7, **flow})
        gate = open_exposed(kind, id_, line, clock, options=said, shared=shared)
        assert isinstance(gate, EmulatedGate)
        gates.append(gate)

    def work() -> None:
        for gate in gates:
            gate.work()

    def switch(coil: int, value: str) -> None:
        words = [program("mbpoll", "mbpoll"), "-m", "rtu", "-b", "9600", "-P", "none", "-a", "7", "-0", "-1"]
        rc, said = beside(work, [*words, f"-r{coil}", "-t0", str(tmp_path / "bus"), value])
        assert rc == 0, said

    for fire in (3, 7):
        switch(fire, "1")
    assert [gate.emulator.blocks for gate in gates] == [True, True]
    switch(4, "1")
    until_ns = clock.now_ns + 150 * MILLISECOND
    while clock.now_ns < until_ns:
        work()
    assert [gate.emulator.lets_through(Direction.IN) for gate in gates] == [False, True]
    for gate in gates:
        gate.close()


@pytest.mark.parametrize("secure", [False, True], ids=["clear", "secure"])
def test_the_acu_of_libosdp_with_two_of_our_readers_on_one_line(secure: bool, tmp_path: Path) -> None:
    clock, shared, kind = WallClock(), Shared(), find("scanner/osdp-code")
    (tmp_path / "key").write_text(KEY.secret.hex())
    key = {"key file": tmp_path / "key"} if secure else {}
    readers = {}
    for id_, address in list(READERS.items())[:2]:
        said = kind.options.model_validate({"address": address, **key})
        readers[id_] = open_exposed(kind, id_, f"pty:{tmp_path / 'bus'}", clock, options=said, shared=shared)

    def work() -> None:
        for reader in readers.values():
            reader.work()

    words = [str(tmp_path / "bus"), "1", "2", KEY.secret.hex() if secure else ""]
    with peer("libosdp", "libosdp_two.py", words, clock, work) as acu:
        acu.line("ready")
        for id_, reader in readers.items():
            reader.live(Scan(t_ns=0, source=id_, code=id_[-1:].encode()))
            acu.pause(2 * SECOND)
        found = acu.found()
    # It counts its devices from 0, whatever their addresses.
    assert found == {"there": True, "cards": [[0, b"1".hex()], [1, b"2".hex()]]}
    for reader in readers.values():
        reader.close()
