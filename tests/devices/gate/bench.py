"""A gate's driver and an emulated gate, joined in memory, on time that a test moves."""

from collections.abc import Sequence

from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.records import Direction, GateAction, GateCommand, GateEventKind
from devices.gate.driver import IoGate
from devices.gate.emulator import GateEmulator
from devices.gate.module import Module
from devices.gate.modules import find as module_named
from devices.gate.turnstile import Turnstile
from devices.gate.turnstiles import find as turnstile_named
from devices.line_pair import line_pair
from devices.modbus.client import Client
from devices.modbus.framing import Framing
from devices.modbus.serve import pump

OPENED, CLOSED = GateEventKind.OPENED, GateEventKind.CLOSED
PASSED_IN, PASSED_OUT = GateEventKind.PASSED_IN, GateEventKind.PASSED_OUT
TIMED_OUT, TAILGATED = GateEventKind.TIMED_OUT, GateEventKind.TAILGATED
IN, OUT = Direction.IN, Direction.OUT


class Bench:
    """Both ends of one line."""

    def __init__(
        self,
        module: str | Module = "adam-6060",
        turnstile: str | Turnstile = "perco-pulse",
        framing: Framing = Framing.TCP,
        *,
        detector: bool = False,
        counters: bool = False,
        ready: bool = True,
        tick_ms: int = 10,
    ) -> None:
        self.clock, self._tick_ns = VirtualClock(), tick_ms * MILLISECOND
        self.module = module_named(module) if isinstance(module, str) else module
        self.turnstile = turnstile_named(turnstile) if isinstance(turnstile, str) else turnstile
        self.device = GateEmulator(self.module, self.turnstile, self.clock, detector=detector, seed=1)
        self._end = self.device.device(framing)
        self.ours, self.theirs = line_pair()
        client = Client("a pair of lines", lambda: self.ours, framing, self.clock)
        self.gate = IoGate(
            "gate-in", self.module, self.turnstile, client, self.clock, faults=self.device.fault, counters=counters
        )
        if ready:
            assert self.run(1) == []

    def run(self, seconds: float) -> list[GateEventKind]:
        """Let time pass; return what the gate reports."""
        found: list[GateEventKind] = []
        until_ns = self.clock.now_ns + round(seconds * SECOND)
        while self.clock.now_ns < until_ns:
            self.clock.wait_until(self.clock.now_ns + self._tick_ns)
            self.serve()
            found += [event.kind for event in self.gate.read(self.clock.now_ns)]
        return found

    def serve(self) -> None:
        """Let the device hear and speak."""
        self.device.advance()
        pump(self._end, self.theirs, self.clock)
        self.device.advance()

    def open(self, direction: Direction = IN, seconds: float = 0.5) -> list[GateEventKind]:
        """Tell it to open, and let time pass."""
        return self.tell(GateAction.OPEN, direction, seconds)

    def lock(self, seconds: float = 0.5) -> list[GateEventKind]:
        """Tell it to lock, and let time pass."""
        return self.tell(GateAction.LOCK, IN, seconds)

    def tell(self, action: GateAction, direction: Direction, seconds: float) -> list[GateEventKind]:
        """Give an order, and let time pass."""
        order = GateCommand(t_ns=0, source="test", gate="gate-in", action=action, direction=direction)
        self.gate.command(order)
        return self.run(seconds)

    def cross(self, direction: Direction = IN, seconds: float = 0.3) -> tuple[bool, Sequence[GateEventKind]]:
        """Let a body cross; return whether it had leave, and what the gate reports."""
        had_leave = self.device.passed(direction)
        return had_leave, self.run(seconds)
