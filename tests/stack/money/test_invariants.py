"""Each invariant finds the fault that it is there for."""

from __future__ import annotations

import pytest

from stack.money.invariants import check
from stack.money.sql_store import SqlStore
from stack.money.sqlite_store import SqliteDatabase
from tests.stack.money.test_stored_value import deposit
from tests.stack.money.till import Till

FAULTS = {
    "not to 0|come to 1": "UPDATE posting SET minor = minor + 1 WHERE account = 'sales'",
    "a transaction is missing": "UPDATE journal SET id = 99 WHERE id = 2; "
    "UPDATE posting SET journal = 99 WHERE journal = 2",
    "stored value below zero": "UPDATE posting SET account = CASE account WHEN 'stored/ana' THEN 'cash' ELSE "
    "'stored/ana' END WHERE account IN ('stored/ana', 'cash')",
    "the provider owes 1234 by the ledger and 1134": "UPDATE payment SET captured_minor = 1134 WHERE bill = 'v1'",
    "charged 34 more than it comes to": "UPDATE bill SET total_minor = 1200 WHERE id = 'v1'",
    "closed as paid, and 66 are missing": "UPDATE bill SET total_minor = 1300 WHERE id = 'v1'",
    "held without a reason": "UPDATE bill SET reason = '' WHERE id = 'v2'",
    "given up, and 1234 of it are kept": "UPDATE bill SET state = 'void', reason = 'x' WHERE id = 'v1'",
    "receivable and held are 0 and 1234, not 0 and 0": "UPDATE bill SET state = 'void' WHERE id = 'v2'",
    "something is owed before": "UPDATE bill SET state = 'open' WHERE id = 'v2'",
    "receivable and held are 0 and 1234, not 1234 and 0": "UPDATE bill SET state = 'owed' WHERE id = 'v2'",
    "taken 1 times by the journal": "UPDATE payment SET captured_minor = 0 WHERE bill = 'v1'",
    "taken 2 times by the journal": "INSERT INTO journal SELECT 8, t_ns, what, bill, payment, currency FROM journal "
    "WHERE what = 'captured'; INSERT INTO posting VALUES (8, 0, 'sales', 1), (8, 1, 'sales', -1)",
    "landed too late and was kept": "UPDATE payment SET landed = 1 WHERE bill = 'v1'",
    "its payment has gone on": "UPDATE outbox SET done = 0 WHERE key = 'v1.1/authorise-1'",
    "is not in the outbox": "UPDATE payment SET state = 'voiding' WHERE bill = 'v2'",
    "payment v2.1 is not finished": "UPDATE payment SET state = 'refunding' WHERE bill = 'v2'",
    "v1.1 still holds money": "UPDATE payment SET state = 'authorised' WHERE bill = 'v1'",
    "bill v2 is not finished": "UPDATE bill SET state = 'owed' WHERE id = 'v2'",
    "refunded <= captured <= authorised does not hold": "UPDATE payment SET refunded_minor = -1 WHERE bill = 'v1'",
    "are still owed back": "UPDATE posting SET account = 'owed_back/v1.1' WHERE account = 'sales'",
}


@pytest.mark.parametrize("sentence", FAULTS)
def test_a_fault_is_found_and_named(sentence: str) -> None:
    database = SqliteDatabase(":memory:")
    till = Till(SqlStore(database))
    deposit(till, "t1", 2_000)
    till.visit()
    till.visit("tok-ben~declines", bill="v2")
    assert check(till.store, at_rest=True) == []
    database.run("PRAGMA foreign_keys = OFF")
    for statement in FAULTS[sentence].split(";"):
        database.run(statement)
    found = "\n".join(check(till.store, at_rest=True))
    assert any(part in found for part in sentence.split("|")), found
