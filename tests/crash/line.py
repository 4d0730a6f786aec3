"""A line between stack and provider that loses, delays and doubles any message, also over a death of the stack."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contracts.checkout import PaymentOrder, PaymentResult
from contracts.clock import SECOND
from twin.provider.provider import Provider

Fate = tuple[int, ...]
"""After how many seconds a message arrives, each time that it does: () = it is lost, (0, 30) = it comes twice."""
ON_TIME: Fate = (0,)


@dataclass(slots=True)
class Line:
    """All that is on its way, on a time of its own that no restart turns back.

    Args:
        provider: at the other end.
        orders: what becomes of the orders that go out, by their number from 0 on; the others arrive at once.
        answers: the same for answers.
    """

    provider: Provider
    orders: Mapping[int, Fate] = field(default_factory=dict)
    answers: Mapping[int, Fate] = field(default_factory=dict)
    now_ns: int = 0
    sent: int = 0
    said: int = 0
    _to: list[tuple[int, int, PaymentOrder]] = field(default_factory=list)
    _back: list[tuple[int, int, PaymentResult]] = field(default_factory=list)
    _count: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is on its way."""
        return not (self._to or self._back or self.provider.busy)

    def send(self, orders: Sequence[PaymentOrder]) -> None:
        """Let orders out."""
        for order in orders:
            for late_s in self.orders.get(self.sent, ON_TIME):
                heapq.heappush(self._to, (self.now_ns + late_s * SECOND, self._number(), order))
            self.sent += 1

    def wait(self, for_ns: int) -> None:
        """Let time pass: what is due arrives at the provider, and what it says sets out."""
        self.now_ns += for_ns
        while self._to and self._to[0][0] <= self.now_ns:
            at_ns, _, order = heapq.heappop(self._to)
            self._answer(at_ns)
            self.provider.take(at_ns, order)
        self._answer(self.now_ns)

    def hear(self) -> list[PaymentResult]:
        """Return the answers that have come; who is dead by then has not heard them."""
        heard = []
        while self._back and self._back[0][0] <= self.now_ns:
            heard.append(heapq.heappop(self._back)[2])
        return heard

    def _answer(self, now_ns: int) -> None:
        for answer in self.provider.due(now_ns):
            for late_s in self.answers.get(self.said, ON_TIME):
                heapq.heappush(self._back, (now_ns + late_s * SECOND, self._number(), answer))
            self.said += 1

    def _number(self) -> int:
        self._count += 1
        return self._count
