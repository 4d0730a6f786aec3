"""The far end of a Modbus line: the units of one device, or of several that were put on one line."""

from __future__ import annotations

from contracts.clock import Clock
from contracts.errors import UsageError
from devices.drivers.lines import FarLine
from devices.modbus.bank import Bank
from devices.modbus.device import Device
from devices.modbus.framing import Framing
from devices.modbus.serve import pump


class FarEnd:
    """The owner of a far end.

    Args:
        line: that end; closed with the last who leaves.
        framing: of the line.
        clock: bench time.
        seed: of the bits that are hit.
    """

    def __init__(self, line: FarLine, framing: Framing, clock: Clock, seed: int = 0) -> None:
        self._line, self._clock, self._framing = line, clock, framing
        self._arrivals = line.arrivals
        self._guests = 0
        self.device = Device({}, framing, seed)

    def join(self, units: dict[int, Bank], framing: Framing) -> None:
        """Put units on the line; one that is there already is the same module, with one more who uses it.

        Raises:
            UsageError: the line has another framing.
        """
        if framing is not self._framing:
            raise UsageError("two framings on one line", where=str(framing), expected=str(self._framing))
        self._guests += 1
        self.device.units.update(units)

    def work(self) -> None:
        """Hear what came, and answer; a host that comes anew begins anew."""
        if self._line.arrivals != self._arrivals:
            self._arrivals = self._line.arrivals
            self.device.forget()
        pump(self.device, self._line, self._clock)

    def leave(self) -> None:
        """Let go; the last one closes the line."""
        self._guests -= 1
        if self._guests <= 0:
            self._line.close()
