"""Codes and palms to accounts."""

from __future__ import annotations

from contracts.records import PalmScan, Scan
from stack.identity import AccountBook
from tests.stack.small_store import ACCOUNTS

BOOK = AccountBook(ACCOUNTS)


def test_a_code_is_found_by_its_digest() -> None:
    assert BOOK.by_code(b"ana").account == "ana"
    assert BOOK.by_code(b"ana").refusal == ""


def test_an_unknown_code_opens_nothing_and_says_why() -> None:
    shown = BOOK.by_code(b"ana ")
    assert shown.account == ""
    assert "not known" in shown.refusal


def test_a_palm_is_found_by_its_handle() -> None:
    assert BOOK.look_up(PalmScan(t_ns=0, source="palm-in", handle="palm-ben")).account == "ben"


def test_a_palm_that_matched_nobody_is_nobodys_even_if_an_account_has_an_empty_handle() -> None:
    shown = BOOK.look_up(PalmScan(t_ns=0, source="palm-in", handle=""))
    assert shown.account == ""
    assert "not enrolled" in shown.refusal


def test_a_scan_is_looked_up_by_code_not_by_palm() -> None:
    assert BOOK.look_up(Scan(t_ns=0, source="scanner-in", code=b"palm-ben")).account == ""
