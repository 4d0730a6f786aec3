"""A scanner that is not there: it speaks a real one's protocol on a line, and fails in the ways that real ones do."""

from __future__ import annotations

from enum import StrEnum

from contracts.clock import MILLISECOND, Clock
from contracts.ports import FaultKind
from contracts.seeds import stream
from devices.line import Line
from devices.scanner.device_side import DeviceSide, Sent

DECODE_NS = (80 * MILLISECOND, 150 * MILLISECOND)
"""From the code before the window to its first byte on the wire. Our assumption, for a 2D imager."""
SLOW_NS = 5 * MILLISECOND
"""A byte, when it is SLOW: five times a byte at 9600 baud."""
DELAYED_NS = 1500 * MILLISECOND
LATE_NS = 300 * MILLISECOND
MOST_SHOWN = 64
FAULTS = frozenset(FaultKind) - {FaultKind.WRONG}
"""A scanner that reads another code than it was shown is not a fault of the wire: codes carry their own checks."""


class Harm(StrEnum):
    """What happens once, to the next frame that carries a code."""

    HALF = "only its first half is sent"
    LOST_ACK = "the answer to it is not heard"
    LATE_DUPLICATE = "it is sent once more, later"
    INTERLEAVED = "an answer to a command falls into its middle"


class ScannerEmulator:
    """The device. Call `work` often; it holds no thread.

    Args:
        device: device id, which names its random stream.
        line: to the host.
        side: the protocol.
        clock: of the bench.
        seed: of delays, garbage and what an intermittent scanner misses.

    Faults: OFF says nothing; STUCK sends the code that it read last, whatever it is shown; GARBAGE sends noise in place
    of codes; SLOW sends byte by byte; DELAYED sends late; INTERMITTENT misses half of the codes.
    """

    def __init__(self, device: str, line: Line, side: DeviceSide, clock: Clock, seed: int = 0) -> None:
        self._line, self.side, self._clock = line, side, clock
        self._draws = stream(seed, "scanner emulator", device)
        self._shown: list[tuple[int, bytes, str]] = []
        self._out: list[tuple[int, bytes]] = []
        self._last: tuple[bytes, str] | None = None
        self._fault: FaultKind | None = None
        self._harm: Harm | None = None
        self._deaf = False
        self._wire_free_ns = 0

    def present(self, code: bytes, symbology: str = "]Q1") -> None:
        """Hold a code in front of it."""
        missed = self._fault is FaultKind.INTERMITTENT and self._draws.random() < 0.5
        if self._fault is FaultKind.OFF or missed or len(self._shown) >= MOST_SHOWN:
            return
        if self._fault is FaultKind.STUCK:
            if self._last is None:
                return
            code, symbology = self._last
        self._last = code, symbology
        self._shown.append((self._clock.now_ns + int(self._draws.integers(*DECODE_NS)), code, symbology))

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""
        if kind is not None and kind not in FAULTS:
            return False
        self._fault = kind
        return True

    def harm(self, kind: Harm) -> None:
        """Harm the next frame that carries a code."""
        self._harm = kind

    def work(self) -> None:
        """Hear, read and say whatever is due."""
        now_ns, heard = self._clock.now_ns, self._line.read()
        if self._fault is FaultKind.OFF:
            self._shown, self._out = [], []
            return
        if heard and self._deaf:
            heard, self._deaf = b"", False
        self.side.feed(heard, now_ns)
        for shown in [shown for shown in self._shown if shown[0] <= now_ns]:
            self._shown.remove(shown)
            self.side.show(shown[1], shown[2])
        for sent in self.side.to_send(now_ns):
            self._say(sent, now_ns)
        self._write(now_ns)

    def _say(self, sent: Sent, now_ns: int) -> None:
        """Put a frame on the wire, with whatever befalls it."""
        data = sent.data
        if sent.code and self._fault is FaultKind.GARBAGE:
            data = self._draws.bytes(len(data))
        harm = self._harm if sent.code else None
        if harm is not None:
            self._harm = None
        half = len(data) // 2
        if harm is Harm.HALF:
            data = data[:half]
        elif harm is Harm.INTERLEAVED:
            data = data[:half] + self.side.reply + data[half:]
        self._deaf = self._deaf or harm is Harm.LOST_ACK
        self._queue(data, now_ns)
        if harm is Harm.LATE_DUPLICATE:
            self._out.append((now_ns + LATE_NS, data))

    def _queue(self, data: bytes, now_ns: int) -> None:
        late_ns = DELAYED_NS if self._fault is FaultKind.DELAYED else 0
        at_ns = max(now_ns + late_ns, self._wire_free_ns)
        if self._fault is FaultKind.SLOW:
            self._out += [(at_ns + i * SLOW_NS, data[i : i + 1]) for i in range(len(data))]
            self._wire_free_ns = at_ns + len(data) * SLOW_NS
        else:
            self._out.append((at_ns, data))
            self._wire_free_ns = at_ns

    def _write(self, now_ns: int) -> None:
        due = sorted((entry for entry in self._out if entry[0] <= now_ns), key=lambda entry: entry[0])
        self._out = [entry for entry in self._out if entry[0] > now_ns]
        if due:
            self._line.write(b"".join(data for _, data in due))
