"""A card terminal asks for a card, takes its time, and answers each key once."""

from contracts.checkout import TerminalEvent, TerminalEventKind
from contracts.clock import SECOND
from contracts.ports import CardTerminal, FaultKind
from contracts.steps import Card
from twin.terminal import CARD_WAIT_NS, TwinCardTerminal

NEVER = 10**18
CARD = Card(token="card-ana")


def paid(card: Card, seed: int = 1) -> list[TerminalEvent]:
    terminal = TwinCardTerminal("t", seed)
    terminal.request("k1", 500, "USD")
    terminal.present(card)
    return list(terminal.read(NEVER))


def test_it_is_a_port() -> None:
    assert isinstance(TwinCardTerminal("t", 1), CardTerminal)


def test_it_says_nothing_until_a_card_comes() -> None:
    terminal = TwinCardTerminal("t", 1)
    terminal.present(CARD)
    terminal.request("k1", 500, "USD")
    assert terminal.wants_card
    assert terminal.read(NEVER) == []


def test_a_key_is_answered_once() -> None:
    terminal = TwinCardTerminal("t", 1)
    for _ in range(2):
        terminal.request("k1", 500, "USD")
        terminal.present(CARD)
    (event,) = terminal.read(NEVER)
    assert (event.key, event.kind, event.token) == ("k1", TerminalEventKind.APPROVED, "card-ana")
    assert not terminal.wants_card


def test_who_asks_again_after_the_answer_hears_it_again_and_no_card_is_read() -> None:
    terminal = TwinCardTerminal("t", 1)
    terminal.request("k1", 500, "USD")
    terminal.present(CARD)
    terminal.advance(10 * SECOND)
    (first,) = terminal.read(10 * SECOND)
    terminal.request("k1", 500, "USD")
    assert not terminal.wants_card
    (again,) = terminal.read(10 * SECOND)
    assert (again.key, again.kind, again.token, again.t_ns) == (first.key, first.kind, first.token, 10 * SECOND)


def test_a_tap_takes_seconds_and_a_chip_longer() -> None:
    taps = [paid(CARD, seed)[0].t_ns / SECOND for seed in range(60)]
    chips = [paid(Card(token="c", chip=True), seed)[0].t_ns / SECOND for seed in range(60)]
    assert min(taps) > 2.2
    assert max(taps) < 4.5
    assert 3.0 < sum(taps) / 60 < 4.0
    assert min(chips) >= 4.4
    assert max(chips) <= 22.6
    assert 9.0 < sum(chips) / 60 < 13.0


def test_a_bank_may_decline_or_be_silent() -> None:
    (event,) = paid(Card(token="c", answer="declined"))
    assert event.kind is TerminalEventKind.DECLINED
    terminal = TwinCardTerminal("t", 1)
    terminal.request("k1", 500, "USD")
    terminal.present(Card(token="c", answer="silent"))
    terminal.advance(CARD_WAIT_NS - 1)
    assert terminal.read(NEVER) == []
    terminal.advance(CARD_WAIT_NS)
    (late,) = terminal.read(NEVER)
    assert late.kind is TerminalEventKind.TIMED_OUT


def test_a_dead_terminal_is_silent() -> None:
    terminal = TwinCardTerminal("t", 1)
    assert terminal.fault(FaultKind.OFF)
    terminal.request("k1", 500, "USD")
    terminal.present(CARD)
    assert terminal.read(NEVER) == []
