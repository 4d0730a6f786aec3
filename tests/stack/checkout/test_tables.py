"""Orders at a table: chosen and paid with the app; and a machine whose door opens once it is paid."""

from contracts.checkout import PhoneAction, Receipt, TillKey
from contracts.records import ScreenCommand
from contracts.trade import DOOR_OPEN
from tests.stack.checkout.shop import ATLAS, NOVEL, TABLE, Desk


def test_an_order_is_paid_before_it_is_brought() -> None:
    desk = Desk()
    desk.app(PhoneAction.SCANNED, TABLE)
    assert desk.phone() == "What shall we bring to table-4?"
    for number in (NOVEL, NOVEL, ATLAS):
        desk.app(PhoneAction.CHOSE, number)
    assert "In all: 54.00 USD" in desk.phone()
    desk.app(PhoneAction.CONFIRMED)
    (receipt,) = desk.all(Receipt)
    assert [(line.product, line.count) for line in receipt.lines] == [("atlas", 1), ("novel", 2)]
    assert (receipt.till, receipt.total_minor, receipt.discount_minor, desk.taken("ana")) == (
        "table-4",
        5400,
        600,
        5400,
    )


def test_nothing_is_ordered_without_a_table_or_without_goods() -> None:
    desk = Desk()
    desk.app(PhoneAction.CHOSE, NOVEL)
    assert "scan the code of a table" in desk.phone()
    desk.app(PhoneAction.SCANNED, TABLE)
    desk.app(PhoneAction.CONFIRMED)
    assert "nothing to agree" in desk.phone()
    desk.app(PhoneAction.SCANNED, TABLE)
    desk.app(PhoneAction.CHOSE, "5901234123457")
    assert "not known" in desk.phone()
    assert desk.all(Receipt) == []


def test_two_phones_at_one_table_pay_each_for_their_own() -> None:
    desk = Desk()
    for name, number in (("ana", NOVEL), ("ben", ATLAS)):
        desk.app(PhoneAction.SCANNED, TABLE, name=name)
        desk.app(PhoneAction.CHOSE, number, name=name)
    for name in ("ben", "ana"):
        desk.app(PhoneAction.CONFIRMED, name=name)
    assert (desk.taken("ana"), desk.taken("ben")) == (1200, 3000)


def opened(desk: Desk) -> int:
    return sum(command.text == DOOR_OPEN and command.screen == "x5" for command in desk.all(ScreenCommand))


def test_a_machine_opens_its_door_once_it_is_paid() -> None:
    desk = Desk()
    desk.goods(NOVEL, till="s5")
    desk.key(TillKey.TOTAL, till="machine")
    desk.palm("", "p5")
    desk.palm("cat", "p5")
    assert opened(desk) == 0
    desk.palm("ben", "p5")
    assert opened(desk) == 1
    assert desk.taken("ben") == 1500
