"""Bytes that manuals and other people's programs give, read by our codecs and sent by our emulators."""

import math

import pytest

from devices.scale.balance import SETTLE_NS, Balance, Trouble
from devices.scale.emulate.nci import NciScale
from devices.scale.emulate.sics import SicsScale
from devices.scale.emulate.sma import SmaScale
from devices.scale.emulate.toledo import ToledoScale
from devices.scale.mt_sics import MtSics
from devices.scale.nci import Nci
from devices.scale.reading import Noise, Reading, Status, Told
from devices.scale.sma import Sma
from devices.scale.toledo_8217 import PROBE, PROBE_ANSWER, Toledo8217

LB = 453.59237


def one(codec, data: bytes):
    (event,) = codec.feed(data)
    return event


def weighed(event, grams: float, status: Status = Status.OK, net: bool = False) -> None:
    assert isinstance(event, Reading)
    assert event.grams == pytest.approx((grams,))
    assert (event.status, event.net) == (status, net)


def withheld(event, status: Status) -> None:
    assert isinstance(event, Reading)
    assert math.isnan(event.grams[0])
    assert event.status is status
    assert not event.stable


def rested(capacity_g: float = 15_000.0, step_g: float = 1.0, grams: float = 0.0) -> Balance:
    balance = Balance(capacity_g, step_g)
    balance.load(grams, -SETTLE_NS)
    return balance


def test_8217_weights_and_the_probe() -> None:
    weighed(one(Toledo8217(), bytes.fromhex("02 30 31 2E 32 35 30 0D")), 1.25 * LB)
    weighed(one(Toledo8217("kg"), bytes.fromhex("02 30 31 2E 32 35 30 4E 0D")), 1250.0, net=True)
    assert bytes.fromhex("45 68 65 6C 6C 6F") == PROBE
    assert bytes.fromhex("02 45 0D 68 65 6C 6C 6F") == PROBE_ANSWER
    assert Toledo8217().feed(PROBE_ANSWER) == [Told("E")]


@pytest.mark.parametrize(
    ("frame", "status"),
    [
        ("02 3F 01 0D", Status.MOTION),
        ("02 3F 50 0D", Status.REFUSED),
        # Over capacity alone is the byte STX, motion with "under" and "outside zero" is CR.
        ("02 3F 02 0D", Status.OVER),
        ("02 3F 0D 0D", Status.UNDER),
        ("02 3F 80 0D", Status.REFUSED),
    ],
)
def test_8217_tells_why_it_shows_nothing(frame: str, status: Status) -> None:
    withheld(one(Toledo8217(), bytes.fromhex(frame)), status)


def test_8213_has_two_status_bits_that_say_nothing() -> None:
    withheld(one(Toledo8217(fixed_high_bits=True), b"\x02?\x61\r"), Status.MOTION)
    assert Toledo8217(fixed_high_bits=True).feed(b"\x02?\x70\r") == [Told("?")]


def test_an_emulated_8217_sends_the_same_bytes() -> None:
    scale = ToledoScale(rested(grams=1250.0), "kg")
    assert scale.hear(b"W", 0) == [bytes.fromhex("02 30 31 2E 32 35 30 0D")]
    assert scale.hear(b"H", 0) == [b"\x0201.2500\r"]
    assert b"".join(scale.hear(PROBE, 0)) == PROBE_ANSWER
    assert scale.hear(b"W", 0) == [b"W"]
    assert scale.hear(b"FT", 0) == [b"\x02?\x20\r"]
    assert scale.hear(b"W", 0) == [b"\x0200.000N\r"]


def test_an_emulated_8217_takes_a_tare_that_the_host_knows() -> None:
    scale = ToledoScale(rested(grams=1250.0), "kg")
    assert len(scale.hear(b"T00250\r", 0)) == 1
    assert scale.hear(b"W", 0) == [b"\x0201.000N\r"]
    scale.hear(b"T00000\r", 0)
    assert scale.hear(b"W1", 0) == [b"\x0201.250\r", b"\x02?\x40\r"]
    assert ToledoScale(rested(grams=LB), "lb").hear(b"W", 0) == [b"\x0201.00\r"]


def test_an_emulated_8217_says_why_it_shows_nothing() -> None:
    scale = ToledoScale(rested())
    assert scale.hear(b"q", 0) == [bytes.fromhex("02 3F 50 0D")]
    moving = rested()
    moving.load(500.0, 0)
    assert ToledoScale(moving).hear(b"W", 1000) == [bytes.fromhex("02 3F 01 0D")]
    assert ToledoScale(rested(grams=20_000.0)).hear(b"W", 0) == [bytes.fromhex("02 3F 02 0D")]


