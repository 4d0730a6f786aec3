"""The driver against the emulators, on every map and in both framings."""

import math

import pytest

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable, UsageError
from contracts.ports import FaultKind, Scale
from devices.modbus.framing import Framing
from devices.scale.transmitter.driver import TransmitterScale
from devices.scale.transmitter.model import Order, Setup
from tests.devices.scale.transmitter.bench import NAMES, Bench


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("framing", Framing)
def test_a_load_is_weighed_as_it_is(name: str, framing: Framing) -> None:
    bench = Bench(name, framing=framing)
    assert isinstance(bench.scale, Scale)
    assert bench.grams(1)[-1] == 0.0
    for grams in (1250.0, 37.0, 0.0, -8.0):
        bench.device.load(grams)
        assert bench.grams(1)[-1] == pytest.approx(grams, abs=1e-3)


@pytest.mark.parametrize("setup", [Setup("g", 0), Setup("kg", 2), Setup("lb", 3)])
@pytest.mark.parametrize("name", NAMES)
def test_units_and_digits_are_of_the_set_up(name: str, setup: Setup) -> None:
    bench = Bench(name, setup=setup)
    bench.device.load(1250.0)
    assert bench.grams(1)[-1] == pytest.approx(1250.0, abs=setup.grams(setup.decimals) / 2 + 1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_each_plate_is_a_unit_or_a_channel(name: str) -> None:
    bench = Bench(name, plates=6, block=4)
    for plate in range(6):
        bench.device.load(100.0 * plate, plate)
    records = bench.run(2)
    assert records[-1].grams.shape == (4, 6)
    assert records[-1].grams[-1].tolist() == pytest.approx([100.0 * plate for plate in range(6)])


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_that_is_gone_takes_only_its_own_plates_with_it(name: str) -> None:
    bench = Bench(name, plates=6)
    bench.run(1)
    gone = max(bench.device.units)
    bench.device._end.device.units.pop(gone)
    last = bench.run(3)[-1].grams[-1]
    lost = [math.isnan(value) for value in last.tolist()]
    assert lost == [unit * bench.of.channels >= (gone - 1) * bench.of.channels for unit in _unit_of(bench)]


def _unit_of(bench: Bench) -> list[int]:
    return [plate // bench.of.channels for plate in range(6)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [FaultKind.OFF, FaultKind.DELAYED])
def test_silence_is_no_weight_and_it_comes_back(name: str, kind: FaultKind) -> None:
    bench = Bench(name)
    bench.run(1)
    assert bench.scale.fault(kind)
    assert math.isnan(bench.grams(3)[-1])
    assert bench.scale.fault(None)
    assert bench.grams(2)[-1] == 0.0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [FaultKind.GARBAGE, FaultKind.INTERMITTENT, FaultKind.SLOW])
def test_damaged_answers_are_never_a_wrong_weight_in_rtu(name: str, kind: FaultKind) -> None:
    bench = Bench(name)
    bench.device.load(500.0)
    bench.run(1)
    bench.scale.fault(kind)
    found = bench.grams(10)
    assert {value for value in found if not math.isnan(value)} <= {500.0}
    assert (kind is FaultKind.GARBAGE) == all(map(math.isnan, found[40:]))


@pytest.mark.parametrize("name", NAMES)
def test_a_stuck_one_repeats_itself_unless_a_heartbeat_gives_it_away(name: str) -> None:
    bench = Bench(name)
    bench.device.load(500.0)
    bench.run(1)
    bench.scale.fault(FaultKind.STUCK)
    bench.device.load(900.0)
    last = bench.grams(2)[-1]
    assert math.isnan(last) if bench.of.heartbeat is not None else last == 500.0
    bench.scale.fault(None)
    assert bench.grams(1)[-1] == 900.0


@pytest.mark.parametrize("name", NAMES)
def test_a_zero_that_drifts_is_a_wrong_weight(name: str) -> None:
    bench = Bench(name)
    bench.run(1)
    bench.scale.fault(FaultKind.WRONG)
    assert bench.grams(10)[-1] == pytest.approx(20.0, abs=1.0)


@pytest.mark.parametrize("name", NAMES)
def test_too_much_is_no_weight(name: str) -> None:
    bench = Bench(name)
    bench.device.load(20_000.0)
    last = bench.grams(1)[-1]
    # Flintec's status has no bit for it that devices.md knows.
    assert last == 20_000.0 if name == "flintec" else math.isnan(last)


@pytest.mark.parametrize("name", NAMES)
def test_orders_are_obeyed(name: str) -> None:
    bench = Bench(name)
    bench.device.load(60.0)
    bench.run(0.5)
    assert bench.scale.order(Order.ZERO, 1)
    assert bench.grams(1)[-1] == 0.0
    assert bench.scale.order(Order.CLEAR, 1) is (Order.CLEAR in bench.of.orders)


@pytest.mark.parametrize("name", NAMES)
def test_a_probe_tells_what_is_there_and_what_is_not(name: str) -> None:
    bench = Bench(name, plates=2)
    found = bench.scale.probe()
    assert found.identity.startswith(bench.of.model)
    assert "0 g ok" in found.identity
    assert 0 < found.round_trip_ns < SECOND
    bench.scale.fault(FaultKind.OFF)
    with pytest.raises(DeviceUnavailable, match=r"(?s)does not answer.*check power, the unit"):
        bench.scale.probe()


def test_another_model_is_told_from_silence() -> None:
    bench = Bench("laumas")
    other = Bench("dini-argeo")
    bench.device._end.device.units[1] = other.device.units[1].bank
    with pytest.raises(DeviceUnavailable, match=r"(?s)does not have what its profile says.*try another profile"):
        bench.scale.probe()


def test_a_heart_that_stands_still_is_told() -> None:
    bench = Bench("flintec")
    bench.scale.fault(FaultKind.STUCK)
    with pytest.raises(DeviceUnavailable, match="its program stands still"):
        bench.scale.probe()


def test_plates_must_fit_the_units() -> None:
    bench = Bench("laumas")
    with pytest.raises(UsageError, match=r"(?s)plates do not fit.*3 plates, 2 units"):
        TransmitterScale(
            "g", ["a", "b", "c"], bench.of, bench.setup, bench.client, bench.clock, units=[1, 2], period_ns=SECOND
        )
