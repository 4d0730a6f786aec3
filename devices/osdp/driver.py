"""A reader on a line that speaks OSDP: what scanners and palm readers have in common. It works whenever it is read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from contracts.errors import DeviceUnavailable
from contracts.ports import FaultKind, PortInfo
from contracts.record import Record, take_due
from devices.osdp.acu import Acu, Heard
from devices.osdp.codes import Command
from devices.osdp.complaint import complaint
from devices.osdp.probe import probe
from devices.osdp.showing import Color, Led
from devices.osdp.trouble import Trouble
from devices.osdp.wire import Wire
from devices.probing import Probed

R = TypeVar("R", bound=Record)
Faults = Callable[[FaultKind | None], bool]


class OsdpReader(ABC, Generic[R]):
    """The driver. Read it every 50 ms: it asks the reader then whether there is something.

    Args:
        info: who it is.
        wire: to the reader.
        faults: begins and ends faults of the emulator behind the line.
    """

    def __init__(self, info: PortInfo, wire: Wire, faults: Faults | None = None) -> None:
        self.info = info
        self._clock, self._faults = wire.clock, faults
        self.acu = Acu(wire.link, wire.random)
        self._seat = wire.bus.join(self.acu, wire.clock)
        self._records: list[R] = []
        self._off = self._dark = False

    @property
    def troubles(self) -> Counter[Trouble]:
        """What went wrong on the wire so far."""
        return self.acu.troubles

    @property
    def complaint(self) -> DeviceUnavailable | None:
        """Why it cannot be used now and what to try, None when it can, or has only just begun."""
        return self._seat.bus.gone or complaint(self.info.id, self.acu, self._clock.now_ns)

    def probe(self) -> Probed:
        """Wait for an answer; what the reader reads meanwhile is kept.

        Raises:
            DeviceUnavailable: with the cause, and what to try.
        """
        return probe(self.info.id, self.acu, self._work, lambda: self.complaint, self._clock)

    def read(self, until_ns: int) -> Sequence[R]:
        """Return what it reported after the last call and up to until_ns, oldest first."""
        self._work()
        return take_due(self._records, until_ns)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; any reader can be OFF: what it says is then not heard."""
        self._off = False
        if self._faults is not None and self._faults(kind):
            return True
        self._off = kind is FaultKind.OFF
        return kind in (None, FaultKind.OFF)

    def safe_state(self) -> None:
        """Go dark: its light is red, and what it reads is not heard."""
        self.light(on=False)

    def light(self, *, on: bool) -> None:
        """Let it read, or let it go dark."""
        self._dark = not on
        self.acu.command(Command.LED, Led(Color.GREEN if on else Color.RED).pack())

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._seat.leave()

    @abstractmethod
    def hear(self, heard: Heard, now_ns: int) -> R | None:
        """Return the record of what the reader said, None for what is none."""

    def ask(self, now_ns: int) -> None:
        """Queue what the reader has to be asked beside polls."""

    def _work(self) -> None:
        now_ns = self._clock.now_ns
        for heard in self._seat.hear():
            record = self.hear(heard, now_ns)
            if record is not None and not (self._off or self._dark):
                self._records.append(record)
        if not self._dark:
            self.ask(now_ns)
        self._seat.speak()
