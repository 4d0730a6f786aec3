"""Receipts and charges."""

from __future__ import annotations

import pytest

from contracts.checkout import ReceiptStatus
from contracts.records import Hypothesis
from stack.attribution.ledger import Entry
from stack.attribution.receipt import NO_ACCOUNT, SURE, charge_for, write
from stack.visits.visit import Visit
from tests.stack.small_store import LAYOUT


def visit(account: str = "ana", *doubts: str) -> Visit:
    return Visit("v1", account, "v1", "gate-in", 0, left_ns=5, doubts=[("e7", doubt) for doubt in doubts])


def entry(product: str, count: int, event: str, probability: float = 0.95) -> Entry:
    return Entry("v1", product, count, event, probability, 0)


def test_lines_are_the_net_of_takes_and_put_backs() -> None:
    entries = [entry("soap", 1, "e1"), entry("soap", 2, "e2"), entry("crisps", 1, "e3"), entry("crisps", -1, "e4")]
    receipt = write([visit()], entries, LAYOUT, 9, gated=True)
    [line] = receipt.lines
    assert (line.product, line.count, line.unit_minor, line.events) == ("soap", 3, 300, ("e1", "e2"))
    assert line.probability == 0.95 * 0.95
    assert (receipt.total_minor, receipt.currency, receipt.left_ns, receipt.t_ns) == (900, "USD", 5, 9)
    assert receipt.status is ReceiptStatus.FINAL


def test_a_final_receipt_is_charged_once_by_its_key() -> None:
    receipt = write([visit()], [entry("soap", 1, "e1")], LAYOUT, 9, gated=True)
    charge = charge_for(receipt)
    assert charge is not None
    assert (charge.amount_minor, charge.key, charge.account) == (300, "v1", "ana")


def test_nothing_bought_is_a_final_receipt_and_no_charge() -> None:
    receipt = write([visit()], [], LAYOUT, 9, gated=True)
    assert (receipt.lines, receipt.status) == ((), ReceiptStatus.FINAL)
    assert charge_for(receipt) is None


def test_nobodys_receipt_is_held() -> None:
    receipt = write([visit("")], [entry("soap", 1, "e1")], LAYOUT, 9, gated=True)
    assert (receipt.status, receipt.reason) == (ReceiptStatus.REVIEW, NO_ACCOUNT)
    assert charge_for(receipt) is None


def test_without_gates_no_account_is_no_fault_and_no_charge() -> None:
    receipt = write([visit("")], [entry("soap", 1, "e1")], LAYOUT, 9, gated=False)
    assert receipt.status is ReceiptStatus.FINAL
    assert charge_for(receipt) is None


def test_an_unsure_line_holds_the_receipt_and_says_which() -> None:
    receipt = write([visit()], [entry("soap", 1, "e1", SURE - 0.01)], LAYOUT, 9, gated=True)
    assert receipt.status is ReceiptStatus.REVIEW
    assert "soap" in receipt.reason
    assert charge_for(receipt) is None
    assert write([visit()], [entry("soap", 1, "e1", SURE)], LAYOUT, 9, gated=True).status is ReceiptStatus.FINAL


def test_doubts_of_the_visit_hold_it_and_are_said_once() -> None:
    receipt = write([visit("ana", "odd", "odd")], [], LAYOUT, 9, gated=True)
    assert (receipt.status, receipt.reason) == (ReceiptStatus.REVIEW, "odd (e7)")


def test_a_party_pays_together_so_which_of_them_it_was_is_no_doubt() -> None:
    taken = entry("soap", 1, "e1", 0.46)
    taken.others = (Hypothesis("v2", "soap", 1, 0.44), Hypothesis("v3", "soap", 1, 0.05))
    friend = Visit("v2", "ana", "v1", "gate-in", 0, left_ns=6)
    together = write([visit(), friend], [taken], LAYOUT, 9, gated=True)
    assert together.status is ReceiptStatus.FINAL
    assert together.lines[0].probability == pytest.approx(0.90)
    assert write([visit()], [taken], LAYOUT, 9, gated=True).status is ReceiptStatus.REVIEW


def test_what_may_have_been_given_back_instead_makes_both_doubtful() -> None:
    back = entry("crisps", -1, "e3", 0.64)
    back.others = (Hypothesis("v1", "soap", -1, 0.34),)
    taken = [entry("soap", 1, "e1", 1.0), entry("crisps", 1, "e2", 1.0)]
    receipt = write([visit()], [*taken, back], LAYOUT, 9, gated=True)
    assert receipt.lines[0].probability == pytest.approx(0.66)
    assert "soap" in receipt.reason
    assert "crisps" in receipt.reason


def test_what_somebody_else_may_have_given_back_leaves_a_line_as_it_is() -> None:
    back = entry("crisps", -1, "e3", 0.8)
    back.others = (Hypothesis("v2", "soap", -1, 0.2),)
    receipt = write([visit()], [entry("soap", 1, "e1", 0.9), back], LAYOUT, 9, gated=True)
    assert receipt.lines[0].probability == pytest.approx(0.9)


def test_something_put_down_and_taken_up_again_is_no_open_line() -> None:
    entries = [entry("crisps", -1, "e1", 0.4), entry("crisps", 1, "e2", 0.9)]
    assert write([visit()], entries, LAYOUT, 9, gated=True).status is ReceiptStatus.FINAL
