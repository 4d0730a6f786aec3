"""Who holds what, as a stack's answers tell it."""

from __future__ import annotations

from collections import Counter

from contracts.records import CartChange, VisitChange, VisitState
from stack.money.basket import Item

_OPEN = (VisitState.ADMITTED, VisitState.INSIDE, VisitState.LEFT)
_INSIDE = (VisitState.INSIDE, VisitState.LEFT)
"""Who has left and has no receipt yet still sees what it will say."""


class Carts:
    """The carts of all visits."""

    def __init__(self) -> None:
        self._visits: dict[str, VisitChange] = {}
        self._standing: dict[str, list[CartChange]] = {}
        self._handed: list[CartChange] = []

    def hear(self, answer: VisitChange | CartChange) -> None:
        """Take in what the stack says."""
        if isinstance(answer, VisitChange):
            self._visits[answer.visit] = answer
        elif answer.event:
            self._read(answer)
        else:
            self._handed.append(answer)

    def inside(self, account: str) -> int:
        """Return how many visits of an account go on."""
        return sum(change.state in _INSIDE for change in self._of(account))

    def items(self, account: str) -> tuple[Item, ...]:
        """Return what the visits of an account hold together, by product."""
        mine = {change.visit for change in self._of(account) if change.state in _OPEN}
        counts: Counter[str] = Counter()
        for change in [c for known in self._standing.values() for c in known] + self._handed:
            if change.chosen.visit in mine and change.chosen.product:
                counts[change.chosen.product] += change.chosen.count
        return tuple(Item(product, count) for product, count in sorted(counts.items()) if count > 0)

    def _of(self, account: str) -> list[VisitChange]:
        return [change for change in self._visits.values() if account and change.account == account]

    def _read(self, change: CartChange) -> None:
        """Enter a reading of an event; a revision replaces what was said of it; its parts come at one moment."""
        known = self._standing.setdefault(change.event, [])
        if change.revises and not (known and known[-1].revises and known[-1].t_ns == change.t_ns):
            known.clear()
        known.append(change)
