"""The twin's own gate on a wire: a real controller opens it, and simulated shoppers walk through."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import Clock
from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import AnswerRecord, Direction, GateAction, GateCommand, GateEvent, GateEventKind
from devices.gate.emulator import GateEmulator
from devices.modbus.far import FarEnd
from devices.modbus.framing import Framing

_BODY = {GateEventKind.PASSED_IN: Direction.IN, GateEventKind.PASSED_OUT: Direction.OUT}


class EmulatedGate:
    """What a run drives: the wire opens it, the twin's bodies pass.

    Args:
        device: device id.
        emulator: the device.
        end: of the line that its module hangs on; this leaves it.
        framing: of the line.
        clock: of the bench.
    """

    def __init__(self, device: str, emulator: GateEmulator, end: FarEnd, framing: Framing, clock: Clock) -> None:
        self.device, self.emulator, self._end, self._clock = device, emulator, end, clock
        self._open = True
        end.join({emulator.unit: emulator.module.bank}, framing)
        emulator.hang_on(end.device)

    def work(self) -> None:
        """Hear what came over the line, and say what is due."""
        self.emulator.advance()
        self._end.work()
        self.emulator.advance()

    def live(self, record: Record) -> None:
        """Let whoever passed the twin's own gate pass; whoever slipped through behind them too."""
        if not isinstance(record, GateEvent):
            return
        if record.kind in _BODY:
            self.emulator.passed(_BODY[record.kind])
        elif record.kind is GateEventKind.TAILGATED:
            self.emulator.passed(Direction.IN)

    def orders(self) -> Sequence[AnswerRecord]:
        """Return what the wire has told the turnstile since the last call."""
        granted = self.emulator.mechanics.granted
        orders = [self._order(direction) for direction in granted]
        granted.clear()
        return orders

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; it can have all of them."""
        return self.emulator.fault(kind)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        if self._open:
            self._open = False
            self._end.leave()

    def _order(self, direction: Direction | None) -> GateCommand:
        return GateCommand(
            t_ns=self._clock.now_ns,
            source=self.device,
            gate=self.device,
            action=GateAction.LOCK if direction is None else GateAction.OPEN,
            direction=direction or Direction.IN,
        )
