"""One sale at a till: what was scanned, what it comes to, and who pays."""

from __future__ import annotations

from dataclasses import dataclass, field

from stack.checkout.sale_table import MACHINE, SaleEvent, SaleState
from stack.money.basket import Item
from stack.money.price import Priced


@dataclass(slots=True)
class Sale:
    """One sale.

    Args:
        id: unique in the run of the stack.
        till: where.
        state: where it stands; changes only through `move`.
        items: scanned.
        account: whose purchase it is, "" while nobody is known. Whoever pays, it is priced for this account.
        priced: what it comes to, once asked.
        agreed_minor: an amount that was agreed on without goods.
        tries: how often payment was tried.
        run: what stands before its bills' names, in books that more than one run of the stack writes.
        bills: how many bills were begun: another one for each account that it was priced for.
    """

    id: str
    till: str
    state: SaleState = SaleState.OPEN
    items: list[Item] = field(default_factory=list)
    account: str = ""
    priced: Priced | None = None
    agreed_minor: int = 0
    tries: int = 0
    run: str = ""
    bills: int = 1

    def move(self, event: SaleEvent) -> bool:
        """Take one step of the table; return whether there was one."""
        if not MACHINE.takes(self.state, event):
            return False
        self.state = MACHINE.after(self.state, event)
        return True

    @property
    def bill(self) -> str:
        """The name of its bill."""
        return f"{self.run}{self.id}" if self.bills == 1 else f"{self.run}{self.id}-{self.bills}"

    @property
    def total_minor(self) -> int:
        """What is owed."""
        return self.agreed_minor + (self.priced.total_minor if self.priced else 0)
