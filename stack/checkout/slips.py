"""Receipts that are still to be printed: kept beside the books until whoever asked has surely got them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from contracts.checkout import Receipt, ReceiptLine, ReceiptStatus
from stack.checkout.papers import paper_of
from stack.checkout.sale import Sale
from stack.money.bill import Bill
from stack.money.bill_table import BillState
from stack.money.kept import Paper
from stack.money.notes import Notes, Slip

BROKEN_OFF = "broken off before it was paid"


class Slips:
    """All that is to be printed.

    Args:
        notes: beside the books, written with them.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._printed: list[str] = []
        self._heard: list[str] = []
        self.left = notes.all(Slip)
        """What an earlier process had not printed, or not surely."""
        self.papers = notes.all(Paper)
        """The same, where no bill says anything of it."""

    def open(self, sale: Sale) -> None:
        """Note a sale: as far as it has come, and what it is, once it is priced."""
        goods = [ReceiptLine(x.product, x.count, x.unit_minor, 1.0) for x in sale.priced.lines] if sale.priced else []
        self._notes.keep(Slip(sale.bill, sale.bill, sale.till, written(goods), sale.agreed_minor))

    def walk_out(self, bill: str, receipt: Receipt) -> None:
        """Note a walk-out's receipt, which goes out now."""
        self._notes.keep(Slip(bill, receipt.visit, "", written(receipt.lines), 0, receipt.left_ns))
        self.printed(bill)

    def paper(self, receipt: Receipt) -> None:
        """Note the receipt of a walk-out for which there is no bill, which goes out now."""
        self._notes.keep(paper_of(receipt))
        self.printed(receipt.visit)

    def stored_value(self, bill: str) -> None:
        """Note stored value that is bought."""
        self._notes.keep(Slip(bill, bill))

    def of(self, bill: str) -> Slip | None:
        """Return what is to be printed for a bill."""
        return self._notes.find(Slip, bill)

    def receipt(self, bill: Bill, now_ns: int) -> Receipt:
        """Return the receipt of a bill that is paid, which goes out now."""
        slip = self.of(bill.id)
        assert slip is not None  # noted when the sale was begun
        self.printed(bill.id)
        return receipt_of(slip, bill, now_ns)

    def drop(self, bill: str) -> None:
        """Print nothing for a bill, or for the visit of a paper."""
        self._notes.drop(Slip, bill)
        self._notes.drop(Paper, bill)

    def printed(self, bill: str) -> None:
        """Say that something goes out with the answers of this tick; at the next one it has surely been heard."""
        self._printed.append(bill)

    def tick(self) -> None:
        """Forget what went out with the last answers; what goes out with the next ones outlives a death until then."""
        for bill in self._heard:
            self.drop(bill)
        self._heard.clear()

    def sent(self) -> None:
        """Say that the answers of this tick go out now."""
        self._heard, self._printed = self._printed, []


def receipt_of(slip: Slip, bill: Bill, now_ns: int) -> Receipt:
    """Return the receipt of a slip whose bill has been written."""
    void = bill.state is BillState.VOID
    held = ReceiptStatus.REVIEW if bill.doubt or (slip.till and bill.state is BillState.HELD) else ReceiptStatus.FINAL
    if void:
        return broken_off(slip, now_ns, bill.currency, bill.account)
    return Receipt(
        t_ns=now_ns,
        source="stack",
        visit=slip.visit,
        account=bill.account,
        lines=_lines(slip.goods),
        total_minor=bill.total_minor,
        currency=bill.currency,
        left_ns=slip.left_ns or now_ns,
        status=held,
        reason=bill.reason if held is ReceiptStatus.REVIEW else "",
        till=slip.till,
        discount_minor=bill.discount_minor,
        tax_minor=bill.tax_minor,
        agreed_minor=slip.agreed_minor,
        balance_minor=bill.balance_minor if slip.till else 0,
        instrument=bill.instrument if bill.total_minor > bill.balance_minor and not bill.doubt else "",
    )


def broken_off(slip: Slip, now_ns: int, currency: str, account: str = "") -> Receipt:
    """Return what is printed for a sale that will not be paid: nothing is owed."""
    return Receipt(
        t_ns=now_ns,
        source="stack",
        visit=slip.visit,
        account=account,
        lines=(),
        total_minor=0,
        currency=currency,
        left_ns=now_ns,
        status=ReceiptStatus.VOID,
        reason=BROKEN_OFF,
        till=slip.till,
    )


def written(lines: Sequence[ReceiptLine]) -> str:
    """Return lines as JSON."""
    return json.dumps([[x.product, x.count, x.unit_minor, x.probability, list(x.events)] for x in lines])


def _lines(text: str) -> tuple[ReceiptLine, ...]:
    return tuple(
        ReceiptLine(product, count, unit_minor, probability, tuple(events))
        for product, count, unit_minor, probability, events in json.loads(text)
    )
