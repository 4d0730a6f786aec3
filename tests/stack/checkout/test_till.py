"""Sales at a till: goods, totals, palms, codes, cards, and what goes wrong."""

import pytest

from contracts.checkout import (
    PaymentOrder,
    PhoneAction,
    Receipt,
    TerminalEvent,
    TerminalEventKind,
    TerminalOrder,
    TillKey,
)
from tests.stack.checkout.shop import ATLAS, NOVEL, POP, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_palm_is_identity_member_price_and_payment(desk: Desk) -> None:
    desk.goods(NOVEL, ATLAS)
    desk.key(TillKey.TOTAL)
    assert "45.00" in desk.screen()
    desk.palm("ana")
    (receipt,) = desk.all(Receipt)
    assert (receipt.account, receipt.total_minor, receipt.discount_minor, receipt.till) == ("ana", 4200, 300, "till-1")
    assert [(line.product, line.count, line.unit_minor) for line in receipt.lines] == [
        ("atlas", 1, 3000),
        ("novel", 1, 1500),
    ]
    assert desk.taken("ana") == 4200
    assert "Thank you" in desk.screen()


def test_who_is_no_member_pays_the_usual_price(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.TOTAL)
    desk.scan(desk.code_of("ben"))
    assert desk.taken("ben") == 1500


def test_a_code_is_taken_once_even_at_a_till(desk: Desk) -> None:
    code = desk.code_of("ben")
    for _ in range(2):
        desk.goods(NOVEL)
        desk.key(TillKey.TOTAL)
        desk.scan(code)
        desk.run(3)
    assert desk.taken("ben") == 1500
    assert "was used" in desk.screen()


def test_a_declined_card_on_file_leaves_the_sale_open_for_another_way(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.TOTAL)
    desk.palm("cat")
    assert "Not paid" in desk.screen()
    assert desk.all(Receipt) == []
    desk.palm("ben")
    (receipt,) = desk.all(Receipt)
    assert (receipt.account, desk.taken("ben"), desk.taken("cat")) == ("ben", 1500, 0)


def test_a_card_pays_at_the_terminal(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.CARD)
    (order,) = desk.all(TerminalOrder)
    assert (order.terminal, order.amount_minor) == ("t1", 1500)
    desk.take(TerminalEvent(t_ns=desk.now_ns, source="t1", kind=TerminalEventKind.APPROVED, key=order.key, token="c"))
    (receipt,) = desk.all(Receipt)
    assert (receipt.account, receipt.total_minor) == ("", 1500)


@pytest.mark.parametrize("kind", [TerminalEventKind.DECLINED, TerminalEventKind.TIMED_OUT])
def test_a_card_that_does_not_pay_takes_nothing(desk: Desk, kind: TerminalEventKind) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.CARD)
    desk.take(TerminalEvent(t_ns=desk.now_ns, source="t1", kind=kind, key=desk.terminal_key))
    assert desk.all(Receipt) == []
    desk.key(TillKey.CANCEL)
    assert desk.screen() == "Cancelled."


def test_an_answer_of_a_terminal_that_comes_twice_counts_once(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.CARD)
    event = TerminalEvent(
        t_ns=desk.now_ns, source="t1", kind=TerminalEventKind.APPROVED, key=desk.terminal_key, token="c"
    )
    desk.take(event)
    desk.take(event)
    assert len(desk.all(Receipt)) == 1


def test_where_a_code_is_printed_it_must_be_scanned_first_by_whoever_pays(desk: Desk) -> None:
    desk.goods(NOVEL, till="s2")
    desk.key(TillKey.TOTAL, till="till-2")
    desk.scan(desk.code_of("ben"), "s2")
    assert "scan the code of this till" in desk.screen("x2")
    desk.app(PhoneAction.SCANNED, POP, name="ana")
    desk.run(35)
    desk.scan(desk.code_of("ben"), "s2")
    assert desk.all(Receipt) == []
    desk.scan(desk.code_of("ana"), "s2")
    (receipt,) = desk.all(Receipt)
    assert receipt.account == "ana"


def test_a_code_of_another_wallet_goes_to_the_provider_as_its_digest(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.TOTAL)
    desk.scan("134567890123456789")
    assert [order.instrument[:7] for order in desk.all(PaymentOrder)] == ["sha256:"] * 2
    assert "134567890123456789" not in repr(desk.said)
    assert [receipt.instrument for receipt in desk.all(Receipt)] == [desk.all(PaymentOrder)[0].instrument]


def test_goods_that_are_not_sold_here_are_named(desk: Desk) -> None:
    desk.goods("5901234123457")
    assert "Not sold here" in desk.screen()
    desk.scan("hello")
    assert "Not known here" in desk.screen()


def test_what_is_cancelled_is_forgotten(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.CANCEL)
    desk.key(TillKey.TOTAL)
    desk.palm("ben")
    assert desk.all(Receipt) == []
    assert desk.taken("ben") == 0
