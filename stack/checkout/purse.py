"""What the app does with an account itself: money onto it from the card on file, and the palm forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contracts.checkout import CARD_TOP_UP, BalanceChange, PhoneAction, PhoneRequest, PhoneView
from contracts.layout import Account
from contracts.records import AnswerRecord
from stack.checkout.cashier import Cashier
from stack.money.bill import Bill, BillKind
from stack.money.bill_table import BillState
from stack.money.currency import written
from stack.money.errors import KeyReused, NotPossible
from stack.visits.identity import AccountBook

NO_CARD = "There is no card on file."
FORGOTTEN = "Your palm is not known here any more."


class Purse:
    """All purses.

    Args:
        accounts: by id.
        cashier: where the money is.
        book: whose palms those are.
        provider: id of the payment provider, "" when no card can be charged.
        say: sends an answer.
    """

    def __init__(
        self,
        accounts: Mapping[str, Account],
        cashier: Cashier,
        book: AccountBook,
        provider: str,
        say: Callable[[AnswerRecord], None],
    ) -> None:
        self._accounts, self._cashier, self._book = accounts, cashier, book
        self._provider, self._say = provider, say
        self._phone_of: dict[str, str] = {}

    def take(self, request: PhoneRequest, now_ns: int) -> None:
        """Take what the app of a phone asks."""
        if request.action is PhoneAction.TOP_UP:
            self._top_up(request, now_ns)
        elif request.action is PhoneAction.FORGET_PALM:
            trait = request.wording.partition("-")[0] or "palm"
            if trait == "palm":  # faces and fingers are forgotten where they are enrolled
                self._book.forget_palms(request.account)
            self._show(request.source, FORGOTTEN.replace("palm", trait), now_ns)

    def paid(self, bill: Bill, now_ns: int) -> None:
        """Hear of a bill for stored value."""
        if bill.kind is not BillKind.TOP_UP or bill.state not in (BillState.PAID, BillState.HELD):
            return
        amount = written(bill.total_minor, bill.currency)
        if bill.state is BillState.PAID:
            self._say(bought(bill, self._cashier.balance(bill.account), now_ns))
            self._cashier.slips.printed(bill.id)
        else:
            self._cashier.slips.drop(bill.id)
        text = f"Added {amount}." if bill.state is BillState.PAID else f"Not added: {bill.reason}."
        self._show(self._phone_of.pop(bill.id, ""), text, now_ns)

    def _top_up(self, request: PhoneRequest, now_ns: int) -> None:
        owner = self._accounts.get(request.account)
        if owner is None or not owner.instrument or not self._provider:
            self._show(request.source, NO_CARD, now_ns)
            return
        key = f"{self._cashier.run}{request.source}/top-up-{request.t_ns}"
        try:
            self._cashier.top_up(key, owner.id, request.amount_minor, owner.instrument, now_ns)
        except (NotPossible, KeyReused) as error:
            self._show(request.source, f"Not possible: {error.what}; {error.expected}.", now_ns)
            return
        self._phone_of[key] = request.source
        self._cashier.slips.stored_value(key)

    def _show(self, phone: str, text: str, now_ns: int) -> None:
        if phone:
            self._say(PhoneView(t_ns=now_ns, source="stack", phone=phone, text=text))


def bought(bill: Bill, balance_minor: int, now_ns: int) -> BalanceChange:
    """Return what is said of stored value that was bought from a card on file."""
    return BalanceChange(
        t_ns=now_ns,
        source="stack",
        account=bill.account,
        amount_minor=bill.total_minor,
        balance_minor=balance_minor,
        currency=bill.currency,
        key=bill.id,
        reason=CARD_TOP_UP,
    )
