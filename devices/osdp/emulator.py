"""A device that is not there: it speaks OSDP on a line, and fails in the ways that real ones do."""

from __future__ import annotations

from contracts.clock import Clock
from contracts.ports import FaultKind
from contracts.seeds import stream
from devices.line import Line
from devices.osdp.crypto import RANDOM
from devices.osdp.harm import DELAYED_NS, LATE_NS, SLOW_NS, Harm, harmed
from devices.osdp.identity import Capabilities
from devices.osdp.link import Link
from devices.osdp.packet import Packet
from devices.osdp.panel import Said
from devices.osdp.pd import Pd

FAULTS = frozenset(FaultKind) - {FaultKind.WRONG}
MOST_OUT = 4096
"""Pieces that stand to be sent; a slow device drops what comes after."""


class OsdpEmulator:
    """What all emulated devices have in common. Call `work` often; it holds no thread.

    Args:
        device: device id, which names its random stream.
        line: to the ACU.
        clock: of the bench.
        link: the device's own address and key; `install` lets it take the key that everybody knows.
        capabilities: beside those of every reader.
        seed: of delays, noise, and what the secure channel begins with: it guards nothing.
        strict: with a key, it obeys in the secure channel only.

    Faults: OFF loses its power; STUCK reads the same again, whatever it is shown; GARBAGE sends noise in place of
    replies; SLOW sends byte by byte; DELAYED answers after it was asked again; INTERMITTENT leaves out half of them.
    """

    faults = FAULTS

    def __init__(
        self,
        device: str,
        line: Line,
        clock: Clock,
        link: Link,
        capabilities: Capabilities,
        *,
        seed: int = 0,
        strict: bool = True,
    ) -> None:
        self._line, self._clock = line, clock
        self._draws = stream(seed, "osdp emulator", device)
        self.pd = Pd(link, capabilities, self.obey, lambda: self._draws.bytes(RANDOM), strict=strict)
        self._fault: FaultKind | None = None
        self._harm: Harm | None = None
        self._harms = 0
        self._out: list[tuple[int, bytes]] = []
        self._free_ns = 0

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""
        if kind is not None and kind not in self.faults:
            return False
        self._fault = kind
        if kind is FaultKind.OFF:
            self.pd.reboot()
            self.forget()
        return True

    def harm(self, kind: Harm, times: int = 1) -> None:
        """Harm the next replies."""
        self._harm, self._harms = kind, times

    def work(self) -> None:
        """Hear, read and say whatever is due."""
        now_ns, heard = self._clock.now_ns, self._line.read()
        if self._fault is FaultKind.OFF:
            self._out.clear()
            return
        self.happen(now_ns)
        for packet in self.pd.feed(heard, now_ns):
            self._answer(packet, now_ns)
        due = sorted((entry for entry in self._out if entry[0] <= now_ns), key=lambda entry: entry[0])
        self._out = [entry for entry in self._out if entry[0] > now_ns]
        if due:
            self._line.write(b"".join(data for _, data in due))

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._line.close()

    def obey(self, _command: int, _data: bytes) -> Said | None:
        """Do what is not every reader's; None when it is not known."""
        return None

    def happen(self, now_ns: int) -> None:
        """Let what is before the reader come to pass."""

    def forget(self) -> None:
        """Forget what is before the reader."""

    def _answer(self, packet: Packet, now_ns: int) -> None:
        harm = self._harm if self._harms else None
        self._harms -= harm is not None
        if harm is Harm.REBOOT:
            self.pd.reboot()
        if harm in (Harm.DEAF, Harm.REBOOT):
            return
        raw = self.pd.busy() if harm is Harm.BUSY else harmed(self.pd.answer(packet), harm)
        if self._fault is FaultKind.INTERMITTENT and self._draws.random() < 0.5:
            return
        if self._fault is FaultKind.GARBAGE:
            raw = self._draws.bytes(len(raw))
        self._say(raw, now_ns)
        if harm is Harm.LATE_DUPLICATE:
            self._out.append((now_ns + LATE_NS, raw))

    def _say(self, raw: bytes, now_ns: int) -> None:
        late_ns = DELAYED_NS if self._fault is FaultKind.DELAYED else 0
        at_ns = max(now_ns + late_ns, self._free_ns)
        if len(self._out) > MOST_OUT:
            return
        if self._fault is FaultKind.SLOW:
            self._out += [(at_ns + i * SLOW_NS, raw[i : i + 1]) for i in range(len(raw))]
            at_ns += len(raw) * SLOW_NS
        else:
            self._out.append((at_ns, raw))
        self._free_ns = at_ns
