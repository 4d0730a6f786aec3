"""A reader on a line that speaks OSDP: what scanners and palm readers have in common. It works whenever it is read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from secrets import token_bytes
from typing import Generic, TypeVar

from contracts.clock import SECOND, Clock
from contracts.errors import DeviceUnavailable
from contracts.ports import FaultKind, PortInfo
from contracts.record import Record
from devices.line import Line
from devices.osdp.acu import Acu, Heard
from devices.osdp.codes import Command
from devices.osdp.complaint import complaint
from devices.osdp.crypto import RANDOM
from devices.osdp.link import Link
from devices.osdp.probe import probe
from devices.osdp.showing import Color, Led
from devices.osdp.trouble import Trouble
from devices.probing import Probed

R = TypeVar("R", bound=Record)

AGAIN_NS = SECOND
"""Until a line that was lost is opened again."""
Faults = Callable[[FaultKind | None], bool]


def draw() -> bytes:
    """Return 8 bytes that nobody can guess. They are no part of a run: no record depends on them."""
    return token_bytes(RANDOM)


class OsdpReader(ABC, Generic[R]):
    """The driver. Read it every 50 ms: it asks the reader then whether there is something.

    Args:
        info: who it is.
        connect: opens the line, also again after it was lost.
        clock: of the bench.
        link: address, key and times.
        faults: begins and ends faults of the emulator behind the line.
        random: draws what the secure channel begins with.
    """

    def __init__(
        self,
        info: PortInfo,
        connect: Callable[[], Line],
        clock: Clock,
        link: Link,
        *,
        faults: Faults | None = None,
        random: Callable[[], bytes] = draw,
    ) -> None:
        self.info = info
        self._connect, self._clock, self._faults = connect, clock, faults
        self.acu = Acu(link, random)
        self._line: Line | None = None
        self._gone: DeviceUnavailable | None = None
        self._open_ns = 0
        self._records: list[R] = []
        self._off = self._dark = False

    @property
    def troubles(self) -> Counter[Trouble]:
        """What went wrong on the wire so far."""
        return self.acu.troubles

    @property
    def complaint(self) -> DeviceUnavailable | None:
        """Why it cannot be used now and what to try, None when it can, or has only just begun."""
        return self._gone or complaint(self.info.id, self.acu, self._clock.now_ns)

    def probe(self) -> Probed:
        """Wait for an answer; what the reader reads meanwhile is kept.

        Raises:
            DeviceUnavailable: with the cause, and what to try.
        """
        return probe(self.info.id, self.acu, self._attempt, lambda: self.complaint, self._clock)

    def read(self, until_ns: int) -> Sequence[R]:
        """Return what it reported after the last call and up to until_ns, oldest first."""
        self._attempt()
        due = [record for record in self._records if record.t_ns <= until_ns]
        self._records = self._records[len(due) :]
        return due

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
        if self._line is not None:
            self._line.close()

    @abstractmethod
    def hear(self, heard: Heard, now_ns: int) -> R | None:
        """Return the record of what the reader said, None for what is none."""

    def ask(self, now_ns: int) -> None:
        """Queue what the reader has to be asked beside polls."""

    def _attempt(self) -> None:
        try:
            self._work(self._clock.now_ns)
        except DeviceUnavailable as error:
            self._lose(error)

    def _work(self, now_ns: int) -> None:
        if self._line is None:
            if now_ns < self._open_ns:
                return
            self._line, self._gone = self._connect(), None
        for heard in self.acu.feed(self._line.read(), now_ns):
            record = self.hear(heard, now_ns)
            if record is not None and not (self._off or self._dark):
                self._records.append(record)
        if not self._dark:
            self.ask(now_ns)
        if data := self.acu.to_send(now_ns):
            self._line.write(data)

    def _lose(self, error: DeviceUnavailable) -> None:
        now_ns = self._clock.now_ns
        if self._line is not None:
            self._line.close()
            self.acu.lose(now_ns)
        self._line, self._gone, self._open_ns = None, error, now_ns + AGAIN_NS
