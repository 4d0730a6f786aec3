"""The life of one sale at a till, as one table."""

from __future__ import annotations

from enum import StrEnum

from stack.machine import Machine


class SaleState(StrEnum):
    """Where a sale stands."""

    OPEN = "open"
    """Goods are scanned."""
    ASKED = "asked"
    """The total is on the screen: somebody is to pay."""
    PAYING = "paying"
    """Money is on its way."""
    PAID = "paid"
    CANCELLED = "cancelled"


class SaleEvent(StrEnum):
    """What can happen to a sale."""

    GOODS = "goods scanned"
    TOTAL = "total asked for"
    SHOWN = "means of payment shown"
    PAID = "money taken"
    REFUSED = "money refused"
    CANCEL = "cancelled"


TABLE: dict[tuple[SaleState, SaleEvent], SaleState] = {
    (SaleState.OPEN, SaleEvent.GOODS): SaleState.OPEN,
    (SaleState.OPEN, SaleEvent.TOTAL): SaleState.ASKED,
    (SaleState.OPEN, SaleEvent.CANCEL): SaleState.CANCELLED,
    (SaleState.ASKED, SaleEvent.TOTAL): SaleState.ASKED,
    (SaleState.ASKED, SaleEvent.SHOWN): SaleState.PAYING,
    (SaleState.ASKED, SaleEvent.CANCEL): SaleState.CANCELLED,
    (SaleState.PAYING, SaleEvent.PAID): SaleState.PAID,
    (SaleState.PAYING, SaleEvent.REFUSED): SaleState.ASKED,
}
"""While money is on its way nothing can be cancelled: it comes, or it is refused."""

MACHINE = Machine("sale", TABLE, SaleState.OPEN, (SaleState.PAID, SaleState.CANCELLED))
