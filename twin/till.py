"""The tills of the twin: keys that are pressed there, and the receipts that they print."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.checkout import BalanceChange, Receipt, ReceiptStatus, TillEvent, TillKey
from contracts.record import take_due
from contracts.trade import TillInfo


class TwinTill:
    """One till: what its keys send, and what it has printed."""

    def __init__(self, info: TillInfo) -> None:
        self.info = info
        self.printed: list[Receipt | BalanceChange] = []
        self._sent: list[TillEvent] = []
        self._cash = 0

    def press(self, key: TillKey, now_ns: int, amount_minor: int = 0) -> None:
        """Press a key; each cash transaction has a number of its own."""
        self._cash += key is TillKey.TOP_UP
        sale = f"{self.info.id}-cash-{self._cash}" if key is TillKey.TOP_UP else ""
        self._sent.append(TillEvent(t_ns=now_ns, source=self.info.id, key=key, amount_minor=amount_minor, sale=sale))

    def print(self, paper: Receipt | BalanceChange) -> None:
        """Take a receipt that the stack sent here; one that is held for review is no receipt."""
        if isinstance(paper, BalanceChange) or paper.status is ReceiptStatus.FINAL:
            self.printed.append(paper)

    def read(self, until_ns: int) -> Sequence[TillEvent]:
        """Return the keys pressed up to until_ns, oldest first."""
        return take_due(self._sent, until_ns)
