"""The order of those who wait at a gate: who showed a code first is let in first, or people walk in as each other."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.clock import SECOND
from stack.checkout.held import Held

ASIDE_NS = 10 * SECOND
"""Whose bank is silent for so long has stepped aside, and the others go in. Our assumption."""


@dataclass(slots=True)
class _Waiting:
    """Somebody who has shown a code.

    Args:
        asked: what was asked for.
        since_ns: when.
        decided: what came of it, None while nobody knows.
    """

    asked: Held
    since_ns: int
    decided: Held | None = None


class Lanes:
    """Everybody who waits for an answer of the bank, by the bill of the hold."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}

    def ask(self, bill: str, held: Held, now_ns: int) -> None:
        """Somebody stands at a gate, behind those who stand there already."""
        self._waiting[bill] = _Waiting(held, now_ns)

    def asked(self, bill: str) -> Held | None:
        """Return what was asked for under a bill and is not decided yet."""
        waiting = self._waiting.get(bill)
        return waiting.asked if waiting and waiting.decided is None else None

    def decide(self, bill: str, held: Held) -> None:
        """Note what came of it."""
        self._waiting[bill].decided = held

    def release(self, now_ns: int) -> list[Held]:
        """Return whose turn it is: all that are decided, as far as nobody before them at their gate still waits."""
        ready: list[Held] = []
        waits: set[str] = set()
        for bill, one in list(self._waiting.items()):
            if one.decided and one.asked.gate not in waits:
                ready.append(one.decided)
                del self._waiting[bill]
            elif now_ns - one.since_ns < ASIDE_NS:
                waits.add(one.asked.gate)
        return ready
