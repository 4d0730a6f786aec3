"""A contact that bounces whenever it closes or opens."""

from __future__ import annotations

import numpy as np

from contracts.clock import MILLISECOND

BOUNCE_NS = (5 * MILLISECOND, 35 * MILLISECOND)
"""How long it bounces."""
_FLIP_NS = 1_700_000


class Contact:
    """One input of a module.

    Args:
        draws: of how long each bounce lasts.
        closed: how it is at first.
        bounces: whether it does.
    """

    def __init__(self, draws: np.random.Generator, *, closed: bool = False, bounces: bool = True) -> None:
        self._draws, self._closed, self._bounces = draws, closed, bounces
        self._changed_ns = self._until_ns = 0
        self._counted = 0

    def set(self, now_ns: int, *, closed: bool) -> None:
        """Close or open it."""
        if closed is self._closed:
            return
        self._counted = self.count(now_ns)
        lasts_ns = int(self._draws.integers(*BOUNCE_NS)) if self._bounces else 0
        self._closed, self._changed_ns, self._until_ns = closed, now_ns, now_ns + lasts_ns

    def closed(self, now_ns: int) -> bool:
        """Return how it is, now that it may still bounce."""
        if now_ns >= self._until_ns:
            return self._closed
        return self._closed is ((now_ns - self._changed_ns) // _FLIP_NS % 2 == 0)

    def count(self, now_ns: int) -> int:
        """Return how often it has closed so far, bounces included, as a module without a filter counts."""
        flips = (min(now_ns, self._until_ns) - self._changed_ns) // _FLIP_NS
        if self._changed_ns == 0:
            return self._counted
        # Flip 0 is the change itself; a contact that closes is closed in even flips, one that opens in odd ones.
        settles = now_ns >= self._until_ns and flips % 2 == 1
        return self._counted + (flips // 2 + 1 + settles if self._closed else (flips + 1) // 2)
