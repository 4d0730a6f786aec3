"""The app tells what the stack said, shows the codes that phones show, and asks in records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.checkout import BalanceChange, PhoneAction
from contracts.clock import MILLISECOND, SECOND, VirtualClock, WallClock
from contracts.codes.token import FIRST_KEY_ID, STEP_NS, derive
from contracts.errors import BadCode, UsageError
from contracts.layout import Account
from contracts.records import PalmScan, Scan
from contracts.steps import Phone
from stack.core import ReferenceStack
from stack.visits.identity import AccountBook
from stack.web.demo import ACCOUNTS, KEY, SETUP, DemoStack
from stack.web.live import Live
from stack.web.views import PalmState, PartView, TopUpState
from tests.stack.web.shops import Shop, setup
from twin.phone import TwinPhone

PHONE = TwinPhone(Phone(id="phone-ana", handle=derive(KEY, FIRST_KEY_ID, ACCOUNTS[0].handle)), "ana", 7)


@pytest.mark.parametrize("places", [1, 4])
def test_the_page_and_the_twins_phone_show_the_same_code_at_every_moment(places: int) -> None:
    shop = Shop()
    for moment in (0, STEP_NS - 1, STEP_NS, 90 * SECOND, 30_000 * SECOND):
        shop.live.feed([], moment)
        view = shop.live.code("ana", places)
        assert view is not None
        assert view.code.encode() == PHONE.code(moment, places)
        assert view.left_ns == STEP_NS - moment % STEP_NS


def test_the_code_opens_the_gate_of_the_stack_once() -> None:
    shop, book = Shop(), AccountBook(ACCOUNTS, KEY)
    view = shop.live.code("ana", 1)
    assert view is not None
    assert book.look_up(Scan(t_ns=0, source="gate", code=view.code.encode())).account == "ana"
    assert book.look_up(Scan(t_ns=9 * SECOND, source="gate", code=view.code.encode())).refusal


def test_between_ticks_the_runs_clock_counts() -> None:
    shop, clock = Shop(), VirtualClock()
    shop.live.runs_by(clock)
    clock.wait_until(31 * SECOND)
    view = shop.live.code("ana", 1)
    assert view is not None
    assert view.left_ns == 29 * SECOND


def test_only_a_clock_of_the_world_tells_the_date() -> None:
    shop, clock = Shop(), WallClock()
    assert shop.live.epoch_ns == 0
    shop.live.runs_by(clock)
    assert shop.live.epoch_ns == clock.epoch_ns > 0


def test_an_account_without_a_phone_or_a_store_without_a_key_has_no_code() -> None:
    assert Shop(replace(SETUP, key=b"")).live.code("ana", 1) is None
    assert Shop(replace(SETUP, accounts=(Account("ana"),))).live.code("ana", 1) is None


def test_the_basket_follows_the_visit() -> None:
    shop = Shop()
    assert shop.live.basket("ana").lines == ()
    shop.wait(10)
    held = [(line.name, line.count) for line in shop.live.basket("ana").lines]
    assert held == [("Kestrel cola 0.5 l", 1), ("Spring water 0.5 l", 1)]
    shop.wait(65)
    basket = shop.live.basket("ana")
    assert [(line.name, line.count) for line in basket.lines] == [("Kestrel cola 0.5 l", 3), ("Tallow nuts 200 g", 2)]
    assert basket.discounts == (PartView("three colas for two", 180), PartView("members' nuts", 140))
    assert basket.total_minor == 3 * 180 + 2 * 320 - 180 - 140
    assert (basket.inside, shop.live.basket("ben").inside) == (1, 0)
    assert shop.live.basket("ben").lines == ()


def test_receipts_come_with_their_parts_newest_first() -> None:
    till, walked_out = Shop().live.receipts("ana")
    assert (till.id, till.till, walked_out.id, walked_out.till) == ("till-1-sale-1", "till-1", "v1", "")
    assert walked_out.discounts == (PartView("three colas for two", 180), PartView("members' nuts", 70))
    assert walked_out.taxes == (PartView("food", 16), PartView("standard", 57))
    assert walked_out.total_minor == 610
    assert Shop().live.receipts("ben") == []


def test_what_stored_value_paid_is_entered_on_the_receipt_that_it_was_for() -> None:
    shop = Shop()
    paid = {"account": "ana", "balance_minor": 0, "currency": "USD", "reason": "paid"}
    for key, minor in (("v1", -300), ("v1", -1), ("v8", -5)):
        shop.live._board.hear(BalanceChange(t_ns=1, source="stack", key=key, amount_minor=minor, **paid))  # type: ignore[union-attr]
    assert [(view.id, view.balance_minor) for view in shop.live.receipts("ana")] == [("till-1-sale-1", 0), ("v1", 300)]


def test_a_receipt_that_our_rules_do_not_come_to_is_told_as_it_is() -> None:
    shop = Shop()
    (first, *_) = shop.live._board._receipts["ana"]  # type: ignore[union-attr]
    shop.live._board.hear(replace(first, visit="v9", discount_minor=11, tax_minor=7, total_minor=999))  # type: ignore[union-attr]
    view = shop.live.receipts("ana")[0]
    assert (view.discounts, view.taxes, view.total_minor) == ((PartView("", 11),), (PartView("", 7),), 999)


def test_a_card_on_file_fills_the_account_one_top_up_at_a_time() -> None:
    shop = Shop()
    shop.live.top_up("ana", 2500)
    shop.live.top_up("ana", 5000)
    assert shop.live.purse("ana").state is TopUpState.ASKED
    shop.wait(2)
    purse = shop.live.purse("ana")
    assert (purse.state, purse.balance_minor) == (TopUpState.ADDED, 2500)
    shop.live.top_up("ana", 5000)
    shop.wait(2)
    assert shop.live.account("ana").balance_minor == 7500


def test_a_top_up_that_is_refused_says_why() -> None:
    shop = Shop()
    shop.live.top_up("ana", 1)
    shop.wait(1)
    purse = shop.live.purse("ana")
    assert (purse.state, purse.balance_minor) == (TopUpState.REFUSED, 0)
    assert "15.00 USD to 500.00 USD" in purse.reason


def test_a_palm_that_is_forgotten_meanwhile_is_no_answer_to_a_top_up() -> None:
    shop = Shop()
    shop.live.forget_palm("ana")
    shop.live.top_up("ana", 2500)
    shop.live.feed(shop.live.read(1), 1)
    assert shop.live.purse("ana").state is TopUpState.ASKED
    shop.wait(2)
    assert shop.live.purse("ana").state is TopUpState.ADDED


def test_without_a_card_or_a_provider_nothing_is_asked() -> None:
    for shop, account in ((Shop(), "ben"), (Shop(setup(provider="")), "ana")):
        assert not shop.live.purse(account).by_card
        shop.live.top_up(account, 2500)
        assert shop.live.read(SECOND) == []


def test_a_palm_is_agreed_to_and_forgotten_everywhere() -> None:
    forgotten: list[str] = []
    live = Live(DemoStack(), forget=lambda account: forgotten.extend(account.palm_handles))
    live.feed([SETUP], 0)
    live.feed([], 5 * SECOND)
    live.agree_to_palm("ana", "palm-ko-1")
    agreed = live.palm("ana")
    assert (agreed.state, agreed.wording, agreed.since_ns) == (PalmState.AGREED, "palm-ko-1", 5 * SECOND)
    assert live.palm("ben").state is PalmState.ENROLLED
    live.agree_to_palm("ben", "palm-en-1")
    assert live.palm("ben").state is PalmState.ENROLLED
    live.forget_palm("ben")
    assert live.palm("ben").state is PalmState.NONE
    assert forgotten == ["palm-ben"]
    (request,) = live.read(6 * SECOND)
    assert (request.action, request.account, request.t_ns) == (PhoneAction.FORGET_PALM, "ben", 6 * SECOND)


def test_the_reference_stack_forgets_a_palm_that_the_app_asks_it_to() -> None:
    live = Live(ReferenceStack())
    palm = PalmScan(t_ns=0, source="gate-palm", handle="palm-ben")
    live.feed([SETUP], 0)
    book = live._stack._run._accounts  # type: ignore[attr-defined]
    assert book.look_up(palm).account == "ben"
    live.forget_palm("ben")
    live.feed(live.read(50 * MILLISECOND), 50 * MILLISECOND)
    assert book.look_up(palm).account == ""
    live.close()


def test_prices_are_for_members_where_one_is() -> None:
    live = Shop().live
    for number in ("4000000000037", "04000000000037"):
        ana, ben = live.price("ana", number), live.price("ben", number)
        assert ana is not None
        assert ben is not None
        assert (ana.usual_minor, ana.member_minor, ana.member, ben.member) == (320, 250, True, False)
    assert live.price("ana", "4006381333931") is None
    with pytest.raises(BadCode):
        live.price("ana", "4000000000038")


def test_before_the_run_begins_there_is_nobody() -> None:
    live = Live(DemoStack())
    assert live.accounts() == ()
    with pytest.raises(UsageError, match="no store yet"):
        live.account("ana")
