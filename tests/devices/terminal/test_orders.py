"""What a till asks next, with terminals that tell less than ours."""

import pytest

from contracts.checkout import TerminalEventKind
from devices.terminal.control import Control
from devices.terminal.exchange import Outcome
from devices.terminal.messages import Status
from devices.terminal.orders import Answer, Orders
from devices.terminal.profile import TCP
from devices.terminal.session import End

DONE, BUSY = Outcome(End.DONE), Outcome(End.REFUSED, code=0xA0)
OLD, NEW = Status(amount_minor=500, trace=7, receipt=7), Status(amount_minor=500, trace=8, receipt=8)


def told(status: Status) -> Outcome:
    return Outcome(End.DONE, status)


def asked(orders: Orders) -> int:
    command = orders.next()
    return command.control if command else 0


def doubtful() -> Orders:
    """Return a till that lost sight of its first payment; OLD was the last transaction before."""
    orders = Orders(TCP)
    orders.add("k1", 500, "EUR", 0)
    for control, outcome in (
        (Control.REGISTRATION, DONE),
        (Control.REPEAT_RECEIPT, told(OLD)),
        (Control.AUTHORISATION, Outcome(End.UNSURE)),
        (Control.REGISTRATION, DONE),
    ):
        assert asked(orders) == control
        orders.ended(outcome, 0)
    return orders


@pytest.mark.parametrize(
    ("last", "kind"),
    [(NEW, TerminalEventKind.APPROVED), (OLD, TerminalEventKind.TIMED_OUT), (Status(), TerminalEventKind.TIMED_OUT)],
    ids=["a new number", "the old number", "no number"],
)
def test_the_last_transaction_is_ours_if_its_number_is_new(last: Status, kind: TerminalEventKind) -> None:
    orders = doubtful()
    assert asked(orders) == Control.REPEAT_RECEIPT
    orders.ended(told(last), 0)
    assert [(answer.key, answer.kind) for answer in orders.answers] == [("k1", kind)]
    assert asked(orders) == 0


def test_a_busy_terminal_is_asked_again() -> None:
    orders = doubtful()
    for _ in range(3):
        assert asked(orders) == Control.REPEAT_RECEIPT
        assert not orders.ended(BUSY, 0)
    orders.pass_time(TCP.ask_ns)
    assert orders.answers == [Answer("k1", TerminalEventKind.TIMED_OUT)]
    assert asked(orders) == Control.REPEAT_RECEIPT
    orders.ended(told(NEW), TCP.ask_ns)
    assert asked(orders) == Control.REVERSAL


def test_what_was_last_is_not_learnt_from_a_busy_terminal() -> None:
    orders = Orders(TCP)
    orders.add("k1", 500, "EUR", 0)
    orders.next()
    orders.ended(DONE, 0)
    for outcome in (BUSY, Outcome(End.ABORTED, code=0x83)):
        assert asked(orders) == Control.REPEAT_RECEIPT
        orders.ended(outcome, 0)
    assert asked(orders) == Control.AUTHORISATION


@pytest.mark.parametrize("outcome", [DONE, Outcome(End.REFUSED, code=0x83), Outcome(End.ABORTED, code=0x83)])
def test_a_terminal_that_never_tells_stops_no_later_payment(outcome: Outcome) -> None:
    orders = doubtful()
    asked(orders)
    orders.ended(outcome, 0)
    assert orders.answers == []
    orders.pass_time(TCP.ask_ns)
    assert orders.answers == [Answer("k1", TerminalEventKind.TIMED_OUT)]
    asked(orders)
    orders.ended(outcome, TCP.ask_ns)
    assert orders.unclear == ["k1"]
    orders.add("k2", 500, "EUR", TCP.ask_ns)
    assert asked(orders) == Control.AUTHORISATION
