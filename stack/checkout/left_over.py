"""What an earlier process had begun when it died: it is finished, or given up, and printed either way.

Nothing is printed too seldom: what may not have been heard is said again, under the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from contracts.checkout import Receipt
from contracts.records import AnswerRecord
from stack.checkout import slips
from stack.checkout.cashier import Cashier
from stack.checkout.papers import said_again
from stack.checkout.slips import Slips
from stack.money.bill import Bill, BillKind, Owed
from stack.money.bill_table import BillState
from stack.money.notes import Slip

DURING_VISIT = "the stack was started anew during the visit"


class Printer(Protocol):
    """A till that prints."""

    def finish(self, receipt: Receipt) -> None:
        """Print a receipt, and say so on the screen."""


class LeftOvers:
    """All of it.

    Args:
        cashier: where the money is.
        tills: by id.
        currency: ISO 4217.
        changed: tells a customer that stored value was bought or has paid.
        say: sends an answer.
        goes_on: whether a bill is of a visit that goes on.
    """

    def __init__(
        self,
        cashier: Cashier,
        tills: Mapping[str, Printer],
        currency: str,
        changed: Callable[[Bill, int], None],
        say: Callable[[AnswerRecord], None],
        goes_on: Callable[[str], bool],
    ) -> None:
        self._cashier, self._tills, self._currency = cashier, tills, currency
        self._changed, self._say, self._goes_on = changed, say, goes_on
        self._slips: Slips = cashier.slips
        self._begun = False
        self._done: set[str] = set()

    def begin(self, now_ns: int) -> None:
        """Look at everything once, at the first tick."""
        if self._begun:
            return
        self._begun = True
        for paper in self._slips.papers:
            for answer in said_again(paper, now_ns):
                self._say(answer)
            self._slips.printed(paper.visit)
        for slip in self._slips.left:
            bill = self._cashier.find(slip.bill)
            if bill is None:
                self._print(slip, slips.broken_off(slip, now_ns, self._currency))
            else:
                self._look(slip, bill, now_ns)
        for bill in self._cashier.open_before():
            if not self._goes_on(bill.id):
                self._close(bill, now_ns)

    def paid(self, bill: Bill, now_ns: int) -> None:
        """Hear of a bill of an earlier process."""
        slip = self._slips.of(bill.id)
        if slip and bill.id not in self._done:
            self._look(slip, bill, now_ns)
        elif bill.state is BillState.PAID and bill.balance_minor:
            self._changed(bill, now_ns)

    def _look(self, slip: Slip, bill: Bill, now_ns: int) -> None:
        """Print what can be printed by now."""
        at_a_till = bool(slip.till)
        if bill.kind is BillKind.TOP_UP:
            self._stored_value(bill, now_ns)
            return
        if at_a_till and bill.state is BillState.HELD and self._cashier.give_up(bill.id, now_ns):
            bill = self._cashier.find(bill.id) or bill
        if at_a_till and bill.state is BillState.OWED:
            return
        if bill.state is BillState.PAID and bill.balance_minor:
            self._changed(bill, now_ns)
        self._print(slip, slips.receipt_of(slip, bill, now_ns))

    def _print(self, slip: Slip, receipt: Receipt) -> None:
        till = self._tills.get(slip.till)
        if till:
            till.finish(receipt)
        else:
            self._say(receipt)
        self._slips.printed(slip.bill)
        self._done.add(slip.bill)

    def _stored_value(self, bill: Bill, now_ns: int) -> None:
        if bill.state is BillState.PAID:
            self._changed(bill, now_ns)
            self._slips.printed(bill.id)
        elif bill.state is BillState.HELD:
            self._slips.drop(bill.id)

    def _close(self, bill: Bill, now_ns: int) -> None:
        """Close the bill of somebody who was not let in: a visit is written down before its gate opens."""
        self._cashier.bill(bill.id, Owed(0), now_ns, account=bill.account)
