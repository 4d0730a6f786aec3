"""What everybody holds: by the truth, by the stack, and by the receipts, as steps that add up."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.checkout import Receipt
from contracts.record import Record
from contracts.records import CartChange, Direction, VisitChange
from contracts.truth import MoveKind, TrueCast, TrueMove, TruePassage
from rig.page.model.part import Batch, ms
from rig.page.model.standing import Standing

CartStep = list[object]
"""Time, side ("truth", "stack" or "receipt"), shopper or visit, product, count."""


class Carts:
    """Collects steps of carts, and which shoppers and visits belong together: those on one account."""

    def __init__(self) -> None:
        self._steps: list[CartStep] = []
        self._standing = Standing()
        self._owner: dict[str, str] = {}  # account -> the first shopper on it
        self._groups: dict[str, dict[str, str]] = {}

    def take(self, record: Record) -> None:
        """Look for what moves goods or says whose they are."""
        match record:
            case TrueMove():
                self._steps += [[ms(record.t_ns), "truth", *move] for move in true_moves(record)]
            case CartChange():
                self._steps += [[ms(record.t_ns), "stack", *move] for move in self._standing.add(record)]
            case Receipt():
                self._steps += [[ms(record.t_ns), "receipt", record.visit, x.product, x.count] for x in record.lines]
                self._belongs(record.visit, record.account)
            case VisitChange():
                self._belongs(record.visit, record.account)
            case TrueCast():
                self._cast(record)
            case TruePassage(direction=Direction.IN):
                # Whoever is let in by somebody else shares that one's receipt; who slips in has none.
                self._groups.setdefault("shoppers", {})[record.shopper] = record.paying or record.shopper

    def drain(self) -> Batch:
        """Return new steps, and who belongs to whom: "shoppers" and "visits" -> the name of a group."""
        steps, groups, self._steps, self._groups = self._steps, self._groups, [], {}
        return ({"cart": steps} if steps else {}) | ({"groups": groups} if groups else {})

    def _belongs(self, visit: str, account: str) -> None:
        if account in self._owner:
            self._groups.setdefault("visits", {})[visit] = self._owner[account]

    def _cast(self, cast: TrueCast) -> None:
        for shopper, account in zip(cast.shoppers, cast.accounts, strict=True):
            if account:
                self._owner.setdefault(account, shopper)
            self._groups.setdefault("shoppers", {})[shopper] = self._owner.get(account, shopper)


def true_moves(move: TrueMove) -> Iterator[tuple[str, str, int]]:
    """Yield whose hold on what a true move changed, as `Story.left_with` counts it."""
    if move.kind is MoveKind.TOPPLE:
        return
    yield move.shopper, move.product, 1 if move.kind is MoveKind.TAKE else -1
    if move.kind is MoveKind.HAND and move.target:
        yield move.target, move.product, 1
