"""Holding an amount before the gate opens, and the bills of those who walked out."""

from __future__ import annotations

from dataclasses import replace

from contracts.checkout import Receipt, ReceiptStatus
from contracts.layout import Account, Layout
from contracts.records import VisitState
from stack.checkout.cashier import Cashier
from stack.checkout.held import Held
from stack.checkout.lane import Lanes
from stack.checkout.open_visits import goods_of
from stack.checkout.shop import Shop
from stack.money.basket import Item
from stack.money.bill import Owed
from stack.money.kept import OpenVisit
from stack.money.payment import Payment
from stack.money.payment_table import PaymentState

RUN_ENDED = "the run ended during the visit"


class Entry:
    """Walk-outs and their money. Without a provider nothing is held and charges are only ordered.

    Args:
        layout: the store.
        accounts: by id.
        shop: what goods cost.
        cashier: where the money is.
    """

    def __init__(self, layout: Layout, accounts: dict[str, Account], shop: Shop, cashier: Cashier) -> None:
        self._layout, self._accounts = layout, accounts
        self._shop, self._cashier = shop, cashier
        self._lanes = Lanes()
        self._free: dict[tuple[str, str], list[str]] = {}
        self._bill_of: dict[str, str] = {}
        self._settled: dict[str, str] = {}
        self._entries = 0

    def ask(self, account: str, gate: str, now_ns: int) -> bool:
        """Ask for a hold before somebody is let in; return whether one is needed."""
        owner = self._accounts.get(account)
        if not (self._layout.provider and self._layout.hold_minor and owner and owner.instrument):
            return False
        self._entries += 1
        name = f"{self._cashier.run}entry-{self._entries}"
        self._lanes.ask(name, Held(account, gate), now_ns)
        self._cashier.hold(name, account, owner.instrument, self._layout.hold_minor, now_ns)
        return True

    def moved(self, payment: Payment) -> None:
        """Hear of a payment: it may be a hold that was asked for at a gate."""
        held = self._lanes.asked(payment.bill)
        if held is None or not payment.at_rest:
            return
        if payment.state is PaymentState.AUTHORISED:
            self._free.setdefault((held.account, held.gate), []).append(payment.bill)
        else:
            held = replace(held, refusal=f"Your card was not accepted: {payment.reason}.")
        self._lanes.decide(payment.bill, held)

    def decided(self, now_ns: int) -> list[Held]:
        """Return what became of holds that were asked for, at each gate in the order of those who stand there."""
        return self._lanes.release(now_ns)

    def admitted(self, visit: str, account: str, gate: str) -> str:
        """Somebody was let in: the hold that was made for them is theirs. Return its bill, "" for none."""
        waiting = self._free.get((account, gate))
        if waiting:
            self._bill_of[visit] = waiting.pop(0)
        return self._bill_of.get(visit, "")

    def go_on(self, visit: str, bill: str) -> None:
        """Go on with a visit that an earlier process had begun."""
        if bill:
            self._bill_of[visit] = bill

    def has(self, bill: str) -> bool:
        """Whether a bill is of a visit here, also one that was begun before the last start."""
        return bill in self._settled or bill in self._bill_of.values()

    def abandon(self, note: OpenVisit, now_ns: int) -> None:
        """Close the bill of a visit that will not go on: a person looks at it; who never came in owes nothing."""
        came_in = note.state is not VisitState.ADMITTED
        goods = goods_of(note).items() if came_in else ()
        items = [Item(name, count) for name, count in goods if count > 0 and name in self._layout.product]
        if not (note.bill or items):
            return
        priced = self._shop.price(items, member=self._is_member(note.account))
        owed = Owed(priced.total_minor, priced.tax_minor, priced.discount_minor)
        doubt = RUN_ENDED if came_in else ""
        self._cashier.bill(note.bill or note.id, owed, now_ns, account=note.account, doubt=doubt)

    def lapsed(self, visit: str, now_ns: int) -> None:
        """Nobody came in after all: let the hold go."""
        bill = self._bill_of.pop(visit, "")
        if bill:
            self._cashier.bill(bill, Owed(0), now_ns)

    def price(self, receipt: Receipt) -> Receipt:
        """Return a receipt with promotions, member prices and tax."""
        priced = self._shop.price_lines(receipt.lines, member=self._is_member(receipt.account))
        return replace(
            receipt,
            total_minor=priced.total_minor,
            discount_minor=priced.discount_minor,
            tax_minor=priced.tax_minor,
            instrument=self._instrument(receipt) if priced.total_minor else "",
        )

    def settle(self, receipt: Receipt, now_ns: int) -> None:
        """Write a receipt into the ledger and collect it; one that is held waits for a person."""
        if not self._layout.provider:
            self._cashier.slips.paper(receipt)
            return
        owner = self._accounts.get(receipt.account)
        held = receipt.status is ReceiptStatus.REVIEW
        bill = self._bill_of.pop(receipt.visit, receipt.visit)
        self._settled[bill] = receipt.visit
        self._cashier.slips.walk_out(bill, receipt)
        self._cashier.bill(
            bill,
            Owed(receipt.total_minor, receipt.tax_minor, receipt.discount_minor),
            now_ns,
            account=receipt.account,
            instrument=owner.instrument if owner else "",
            doubt=receipt.reason if held else "",
        )

    def receipt_of(self, bill: str) -> str:
        """Return the visit whose receipt a bill is for; of a bill that is for none, its own name."""
        return self._settled.get(bill, bill)

    def _instrument(self, receipt: Receipt) -> str:
        """Return what is charged for a receipt: the card on file, where there is somebody who charges it."""
        owner = self._accounts.get(receipt.account)
        final = receipt.status is ReceiptStatus.FINAL
        return owner.instrument if owner and final and self._layout.provider else ""

    def _is_member(self, account: str) -> bool:
        owner = self._accounts.get(account)
        return bool(owner and owner.loyalty)
