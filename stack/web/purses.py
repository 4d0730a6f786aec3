"""Stored value as a stack's answers tell it, and what became of top-ups that the app asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contracts.checkout import BalanceChange, PhoneView
from contracts.codes.top_up import TopUp
from contracts.layout import Account, Layout
from stack.checkout.purse import FORGOTTEN
from stack.money.stored_value import limits
from stack.web.views import PurseView, TopUpState

_APP = "app-"


def phone_of(account: str) -> str:
    """Return the device id by which the app in somebody's browser speaks to the stack."""
    return f"{_APP}{account}"


def account_of(phone: str) -> str:
    """Return the account of an app in a browser by its device id, "" for any other phone."""
    return phone.removeprefix(_APP) if phone.startswith(_APP) else ""


class Purses:
    """The purses of all accounts.

    Args:
        layout: the store.
        accounts: by id.
        balances: what is on them at the start, minor units; 0 for those that are not there.
    """

    def __init__(self, layout: Layout, accounts: Mapping[str, Account], balances: Mapping[str, int]) -> None:
        least, most = limits(layout.currency)
        self._views = {
            account.id: PurseView(
                balance_minor=balances.get(account.id, 0),
                currency=layout.currency,
                code=TopUp(account.top_up).code() if account.top_up.isdigit() else "",
                least_minor=least,
                most_minor=most,
                by_card=bool(layout.provider and account.instrument),
            )
            for account in accounts.values()
        }

    def of(self, account: str) -> PurseView:
        """Return a purse as it is now."""
        return self._views[account]

    def ask(self, account: str) -> bool:
        """Note that a top-up is asked for; return whether it may be: one at a time, and only with a card."""
        view = self._views[account]
        if not view.by_card or view.state is TopUpState.ASKED:
            return False
        self._views[account] = replace(view, state=TopUpState.ASKED, reason="")
        return True

    def hear(self, answer: BalanceChange | PhoneView) -> None:
        """Take in what the stack says."""
        if isinstance(answer, BalanceChange):
            self._changed(answer)
        elif answer.phone.startswith(_APP) and answer.text != FORGOTTEN:
            self._told(answer.phone.removeprefix(_APP), answer.text)

    def _changed(self, change: BalanceChange) -> None:
        view = self._views.get(change.account)
        if view is None:
            return
        mine = view.state is TopUpState.ASKED and change.key.startswith(f"{phone_of(change.account)}/")
        state = TopUpState.ADDED if mine else view.state
        self._views[change.account] = replace(view, balance_minor=change.balance_minor, state=state)

    def _told(self, account: str, text: str) -> None:
        """What is said while a top-up is under way, and its money has not come, is why it will not."""
        view = self._views.get(account)
        if view is not None and view.state is TopUpState.ASKED:
            self._views[account] = replace(view, state=TopUpState.REFUSED, reason=text)
