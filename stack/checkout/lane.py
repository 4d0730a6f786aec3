"""The order of those who wait at a gate: who showed a code first is let in first, or people walk in as each other."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.clock import SECOND
from stack.checkout.gate_table import MACHINE, GateState, GateTurn, after
from stack.checkout.held import Held

ASIDE_NS = 10 * SECOND
"""Whose bank is silent for so long has stepped aside, and the others go in. Our assumption."""


@dataclass(slots=True)
class _Waiting:
    """Somebody who has shown a code.

    Args:
        held: what was asked for; and what came of it.
        since_ns: when.
        state: where it stands.
    """

    held: Held
    since_ns: int
    state: GateState = GateState.ASKED


class Lanes:
    """Everybody who has shown a code and was not let in or turned away yet, by the bill of the hold."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}

    def ask(self, bill: str, held: Held, now_ns: int) -> None:
        """Somebody stands at a gate, behind those who stand there already."""
        self._waiting[bill] = _Waiting(held, now_ns)

    def asked(self, bill: str) -> Held | None:
        """Return what was asked for under a bill and is not decided yet."""
        one = self._waiting.get(bill)
        return one.held if one and one.state is GateState.ASKED else None

    def decide(self, bill: str, held: Held) -> None:
        """Note what came of it."""
        one = self._waiting[bill]
        one.held, one.state = held, after(one.state, GateTurn.DECLINED if held.refusal else GateTurn.HELD)

    def release(self, now_ns: int) -> list[Held]:
        """Return whose turn it is: all that are decided, as far as nobody before them at their gate still waits."""
        ready: list[Held] = []
        waits: set[str] = set()
        for bill, one in list(self._waiting.items()):
            if MACHINE.takes(one.state, GateTurn.TURN) and one.held.gate not in waits:
                one.state = after(one.state, GateTurn.TURN)
                ready.append(one.held)
                del self._waiting[bill]
            elif now_ns - one.since_ns < ASIDE_NS:
                waits.add(one.held.gate)
        return ready
