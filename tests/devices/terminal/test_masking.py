"""No card number gets past the codec, wherever a careless terminal puts it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND
from devices.terminal import bmp, messages, reports, tlv
from devices.terminal.apdu import Apdu, BadMessage
from devices.terminal.bcd import var
from devices.terminal.behaviour import Behaviour
from devices.terminal.cards import number
from devices.terminal.control import Control
from devices.terminal.masking import masked_digits, masked_text
from devices.terminal.messages import Status
from tests.devices.terminal.bench import ANA, Bench

PANS = st.text("123456789", min_size=12, max_size=19)
LEAK = 5


def leaks(pan: str, shown: str) -> bool:
    """Whether five digits of a number in a row stand in what is shown, with or without spaces between."""
    digits = re.sub(r"[ .-]", "", shown)
    return any(pan[at : at + LEAK] in digits for at in range(len(pan) - LEAK + 1))


def half_bytes(pan: str) -> bytes:
    return bytes.fromhex(pan + "f" * (len(pan) % 2))


def spaced(pan: str) -> str:
    return " ".join(pan[at : at + 4] for at in range(0, len(pan), 4))


def test_only_the_last_four_digits_stay() -> None:
    assert masked_digits("9999991234567890") == "************7890"
    assert masked_digits("eeeeeeeeeeee4771") == "************4771"
    assert masked_text("Karte 9999 9912 3456 7890 gut") == "Karte ************7890 gut"
    assert masked_text("Beleg 0001 TA 000001") == "Beleg 0001 TA 000001"


@given(PANS)
def test_a_status_shows_no_number(pan: str) -> None:
    text = f"{pan} {spaced(pan)}".encode()
    for field, value in (
        (0x22, var(half_bytes(pan), 2)),
        (0x23, var(half_bytes(pan + "d9912"), 2)),
        (0x24, var(half_bytes(pan + "d9912"), 3)),
        (0x2D, var(pan.encode(), 2)),
        (bmp.TEXT, var(text, 3)),
        (bmp.CARD_NAME, var(text, 2)),
        (bmp.CONTAINER, tlv.container([tlv.Item(0x07, text), tlv.Item(0x5A, half_bytes(pan))])),
    ):
        said = messages.read(Apdu(Control.STATUS, bytes([0x27, 0, field]) + value))
        assert isinstance(said, Status)
        assert not leaks(pan, repr(said))


@given(PANS)
def test_receipts_and_displays_show_no_number(pan: str) -> None:
    for line in (pan, spaced(pan), f"Karte:{pan}."):
        for apdu in (reports.print_line(line), reports.print_block([line, line]), reports.intermediate(4, line)):
            assert not leaks(pan, repr(messages.read(apdu)))
            assert not leaks(pan, repr(apdu))


@given(PANS, st.integers(0, 40))
def test_an_error_quotes_no_number(pan: str, cut: int) -> None:
    whole = (
        bytes([0x27, 0, 0x22]) + var(half_bytes(pan), 2) + bytes([0x06]) + tlv.container([tlv.Item(7, pan.encode())])
    )
    said = ""
    try:
        messages.read(Apdu(Control.STATUS, whole[: min(cut, len(whole))]))
    except BadMessage as error:
        said = str(error)
    assert not leaks(pan, said)


def test_a_careless_terminal_s_number_is_in_no_record_and_no_log() -> None:
    bench = Bench(behaviour=Behaviour(careless=True))
    bench.driver.request("k1", 1000, "EUR")
    events = bench.run(6 * SECOND, ANA)
    pan = number(ANA.token).hex()
    heard = b"".join(data for side, data in bench.wire if side == "I")
    assert number(ANA.token) in heard  # it was sent in full, twice
    assert pan.encode() in heard
    assert len(events) == 1
    assert not leaks(pan, repr(events) + "\n".join(bench.log))
