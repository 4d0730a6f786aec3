"""The driver against the emulator, joined in memory: one answer a key, whatever the terminal does."""

import pytest

from contracts.checkout import TerminalEvent, TerminalEventKind
from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.ports import CardTerminal
from contracts.steps import Card
from devices.terminal.behaviour import Behaviour
from devices.terminal.profile import SERIAL, TCP, Profile
from tests.devices.terminal.bench import ANA, Bench

APPROVED, DECLINED, TIMED_OUT = TerminalEventKind.APPROVED, TerminalEventKind.DECLINED, TerminalEventKind.TIMED_OUT


def kinds(events: list[TerminalEvent]) -> list[tuple[str, TerminalEventKind]]:
    return [(event.key, event.kind) for event in events]


@pytest.mark.parametrize("profile", [TCP, SERIAL], ids=["tcp", "serial"])
def test_a_card_pays(profile: Profile) -> None:
    bench = Bench(profile)
    assert isinstance(bench.driver, CardTerminal)
    bench.driver.request("k1", 1000, "EUR")
    (event,) = bench.run(8 * SECOND, ANA)
    assert (event.kind, event.key, event.source) == (APPROVED, "k1", "terminal-1")
    assert event.token == "52500295-000001"
    assert 0 < event.t_ns <= 8 * SECOND
    assert bench.emulator.journal.taken_minor == 1000


def test_one_answer_a_key_however_often_it_is_asked_said_again_to_who_asks_again() -> None:
    bench = Bench()
    for _ in range(3):
        bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(6 * SECOND, ANA)) == [("k1", APPROVED)]
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(6 * SECOND)) == [("k1", APPROVED)]
    bench.driver.request("k2", 500, "EUR")
    assert kinds(bench.run(6 * SECOND, ANA)) == [("k2", APPROVED)]
    assert bench.emulator.journal.taken_minor == 1500


def test_a_bank_may_decline() -> None:
    bench = Bench()
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(6 * SECOND, Card(token="x", answer="declined"))) == [("k1", DECLINED)]
    assert bench.emulator.journal.taken_minor == 0


@pytest.mark.parametrize("card", [None, Card(token="x", answer="silent")], ids=["no card", "silent bank"])
def test_no_card_in_time_and_no_word_of_the_bank_are_time_outs(card: Card | None) -> None:
    bench = Bench()
    bench.driver.request("k1", 1000, "EUR")
    assert bench.run(25 * SECOND, card) == []
    assert kinds(bench.run(10 * SECOND)) == [("k1", TIMED_OUT)]


def test_a_safe_state_aborts_what_is_not_paid() -> None:
    bench = Bench()
    bench.driver.request("k1", 1000, "EUR")
    bench.driver.request("k2", 1000, "EUR")
    bench.run(2 * SECOND)
    assert bench.emulator.wants_card
    bench.driver.safe_state()
    assert sorted(kinds(bench.run(2 * SECOND))) == [("k1", TIMED_OUT), ("k2", TIMED_OUT)]
    assert not bench.emulator.wants_card
    assert bench.driver.ready


def test_another_currency_and_no_amount_are_refused() -> None:
    bench = Bench()
    for amount, currency in ((1000, "USD"), (0, "EUR"), (10**12, "EUR")):
        with pytest.raises(UsageError, match="does not take that"):
            bench.driver.request("k1", amount, currency)
    with pytest.raises(UsageError, match="no number is known"):
        Profile(currency="XYZ")


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(duplicate_status=True),
        Behaviour(more_time=8),
        Behaviour(delay_ns=2 * SECOND),
        Behaviour(block=True),
        Behaviour(garbage=5),
    ],
    ids=["result twice", "more time", "late", "block", "garbage before each message"],
)
def test_odd_terminals_are_paid_at_all_the_same(behaviour: Behaviour) -> None:
    bench = Bench(behaviour=behaviour)
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(60 * SECOND, ANA)) == [("k1", APPROVED)]
    assert bench.emulator.journal.taken_minor == 1000


def test_a_terminal_that_takes_another_amount_gives_it_back() -> None:
    bench = Bench(behaviour=Behaviour(wrong=True))
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(10 * SECOND, ANA)) == [("k1", DECLINED)]
    assert bench.emulator.journal.taken_minor == 0


def test_a_serial_line_repairs_what_is_damaged() -> None:
    bench = Bench(SERIAL, Behaviour(half_every=5))
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(60 * SECOND, ANA)) == [("k1", APPROVED)]


def test_who_cannot_reach_a_terminal_is_told_so() -> None:
    bench = Bench(behaviour=Behaviour(silent=True))
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(TCP.ask_ns + SECOND)) == [("k1", TIMED_OUT)]
    assert bench.connections > 5
    bench.driver.close()
    bench.driver.close()
