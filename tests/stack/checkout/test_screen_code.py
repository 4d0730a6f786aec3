"""A code for one payment on a till's screen: right amount, once, and only the till's own."""

from decimal import Decimal

import pytest

from contracts.checkout import PhoneAction, Receipt, TillKey
from contracts.codes import mpm
from contracts.records import ScreenCommand
from stack.checkout.dynamic import dynamic
from tests.stack.checkout.shop import STALL, TAXI, Desk


def shown(desk: Desk) -> str:
    return next(a.code.decode() for a in reversed(desk.all(ScreenCommand)) if a.screen == "x4" and a.code)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.key(TillKey.TOTAL, 1240, till="taxi")
    return desk


def test_the_screen_shows_the_fare_and_whoever_agrees_pays_it(desk: Desk) -> None:
    code = mpm.parse(shown(desk))
    assert (code.dynamic, code.amount, code.value("59")) == (True, Decimal("12.40"), "Taxi 7")
    desk.app(PhoneAction.SCANNED, shown(desk))
    assert desk.phone() == "Pay 12.40 USD to Taxi 7?"
    desk.app(PhoneAction.CONFIRMED)
    (receipt,) = desk.all(Receipt)
    assert (receipt.till, receipt.account, receipt.agreed_minor, desk.taken("ana")) == ("taxi", "ana", 1240, 1240)
    assert desk.phone() == "Paid 12.40 USD to Taxi 7."


def test_a_code_that_was_paid_is_worth_nothing(desk: Desk) -> None:
    for name in ("ana", "ben"):
        desk.app(PhoneAction.SCANNED, shown(desk), name=name)
        desk.app(PhoneAction.CONFIRMED, name=name)
    assert (desk.taken("ana"), desk.taken("ben")) == (1240, 0)
    assert "not known" in desk.phone("ben") or "nothing to agree" in desk.phone("ben")


def test_two_who_scanned_it_pay_once(desk: Desk) -> None:
    for name in ("ana", "ben"):
        desk.app(PhoneAction.SCANNED, shown(desk), name=name)
    for name in ("ana", "ben"):
        desk.app(PhoneAction.CONFIRMED, name=name)
    assert (desk.taken("ana"), desk.taken("ben")) == (1240, 0)


def test_a_code_with_another_amount_is_refused(desk: Desk) -> None:
    reference = mpm.parse(shown(desk)).additional.reference
    desk.app(PhoneAction.SCANNED, dynamic(TAXI, 100, "USD", reference))
    assert "not known" in desk.phone()
    desk.app(PhoneAction.SCANNED, dynamic(STALL, 1240, "USD", "another"))
    assert "not known" in desk.phone()
    desk.app(PhoneAction.CONFIRMED)
    assert desk.all(Receipt) == []


def test_after_a_refusal_somebody_else_can_pay(desk: Desk) -> None:
    desk.app(PhoneAction.SCANNED, shown(desk), name="cat")
    desk.app(PhoneAction.CONFIRMED, name="cat")
    assert "Not paid" in desk.phone("cat")
    desk.app(PhoneAction.SCANNED, shown(desk))
    desk.app(PhoneAction.CONFIRMED)
    assert (desk.taken("cat"), desk.taken("ana")) == (0, 1240)
