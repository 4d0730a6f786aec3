"""An emulated card terminal at which the twin's shoppers pay."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.checkout import TerminalEvent, TerminalEventKind, TerminalOrder
from contracts.clock import Clock
from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import AnswerRecord
from contracts.steps import Card
from devices.drivers.lines import FarLine
from devices.terminal.business import Sale
from devices.terminal.emulator import ZvtEmulator

_OF = {TerminalEventKind.APPROVED: "approved", TerminalEventKind.DECLINED: "declined"}


class EmulatedTerminal:
    """What a run drives: the till asks over the wire, the twin's own terminal is asked for the card.

    Args:
        device: device id.
        emulator: the device.
        line: its end, which this closes.
        currency: ISO 4217, of its amounts.
        clock: of the bench.
    """

    def __init__(self, device: str, emulator: ZvtEmulator, line: FarLine, currency: str, clock: Clock) -> None:
        self.device, self.emulator, self._line, self._currency, self._clock = device, emulator, line, currency, clock
        self._arrivals = line.arrivals
        self._seen: Sale | None = None
        self._count = 0

    def work(self) -> None:
        """Hear what the till said, and say what is due; a till that comes anew begins anew."""
        now_ns = self._clock.now_ns
        data = self._line.read()
        if self._line.arrivals != self._arrivals:
            self._arrivals = self._line.arrivals
            self.emulator.connect()
        self.emulator.feed(data, now_ns)
        self._line.write(self.emulator.advance(now_ns))
        if self.emulator.hangs_up:
            self._line.hang_up()
            self.emulator.connect()

    def live(self, record: Record) -> None:
        """Have the card held against it that the twin's own terminal was shown; a time-out was none."""
        if isinstance(record, TerminalEvent) and (answer := _OF.get(record.kind)):
            approved = answer == "approved"
            token = record.token or "card"
            self.emulator.present(Card(token=token, answer="approved" if approved else "declined"))

    def orders(self) -> Sequence[AnswerRecord]:
        """Return what the till asked for since the last call, once a payment."""
        sale, before = self.emulator.sale, self._seen
        self._seen = sale
        if sale is None or sale is before:
            return ()
        self._count += 1
        order = TerminalOrder(
            t_ns=self._clock.now_ns,
            source=self.device,
            terminal=self.device,
            key=f"{self.device}-wire-{self._count}",
            amount_minor=sale.amount_minor,
            currency=self._currency,
        )
        return (order,)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; it can have all of them."""
        return self.emulator.fault(kind)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._line.close()
