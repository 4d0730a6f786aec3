"""When a scale is asked again, and which answer may be believed: no protocol says what question an answer is for."""

from __future__ import annotations


class Asking:
    """One question at a time.

    An answer that comes too late could be taken for the next question's, with a weight of some while ago. So after a
    question without an answer nothing is asked for as long again, and whatever comes meanwhile is not believed. An
    answer later than twice the limit cannot be told from a timely one.

    Args:
        period_ns: from one question to the next.
        reply_ns: the longest that an answer may take.
    """

    def __init__(self, period_ns: int, reply_ns: int) -> None:
        self._period_ns, self._reply_ns = period_ns, reply_ns
        self._asked_ns: int | None = None
        self._next_ns = 0
        self.missed = 0
        """Questions without an answer in time."""

    def due(self, now_ns: int) -> bool:
        """Whether to ask now; if so, it is taken as asked."""
        if self._asked_ns is not None and now_ns - self._asked_ns > self._reply_ns:
            self.missed += 1
            self._next_ns = self._asked_ns + 2 * self._reply_ns
            self._asked_ns = None
        if self._asked_ns is not None or now_ns < self._next_ns:
            return False
        self._asked_ns = now_ns
        # A slow caller does not have to make up for questions that it left out.
        self._next_ns = max(self._next_ns + self._period_ns, now_ns + self._period_ns // 2)
        return True

    def answered(self, now_ns: int) -> bool:
        """Take an answer; return whether it may be believed."""
        if self._asked_ns is None or now_ns - self._asked_ns > self._reply_ns:
            return False
        self._asked_ns = None
        return True
