"""The stack dies while people are in the store: visits go on, no name comes twice, nothing is charged unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.checkout import Charge, Receipt, ReceiptStatus
from contracts.records import VisitChange, VisitState
from stack.money.bill_table import BillState
from stack.money.invariants import check
from stack.money.kept import OpenVisit
from tests.stack.restartable import Mortal
from tests.stack.small_store import plate


@pytest.fixture
def cast(tmp_path: Path) -> Mortal:
    return Mortal(ledger=f"sqlite:{tmp_path / 'books.db'}")


def settled(cast: Mortal) -> list[str]:
    """Return what is wrong once everybody has left, and who is still thought to be inside."""
    cast.wait(6)
    books = cast.books()
    return [*check(books, at_rest=True), *(visit.id for visit in books.load().notes.all(OpenVisit))]


def test_no_charge_of_a_later_start_has_the_key_of_an_earlier_one(cast: Mortal) -> None:
    keys = []
    for track in ("t1", "t2", "t3"):
        cast.enter(track, "ana")
        cast.move(track, plate(3), -1531.0)
        cast.leave(track)
        cast.wait(5)
        keys += [charge.key for charge in cast.said(Charge)]
        cast.restart()
        cast.wait(1)
    assert keys == ["v1", "run-1/v1", "run-2/v1"]
    assert (cast.taken(), settled(cast)) == (3 * 210, [])


def test_who_was_in_the_store_goes_on_under_the_same_visit_and_is_held_for_a_person(cast: Mortal) -> None:
    cast.enter("t1", "ana")
    cast.move("t1", plate(3), -1531.0)
    cast.restart()
    cast.wait(1)
    assert next((v.visit, v.state, v.account) for v in cast.said(VisitChange)) == ("v1", VisitState.INSIDE, "ana")
    cast.move("t1", plate(5), -521.0)
    cast.leave("t1")
    cast.wait(5)
    [receipt] = cast.said(Receipt)
    assert (receipt.visit, receipt.account, receipt.status) == ("v1", "ana", ReceiptStatus.REVIEW)
    assert {line.product: line.count for line in receipt.lines} == {"water-1500": 1, "cola-500": 1}
    assert "started anew during the visit" in receipt.reason
    assert cast.said(Charge) == []
    assert (cast.taken(), settled(cast)) == (0, [])
    [bill] = cast.books().load().bills.values()
    assert (bill.state, bill.total_minor, bill.account) == (BillState.HELD, 390, "ana")


def test_two_who_were_in_the_store_are_each_held_and_a_third_is_charged(cast: Mortal) -> None:
    for track, name in (("t1", "ana"), ("t2", "ben")):
        cast.enter(track, name)
        cast.walk(track, 3.0 if name == "ana" else 1.5, -1.0)
    cast.restart()
    cast.wait(1)
    cast.leave("t1")
    cast.leave("t2")
    cast.wait(5)
    held = {receipt.visit: (receipt.account, receipt.status) for receipt in cast.said(Receipt)}
    assert held == {"v1": ("ana", ReceiptStatus.REVIEW), "v2": ("ben", ReceiptStatus.REVIEW)}
    cast.enter("t3", "ana")
    cast.move("t3", plate(3), -1531.0)
    cast.leave("t3")
    cast.wait(5)
    assert [(c.key, c.amount_minor) for c in cast.said(Charge)] == [("run-1/v1", 210)]
    assert (cast.taken(), settled(cast)) == (210, [])


def test_who_left_while_the_stack_was_dead_has_a_receipt_all_the_same(cast: Mortal) -> None:
    cast.enter("t1", "ana")
    cast.move("t1", plate(3), -1531.0)
    del cast.at["t1"]
    cast.restart()
    cast.wait(20)
    [receipt] = cast.said(Receipt)
    assert (receipt.visit, receipt.status, receipt.total_minor) == ("v1", ReceiptStatus.REVIEW, 210)
    assert settled(cast) == []


def test_who_was_let_in_and_had_not_come_in_yet_comes_in(cast: Mortal) -> None:
    cast.at["t1"] = (-1.0, 0.0, 1.7)
    cast.show("ana")
    cast.wait(0.5)
    cast.restart()
    cast.come_through("t1")
    cast.leave("t1")
    cast.wait(5)
    assert [(r.visit, r.account) for r in cast.said(Receipt)] == [("v1", "ana")]
    assert settled(cast) == []


def test_who_was_let_in_and_never_came_owes_nothing(cast: Mortal) -> None:
    cast.show("ana")
    cast.wait(0.5)
    cast.restart()
    cast.wait(40)
    assert cast.said(Receipt) == []
    assert all(held.void for held in cast.bank.holdings.values())
    assert settled(cast) == []


def test_who_has_left_and_had_no_receipt_yet_gets_one(cast: Mortal) -> None:
    cast.enter("t1", "ana")
    cast.leave("t1")
    cast.wait(0.3)
    cast.restart()
    cast.wait(5)
    assert [r.visit for r in cast.said(Receipt)] == ["v1"]
    assert settled(cast) == []


def test_in_a_new_run_nobody_of_an_earlier_one_is_in_the_store(cast: Mortal) -> None:
    cast.enter("t1", "ana")
    cast.move("t1", plate(3), -1531.0)
    cast.t_ns = 0
    cast.at.clear()
    cast.restart()
    cast.wait(20)
    assert (cast.said(Receipt), cast.said(VisitChange)) == ([], [])
    [bill] = cast.books().load().bills.values()
    assert (bill.state, bill.total_minor, bill.reason) == (BillState.HELD, 210, "the run ended during the visit")
    assert settled(cast) == []


def test_the_holds_of_a_whole_group_are_let_go(cast: Mortal) -> None:
    for track in ("t1", "t2"):
        cast.enter(track, "ana")
        cast.walk(track, 3.0, -1.0)
    for track in ("t1", "t2"):
        cast.leave(track)
    cast.wait(8)
    assert [r.visit for r in cast.said(Receipt)] == ["v1"]
    assert len(cast.bank.holdings) == 2
    assert all(held.void for held in cast.bank.holdings.values())
