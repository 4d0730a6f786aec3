"""Codes and palms to accounts."""

from __future__ import annotations

from contracts.clock import SECOND
from contracts.codes.shown import hidden
from contracts.codes.token import FIRST_KEY_ID, derive
from contracts.layout import Account
from contracts.records import PalmScan, Scan
from stack.visits.identity import REPEAT_NS, AccountBook
from tests.stack.small_store import ACCOUNTS

BOOK = AccountBook(ACCOUNTS)


def test_a_code_is_found_by_its_digest() -> None:
    assert BOOK.by_code(b"ana", 0).account == "ana"
    assert BOOK.by_code(b"ana", 0).refusal == ""


def test_an_unknown_code_opens_nothing_and_says_why() -> None:
    shown = BOOK.by_code(b"ana ", 0)
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


KEY = bytes(range(32))
PHONE = derive(KEY, FIRST_KEY_ID, "12345678")


def with_phone() -> AccountBook:
    return AccountBook([Account("eve", handle="12345678")], KEY)


def scan(code: bytes, t_ns: int) -> Scan:
    return Scan(t_ns=t_ns, source="scanner-in", code=code)


def test_a_rotating_code_is_taken_once() -> None:
    book, code = with_phone(), PHONE.code_at(0).encode()
    assert book.look_up(scan(code, SECOND)).account == "eve"
    again = book.look_up(scan(code, SECOND + REPEAT_NS))
    assert again.account == ""
    assert "was used" in again.refusal


def test_a_scanner_that_repeats_a_code_says_nothing_new() -> None:
    book, code = with_phone(), PHONE.code_at(0).encode()
    book.look_up(scan(code, SECOND))
    again = book.look_up(scan(code, SECOND + REPEAT_NS - 1))
    assert (again.account, again.refusal) == ("", "")


def test_a_screenshot_is_too_old_and_says_so() -> None:
    shown = with_phone().look_up(scan(PHONE.code_at(0).encode(), 95 * SECOND))
    assert shown.account == ""
    assert "too old" in shown.refusal


def test_a_recorded_code_is_the_code() -> None:
    code = PHONE.code_at(40 * SECOND).encode()
    assert with_phone().look_up(scan(hidden(code), 41 * SECOND)).account == "eve"


def test_a_code_of_another_deployment_opens_nothing() -> None:
    other = derive(b"x" * 32, FIRST_KEY_ID, "12345678").code_at(0).encode()
    assert with_phone().look_up(scan(other, 0)).account == ""


def test_a_palm_that_was_not_read_says_why() -> None:
    scan = PalmScan(t_ns=0, source="palm-in", handle="", quality=0.0, why="the fingers are not spread")
    assert "not taken: the fingers are not spread" in BOOK.look_up(scan).refusal
    assert "not enrolled" in BOOK.look_up(PalmScan(t_ns=0, source="palm-in", handle="")).refusal
