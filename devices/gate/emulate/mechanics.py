"""The turnstile itself: orders in, bodies through, and what its contacts say."""

from __future__ import annotations

from collections import deque
from typing import Protocol

from contracts.records import Direction
from devices.gate.turnstile import Order, Sense

MOST_GRANTED = 256
"""Kept until somebody looks."""


class Mechanics(Protocol):
    """A turnstile with its controller. Times never run backwards."""

    granted: deque[Direction | None]
    """Whom it has let through since its owner last looked: a leave for one; None where all leave was taken back."""

    def order(self, order: Order, now_ns: int, *, given: bool) -> None:
        """Take a relay's new state."""

    def advance(self, now_ns: int) -> None:
        """Let time pass."""

    def lets_through(self, direction: Direction) -> bool:
        """Whether a body may go through now."""

    def cross(self, direction: Direction, now_ns: int) -> bool:
        """A body goes through, over or under; return whether it had leave."""

    def says(self) -> frozenset[Sense]:
        """Return what its contacts tell now."""


class Signals:
    """Contacts that are closed for a while after something has happened."""

    def __init__(self) -> None:
        self._until_ns: dict[Sense, int] = {}

    def begin(self, sense: Sense, until_ns: int) -> None:
        """Tell something until then."""
        self._until_ns[sense] = until_ns

    def now(self, now_ns: int) -> frozenset[Sense]:
        """Return what is told now."""
        return frozenset(sense for sense, until_ns in self._until_ns.items() if now_ns < until_ns)
