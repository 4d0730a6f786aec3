"""An I/O module that is not there: its registers, its relays with their pulses, its inputs and its watchdog."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

import numpy as np

from devices.gate.emulate.contact import Contact
from devices.gate.module import Dog, Module, Pulse
from devices.modbus.bank import OF, Bank, Table
from devices.modbus.types import OFF, ON, Code, Refusal, Reply, Request

_FLASH_OFF, _TOGGLE, _ALL = 0x0200, 0x5500, 0x00FF
"""Of Waveshare's boards: what is added for a pulse that opens; the value that turns a relay over; all at once."""


class IoModule:
    """One module. Everything happens at the time of the call, in order; `advance` lets the rest happen.

    Args:
        profile: which.
        draws: of how its contacts bounce.
        bounces: whether they do.
    """

    def __init__(self, profile: Module, draws: np.random.Generator, *, bounces: bool = True) -> None:
        self.profile = profile
        self.contacts = [Contact(draws, bounces=bounces) for _ in range(profile.inputs)]
        self.bank = Bank(special=self._special, written=self._written, fresh=self._fresh)
        self.welded = False
        """Whether its relays stay as they are, whatever it is told: it echoes orders and reads back the truth."""
        self.frozen: tuple[int, ...] | None = None
        """What its inputs say for ever."""
        self.changes: list[tuple[int, int, bool]] = []
        """What its relays did: time, channel, closed. The owners of the channels take them out."""
        self.owned: set[int] = set()
        """Relays that something hangs on."""
        self.tripped = 0
        """How often its watchdog has let the relays go."""
        self._relays = [False] * profile.relays
        self._ends: dict[int, tuple[int, bool]] = {}
        self._fed_ns = 0
        self._define()

    def advance(self, now_ns: int) -> None:
        """Let pulses end and the watchdog watch."""
        ends = sorted((end_ns, channel, closed) for channel, (end_ns, closed) in self._ends.items() if end_ns <= now_ns)
        for end_ns, channel, closed in ends:
            del self._ends[channel]
            self._switch(channel, end_ns, closed=closed)
        if (after_ns := self._watched_ns()) and now_ns - self._fed_ns >= after_ns and any(self._relays):
            self.tripped += 1
            for channel in range(self.profile.relays):
                self._switch(channel, self._fed_ns + after_ns, closed=False)

    def own(self, channels: Iterable[int]) -> None:
        """Hang something on relays."""
        self.owned.update(channels)

    def changed(self, channels: Container[int]) -> list[tuple[int, int, bool]]:
        """Take out what some relays did: time, channel, closed; oldest first."""
        found = sorted(change for change in self.changes if change[1] in channels)
        self.changes = [change for change in self.changes if change[1] not in channels]
        return found

    def restart(self, now_ns: int) -> None:
        """Switch it off and on: all relays fall."""
        self._ends.clear()
        for channel in range(self.profile.relays):
            self._switch(channel, now_ns, closed=False)

    def _define(self) -> None:
        profile = self.profile
        self.bank.define(Table.COILS, profile.relay, [0] * profile.relays)
        self.bank.define(profile.input_table, profile.input, [0] * profile.inputs)
        if profile.counters is not None:
            self.bank.define(profile.counters.table, profile.counters.address, [0] * (2 * profile.inputs))
        if profile.pulse is Pulse.COIL:
            self.bank.define(Table.COILS, profile.pulse_at, [0] * profile.relays)
            self.bank.define(Table.HOLDING, profile.pulse_width_at, [1] * profile.relays)
        if profile.watchdog.kind is Dog.REGISTER:
            self.bank.define(Table.HOLDING, profile.watchdog.register, [0])

    def _watched_ns(self) -> int:
        """Return how long its host may be silent, 0 for ever."""
        dog = self.profile.watchdog
        if dog.kind is Dog.REGISTER:
            return self.bank.get(Table.HOLDING, dog.register)[0] * dog.unit_ns
        return dog.after_ns if dog.kind is Dog.SETUP else 0

    def _special(self, request: Request, now_ns: int) -> Reply | None:
        self.advance(now_ns)
        self._fed_ns = now_ns
        if OF[request.code] is self.profile.input_table and request.code in (Code.WRITE_COIL, Code.WRITE_COILS):
            return self._not_an_input(request)
        if self.profile.pulse is Pulse.FLASH and request.code == Code.WRITE_COIL:
            return self._flash(request, now_ns)
        if self.profile.pulse is Pulse.COIL and request.code == Code.WRITE_COIL:
            return self._pulse(request, now_ns)
        return None

    def _not_an_input(self, request: Request) -> Reply | None:
        """Inputs that are read as coils cannot be written."""
        inputs = range(self.profile.input, self.profile.input + self.profile.inputs)
        return Reply(refusal=Refusal.ADDRESS) if request.address in inputs else None

    def _flash(self, request: Request, now_ns: int) -> Reply | None:
        value, over = request.values[0], request.address - self.profile.pulse_at
        if request.address == _ALL and value in (ON, OFF):
            for channel in range(self.profile.relays):
                self._switch(channel, now_ns, closed=value == ON)
        elif 0 <= over % _FLASH_OFF < self.profile.relays and over // _FLASH_OFF in (0, 1) and 0 < value <= 0x7FFF:
            channel, closed = over % _FLASH_OFF, over < _FLASH_OFF
            self._switch(channel, now_ns, closed=closed)
            self._ends[channel] = (now_ns + value * self.profile.pulse_unit_ns, not closed)
        elif value == _TOGGLE and request.address - self.profile.relay in range(self.profile.relays):
            channel = request.address - self.profile.relay
            self._switch(channel, now_ns, closed=not self._relays[channel])
        else:
            return None
        return Reply(request.values)

    def _pulse(self, request: Request, now_ns: int) -> Reply | None:
        channel = request.address - self.profile.pulse_at
        if not 0 <= channel < self.profile.relays:
            return None
        if request.values[0] != ON:
            return Reply(refusal=Refusal.VALUE)
        units = self.bank.get(Table.HOLDING, self.profile.pulse_width_at + channel)[0]
        self._switch(channel, now_ns, closed=True)
        self._ends[channel] = (now_ns + units * self.profile.pulse_unit_ns, False)
        return Reply(request.values)

    def _written(self, request: Request, now_ns: int) -> None:
        for channel in range(self.profile.relays):
            address = self.profile.relay + channel
            if OF[request.code] is Table.COILS and request.address <= address < request.address + request.count:
                self._ends.pop(channel, None)
                self._switch(channel, now_ns, closed=bool(self.bank.get(Table.COILS, address)[0]))

    def _switch(self, channel: int, at_ns: int, *, closed: bool) -> None:
        if not self.welded and closed is not self._relays[channel]:
            self._relays[channel] = closed
            if channel in self.owned:
                self.changes.append((at_ns, channel, closed))

    def _fresh(self, now_ns: int) -> None:
        """Bring what is read up to date."""
        profile = self.profile
        self.bank.define(Table.COILS, profile.relay, self._relays)
        levels: Sequence[int] = [contact.closed(now_ns) for contact in self.contacts]
        self.bank.define(profile.input_table, profile.input, self.frozen or levels)
        if profile.pulse is Pulse.COIL:
            pulsing = [channel in self._ends for channel in range(profile.relays)]
            self.bank.define(Table.COILS, profile.pulse_at, pulsing)
        if profile.counters is not None:
            words = [contact.count(now_ns) for contact in self.contacts]
            pairs = [(count >> 16 & 0xFFFF, count & 0xFFFF) for count in words]
            ordered = [pair if profile.counters.high_first else pair[::-1] for pair in pairs]
            self.bank.define(profile.counters.table, profile.counters.address, [w for pair in ordered for w in pair])
