"""The smallest crash suite, which runs with all tests: the rest is `make crash`."""

from __future__ import annotations

import pytest

from contracts.errors import RigFault
from stack.money.journal import Posting, Transaction
from tests.crash.driver import Driver


def test_one_visit_survives_the_deaths_of_both(driver: Driver) -> None:
    ended = driver.play("visit, card lands-late", [5, 20, 3, 15, 9, 30, 14, 12], [1, 2, 3])
    assert ended["shop_killed"] >= 6
    assert ended["bank_killed"] == 3


def test_a_process_that_outlives_its_steps_is_not_killed(driver: Driver) -> None:
    assert driver.play("nothing taken", [10_000], [])["shop_killed"] == 0


def test_the_journal_refuses_what_does_not_balance() -> None:
    with pytest.raises(RigFault, match="come to 1"):
        Transaction(1, 0, "wrong", "", "", "USD", (Posting("a", 2), Posting("b", -1)))
