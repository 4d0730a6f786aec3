"""The flows of money, each as what a caller asks for and when. Callers repeat themselves until they are heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stack.money import stored_value
from stack.money.bill import Owed
from stack.money.payments import Payments
from twin.provider.behaviour import BEHAVIOURS

Act = Callable[[Payments, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    Args:
        at_s: bench time, seconds.
        act: the request, on payments at a bench time; the same every time.
    """

    at_s: int
    act: Act


def enter(card: str = "tok-ana", hold: int = 5_000) -> Asked:
    how = {"currency": "USD", "account": "ana", "instrument": card, "hold_minor": hold}
    return Asked(1, lambda payments, now: payments.begin("v1", now, **how))


def leave(total: int = 1_234, **how: object) -> Asked:
    return Asked(3, lambda payments, now: payments.settle("v1", now, Owed(total, total // 11, 50), **how))


def refund(at_s: int, key: str, minor: int, bill: str = "v1") -> Asked:
    return Asked(at_s, lambda payments, now: payments.refund(key, bill, now, minor, 0))


def again(at_s: int, card: str = "") -> Asked:
    return Asked(at_s, lambda payments, now: payments.collect("again", "v1", now, card))


def deposit(minor: int = 2_000) -> Asked:
    return Asked(1, lambda payments, now: stored_value.deposit(payments.books, "t1", now, "ana", minor, "USD"))


def pay_out(minor: int) -> Asked:
    return Asked(9, lambda payments, now: stored_value.pay_out(payments.books, "t2", now, "ana", minor, "USD"))


def top_up(card: str = "tok-ana") -> Asked:
    how = {"account": "ana", "amount_minor": 2_000, "currency": "USD", "instrument": card}
    return Asked(1, lambda payments, now: payments.top_up("t1", now, **how))


FIRST = "the first of a ledger"
"""Played on a ledger without tables, so that making them has its deaths too; all others find them made."""

FLOWS: dict[str, tuple[Asked, ...]] = {
    **{f"visit, card {how}": (enter(f"tok-ana~{how}"), leave(), refund(70, "r1", 200)) for how in BEHAVIOURS},
    FIRST: (enter(), leave()),
    "dearer than the hold": (enter(), leave(5_900)),
    "dearer, and the rest is declined": (enter("tok-ana~declines-capture"), leave(5_900)),
    "nothing taken": (enter(), leave(0)),
    "sale at a till": (enter(hold=0), leave(), refund(8, "r1", 1_000), refund(12, "r2", 234)),
    "nobody's receipt": (enter("", 0), leave()),
    "held, then collected": (enter(), leave(doubt="unsure of fiji-500"), again(8)),
    "declined, then another card": (enter("tok-ana~declines"), leave(), again(8, "tok-other")),
    "cash, then from the balance": (deposit(), enter(hold=0), leave(from_balance=True), pay_out(700)),
    "balance and card": (deposit(1_500), enter(hold=0), leave(2_000, from_balance=True)),
    "deposit by card, given back": (top_up(), refund(8, "r1", 2_000, "t1")),
    "deposit by card, declined": (top_up("tok-ana~declines"),),
}
