"""From a gate's command to its relay read back, over Modbus TCP on loopback, and the same by bare pymodbus."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from benchmarks.figure import Figure
from contracts.clock import MILLISECOND, SECOND, Stopwatch, WallClock
from contracts.gate_states import State
from contracts.records import Direction, GateAction, GateCommand
from devices.gate.driver import IoGate
from devices.gate.emulator import GateEmulator
from devices.gate.modules import MODULES
from devices.gate.turnstiles import TURNSTILES
from devices.modbus.client import connect
from devices.modbus.framing import Framing
from devices.modbus.serve import TcpPort

TARGET_MS = 10.0
COMMANDS, REPEATS = 300, 3
PAUSE_NS = 20 * MILLISECOND
MODULE, TURNSTILE = "moxa-e1214", "perco-potential"
OPEN, LOCK = (
    GateCommand(t_ns=0, source="benchmark", gate="gate-in", action=action, direction=Direction.IN)
    for action in (GateAction.OPEN, GateAction.LOCK)
)


def command_to_read_back() -> Iterator[Figure]:
    """Open and lock a gate again and again, its module emulated in another process; then ask that one by pymodbus."""
    with _module() as port:
        ours = [_ours(port) for _ in range(REPEATS)]
        bare = [_bare(port) for _ in range(REPEATS)]
    told = f"{COMMANDS} commands, a potential-mode gate behind an emulated {MODULE}, TCP loopback"
    for name, place in (("p50", 0), ("p99", 1)):
        target = TARGET_MS if name == "p99" else None
        yield _figure(f"modbus_gate_{name}_ms", [run[place] for run in ours], f"command to read-back, {told}", target)
        yield _figure(
            f"modbus_bare_{name}_ms", [run[place] for run in bare], f"coil and read-back, bare pymodbus, {told}"
        )


def _figure(name: str, values: list[float], note: str, target: float | None = None) -> Figure:
    return Figure(name=name, unit="ms", better="lower", values=values, target=target, note=note)


def _ours(port: int) -> tuple[float, float]:
    """Return median and 99th percentile of the driver, milliseconds."""
    clock = WallClock()
    gate = IoGate("gate-in", MODULES[MODULE], TURNSTILES[TURNSTILE], connect(f"tcp://127.0.0.1:{port}", clock), clock)

    def until(state: State) -> None:
        while gate.state is not state:
            gate.read(clock.now_ns)

    def open_it() -> None:
        gate.command(OPEN)
        until(State.AUTHORISED)

    def lock_it() -> None:
        gate.command(LOCK)
        clock.wait_until(clock.now_ns + PAUSE_NS)
        gate.read(clock.now_ns)

    until(State.LOCKED)
    found = _measured(open_it, lock_it)
    gate.close()
    return found


def _bare(port: int) -> tuple[float, float]:
    """Return the same of pymodbus, which switches a coil and reads it."""
    from pymodbus.client import ModbusTcpClient

    clock = WallClock()
    client = ModbusTcpClient("127.0.0.1", port=port)
    client.connect()

    def open_it() -> None:
        client.write_coil(0, True, device_id=1)
        assert client.read_coils(0, count=6, device_id=1).bits[0]

    def lock_it() -> None:
        client.write_coil(0, False, device_id=1)
        # The same rest as ours: whoever has slept is slower to come back on a busy machine.
        clock.wait_until(clock.now_ns + PAUSE_NS)

    found = _measured(open_it, lock_it)
    client.close()
    return found


def _measured(do: Callable[[], object], undo: Callable[[], object]) -> tuple[float, float]:
    spent = []
    for _ in range(COMMANDS):
        watch = Stopwatch()
        do()
        spent.append(watch.seconds * 1000)
        undo()
    return float(np.percentile(spent, 50)), float(np.percentile(spent, 99))


@contextmanager
def _module() -> Iterator[int]:
    """Run the module in another process, as it is another box; yield its port."""
    with subprocess.Popen([sys.executable, "-m", "benchmarks.modbus"], stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdout is not None
        yield int(peer.stdout.readline())
        peer.terminate()


def _serve() -> None:
    clock = WallClock()
    gate = GateEmulator(MODULES[MODULE], TURNSTILES[TURNSTILE], clock)
    port = TcpPort(lambda: gate.device(Framing.TCP), clock)
    print(port.port, flush=True)
    while True:
        port.wait(SECOND // 100)
        port.work()
        gate.advance()


if __name__ == "__main__":
    _serve()
