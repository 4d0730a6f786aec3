"""Which tills show a code for phones: by the reference in the code, the sale and who settles it."""

from __future__ import annotations

from typing import Protocol

from stack.checkout.sale import Sale
from stack.checkout.sale_table import SaleState


class Payer(Protocol):
    """A till whose sale a phone may pay."""

    def pay_by_phone(self, account: str, now_ns: int) -> bool:
        """Collect what the screen shows; return whether it is being collected."""


class Asked:
    """The sales whose totals are on screens."""

    def __init__(self) -> None:
        self._shown: dict[str, tuple[Sale, Payer]] = {}

    def show(self, sale: Sale, payer: Payer) -> None:
        """A till shows a sale's code."""
        self._shown[sale.id] = (sale, payer)

    def find(self, reference: str) -> tuple[Sale, Payer] | None:
        """Return the sale of a code as long as it waits for its money, else None."""
        found = self._shown.get(reference)
        return found if found and found[0].state is SaleState.ASKED else None
