"""Sixty people within a minute through two lanes, each with a code of their own: no visit, hold or receipt is lost."""

from __future__ import annotations

import pytest

from contracts.checkout import PaymentAction, PaymentOrder, Receipt, ReceiptStatus
from contracts.records import GateCommand, VisitChange, VisitState
from rig.paths import find_store
from stack.core import ReferenceStack
from tests.rig.peak_crowd import MINUTE_NS, PEOPLE, Peak, name
from twin.store import load_store


@pytest.fixture(params=range(5))
def peak(request: pytest.FixtureRequest) -> Peak:
    stack = ReferenceStack()
    played = Peak(request.param, stack, load_store(find_store("park-gate")).layout)
    played.run()
    stack.close()
    return played


def test_sixty_people_a_minute_over_two_lanes_and_nothing_is_lost(peak: Peak) -> None:
    accounts = {name(i) for i in range(PEOPLE)}
    assert max(peak.shown_ns.values()) <= MINUTE_NS
    in_a_minute = sum(1 for t_ns, _ in peak.entered if t_ns <= peak.entered[0][0] + MINUTE_NS)
    assert in_a_minute == PEOPLE
    inside = [change for change in peak.said(VisitChange) if change.state is VisitState.INSIDE]
    assert {change.account for change in inside} == accounts
    assert len({change.visit for change in inside}) == PEOPLE
    receipts = peak.said(Receipt)
    assert sorted(receipt.account for receipt in receipts) == sorted(accounts)
    assert {receipt.status for receipt in receipts} == {ReceiptStatus.FINAL}
    authorised = [o for o in peak.said(PaymentOrder) if o.action is PaymentAction.AUTHORISE]
    assert len({order.key for order in authorised}) == PEOPLE
    assert len(peak.bank.holdings) == PEOPLE
    assert all(held.void and not held.taken for held in peak.bank.holdings.values())


def swapped(peak: Peak) -> list[tuple[str, str]]:
    """Return who was let in where somebody else walked in."""
    account = {change.visit: change.account for change in peak.said(VisitChange)}
    found = []
    for gate in ("lane-in-1", "lane-in-2"):
        let_in = [account[order.visit] for order in peak.said(GateCommand) if order.gate == gate]
        found += list(zip(let_in, (name(p) for _, p in peak.lanes[gate].passed), strict=True))
    return [(one, other) for one, other in found if one != other]


def test_who_walks_in_is_who_was_let_in(peak: Peak) -> None:
    assert swapped(peak) == []


def test_in_a_lane_nobody_is_let_in_before_who_showed_a_code_there_earlier() -> None:
    stack = ReferenceStack()
    slow = Peak(1, stack, load_store(find_store("park-gate")).layout, {10: "~answers-late", 31: "~answers-late"})
    slow.run()
    stack.close()
    assert swapped(slow) == []
    assert len(slow.entered) == PEOPLE
    assert len(slow.said(Receipt)) == PEOPLE
