"""The stack's readings that stand: one that is read anew is taken back first."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.records import CartChange

Move = tuple[str, str, int]
"""Visit, product, count."""


class Standing:
    """Turns readings and their revisions into steps that add up to the carts that stand."""

    def __init__(self) -> None:
        self._said: dict[str, list[CartChange]] = {}

    def add(self, change: CartChange) -> Iterator[Move]:
        """Yield what a reading changes in carts: what it takes back of earlier ones, then what it says."""
        known = self._said.setdefault(change.event, [])
        if change.revises and not _goes_on(known, change):
            for old in known:
                yield from _moves(old, -1)
            known.clear()
        if change.event:  # a hand-over has no name by which it could be read anew
            known.append(change)
        yield from _moves(change, 1)


def _goes_on(known: list[CartChange], change: CartChange) -> bool:
    """Whether a change is a further part of one revision: those come at one moment."""
    return bool(known) and bool(known[-1].revises) and known[-1].t_ns == change.t_ns


def _moves(change: CartChange, sign: int) -> Iterator[Move]:
    chosen = change.chosen
    if chosen.visit and chosen.product and chosen.count:
        yield chosen.visit, chosen.product, sign * chosen.count
