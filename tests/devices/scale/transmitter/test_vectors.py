"""Bytes and registers as the manuals have them."""

import math

import pytest

from devices.modbus import framing
from devices.modbus.frame import Frame
from devices.modbus.framing import Framing
from devices.modbus.pdu import encode_request
from devices.modbus.types import Request, read_holding
from devices.scale.reading import Status
from devices.scale.transmitter.codec import ask, readings, told
from devices.scale.transmitter.model import Order, Setup
from devices.scale.transmitter.models import TRANSMITTERS


def rtu(request: Request) -> str:
    return framing.encode(Framing.RTU, Frame(1, encode_request(request), 0)).hex(" ").upper()


def said(name: str, words: list[int], setup: Setup | None = None):
    (reading,) = readings(TRANSMITTERS[name], setup or Setup(), words)
    return reading


def test_the_vectors_of_laumas() -> None:
    assert rtu(read_holding(7, 4)) == "01 03 00 07 00 04 F5 C8"  # gross and net
    (tare,) = told(TRANSMITTERS["laumas"], Order.TARE)
    assert rtu(tare) == "01 06 00 05 00 07 D8 09"


def test_laumas_has_its_sign_in_the_status() -> None:
    stable, below = 1 << 11, 1 << 7
    assert said("laumas", [stable, 0, 1250, 0, 0, 0, 0]).grams == (1250.0,)
    assert said("laumas", [stable | below, 0, 1250, 0, 0, 0, 0]).grams == (-1250.0,)
    assert said("laumas", [stable, 1, 0, 0, 0, 0, 0]).grams == (65536.0,)
    assert said("laumas", [0, 0, 5, 0, 0, 0, 0]).status is Status.MOTION


@pytest.mark.parametrize(("bits", "status"), [(1, Status.FAULT), (2, Status.FAULT), (4, Status.OVER), (8, Status.OVER)])
def test_a_weight_of_laumas_that_is_none_is_withheld(bits: int, status: Status) -> None:
    reading = said("laumas", [bits | 1 << 11, 0, 1250, 0, 0, 0, 0])
    assert reading.status is status
    assert math.isnan(reading.grams[0])


def test_flintec_tells_its_digits_and_that_it_moves() -> None:
    def words(gross: tuple[int, int], status: int) -> list[int]:
        return [0, 0, 0, 0, *gross, status >> 16, status & 0xFFFF, 0, 0, 7]

    assert said("flintec", words((0, 1250), 2 << 27)).grams == (12_500.0,)
    assert said("flintec", words((0xFFFF, 0xFFFF), 3 << 27)).grams == (-1.0,)
    assert said("flintec", words((0, 1250), 3 << 27 | 1 << 2)).status is Status.MOTION
    assert said("flintec", words((0, 1250), 3 << 27 | 1 << 3)).net


def test_dini_argeo_as_its_manual_shows_it() -> None:
    stable = 1 << 2
    assert said("dini-argeo", [0x0000, 0x1770, 0, 0, stable]).grams == (6000.0,)
    assert said("dini-argeo", [0, 1000, 0, 0, stable | 2]).grams == (-1000.0,)
    assert said("dini-argeo", [0, 1000, 0, 0, stable | 1]).grams == (1000.0,)  # the sign of the net weight
    assert said("dini-argeo", [0, 1000, 0, 0, stable | 1 << 4]).status is Status.OVER
    assert said("dini-argeo", [0, 1000, 0, 0, stable | 1 << 3]).status is Status.UNDER
    assert said("dini-argeo", [0, 1000, 0, 0, 0]).status is Status.MOTION


def test_four_scales_of_dini_argeo_stand_in_one_row() -> None:
    stable = 1 << 1
    words = [stable, 0, 1, stable | 1, 0, 2, 0, 0, 3, stable | 1 << 3, 0, 4]
    found = readings(TRANSMITTERS["dini-argeo-4"], Setup(), words)
    assert [one.grams[0] for one in found[:3]] == [1.0, -2.0, 3.0]
    assert [one.status for one in found] == [Status.OK, Status.OK, Status.MOTION, Status.OVER]


def test_id551_tells_floats_and_whether_they_can_be_believed() -> None:
    valid = 1 << 15
    assert said("id551", [0, 0, 0x3FA0, 0x0000, valid]).grams == (1250.0,)  # 1.25 kg
    assert said("id551", [0, 0, 0x3FA0, 0x0000, valid], Setup("lb")).grams[0] == pytest.approx(566.99)
    assert said("id551", [0, 0, 0x3FA0, 0x0000, 0]).status is Status.FAULT
    assert said("id551", [0, 0, 0x7FC0, 0x0000, valid]).status is Status.FAULT  # not a number
    assert said("id551", [0, 0, 0x3FA0, 0, valid | 1 << 12]).status is Status.MOTION


def test_orders_of_id551_are_edges() -> None:
    assert [r.values for r in told(TRANSMITTERS["id551"], Order.ZERO)] == [(0,), (1 << 11,), (0,)]


def test_dat400_as_its_family() -> None:
    assert said("dat400", [1 << 1, 0, 500]).grams == (500.0,)
    assert said("dat400", [1 << 1, 0xFFFF, 0xFE0C]).grams == (-500.0,)
    assert said("dat400", [1 << 6 | 1 << 1, 0, 500]).status is Status.FAULT
    assert told(TRANSMITTERS["dat400"], Order.CLEAR) == ()


@pytest.mark.parametrize("name", sorted(TRANSMITTERS))
def test_no_question_is_longer_than_the_device_takes(name: str) -> None:
    of = TRANSMITTERS[name]
    assert ask(of).count <= of.most
    channels_end = of.weight + (of.channels - 1) * of.stride + 2
    assert of.at + of.count >= max(channels_end, of.status + of.status_words)
