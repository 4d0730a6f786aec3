"""One stack after the other until one comes to its end; by whose hand each ended."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

Live = Callable[[int], tuple[int, str]]
"""Lets a process live until a step, 0 for as long as it likes; returns how it ended, as of `os.waitpid`, and what it
said."""

MOST_BY_OTHERS = 5
"""More deaths than these, which nobody planned, are no accident."""
_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a play ended.

    Args:
        steps: of the last process, -1 when it did not come to its end.
        shop_killed: deaths as planned.
        by_others: deaths that nobody planned: somebody else on the machine killed it.
        how: what became of the last process where it did not come to its end.
    """

    steps: int = -1
    shop_killed: int = 0
    by_others: int = 0
    how: str = ""


def through(dies: Sequence[int], live: Live) -> Ended:
    """Let processes live and die as planned, and the last one to its end.

    A kill from outside is a death like any other: another process takes the books up, and all must be right
    afterwards. It is counted apart. A process that falls by itself is not started again.
    """
    ended, planned = Ended(), [*dies]
    while ended.by_others <= MOST_BY_OTHERS:
        wanted = bool(planned)
        status, said = live(planned.pop(0) if planned else 0)
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) in _FROM_OUTSIDE):
            return replace(ended, steps=int(said)) if said else replace(ended, how=_how(status))
        ended = replace(ended, shop_killed=ended.shop_killed + wanted, by_others=ended.by_others + (not wanted))
    return replace(ended, how=f"killed by others {ended.by_others} times")


def _how(status: int) -> str:
    """Return for people how a process ended."""
    if os.WIFSIGNALED(status):
        return f"it fell by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"it ended with exit status {os.WEXITSTATUS(status)}"
