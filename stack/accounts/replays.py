"""Which codes were used: each admits as many as it says, and nobody again."""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol

from contracts.clock import SECOND
from stack.accounts.code_table import next_use

KEPT_NS = 120 * SECOND
"""A code can be accepted for 90 s (three steps), so nothing is forgotten that could still be shown."""


class Uses(Protocol):
    """Counts uses. A server that may restart keeps them in its database, in the transaction that admits."""

    def use(self, handle: str, step: int, places: int, t_ns: int) -> int:
        """Count a use and return which one it is, 1 and up; 0 when all places are taken, and then count nothing."""


class UsesInMemory:
    """Counts uses for as long as the process lives."""

    def __init__(self) -> None:
        self._used: OrderedDict[tuple[str, int], tuple[int, int]] = OrderedDict()  # -> uses, time of the last

    def __len__(self) -> int:
        return len(self._used)

    def use(self, handle: str, step: int, places: int, t_ns: int) -> int:
        """Count a use and return which one it is, 1 and up; 0 when all places are taken, and then count nothing.

        Args:
            handle: whose code.
            step: of the code, whole.
            places: how many it admits.
            t_ns: now; never runs back.
        """
        self._forget(t_ns)
        count = next_use(self._used.get((handle, step), (0, 0))[0], places)
        if not count:
            return 0
        self._used[handle, step] = (count, t_ns)
        self._used.move_to_end((handle, step))
        return count

    def _forget(self, t_ns: int) -> None:
        while self._used and t_ns - next(iter(self._used.values()))[1] > KEPT_NS:
            self._used.popitem(last=False)
