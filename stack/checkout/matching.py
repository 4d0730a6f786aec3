"""Giving back the difference: who has paid more than another shop has published gets it as stored value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contracts.checkout import PRICE_DIFFERENCE, BalanceChange, Receipt, ReceiptLine, ReceiptStatus
from contracts.layout import Account, Layout
from contracts.records import AnswerRecord
from contracts.trade import PromotionKind
from stack.checkout.cashier import Cashier
from stack.checkout.shop import Shop
from stack.money.kept import Bought


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
        self._notes = cashier.notes
        self._begun = False

    def begin(self, now_ns: int) -> None:
        """Look once at what was bought before the last start; where bench time began anew, it was another run."""
        if not self._begun:
            self._begun = True
            for line in self._notes.all(Bought):
                if line.t_ns > now_ns:
                    self._notes.drop(Bought, line.key)

    def note(self, receipt: Receipt) -> None:
        """Remember what a final receipt of an account may give back."""
        if not receipt.account or receipt.status is not ReceiptStatus.FINAL:
            return
        for line in receipt.lines:
            more = self._paid(line, receipt.account) - self._published.get(line.product, 10**12) * line.count
            if more > 0:
                key = f"{receipt.visit}/{line.product}"
                if not self._cashier.credited(key):
                    self._notes.keep(Bought(key, receipt.account, line.product, more, receipt.t_ns))

    def claim(self, account: str, product: str, now_ns: int) -> int:
        """Give back what an account has paid too much for an article; return how much, minor units."""
        owed = [x for x in self._notes.all(Bought) if (x.account, x.product) == (account, product)]
        for line in owed:
            self._notes.drop(Bought, line.key)
            balance = self._cashier.credit(line.key, account, line.more_minor, now_ns)
            self._say(
                BalanceChange(
                    t_ns=now_ns,
                    source="stack",
                    account=account,
                    amount_minor=line.more_minor,
                    balance_minor=balance,
                    currency=self._shop.currency,
                    key=line.key,
                    reason=PRICE_DIFFERENCE,
                )
            )
        return sum(line.more_minor for line in owed)

    def _paid(self, line: ReceiptLine, account: str) -> int:
        """Return what the customer paid for a line: never more than it costs them alone."""
        owner = self._accounts.get(account)
        return self._shop.price_lines([line], member=bool(owner and owner.loyalty)).total_minor
