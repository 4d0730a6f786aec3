"""What goes wrong at a counter: range, tare, zero, and somebody who presses the unit key."""

import math

import pytest

from contracts.ports import FaultKind
from devices.scale.balance import SETTLE_NS, Balance, Trouble
from devices.scale.emulate.sics import SicsScale
from devices.scale.emulator import TROUBLE_OF
from devices.scale.profile import PROFILES
from devices.scale.reading import Reading, Status
from tests.devices.scale.bench import Bench

ASKED = [name for name in sorted(PROFILES) if PROFILES[name].asked]
NAMES_A_UNIT = ["mt-sics", "nci", "sma"]
NAMES_NONE = ["toledo-8213", "toledo-8217", "toledo-8217-kg"]


def test_every_fault_of_the_rig_means_something_to_a_scale() -> None:
    assert set(TROUBLE_OF) == set(FaultKind)
    assert len(set(TROUBLE_OF.values())) == len(TROUBLE_OF)


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize(("trouble", "status"), [(Trouble.OVER, Status.OVER), (Trouble.UNDER, Status.UNDER)])
def test_out_of_range_is_no_weight_and_is_told(name: str, trouble: Trouble, status: Status) -> None:
    bench = Bench(name)
    bench.run(1)
    bench.device.begin(trouble)
    assert math.isnan(bench.grams(1)[-1])
    assert isinstance(bench.scale.last, Reading)
    assert bench.scale.last.status is status


@pytest.mark.parametrize("name", ASKED)
def test_too_much_on_it_is_told(name: str) -> None:
    bench = Bench(name)
    bench.device.load(2 * PROFILES[name].capacity_g)
    assert math.isnan(bench.grams(2)[-1])
    assert isinstance(bench.scale.last, Reading)
    assert bench.scale.last.status is Status.OVER


@pytest.mark.parametrize("name", NAMES_A_UNIT)
def test_another_unit_is_no_other_weight_where_it_is_named(name: str) -> None:
    bench = Bench(name)
    bench.device.load(150.0)
    bench.run(1)
    bench.device.begin(Trouble.OTHER_UNIT)
    # An ounce's hundredth, and a pound's or a kilogram's thousandth, and the scale's own division.
    assert bench.grams(2)[-1] == pytest.approx(150.0, abs=PROFILES[name].step_g + 0.5)


@pytest.mark.parametrize("name", NAMES_NONE)
def test_another_unit_is_a_wrong_weight_where_it_is_not_named(name: str) -> None:
    bench = Bench(name)
    bench.device.load(150.0)
    bench.run(1)
    bench.device.begin(Trouble.OTHER_UNIT)
    factor = bench.grams(2)[-1] / 150.0
    assert factor == pytest.approx(0.4536 if PROFILES[name].unit == "lb" else 2.2046, rel=0.03)


def test_only_a_little_can_be_zeroed_away_and_only_at_rest() -> None:
    balance = Balance(1000.0, 1.0)
    balance.load(15.0, 0)
    assert not balance.zero(SETTLE_NS // 2)
    assert balance.zero(SETTLE_NS)
    assert balance.look(SETTLE_NS).gross_g == 0.0
    balance.load(400.0, SETTLE_NS)
    assert not balance.zero(2 * SETTLE_NS)


def test_a_balance_zeroes_and_tares_at_once_when_told_to() -> None:
    balance = Balance(220.0, 0.01)
    scale = SicsScale(balance)
    balance.load(4.0, 0)
    assert scale.hear(b"ZI\r\n", SETTLE_NS // 2) == [b"ZI D\r\n"]
    assert scale.hear(b"ZI\r\n", SETTLE_NS) == [b"ZI S\r\n"]
    balance.load(100.0, SETTLE_NS)
    now_ns = 2 * SETTLE_NS
    assert scale.hear(b"Z\r\n", now_ns) == [b"Z +\r\n"]
    assert scale.hear(b"T\r\nTA\r\nSI\r\nTAC\r\n", now_ns) == [
        b"T S      96.00 g\r\n",
        b"TA A      96.00 g\r\n",
        b"S S       0.00 g\r\n",
        b"TAC A\r\n",
    ]


def test_a_balance_sends_by_itself_until_it_is_reset() -> None:
    balance = Balance(220.0, 0.01)
    scale = SicsScale(balance)
    assert scale.hear(b"SIR\r\n", 0) == [b"S S       0.00 g\r\n"]
    assert [len(scale.tick(ms * 1_000_000)) for ms in range(0, 500, 50)] == [0, 0, 1, 0, 1, 0, 1, 0, 1, 0]
    scale.hear(b"@\r\nSR\r\n", 0)
    assert scale.tick(10**9) == []
    balance.load(50.0, 10**9)
    assert scale.tick(2 * 10**9) == [b"S S      50.00 g\r\n"]
    assert scale.tick(3 * 10**9) == []
