"""A store without a provider: no receipt is lost in the tick in which the stack dies, and its charge has one key."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest

from contracts.checkout import Charge, Receipt, ReceiptLine, ReceiptStatus
from stack.checkout.papers import paper_of, receipt_in
from stack.money.kept import Paper
from tests.stack.restartable import Mortal
from tests.stack.small_store import LAYOUT, plate


@pytest.fixture
def cast(tmp_path: Path) -> Mortal:
    """A store without a provider, in which ana has just been written a receipt."""
    unpaid = replace(LAYOUT, body_trackers=("tracker",))
    cast = Mortal(ledger=f"sqlite:{tmp_path / 'books.db'}", layout=unpaid)
    cast.enter("t1", "ana")
    cast.move("t1", plate(3), -1531.0)
    cast.leave("t1")
    for _ in range(100):
        if cast.said(Receipt):
            return cast
        cast.wait(0.1)
    raise AssertionError("no receipt")


def test_a_receipt_that_nobody_heard_is_said_again_and_so_is_its_charge(cast: Mortal) -> None:
    [first], [charge] = cast.said(Receipt), cast.said(Charge)
    cast.restart()
    cast.wait(1)
    [again], [charged] = cast.said(Receipt), cast.said(Charge)
    assert {**asdict(again), "t_ns": first.t_ns} == asdict(first)
    assert (charged.key, charged.amount_minor) == (charge.key, charge.amount_minor) == ("v1", 210)


def test_one_that_was_heard_is_not_said_again(cast: Mortal) -> None:
    cast.wait(0.1)
    cast.restart()
    cast.wait(1)
    assert (cast.said(Receipt), cast.books().load().notes.all(Paper)) == ([], [])


def test_it_may_die_in_the_next_tick_too(cast: Mortal) -> None:
    cast.restart()
    assert [r.visit for r in cast.said(Receipt)] == ["v1"]
    cast.restart()
    assert [r.visit for r in cast.said(Receipt)] == ["v1"]
    cast.wait(0.2)
    cast.restart()
    cast.wait(1)
    assert cast.said(Receipt) == []


def test_after_a_clean_end_nothing_is_said_again(cast: Mortal) -> None:
    cast.stack.close()
    cast.answers.clear()
    cast.start()
    cast.wait(1)
    assert cast.said(Receipt) == []


def test_a_receipt_comes_out_as_it_was_kept() -> None:
    lines = (ReceiptLine("novel", 2, 1500, 0.75, ("e1", "e2")), ReceiptLine("atlas", 1, 3000, 1.0))
    receipt = Receipt(
        t_ns=5,
        source="stack",
        visit="v9",
        account="",
        lines=lines,
        total_minor=6000,
        currency="JPY",
        left_ns=4,
        status=ReceiptStatus.REVIEW,
        reason="unsure",
        tax_minor=12,
    )
    assert asdict(receipt_in(paper_of(receipt))) == asdict(receipt)
