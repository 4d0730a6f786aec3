"""One suite for every database: what was written is there again, in one piece, for one process at a time."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from contracts.checkout import PaymentAction
from contracts.errors import DeviceUnavailable, UsageError
from stack.money import schema
from stack.money.bill import Bill, Request
from stack.money.books import Books
from stack.money.errors import LedgerTaken
from stack.money.invariants import check
from stack.money.notes import TABLES, Slip, Use
from stack.money.orders import Order
from stack.money.payment import Payment
from stack.money.payment_table import PaymentState
from stack.money.sql_store import SqlStore
from stack.money.sqlite_store import SqliteDatabase
from stack.money.store import open_store
from tests.stack.money.test_stored_value import deposit
from tests.stack.money.till import TOTAL, Till


def contents(books: Books) -> tuple[object, ...]:
    return (books.bills, books.payments, books.requests, books.orders, books.balances, books.under_way)


def test_a_restart_finds_everything_as_it_was(url: str) -> None:
    till = Till(open_store(url))
    till.visit()
    till.visit("tok-ben~declines", bill="v2")
    deposit(till, "t1", 2_000)
    till.enter("v3")
    till.wait(0.25)
    before = contents(till.payments.books)
    till.store.close()
    again = open_store(url)
    assert contents(again.load()) == before
    assert check(again) == []
    again.close()


def test_a_restart_repeats_what_is_not_done_under_the_same_keys_and_finishes_it(url: str) -> None:
    till = Till(open_store(url))
    till.deaf = True
    till.enter()
    till.wait(1)
    till.restart()
    till.deaf = False
    till.wait(1)
    assert [order.key for order in till.sent] == ["v1.1/authorise-1"] * 2
    assert till.paid()[0].state is PaymentState.AUTHORISED
    till.leave()
    till.wait(1)
    assert (till.provider_has(), check(till.store, at_rest=True)) == (TOTAL, [])
    till.store.close()


def test_what_lies_beside_the_books_is_kept_changed_and_dropped(url: str) -> None:
    till = Till(open_store(url))
    notes = till.payments.books.notes
    for note in (Use("c1", 1, 5), Use("c1", 2, 7), Use("c2", 1, 7), Slip("v1", "v1", "till-1", '[["novel", 1]]', 3, 4)):
        notes.keep(note)
    notes.drop(Use, "c2")
    till.wait(1)
    till.store.close()
    till = Till(open_store(url))
    notes = till.payments.books.notes
    assert notes.all(Use) == [Use("c1", 2, 7)]
    assert notes.all(Slip) == [Slip("v1", "v1", "till-1", '[["novel", 1]]', 3, 4)]
    notes.drop(Use, "c1")
    till.wait(1)
    assert till.store.load().notes.all(Use) == []
    till.store.close()


def test_in_a_new_run_bench_time_begins_anew_and_waiting_with_it(url: str) -> None:
    till = Till(open_store(url))
    till.now_ns = 10**15
    till.enter(instrument="tok-ana~stays-unknown")
    till.wait(10)
    till.provider = type(till.provider)(7, quick=True)
    till.now_ns = 0
    till.restart()
    till.wait(60)
    assert till.paid()[0].state is PaymentState.VOIDED
    till.store.close()


def test_what_fails_half_way_leaves_nothing(url: str) -> None:
    till = Till(open_store(url))
    till.enter()
    till.desk.feed(0)
    books = till.payments.books
    till.leave()
    changes = books.drain()
    changes.orders["again"] = Order("v1.1/authorise-1", "v1.1", PaymentAction.AUTHORISE, 1, "USD", "", "")
    with pytest.raises(Exception, match=r"(?i)unique"):
        till.store.commit(changes)
    assert till.store.load().bills["v1"].total_minor == 0
    assert till.store.transactions() == []
    till.store.close()


def test_the_database_itself_refuses_to_take_more_than_was_held(url: str) -> None:
    till = Till(open_store(url))
    till.visit()
    books = till.payments.books
    books.put_payment(replace(till.paid()[0], captured_minor=10**6))
    with pytest.raises(Exception, match=r"(?i)check"):
        till.store.commit(books.drain())
    till.store.close()


def test_a_ledger_belongs_to_one_process_at_a_time(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stack.money.postgres_store.PATIENCE", "50ms")
    store = open_store(url)
    with pytest.raises(LedgerTaken, match="in use"):
        open_store(url)
    store.close()
    open_store(url).close()


def test_a_ledger_of_a_newer_release_is_left_alone(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = (*schema.VERSIONS, ("ALTER TABLE bill ADD COLUMN extra TEXT NOT NULL DEFAULT ''",))
    monkeypatch.setattr(SqlStore.__init__, "__defaults__", (newer,))
    open_store(url).close()
    monkeypatch.undo()
    with pytest.raises(UsageError, match="newer release"):
        open_store(url)


def test_an_older_ledger_is_brought_up_to_date(tmp_path: Path) -> None:
    file = str(tmp_path / "ledger.db")
    SqlStore(SqliteDatabase(file)).close()
    newer = (*schema.VERSIONS, ("CREATE TABLE extra (id BIGINT)",))
    store = SqlStore(SqliteDatabase(file), newer)
    store.close()
    database = SqliteDatabase(file)
    versions = [(number,) for number in range(1, len(newer) + 1)]
    assert database.run("SELECT version FROM schema_version ORDER BY version") == versions
    assert database.run("SELECT COUNT(*) FROM extra") == [(0,)]
    database.close()


@pytest.mark.parametrize(
    ("table", "kind"),
    [("bill", Bill), ("payment", Payment), ("request", Request), ("outbox", Order)]
    + [(table, kind) for kind, table in TABLES.items()],
)
def test_the_columns_are_the_fields(table: str, kind: type) -> None:
    database = SqliteDatabase(":memory:")
    SqlStore(database)
    columns = [row[1] for row in database.run(f"PRAGMA table_info({table})")]
    assert [column for column in columns if column != "done"] == [field.name for field in fields(kind)]


def test_sqlite_waits_for_the_disk_and_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    database = SqliteDatabase(str(tmp_path / "ledger.db"))
    assert database.run("PRAGMA journal_mode") == [("wal",)]
    assert database.run("PRAGMA synchronous") == [(2,)]
    database.close()


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be looked at as one" * 20)
    with pytest.raises(UsageError, match="not a ledger"):
        open_store(f"sqlite:{tmp_path / 'notes.txt'}")
    with pytest.raises(UsageError, match="cannot be opened"):
        open_store("sqlite:/no/such/folder/ledger.db")
    with pytest.raises(UsageError, match="no such kind") as caught:
        open_store("mysql://me:secret@host/db")
    assert "secret" not in str(caught.value)


def test_a_server_that_is_away_is_a_device_that_is_away(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(DeviceUnavailable, match="does not answer"):
        open_store(f"postgresql://rig:secret@/postgres?host={tmp_path}")
