"""The difference to a price that another shop has published: to who has paid more, once a line."""

import pytest

from contracts.checkout import PRICE_DIFFERENCE, BalanceChange, PhoneAction, TillKey
from tests.stack.checkout.shop import ATLAS, NOVEL, Desk


def bought(name: str, *goods: str) -> Desk:
    desk = Desk()
    desk.goods(*goods)
    desk.key(TillKey.TOTAL)
    desk.palm(name)
    return desk


def given(desk: Desk) -> list[tuple[str, int]]:
    return [(c.account, c.amount_minor) for c in desk.all(BalanceChange) if c.reason == PRICE_DIFFERENCE]


def test_each_article_of_a_line_gives_its_difference_and_only_once() -> None:
    desk = bought("ben", ATLAS, ATLAS)
    for _ in range(2):
        desk.app(PhoneAction.SCANNED, ATLAS, name="ben")
    assert given(desk) == [("ben", 3200)]
    assert desk.checkout.balance("ben") == 3200


@pytest.mark.parametrize(("name", "asks"), [("ana", "ana"), ("ben", "cat")])
def test_nothing_for_who_paid_less_or_did_not_buy(name: str, asks: str) -> None:
    desk = bought(name, NOVEL)  # 12.00 to ana, who is a member
    desk.app(PhoneAction.SCANNED, NOVEL, name=asks)
    assert given(desk) == []


def test_the_app_says_what_was_given() -> None:
    desk = bought("ben", NOVEL)
    desk.app(PhoneAction.SCANNED, NOVEL, name="ben")
    assert "1.00 USD given back" in desk.phone("ben")


def test_what_was_bought_before_a_restart_gives_its_difference_once(url: str) -> None:
    desk = Desk(url)
    desk.goods(ATLAS)
    desk.key(TillKey.TOTAL)
    desk.palm("ben")
    desk.run(2)
    for more in ([("ben", 1600)], []):
        desk.restart()
        desk.run(2)
        desk.app(PhoneAction.SCANNED, ATLAS, name="ben")
        assert given(desk) == more
    assert desk.checkout.balance("ben") == 1600
    desk.store.close()
