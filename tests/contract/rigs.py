"""What a test of the ports' suite gets: devices, and a way to let time pass for them."""

from __future__ import annotations

from contracts import ports
from contracts.clock import VirtualClock
from contracts.record import Record
from contracts.records import Direction
from tests.contract.wired import Wired, pass_time
from twin.gate import TwinGate
from twin.source import TwinSource


class Rig:
    """Devices of a small twin, and a way to let time pass for them."""

    def __init__(
        self, twin: TwinSource, devices: dict[str, ports.Port], wires: dict[str, Wired], clock: VirtualClock
    ) -> None:
        self.twin, self.devices, self.wires, self.clock = twin, devices, wires, clock

    def advance(self, device: str, until_ns: int) -> list[Record]:
        """Let the twin's world move on, and return what one device reports."""
        if device in self.wires:
            return pass_time(self.wires[device], self.devices[device], self.clock, until_ns)
        # The twin's own read would fetch every port's records; here only the world may move.
        while self.twin.world.now_ns < until_ns:
            self.twin.world.begin_frame()
            self.twin.world.end_frame()
        return list(self.devices[device].read(until_ns))

    def cross(self, gate: str, direction: Direction) -> bool:
        """Let a body cross a gate; return whether it had been opened for it."""
        if gate in self.wires:
            cross = self.wires[gate].cross
            assert cross is not None
            return cross(direction)
        port = self.twin.ports[gate]
        assert isinstance(port, TwinGate)
        return port.passed(direction)

    def code(self, shown: bytes) -> bytes:
        """Return what a scanner tells of a code that it was shown."""
        return shown
