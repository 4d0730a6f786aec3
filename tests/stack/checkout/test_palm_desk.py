"""Palms enrolled and deleted in the store: nothing without consent, nothing left after a change of mind."""

from dataclasses import replace

import pytest

from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder, PhoneAction, PhoneRequest, PhoneView
from contracts.layout import Account
from contracts.records import AnswerRecord
from stack.checkout.palm_desk import HOLD, KNOWN, PalmDesk
from stack.visits.identity import AccountBook
from tests.stack.small_store import LAYOUT

READER = next(gate.palm_reader for gate in LAYOUT.gates if gate.palm_reader)
AGREED = PhoneRequest(
    t_ns=0, source="phone-eve", account="eve", action=PhoneAction.ENROL_PALM, device=READER, wording="palm-en-1"
)
BACK = replace(AGREED, action=PhoneAction.FORGET_PALM)


class Shop:
    def __init__(self) -> None:
        self.book = AccountBook((Account("eve"), Account("ben", palm_handles=("p-ben",))))
        self.said: list[AnswerRecord] = []
        self.desk = PalmDesk(LAYOUT, self.book, self.said.append)

    def texts(self) -> list[str]:
        return [view.text for view in self.said if isinstance(view, PhoneView)]

    def orders(self) -> list[tuple[PalmAction, str, str]]:
        return [(o.action, o.account, o.handle) for o in self.said if isinstance(o, PalmOrder)]

    def made(self, handle: str, why: str = "") -> None:
        key = next(order.key for order in self.said if isinstance(order, PalmOrder))
        self.desk.enrolled(PalmEnrolled(t_ns=5, source=READER, key=key, handle=handle, why=why), 5)


def test_who_agrees_is_enrolled_and_known_from_then_on() -> None:
    shop = Shop()
    shop.desk.take(AGREED, 1)
    assert shop.orders() == [(PalmAction.ENROL, "eve", "")]
    assert shop.book.by_palm("p-eve").account == ""
    shop.made("p-eve")
    assert shop.book.by_palm("p-eve").account == "eve"
    assert shop.texts() == [HOLD, KNOWN]


def test_what_the_reader_could_not_take_is_told() -> None:
    shop = Shop()
    shop.desk.take(AGREED, 1)
    shop.made("", "not a living hand")
    assert shop.texts()[-1] == "Not enrolled: not a living hand."
    assert shop.book.palms_of("eve") == ()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (replace(AGREED, wording=""), "without agreeing"),
        (replace(AGREED, account=""), "without agreeing"),
        (replace(AGREED, device="palm-elsewhere"), "no such palm reader"),
        (replace(AGREED, device=""), "no such palm reader"),
        (replace(AGREED, account="ben"), "known here already"),
    ],
)
def test_nobody_is_enrolled_without_consent_twice_or_elsewhere(asked: PhoneRequest, says: str) -> None:
    shop = Shop()
    shop.desk.take(asked, 1)
    assert shop.orders() == []
    assert says in shop.texts()[0]


def test_what_is_deleted_is_deleted_in_the_readers() -> None:
    shop = Shop()
    shop.desk.take(replace(BACK, account="ben"), 1)
    assert shop.orders() == [(PalmAction.FORGET, "", "p-ben")]


def test_a_change_of_mind_while_enrolling_leaves_nothing() -> None:
    shop = Shop()
    shop.desk.take(AGREED, 1)
    shop.desk.take(BACK, 2)
    shop.made("p-eve")
    assert shop.book.by_palm("p-eve").account == ""
    assert shop.orders()[-1] == (PalmAction.FORGET, "", "p-eve")
