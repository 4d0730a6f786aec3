"""What a store's app knows: the store from its `Setup`, all else from what a stack answers. No threads, no I/O.

Nothing of the stack's own is asked for, so the app works beside any stack that answers in these records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from contracts.checkout import BalanceChange, PhoneView, Receipt
from contracts.codes.token import FIRST_KEY_ID, STEP_NS, derive
from contracts.layout import Account
from contracts.records import AnswerRecord, CartChange, Setup, VisitChange
from stack.web.carts import Carts
from stack.web.palms import Palms
from stack.web.priced import Priced, is_member
from stack.web.purses import Purses, account_of
from stack.web.views import AccountView, BasketView, CodeView, PalmView, PriceView, PurseView, ReceiptView


class Board:
    """One run's app.

    Args:
        setup: the store, its accounts and the key of their phones.
        balances: stored value at the start, minor units, by account.
    """

    def __init__(self, setup: Setup, balances: Mapping[str, int]) -> None:
        self.accounts: dict[str, Account] = {account.id: account for account in setup.accounts}
        self._key, self._currency = setup.key, setup.layout.currency
        self._priced, self._carts = Priced(setup.layout), Carts()
        self.purses = Purses(setup.layout, self.accounts, balances)
        self._receipts: dict[str, list[Receipt]] = {}
        self.palms = Palms(setup.layout, setup.accounts)

    def hear(self, answer: AnswerRecord) -> None:
        """Take in what the stack says."""
        match answer:
            case VisitChange() | CartChange():
                self._carts.hear(answer)
            case Receipt():
                self._receipts.setdefault(answer.account, []).append(answer)
            case BalanceChange():
                self.purses.hear(answer)
                self._pay(answer)
            case PhoneView():
                if not self.palms.hear(account_of(answer.phone), answer):
                    self.purses.hear(answer)

    def account(self, account: str) -> AccountView:
        """Return an account."""
        owner, balance = self.accounts[account], self.purses.of(account).balance_minor
        return AccountView(account, owner.loyalty, balance, self._currency, bool(owner.instrument))

    def code(self, account: str, places: int, now_ns: int) -> CodeView | None:
        """Return the rotating code of a moment: the very one that a phone of the account computes for itself."""
        handle = self.accounts[account].handle
        if not (handle and self._key):
            return None
        code = derive(self._key, FIRST_KEY_ID, handle).code_at(now_ns, places)
        return CodeView(code, places, STEP_NS - now_ns % STEP_NS, STEP_NS)

    def basket(self, account: str) -> BasketView:
        """Return what the account's visits hold."""
        items = self._carts.items(account)
        return self._priced.basket(items, self._carts.inside(account), member=self._is_member(account))

    def receipts(self, account: str) -> Sequence[ReceiptView]:
        """Return its receipts, newest first."""
        member, mine = self._is_member(account), self._receipts.get(account, [])
        return [self._priced.receipt(receipt, member=member) for receipt in reversed(mine)]

    def purse(self, account: str) -> PurseView:
        """Return its stored value."""
        return self.purses.of(account)

    def palm(self, account: str) -> PalmView:
        """Return whether it may be known by the palm."""
        return self.palms.of(account)

    def price(self, account: str, number: str) -> PriceView | None:
        """Return what an article costs.

        Raises:
            BadCode: the number is no GTIN.
        """
        return self._priced.price(number, member=self._is_member(account))

    def _pay(self, change: BalanceChange) -> None:
        """Stored value paid: a walk-out's receipt is written before that is known."""
        mine = self._receipts.get(change.account, [])
        for place, receipt in enumerate(mine):
            if change.amount_minor < 0 and receipt.visit == change.key and not receipt.balance_minor:
                mine[place] = replace(receipt, balance_minor=-change.amount_minor)

    def _is_member(self, account: str) -> bool:
        return is_member(self.accounts[account])
