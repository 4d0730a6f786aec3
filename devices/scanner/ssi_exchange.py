"""Send and wait for the answer: one packet under way at a time, sent again with STATUS bit 0 when no answer comes.

Answers carry no number. An answer that comes late, after the packet was sent again, is followed by a second one, which
could pass for the answer to the next packet: after a packet that was sent twice the next one waits for that to pass.

Source: Zebra 72E-40451; DS9908 guide p. 247 (two more attempts, then a transmission error).
"""

from __future__ import annotations

from collections import Counter, deque

from contracts.clock import SECOND
from devices.scanner.codec import Trouble
from devices.scanner.ssi_frame import CHARACTER_NS, Frame, Status

ATTEMPTS = 3
RESPONSE_NS = 2 * SECOND
"""Serial response time-out, parameter 0x9B: 2 s unless set."""
MOST_WAITING = 64
"""Packets; more are refused."""


class Exchange:
    """The sending half of one side.

    Args:
        troubles: where to count.
        response_ns: how long to wait for an answer.
    """

    def __init__(self, troubles: Counter[Trouble], response_ns: int = RESPONSE_NS) -> None:
        self._troubles, self._response_ns = troubles, response_ns
        self._waiting: deque[Frame] = deque()
        self._under_way: Frame | None = None
        self._attempts = 0
        self._sent_ns = 0
        self._not_before_ns = 0

    @property
    def idle(self) -> bool:
        """Whether everything was sent and answered."""
        return self._under_way is None and not self._waiting

    def put(self, frame: Frame) -> None:
        """Queue a packet."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(frame)
        else:
            self._troubles[Trouble.UNANSWERED] += 1

    def flush(self) -> None:
        """Forget what was not sent yet."""
        self._waiting.clear()

    def answered(self, now_ns: int) -> None:
        """The packet under way was taken."""
        if self._under_way is None:
            self._troubles[Trouble.STRAY] += 1
            return
        if self._attempts > 1:
            self._not_before_ns = now_ns + CHARACTER_NS
        self._under_way = None

    def refused(self, now_ns: int) -> None:
        """The packet under way cannot be taken, now or ever."""
        if self._under_way is not None:
            self._troubles[Trouble.REFUSED] += 1
        self.answered(now_ns)

    def again(self) -> None:
        """The packet under way came damaged: send it again at once."""
        if self._under_way is None:
            self._troubles[Trouble.STRAY] += 1
        self._sent_ns -= self._response_ns

    def due(self, now_ns: int) -> bytes:
        """Return what must be sent now."""
        if self._under_way is None:
            return self._next(now_ns)
        if now_ns - self._sent_ns < self._response_ns:
            return b""
        if self._attempts >= ATTEMPTS:
            self._troubles[Trouble.UNANSWERED] += 1
            self._under_way = None
            return self._next(now_ns)
        return self._send(self._under_way, Status.RETRANSMIT, now_ns)

    def _next(self, now_ns: int) -> bytes:
        if not self._waiting or now_ns < self._not_before_ns:
            return b""
        self._under_way, self._attempts = self._waiting.popleft(), 0
        return self._send(self._under_way, Status.NONE, now_ns)

    def _send(self, frame: Frame, status: Status, now_ns: int) -> bytes:
        self._attempts += 1
        self._sent_ns = now_ns
        return frame.pack(status)
