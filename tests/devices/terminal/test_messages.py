"""What a terminal says, by the bytes of others and by any bytes."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal import commands, messages, reports
from devices.terminal.apdu import Apdu, ApduStream, BadMessage
from devices.terminal.control import Control
from devices.terminal.messages import Aborted, Acknowledged, Completed, Intermediate, Receipt, Refused, Status
from devices.terminal.profile import TCP
from tests.devices.terminal import vectors
from tests.devices.terminal.test_apdu import CONTROLS


def said(known: bytes) -> messages.Message:
    (apdu,) = ApduStream().feed(known)
    return messages.read(apdu)


def test_the_short_ones() -> None:
    assert said(vectors.ACKNOWLEDGED) == Acknowledged()
    assert said(vectors.COMPLETION) == Completed()
    assert said(vectors.ABORTED) == Aborted(0x64)
    assert said(vectors.NOT_SUPPORTED) == Refused(0x83)
    assert messages.read(Apdu(0x84_9C)) == messages.MoreTime()
    assert messages.read(Apdu(0x06_D8)) == messages.Unknown(0x06D8)


def test_a_decline_says_why() -> None:
    assert said(vectors.DECLINED) == Status(result=5, terminal="29000274", text="Abgelehnt")


def test_an_approval_says_how_much() -> None:
    assert said(vectors.APPROVED_12) == Status(amount_minor=1200, currency_number=978, card_name="1")


def test_an_approval_of_a_real_card_is_read_through_its_container() -> None:
    assert said(vectors.MASTERCARD) == Status(
        receipt=8, terminal="00000006", card="************4771", card_name="MASTERCARD"
    )


def test_our_authorisation_is_theirs() -> None:
    assert commands.authorisation(1000).encode() == vectors.AUTHORISE_10


def test_every_command_has_its_control_field_and_its_fields() -> None:
    assert commands.registration(TCP).encode().hex() == "060010000000be09780301060626040a0206d3"
    assert commands.pre_authorisation(5).encode().hex() == "062207" + "04000000000005"
    assert commands.partial_reversal(12, 5).encode().hex() == "06230a" + "870012" + "04000000000005"
    assert commands.pre_authorisation_reversal(12).encode().hex() == "062503870012"
    assert commands.reversal(TCP, 12).encode().hex() == "063006000000870012"
    assert commands.refund(TCP, 5).encode().hex() == "06310a000000" + "04000000000005"
    assert commands.end_of_day(TCP).encode().hex() == "065003000000"
    assert commands.ABORT.encode().hex() == "06b000"


@pytest.mark.parametrize("lines", [["a"], ["K A S S E", "12,00 EUR", "Größe"], ["x" * 60] * 30])
def test_what_our_terminal_prints_our_till_reads(lines: list[str]) -> None:
    assert messages.read(reports.print_block(lines)) == Receipt(tuple(lines))
    assert messages.read(reports.print_line(lines[0])) == Receipt((lines[0],))
    assert messages.read(reports.intermediate(0x0A, lines[0])) == Intermediate(0x0A, lines[0])


@given(CONTROLS, st.binary(max_size=200))
def test_any_data_are_read_or_refused_in_our_own_words(control: int, data: bytes) -> None:
    with contextlib.suppress(BadMessage):
        messages.read(Apdu(control, data))


@given(st.integers(0, len(vectors.MASTERCARD) - 4), st.integers(0, 255))
def test_one_wrong_byte_does_no_harm(at: int, byte: int) -> None:
    data = bytearray(vectors.MASTERCARD[3:])
    data[at] = byte
    with contextlib.suppress(BadMessage):
        messages.read(Apdu(Control.STATUS, bytes(data)))