def test_nci_weight_and_status() -> None:
    assert Nci().feed(bytes.fromhex("0A 53 32 30 0D 03")) == [Told("S")]
    weighed(one(Nci(), b"\n01.250LB\r\nS00\r\x03"), 1.25 * LB)
    weighed(one(Nci(), b"\n01.250KG\r\n20\r\x03"), 1250.0)
    withheld(one(Nci(), b"\nS10\r\x03"), Status.MOTION)
    withheld(one(Nci(), b"\nS01\r\x03"), Status.UNDER)
    withheld(one(Nci(), b"\nS02\r\x03"), Status.OVER)
    withheld(one(Nci(), b"\nS40\r\x03"), Status.FAULT)
    withheld(one(Nci(), b"\nS0r0\r\x03"), Status.OVER)
    assert Nci().feed(b"\n?\r\x03") == [Told("?", done=False)]


def test_an_emulated_nci_scale_sends_the_same_bytes() -> None:
    assert NciScale(rested()).hear(b"S\r", 0) == [bytes.fromhex("0A 53 32 30 0D 03")]
    assert NciScale(rested(), letter=False).hear(b"S\r", 0) == [b"\n20\r\x03"]
    scale = NciScale(rested(grams=1250.0), "kg")
    assert scale.hear(b"W\r", 0) == [b"\n01.250KG\r\nS00\r\x03"]
    assert scale.hear(b"X\r", 0) == [b"\n?\r\x03"]
    scale.hear(b"U\r", 0)
    assert scale.hear(b"W\r", 0) == [b"\n02.756LB\r\nS00\r\x03"]


def test_mt_sics_weights_and_errors() -> None:
    weighed(one(MtSics(), b"S S     100.00 g\r\n"), 100.0)
    weighed(one(MtSics(), b"S D      -0.50 kg\r\n"), -500.0, Status.MOTION)
    withheld(one(MtSics(), b"S I\r\n"), Status.REFUSED)
    withheld(one(MtSics(), b"S +\r\n"), Status.OVER)
    withheld(one(MtSics(), b"S -\r\n"), Status.UNDER)
    withheld(one(MtSics(), b"S S     100.00 pcs\r\n"), Status.FAULT)
    assert MtSics().feed(b'ES\r\nET\r\nEL\r\nI4 A "B1"\r\nZ A\r\nT I\r\nTAC A\r\nT S      12.00 g\r\n') == [
        Told("syntax", done=False),
        Told("transmission", done=False),
        Told("logic", done=False),
        Told("I4 B1"),
        Told("Z"),
        Told("T", done=False),
        Told("TAC"),
        Told("T"),
    ]
    # Another emulator repeats the order's name in its answer; the manual does not.
    assert MtSics().feed(b"SI S     100.00 g\r\n") == [Noise(b"SI S     100.00 g")]


def test_an_emulated_balance_sends_the_same_bytes() -> None:
    balance = rested(220.0, 0.01, 100.0)
    scale = SicsScale(balance)
    assert scale.hear(b"S\r\n", 0) == [b"S S     100.00 g\r\n"]
    assert scale.hear(b"hello\r\n", 0) == [b"ES\r\n"]
    assert scale.hear(b"@\r\n", 0) == [b'I4 A "1126493049"\r\n']
    balance.load(50.0, 0)
    assert scale.hear(b"SI\r\n", SETTLE_NS // 2) == [b"S D      75.00 g\r\n"]
    assert scale.hear(b"S\r\n", SETTLE_NS // 2) == []
    assert scale.tick(SETTLE_NS) == [b"S S      50.00 g\r\n"]
    balance.begin(Trouble.MOTION, SETTLE_NS)
    scale.hear(b"S\r\n", SETTLE_NS)
    assert scale.tick(SETTLE_NS + 6_000_000_000) == [b"S I\r\n"]


def test_sma_weights_and_what_it_says_of_itself() -> None:
    weighed(one(Sma(), b"\n 1G       1.250kg \r"), 1250.0)
    weighed(one(Sma(), b"\n 1NM      1.250lb \r"), 1.25 * LB, Status.MOTION, net=True)
    for letter, status in ((b"O", Status.OVER), (b"U", Status.UNDER), (b"E", Status.FAULT)):
        withheld(one(Sma(), b"\n" + letter + b"1G  ----------kg \r"), status)
    assert Sma().feed(b"\n?\r\n    \r\nMFG:someone\r") == [Told("?", done=False), Told("    "), Told("MFG:someone")]


def test_an_emulated_sma_scale_sends_the_same_bytes() -> None:
    scale = SmaScale(rested(grams=1250.0))
    assert scale.hear(b"\nW\r", 0) == [b"\n 1G       1.250kg \r"]
    assert scale.hear(b"\nT\r", 0) == [b"\n 1N       0.000kg \r"]
    assert scale.hear(b"\nM\r", 0) == [b"\n 1T       1.250kg \r"]
    assert scale.hear(b"\nC\r\nH\r", 0)[1] == b"\n 1G      1.2500kg \r"
    assert scale.hear(b"\nA\r\nB\r\nx\r", 0) == [b"\nSMA:2/1.0\r", b"\nMFG:emulated\r", b"\n?\r"]
    assert len(scale.hear(b"\nR\r", 0)) == 1
    assert len(scale.tick(100_000_000)) == 1
    scale.hear(b"\x1b", 100_000_000)
    assert scale.tick(900_000_000) == []
