"""A code that was used stays used over a restart, as a digest in the books, for as long as it could be shown."""

from __future__ import annotations

import pytest

from contracts.clock import SECOND
from contracts.codes.token import FIRST_KEY_ID, derive
from contracts.records import Scan
from stack.checkout.used_codes import UsesKept
from stack.money.notes import Notes, Use
from stack.money.store import connect
from tests.stack.checkout.shop import KEY, Desk


@pytest.fixture
def desk(url: str) -> Desk:
    return Desk(url)


def shown(desk: Desk, code: str) -> str:
    """Return whose code this is, "" for a refusal."""
    return desk.book.look_up(Scan(t_ns=desk.now_ns, source="gate", code=code.encode())).account


def test_a_code_is_used_once_whatever_died_in_between(desk: Desk) -> None:
    desk.run(100)
    code = desk.code_of("ana")
    assert shown(desk, code) == "ana"
    desk.run(3)
    desk.restart()
    desk.run(0.05)
    assert shown(desk, code) == ""
    desk.run(30)
    assert shown(desk, desk.code_of("ana")) == "ana"
    desk.store.close()


def test_a_group_has_as_many_places_as_before(desk: Desk) -> None:
    desk.run(100)
    phone = derive(KEY, FIRST_KEY_ID, "22222222")
    code = phone.code_at(desk.now_ns, places=3)
    for _ in range(2):
        assert shown(desk, code) == "ben"
        desk.run(3)
        desk.restart()
        desk.run(0.05)
    assert shown(desk, code) == "ben"
    desk.run(3)
    assert shown(desk, code) == ""
    desk.store.close()


def test_what_is_kept_says_neither_the_code_nor_whose_it_is(desk: Desk, url: str) -> None:
    desk.run(100)
    code = desk.code_of("ana")
    assert shown(desk, code) == "ana"
    desk.run()
    desk.store.close()
    database = connect(url)
    kept = repr(database.run("SELECT * FROM used_code"))
    database.close()
    assert kept.count("(") == 1
    for secret in (code, code[-9:], "11111111", "ana"):
        assert secret not in kept


def test_in_a_new_run_bench_time_begins_anew_and_what_was_used_says_nothing(desk: Desk) -> None:
    desk.run(100)
    code = desk.code_of("ana")
    assert shown(desk, code) == "ana"
    desk.run()
    desk.restart()
    desk.now_ns = 0
    desk.run(100)
    assert shown(desk, code) == "ana"
    desk.store.close()


def test_what_can_no_longer_be_shown_is_forgotten() -> None:
    notes = Notes()
    uses = UsesKept(notes, KEY)
    assert [uses.use("1", 0, 1, 0), uses.use("1", 0, 1, 10 * SECOND), uses.use("2", 1, 1, 60 * SECOND)] == [1, 0, 1]
    assert len(notes.all(Use)) == 2
    uses.use("3", 5, 1, 150 * SECOND)
    assert len(notes.all(Use)) == 2
    uses.use("4", 9, 1, 300 * SECOND)
    assert len(notes.all(Use)) == 1
