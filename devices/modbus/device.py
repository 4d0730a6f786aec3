"""The device's side of a Modbus line without I/O: questions in, answers out, with whatever befalls them."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.clock import MILLISECOND
from devices.modbus import framing as framings
from devices.modbus.bank import Bank
from devices.modbus.frame import Frame
from devices.modbus.framing import Framing
from devices.modbus.harm import Harm, Wire
from devices.modbus.pdu import refused
from devices.modbus.types import Refusal

GAP_NS = 100 * MILLISECOND
"""Half a question is given up after so long; a host that sends in pieces takes less."""
_EVERYBODY = 0


class Device:
    """One end of one line: a connection, or a serial port.

    Args:
        units: banks by the address that they answer to. What is for others is not answered in RTU; over TCP the answer
            is exception 11, as of a gateway behind which nobody answers.
        framing: of the line.
        seed: of the bits that are hit.
    """

    def __init__(self, units: Mapping[int, Bank], framing: Framing, seed: int = 0) -> None:
        self.units, self._framing = dict(units), framing
        self._frames = framings.of_device(framing)
        self._wire = Wire(seed)
        self._heard_ns = 0
        self.asked = 0
        """Questions and orders so far, whoever they were for."""

    @property
    def noise(self) -> int:
        """Bytes that belonged to no question."""
        return self._frames.noise

    def begin(self, harm: Harm | None) -> None:
        """Begin to harm answers, or end it with None."""
        self._wire.harm = harm

    def feed(self, data: bytes, now_ns: int) -> None:
        """Take bytes as they came, b"" when only time has passed."""
        if self._wire.harm is Harm.SILENCE:
            # Cut off: it hears nothing either.
            self._frames.clear()
            return
        if data:
            if now_ns - self._heard_ns > GAP_NS:
                self._frames.clear()
            self._heard_ns = now_ns
        for frame in self._frames.feed(data):
            self.asked += 1
            if answer := self._answer(frame, now_ns):
                self._wire.send(answer, now_ns)

    def forget(self) -> None:
        """Begin anew with another host: half a question of the last one is nothing."""
        self._frames.clear()

    def to_send(self, now_ns: int) -> bytes:
        """Return the bytes that go out now, b"" for none."""
        return self._wire.arrived(now_ns)

    def _answer(self, frame: Frame, now_ns: int) -> bytes:
        if frame.unit == _EVERYBODY and self._framing is Framing.RTU:
            for bank in self.units.values():
                bank.answer(frame.pdu, now_ns)
            return b""
        if frame.unit not in self.units:
            return self._encoded(frame, refused(frame.pdu[0], Refusal.TARGET)) if self._framing is Framing.TCP else b""
        pdu = self.units[frame.unit].answer(frame.pdu, now_ns)
        if self._wire.harm is Harm.STRANGE:
            # The function after the one asked for, as from a device that has lost count.
            pdu = bytes([pdu[0] & 0x7F ^ 3]) + pdu[1:]
        return self._encoded(frame, pdu)

    def _encoded(self, question: Frame, pdu: bytes) -> bytes:
        return framings.encode(self._framing, Frame(question.unit, pdu, question.transaction))
