"""Switches a module's host watchdog on, where that can be done over Modbus."""

from __future__ import annotations

from devices.gate.module import Dog, Watchdog
from devices.modbus import types
from devices.modbus.host import Answer
from devices.modbus.types import Code, Request


class Arming:
    """Reads the register, writes it only where it differs (it is kept in EEPROM), and reads it again.

    Args:
        watchdog: as the module has it.
    """

    def __init__(self, watchdog: Watchdog) -> None:
        self._watchdog = watchdog
        self._asks = watchdog.kind is Dog.REGISTER
        self._wanted = max(1, round(watchdog.after_ns / watchdog.unit_ns))
        self._tries = 2
        self.armed: bool | None = None if self._asks or watchdog.kind is Dog.SETUP else True
        """None while nobody knows; a watchdog that is set up with the maker's program cannot be asked."""

    def begin(self) -> list[Request]:
        """Return what asks whether it is on."""
        self._tries = 2
        return [types.read_holding(self._watchdog.register)] if self._asks else []

    def answered(self, answer: Answer) -> list[Request]:
        """Take an answer; return what must be asked next."""
        request = answer.request
        ours = self._asks and request.address == self._watchdog.register
        if not ours or request.code not in (Code.READ_HOLDING, Code.WRITE_REGISTER):
            return []
        if request.code == Code.READ_HOLDING and answer.values == (self._wanted,):
            self.armed = True
            return []
        self._tries -= 1
        if self._tries < 0:
            self.armed = False
            return []
        if request.code == Code.WRITE_REGISTER:
            return [types.read_holding(self._watchdog.register)]
        return [types.write_register(self._watchdog.register, self._wanted)]
