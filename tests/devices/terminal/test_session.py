"""The table of the exchange: complete, drawn as it stands, and kept."""

import itertools

from devices.terminal import session
from devices.terminal.apdu import Apdu
from devices.terminal.control import Control
from devices.terminal.exchange import Exchange, Outcome
from devices.terminal.messages import Status
from devices.terminal.profile import TCP
from devices.terminal.session import TABLE, End, State, Turn
from tests.devices.terminal import vectors

PAY = Apdu(Control.AUTHORISATION, vectors.AUTHORISE_10[3:])
ACK = Apdu(Control.ACKNOWLEDGED)
RESULT = Apdu(Control.STATUS, vectors.APPROVED_12[3:])


def test_every_state_knows_what_to_do_with_everything_that_can_happen() -> None:
    impossible = {(State.ASKED, Turn.COMMANDED), (State.LED, Turn.COMMANDED), (State.READY, Turn.SILENT)}
    assert set(TABLE) == set(itertools.product(State, Turn)) - impossible


def test_what_the_terminal_tells_as_master_is_acknowledged_and_nothing_else() -> None:
    for (_, turn), step in TABLE.items():
        told = turn in (Turn.TOLD, Turn.RESULT, Turn.COMPLETED, Turn.ABORTED)
        assert (step.reply == Control.ACKNOWLEDGED) == told


def test_text_and_diagram_are_made_from_the_table() -> None:
    assert len(session.table_text().splitlines()) == len(TABLE)
    assert "led   06 0F               -> ready 80 00, done" in session.table_text()
    assert "    asked --> led: 80 00\n" in session.diagram()
    assert "    led --> ready: time-out / unsure" in session.diagram()


def played(*apdus: Apdu) -> tuple[Exchange, list[Outcome]]:
    exchange = Exchange(TCP)
    exchange.command(PAY, 0)
    return exchange, [outcome for apdu in apdus if (outcome := exchange.hear(apdu, 0))]


def test_a_payment_from_command_to_completion() -> None:
    exchange, (outcome,) = played(ACK, Apdu(Control.INTERMEDIATE, b"\x0a"), RESULT, Apdu(Control.COMPLETION))
    assert (outcome.end, exchange.state) == (End.DONE, State.READY)
    assert outcome.status == Status(amount_minor=1200, currency_number=978, card_name="1")
    assert [apdu.control for apdu in exchange.out] == [Control.AUTHORISATION, *[Control.ACKNOWLEDGED] * 3]


def test_a_result_before_the_acknowledgement_is_not_believed() -> None:
    _, (outcome,) = played(RESULT, ACK, Apdu(Control.COMPLETION))
    assert outcome.status is None


def test_more_time_is_given() -> None:
    exchange, _ = played()
    exchange.hear(Apdu(Control.MORE_TIME), TCP.ack_ns - 1)
    assert exchange.pass_time(TCP.ack_ns) is None
    assert exchange.pass_time(2 * TCP.ack_ns - 1) == Outcome(End.UNSURE)


def test_a_command_may_be_refused() -> None:
    _, (outcome,) = played(Apdu(Control.UNKNOWN_COMMAND))
    assert outcome == Outcome(End.REFUSED, code=0x83)


def test_a_result_that_cannot_be_read_is_acknowledged_and_not_believed() -> None:
    exchange, (outcome,) = played(ACK, Apdu(Control.STATUS, b"\x27"), Apdu(Control.COMPLETION))
    assert (outcome.status, exchange.broken) == (None, 1)
    assert [apdu.control for apdu in exchange.out] == [Control.AUTHORISATION, *[Control.ACKNOWLEDGED] * 2]


def test_a_command_that_nobody_here_knows_is_answered_so() -> None:
    exchange, _ = played(ACK, Apdu(0x06D8))
    assert exchange.out[-1].encode() == vectors.NOT_SUPPORTED


def test_a_terminal_that_prints_without_end_fills_no_memory() -> None:
    line = Apdu(Control.PRINT_LINE, b"\x00line")
    _, (outcome,) = played(ACK, *[line] * 1000, Apdu(Control.COMPLETION))
    assert len(outcome.lines) == 400
