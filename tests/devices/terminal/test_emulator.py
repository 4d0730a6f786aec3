"""What the emulated terminal does with each command, on the wire and in its journal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND, VirtualClock
from contracts.steps import Card
from devices.line_pair import line_pair
from devices.terminal import commands, messages
from devices.terminal.apdu import Apdu
from devices.terminal.control import Control
from devices.terminal.driver import ZvtTerminal
from devices.terminal.emulator import ZvtEmulator
from devices.terminal.exchange import Exchange, Outcome
from devices.terminal.framing import TcpFraming
from devices.terminal.messages import Status
from devices.terminal.profile import SERIAL, TCP
from devices.terminal.session import End
from tests.devices.terminal.bench import ANA, TICK_NS


class Counter:
    """A till that gives one command after another; who is asked for a card holds this one up."""

    def __init__(self) -> None:
        self.emulator, self.exchange, self.framing, self.now_ns = ZvtEmulator(), Exchange(TCP), TcpFraming(), 0

    def tell(self, apdu: Apdu, card: Card = ANA) -> Outcome:
        self.exchange.command(apdu, self.now_ns)
        for _ in range(2000):
            self.now_ns += TICK_NS
            for sent in self.exchange.out:
                self.framing.send(sent, self.now_ns)
            self.exchange.out.clear()
            self.emulator.feed(self.framing.take(), self.now_ns)
            self.emulator.present(card)
            for heard in self.framing.feed(self.emulator.advance(self.now_ns), self.now_ns):
                outcome = self.exchange.hear(heard, self.now_ns)
                if outcome:
                    return outcome
        raise AssertionError("the terminal never ended it")

    def number(self, apdu: Apdu) -> int:
        """Return the receipt number of what must succeed."""
        outcome = self.tell(apdu)
        assert outcome.end is End.DONE
        assert isinstance(outcome.status, Status)
        return outcome.status.receipt


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    assert counter.tell(commands.registration(TCP)).end is End.DONE
    return counter


def test_it_wants_to_be_signed_on_to() -> None:
    assert Counter().tell(commands.authorisation(5)) == Outcome(End.REFUSED, code=0x6B)


def test_a_payment_is_reversed_once(counter: Counter) -> None:
    receipt = counter.number(commands.authorisation(1000))
    assert counter.emulator.journal.taken_minor == 1000
    assert counter.tell(commands.reversal(TCP, receipt)).end is End.DONE
    assert counter.emulator.journal.taken_minor == 0
    assert counter.tell(commands.reversal(TCP, receipt)).code == 0xB4
    assert counter.tell(commands.reversal(TCP, 77)).code == 0xB5


def test_what_is_held_at_the_entry_is_taken_in_part_at_the_exit(counter: Counter) -> None:
    receipt = counter.number(commands.pre_authorisation(5000))
    assert counter.emulator.journal.taken_minor == 0
    assert counter.tell(commands.partial_reversal(receipt, 5001)).code == 0xB7
    assert counter.tell(commands.partial_reversal(receipt, 1250)).end is End.DONE
    assert counter.tell(commands.partial_reversal(receipt, 1250)).code == 0xB5
    assert counter.emulator.journal.taken_minor == 1250


def test_what_is_held_may_be_let_go(counter: Counter) -> None:
    receipt = counter.number(commands.pre_authorisation(5000))
    assert counter.tell(commands.pre_authorisation_reversal(receipt)).end is End.DONE
    assert counter.tell(commands.partial_reversal(receipt, 1250)).code == 0xB5


def test_a_refund_and_the_end_of_the_day(counter: Counter) -> None:
    counter.number(commands.authorisation(1000))
    counter.number(commands.refund(TCP, 300))
    outcome = counter.tell(commands.end_of_day(TCP))
    assert outcome.status == Status(amount_minor=700, currency_number=978, terminal="00000000")
    assert counter.emulator.journal.taken_minor == 0
    assert counter.emulator.journal.settled_minor == 700


def test_a_receipt_is_repeated_with_its_result(counter: Counter) -> None:
    assert counter.tell(commands.repeat_receipt(TCP)) == Outcome(End.ABORTED, code=0x83)
    first = counter.tell(commands.authorisation(1000))
    again = counter.tell(commands.repeat_receipt(TCP))
    assert (again.status, again.lines) == (first.status, first.lines)
    assert any(line.startswith("Karte ############") for line in again.lines)


def test_what_it_does_not_know_it_says(counter: Counter) -> None:
    assert counter.tell(Apdu(0x06_C0)).code == 0x83
    assert counter.tell(Apdu(Control.REVERSAL, b"\0\0\0\x87\xab\xcd")).code == 0x9A
    assert counter.tell(commands.STATUS_ENQUIRY).end is End.DONE


@pytest.mark.parametrize("profile", [TCP, SERIAL], ids=["tcp", "serial"])
@given(parts=st.lists(st.one_of(st.binary(max_size=80), st.sampled_from([c.to_bytes(2, "big") for c in Control]))))
def test_neither_side_is_upset_by_any_bytes(profile, parts: list[bytes]) -> None:
    emulator, clock = ZvtEmulator(profile), VirtualClock()
    near, far = line_pair()
    driver = ZvtTerminal("terminal-1", lambda: near, clock, profile)
    driver.request("k1", 1000, "EUR")
    for part in parts:
        clock.wait_until(clock.now_ns + SECOND // 4)
        emulator.feed(part, clock.now_ns)
        emulator.present(ANA)
        emulator.advance(clock.now_ns)
        far.write(part)
        assert [event.key for event in driver.read(clock.now_ns)] in ([], ["k1"])


def test_a_message_that_a_till_sends_is_nothing_a_till_hears() -> None:
    assert messages.read(commands.authorisation(5)) == messages.Unknown(Control.AUTHORISATION)
