"""Giving back the difference: who has paid more than another shop has published gets it as stored value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contracts.checkout import PRICE_DIFFERENCE, BalanceChange, Receipt, ReceiptLine, ReceiptStatus
from contracts.layout import Account, Layout
from contracts.records import AnswerRecord
from contracts.trade import PromotionKind
from stack.checkout.cashier import Cashier
from stack.checkout.shop import Shop


class Matching:
    """All differences; each line of a receipt gives at most one.

    Args:
        layout: the store, with what others have published among its promotions.
        shop: what goods cost.
        accounts: by id.
        cashier: where the money is.
        say: sends an answer.
    """

    def __init__(
        self,
        layout: Layout,
        shop: Shop,
        accounts: Mapping[str, Account],
        cashier: Cashier,
        say: Callable[[AnswerRecord], None],
    ) -> None:
        matches = [one for one in layout.promotions if one.kind is PromotionKind.MATCH]
        self._published = {product: one.price_minor for one in matches for product in one.products}
        self._shop, self._accounts, self._cashier, self._say = shop, accounts, cashier, say
        self._bought: dict[tuple[str, str], list[tuple[str, int]]] = {}

    def note(self, receipt: Receipt) -> None:
        """Remember what a final receipt of an account may give back."""
        if not receipt.account or receipt.status is not ReceiptStatus.FINAL:
            return
        for line in receipt.lines:
            more = self._paid(line, receipt.account) - self._published.get(line.product, 10**12) * line.count
            if more > 0:
                self._bought.setdefault((receipt.account, line.product), []).append((receipt.visit, more))

    def claim(self, account: str, product: str, now_ns: int) -> int:
        """Give back what an account has paid too much for an article; return how much, minor units."""
        owed = self._bought.pop((account, product), [])
        for visit, minor in owed:
            key = f"{visit}/{product}"
            balance = self._cashier.credit(key, account, minor, now_ns)
            self._say(
                BalanceChange(
                    t_ns=now_ns,
                    source="stack",
                    account=account,
                    amount_minor=minor,
                    balance_minor=balance,
                    currency=self._shop.currency,
                    key=key,
                    reason=PRICE_DIFFERENCE,
                )
            )
        return sum(minor for _, minor in owed)

    def _paid(self, line: ReceiptLine, account: str) -> int:
        """Return what the customer paid for a line: never more than it costs them alone."""
        owner = self._accounts.get(account)
        return self._shop.price_lines([line], member=bool(owner and owner.loyalty)).total_minor
