"""A foreign controller opens an emulated turnstile, and our driver works a foreign device."""

import socket
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.records import GateAction, GateCommand
from devices.gate.driver import IoGate
from devices.gate.emulator import GateEmulator
from devices.gate.modules import MODULES
from devices.gate.turnstile import PASSES
from devices.gate.turnstiles import TURNSTILES
from devices.modbus.client import connect
from devices.modbus.framing import Framing
from devices.modbus.serve import TcpPort
from tests.devices.gate.bench import CLOSED, IN, OPENED, OUT, TIMED_OUT
from tests.devices.modbus.peers import beside, compiled, program

pytestmark = pytest.mark.peer


class Lane:
    """An emulated PERCo behind an ADAM on a free port, with its fire relay held by nobody but mbpoll."""

    def __init__(self) -> None:
        self.clock = WallClock()
        self.gate = GateEmulator(MODULES["adam-6060"], TURNSTILES["perco-pulse"], self.clock)
        self.port = TcpPort(lambda: self.gate.device(Framing.TCP), self.clock)

    def work(self) -> None:
        self.port.work()
        self.gate.advance()

    def poll(self, *words: str) -> str:
        values = [word for word in words if word in ("0", "1")]
        options = [word for word in words if word not in values]
        line = [program("mbpoll", "mbpoll"), "-m", "tcp", "-p", str(self.port.port), "-a", "1", "-0", "-1"]
        rc, said = beside(self.work, [*line, *options, "127.0.0.1", *values])
        assert rc == 0, said
        return said

    def switch(self, coil: int, value: int) -> None:
        self.poll(f"-r{coil}", "-t0", str(value))

    def rest(self, ns: int) -> None:
        until_ns = self.clock.now_ns + ns
        while self.clock.now_ns < until_ns:
            self.work()
            self.clock.wait_until(self.clock.now_ns + MILLISECOND)


def test_mbpoll_opens_the_emulated_turnstile_sees_who_passes_and_is_guarded_by_the_watchdog() -> None:
    lane = Lane()
    assert lane.gate.lets_through(OUT)  # nobody holds the fire relay yet
    lane.switch(19, 1)
    assert lane.gate.blocks
    lane.switch(16, 1)
    lane.rest(150 * MILLISECOND)
    assert lane.gate.lets_through(IN)
    lane.switch(16, 0)
    assert lane.gate.passed(IN)
    lane.rest(60 * MILLISECOND)
    inputs = lane.poll("-r0", "-c6", "-t0")
    assert [line.split()[-1] for line in inputs.splitlines() if line.startswith("[")] == list("101010")
    assert not lane.gate.passed(IN)
    lane.rest(5 * SECOND + 200 * MILLISECOND)
    assert lane.gate.module.tripped == 1
    assert lane.gate.lets_through(OUT)
    lane.port.close()


def test_our_driver_opens_a_gate_on_a_device_by_libmodbus(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        where = str(probe.getsockname()[1])
    # Its inputs stand still, and no two of these are closed at rest.
    passes = {sense: contact for sense, contact in TURNSTILES["perco-potential"].inputs.items() if sense in PASSES}
    turnstile = replace(TURNSTILES["perco-potential"], inputs=passes, open_ns=SECOND)
    with subprocess.Popen([compiled("modbus_server.c", tmp_path), "tcp", where], stdout=subprocess.PIPE) as peer:
        assert peer.stdout is not None
        peer.stdout.readline()
        clock = WallClock()
        gate = IoGate("gate-in", MODULES["moxa-e1214"], turnstile, connect(f"tcp://127.0.0.1:{where}", clock), clock)
        said: list[object] = []
        opened = False
        while clock.now_ns < 30 * SECOND and CLOSED not in said:
            said += [event.kind for event in gate.read(clock.now_ns)]
            if gate.state == "locked" and not opened:
                opened = True
                gate.command(GateCommand(t_ns=0, source="test", gate="gate-in", action=GateAction.OPEN, direction=IN))
            clock.wait_until(clock.now_ns + 5 * MILLISECOND)
        gate.close()
        peer.kill()
    assert said == [OPENED, TIMED_OUT, CLOSED]
    assert not gate.log.counts
