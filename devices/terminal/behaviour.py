"""How an emulated terminal behaves, and how it misbehaves."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.clock import MILLISECOND, SECOND
from contracts.ports import FaultKind
from devices.terminal.control import DECLINED


@dataclass(slots=True, kw_only=True)
class Behaviour:
    """Settings that may be changed while it runs.

    Args:
        think_ns: from a card in the field to the bank's word, drawn between the two. Source: a card in the field takes
            250 to 450 ms, an online authorisation is typically 500 ms to 2 s.
        card_wait_ns: after so long without a card the terminal gives up.
        declines_with: result code of a card that the bank refuses.
        more_time: how often it says 84 9C, once a second, before it acknowledges a command.
        delay_ns: each message comes so much later.
        silent: it hears, does, and says nothing.
        stuck: the bank never answers.
        duplicate_status: each result comes twice.
        half_every: each n-th message is cut in half, 0 for none.
        garbage: bytes of nonsense before each message.
        wrong: it takes one minor unit more than it was asked for.
        careless: the card's number is sent in full, also on the receipt.
        cut_before: it hangs up instead of sending the next message of this control field, once; 0 for never.
        block: the receipt comes as one block, not line by line.
    """

    think_ns: tuple[int, int] = (750 * MILLISECOND, 2450 * MILLISECOND)
    card_wait_ns: int = 30 * SECOND
    declines_with: int = DECLINED
    more_time: int = 0
    delay_ns: int = 0
    silent: bool = False
    stuck: bool = False
    duplicate_status: bool = False
    half_every: int = 0
    garbage: int = 0
    wrong: bool = False
    careless: bool = False
    cut_before: int = 0
    block: bool = False

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault of the common vocabulary, or end it with None."""
        self.silent = kind is FaultKind.OFF
        self.stuck = kind is FaultKind.STUCK
        self.garbage = 40 if kind is FaultKind.GARBAGE else 0
        self.wrong = kind is FaultKind.WRONG
        self.delay_ns = {FaultKind.SLOW: SECOND // 2, FaultKind.DELAYED: 3 * SECOND}.get(kind, 0) if kind else 0
        self.half_every = 3 if kind is FaultKind.INTERMITTENT else 0
        return True
