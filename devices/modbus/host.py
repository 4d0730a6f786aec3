"""The host's side of a Modbus line without I/O: one question at a time, and which answer may be believed."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from enum import StrEnum

from contracts.clock import MILLISECOND
from contracts.errors import RigFault
from devices.modbus import framing as framings
from devices.modbus.frame import Frame
from devices.modbus.framing import Framing
from devices.modbus.pdu import BadPdu, decode_reply, encode_request
from devices.modbus.types import REFUSALS, Refusal, Request

REPLY_NS = 300 * MILLISECOND
"""The longest that an answer may take. Our choice: modules scan their inputs in up to 100 ms."""
MOST_WAITING = 256
"""Questions that may wait; more means that nobody looks whether the device still answers."""


class Trouble(StrEnum):
    """What went wrong on the wire."""

    SILENT = "no answer in time"
    NOISE = "bytes that are no frame"
    UNIT = "an answer from another unit"
    LATE = "an answer to a question of before"
    WRONG = "an answer to another question"
    REFUSED = "an exception"
    LOST = "the line was lost"


@dataclass(frozen=True, slots=True)
class Answer:
    """How a question ended.

    Args:
        request: the question.
        values: what was read, or written; None when it failed.
        trouble: why it failed.
        refusal: the exception, 0 for none.
        asked_ns: when it went out first.
        at_ns: when it ended.
    """

    request: Request
    values: tuple[int, ...] | None
    trouble: Trouble | None = None
    refusal: int = 0
    asked_ns: int = 0
    at_ns: int = 0

    @property
    def why(self) -> str:
        """Why there are no values, for people."""
        if self.trouble is not Trouble.REFUSED:
            return str(self.trouble or "")
        name = Refusal(self.refusal).name.lower() if self.refusal in REFUSALS else "of its own"
        return f"exception {self.refusal} ({name})"


class Host:
    """Keeps the questions of one device in order.

    In RTU nothing tells which question an answer is for. So after one without an answer nothing is asked for as long
    again, and what comes meanwhile is dropped. Over TCP the transaction number tells, and there is no such pause.

    Args:
        framing: of the line.
        unit: address of the device.
        reply_ns: the longest that an answer may take.
        attempts: how often a question goes out before it has failed.
    """

    def __init__(self, framing: Framing, unit: int = 1, *, reply_ns: int = REPLY_NS, attempts: int = 2) -> None:
        self._framing, self.unit, self._reply_ns, self._attempts = framing, unit, reply_ns, attempts
        self._frames = framings.of_host(framing)
        self._waiting: deque[tuple[Request, int]] = deque()
        self._request: Request | None = None
        self._left = 0
        self._first_ns = self._sent_ns = self._quiet_until_ns = 0
        self._transaction = 0
        self._on_wire = False
        self.troubles: Counter[Trouble] = Counter()

    @property
    def idle(self) -> bool:
        """Whether nothing waits for an answer."""
        return self._request is None and not self._waiting

    def holds(self, now_ns: int) -> bool:
        """Whether nobody else may speak on the line: an answer is due, or one that is late may still come."""
        return self._request is not None or now_ns < self._quiet_until_ns

    def ask(self, request: Request, attempts: int = 0) -> None:
        """Take a question.

        Args:
            request: the question.
            attempts: how often it goes out at most, 0 for as often as all; 1 for what must not happen twice.

        Raises:
            RigFault: too many wait.
        """
        if len(self._waiting) >= MOST_WAITING:
            raise RigFault(
                "too many questions wait for a device",
                where=f"Modbus unit {self.unit}",
                expected=f"at most {MOST_WAITING}",
                hint="ask only what can be answered; look at the troubles it counts",
            )
        self._waiting.append((request, attempts or self._attempts))

    def to_send(self, now_ns: int) -> bytes:
        """Return the bytes that go out now, b"" for none."""
        if self._on_wire or now_ns < self._quiet_until_ns:
            return b""
        if self._request is None:
            if not self._waiting:
                return b""
            self._request, self._left = self._waiting.popleft()
            self._first_ns = now_ns
        self._left -= 1
        self._on_wire, self._sent_ns = True, now_ns
        self._transaction = self._transaction % 0xFFFF + 1
        self._frames.clear()
        return framings.encode(self._framing, Frame(self.unit, encode_request(self._request), self._transaction))

    def feed(self, data: bytes, now_ns: int) -> list[Answer]:
        """Take bytes as they came, b"" when only time has passed; return the questions that have ended."""
        noise = self._frames.noise
        ended = [answer for frame in self._frames.feed(data) for answer in self._take(frame, now_ns)]
        if self._on_wire and now_ns - self._sent_ns > self._reply_ns:
            ended += self._missed(now_ns)
        self.troubles[Trouble.NOISE] += self._frames.noise > noise
        return ended

    def lost(self, now_ns: int) -> list[Answer]:
        """The line is gone: end what was asked; what waits stays."""
        self._frames.clear()
        self._quiet_until_ns = 0
        return self._end(now_ns, Trouble.LOST) if self._request is not None else []

    def forget(self) -> None:
        """Drop what waits and has not gone out."""
        self._waiting.clear()

    def _take(self, frame: Frame, now_ns: int) -> list[Answer]:
        stale = self._framing is Framing.TCP and frame.transaction != self._transaction
        if self._request is None or not self._on_wire or stale:
            self.troubles[Trouble.LATE] += 1
            return []
        if frame.unit != self.unit:
            self.troubles[Trouble.UNIT] += 1
            return []
        try:
            reply = decode_reply(self._request, frame.pdu)
        except BadPdu:
            self.troubles[Trouble.WRONG] += 1
            return []
        if reply.refusal:
            return self._end(now_ns, Trouble.REFUSED, refusal=reply.refusal)
        return self._end(now_ns, None, reply.values)

    def _missed(self, now_ns: int) -> list[Answer]:
        """No answer in time: ask again, or give up."""
        self._on_wire = False
        self._frames.clear()
        if self._framing is Framing.RTU:
            self._quiet_until_ns = self._sent_ns + 2 * self._reply_ns
        if self._left > 0:
            self.troubles[Trouble.SILENT] += 1
            return []
        return self._end(now_ns, Trouble.SILENT)

    def _end(
        self, now_ns: int, trouble: Trouble | None, values: tuple[int, ...] | None = None, refusal: int = 0
    ) -> list[Answer]:
        assert self._request is not None
        answer = Answer(self._request, values, trouble, refusal, self._first_ns, now_ns)
        self._request, self._on_wire = None, False
        if trouble is not None:
            self.troubles[trouble] += 1
        return [answer]
