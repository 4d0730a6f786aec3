"""The simulated provider: its rules of money, its keys, its delays and its oddities."""

from __future__ import annotations

import pytest

from contracts.checkout import PaymentAction, PaymentOrder, PaymentOutcome, PaymentResult
from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.ports import FaultKind
from twin.provider.behaviour import BEHAVIOURS
from twin.provider.device import TwinProvider
from twin.provider.provider import Provider

_A, _O = PaymentAction, PaymentOutcome


def order(key: str, action: PaymentAction, amount: int = 0, how: str = "approves", of: str = "") -> PaymentOrder:
    return PaymentOrder(
        t_ns=0,
        source="stack",
        provider="provider",
        key=key,
        payment="p1",
        action=action,
        amount_minor=amount,
        currency="USD",
        instrument=f"tok~{how}",
        of=of,
    )


def said(results: list[PaymentResult]) -> list[tuple[str, PaymentOutcome, int]]:
    return [(result.key, result.outcome, result.amount_minor) for result in results]


def quick() -> Provider:
    return Provider(7, quick=True)


def test_a_payment_is_held_taken_in_part_and_given_back_in_parts() -> None:
    provider = quick()
    orders = [
        order("a", _A.AUTHORISE, 500),
        order("b", _A.CAPTURE, 501),
        order("c", _A.CAPTURE, 400),
        order("d", _A.REFUND, 300),
        order("e", _A.REFUND, 101),
        order("f", _A.REFUND, 100),
    ]
    ends = [said(provider.exchange(0, [item]))[0][1:] for item in orders]
    assert ends == [
        (_O.APPROVED, 500),
        (_O.DECLINED, 0),
        (_O.APPROVED, 400),
        (_O.APPROVED, 300),
        (_O.DECLINED, 0),
        (_O.APPROVED, 100),
    ]


def test_one_key_is_one_order_and_another_amount_under_it_is_an_error() -> None:
    provider = quick()
    first = provider.exchange(0, [order("a", _A.AUTHORISE, 500)])
    again = provider.exchange(9, [order("a", _A.AUTHORISE, 500)])
    other = provider.exchange(9, [order("a", _A.AUTHORISE, 501)])
    assert said(first) == said(again) == [("a", _O.APPROVED, 500)]
    assert first[0].reference == again[0].reference != ""
    assert said(other) == [("a", _O.MISMATCH, 0)]
    assert provider.holdings["p1"].held == 500


def test_a_void_of_what_was_never_heard_of_is_safe_and_refuses_it_when_it_comes() -> None:
    provider = quick()
    assert said(provider.exchange(0, [order("v", _A.VOID)])) == [("v", _O.APPROVED, 0)]
    late = provider.exchange(1, [order("a", _A.AUTHORISE, 500)])
    assert (late[0].outcome, late[0].reason) == (_O.DECLINED, "revoked")


def test_a_void_after_the_capture_says_what_was_taken() -> None:
    provider = quick()
    provider.exchange(0, [order("a", _A.AUTHORISE, 500), order("b", _A.CAPTURE, 400)])
    assert said(provider.exchange(1, [order("v", _A.VOID)])) == [("v", _O.DECLINED, 400)]


def test_status_says_what_became_of_an_order_and_whose_action_it_was() -> None:
    provider = quick()
    provider.exchange(0, [order("a", _A.AUTHORISE, 500), order("b", _A.CAPTURE, 400, "lands-late")])
    known, open_, never = provider.exchange(1, [order(f"s{of}", _A.STATUS, of=of) for of in "abx"])
    assert (known.action, known.outcome, known.amount_minor) == (_A.AUTHORISE, _O.APPROVED, 500)
    assert (open_.action, open_.outcome) == (_A.CAPTURE, _O.UNKNOWN)
    assert (never.action, never.outcome) == (_A.STATUS, _O.NOT_FOUND)


@pytest.mark.parametrize(
    ("how", "seconds"),
    [("approves", [0]), ("answers-twice", [0, 2]), ("answers-late", [20]), ("never-answers", []), ("deaf-once", [])],
)
def test_answers_come_when_and_as_often_as_the_instrument_says(how: str, seconds: list[int]) -> None:
    provider = quick()
    provider.take(0, order("a", _A.AUTHORISE, 500, how))
    assert [result.t_ns // SECOND for result in provider.due(100 * SECOND)] == seconds
    assert provider.holdings["p1"].held == 500


def test_an_unknown_oddity_is_named() -> None:
    with pytest.raises(UsageError, match="answers-twice"):
        quick().take(0, order("a", _A.AUTHORISE, 1, "declined"))


def test_delays_are_those_of_online_authorisation_and_belong_to_the_key() -> None:
    def delays(seed: int, keys: list[str]) -> dict[str, int]:
        provider = Provider(seed)
        for key in keys:
            provider.take(0, order(key, _A.STATUS))
        return {result.key: result.t_ns for result in provider.due(100 * SECOND)}

    keys = [f"k{number}" for number in range(400)]
    drawn = delays(7, keys)
    assert drawn == delays(7, keys[::-1]) != delays(8, keys)
    inside = [0.5 * SECOND <= delay <= 2 * SECOND for delay in drawn.values()]
    assert 0.92 <= sum(inside) / len(inside) <= 0.98


def test_the_same_orders_at_the_same_times_give_the_same_answers() -> None:
    def run() -> list[tuple[int, str, str]]:
        provider, heard = Provider(7), []
        for number, how in enumerate(BEHAVIOURS):
            heard += provider.exchange(number * SECOND, [order(f"k{number}", _A.AUTHORISE, 10, how)])
        heard += provider.due(60 * SECOND)
        return [(result.t_ns, result.key, result.reference) for result in heard]

    assert run() == run()


def test_as_a_device_it_answers_on_bench_time_and_is_silent_when_off() -> None:
    device = TwinProvider("provider", 7)
    device.advance(SECOND)
    device.request(order("a", _A.AUTHORISE, 500))
    assert device.read(SECOND) == []
    assert [result.source for result in device.read(20 * SECOND)] == ["provider"]
    assert device.fault(FaultKind.OFF)
    device.request(order("b", _A.CAPTURE, 500))
    assert device.read(40 * SECOND) == ()
    assert device.fault(None)
    assert device.core.holdings["p1"].taken == 0
    assert not device.fault(FaultKind.SLOW)
