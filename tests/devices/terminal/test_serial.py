"""Frames over a serial line: check sum, doubled DLE, and who sends what again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND
from devices.terminal.apdu import Apdu
from devices.terminal.control import Control
from devices.terminal.crc import kermit
from devices.terminal.serial import ACK_NS, ATTEMPTS, SerialFraming, frame
from tests.devices.terminal import vectors
from tests.devices.terminal.test_apdu import APDUS

ACK, NAK = b"\x06", b"\x15"
PAY = Apdu(Control.AUTHORISATION, vectors.AUTHORISE_10[3:])


def test_the_check_sum_is_kermit() -> None:
    assert kermit(b"123456789") == 0x2189
    assert kermit(vectors.AUTHORISE_10 + b"\x03").to_bytes(2, "little") == vectors.CRC_OF_AUTHORISE_10


def test_a_frame_doubles_dle_and_ends_in_the_check_sum() -> None:
    sent = frame(PAY)
    assert sent == bytes.fromhex("1002 06010704 00000000 101000 1003 6291")
    hearer = SerialFraming()
    assert hearer.feed(sent, 0) == [PAY]
    assert hearer.take() == ACK


@given(APDUS, st.integers(1, 50))
def test_frames_come_out_as_they_went_in_in_pieces_of_any_size(apdus: list[Apdu], piece: int) -> None:
    hearer = SerialFraming()
    sent = b"".join(map(frame, apdus))
    found = [apdu for at in range(0, len(sent), piece) for apdu in hearer.feed(sent[at : at + piece], 0)]
    assert found == apdus
    assert hearer.take() == ACK * len(apdus)


@pytest.mark.parametrize("at", range(2, len(frame(PAY)) - 4))
def test_a_damaged_frame_is_refused_and_never_believed(at: int) -> None:
    hearer = SerialFraming()
    sent = bytearray(frame(PAY))
    sent[at] ^= 0x41
    assert hearer.feed(bytes(sent), 0) == []
    assert hearer.feed(b"", SECOND) == []
    assert hearer.take().startswith(NAK)


def test_a_refused_frame_is_sent_again_and_then_given_up() -> None:
    sender = SerialFraming()
    sender.send(PAY, 0)
    for _ in range(ATTEMPTS):
        assert sender.take() == frame(PAY)
        assert sender.feed(NAK, 0) == []
    assert sender.take() == b""
    assert sender.lost == 1


def test_a_frame_that_nobody_acknowledges_is_sent_again_in_its_time() -> None:
    sender = SerialFraming()
    sender.send(PAY, 0)
    sender.take()
    sender.feed(b"", ACK_NS - 1)
    assert sender.take() == b""
    sender.feed(b"", ACK_NS)
    assert sender.take() == frame(PAY)
    sender.feed(ACK, ACK_NS)
    sender.feed(b"", 10 * ACK_NS)
    assert sender.take() == b""


def test_one_frame_waits_for_the_one_before() -> None:
    sender = SerialFraming()
    sender.send(PAY, 0)
    sender.send(Apdu(Control.ABORT), 0)
    assert sender.take() == frame(PAY)
    sender.feed(ACK, 0)
    assert sender.take() == frame(Apdu(Control.ABORT))


@given(st.lists(st.one_of(st.binary(max_size=200), st.just(b"\x10\x02"), st.just(b"\x10\x03")), max_size=40))
def test_garbage_neither_raises_nor_grows(parts: list[bytes]) -> None:
    framing = SerialFraming()
    framing.send(PAY, 0)
    for tick, part in enumerate(parts):
        framing.feed(part, tick * SECOND // 10)
        assert len(framing._kept) <= 9000
