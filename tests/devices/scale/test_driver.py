"""The driver against emulators of every protocol."""

import math
from itertools import pairwise

import pytest

from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.errors import UsageError
from contracts.ports import FaultKind, Scale
from devices.line_pair import line_pair
from devices.scale.driver import SerialScale
from devices.scale.profile import PROFILES
from tests.devices.scale.bench import Bench, column

NAMES = sorted(PROFILES)
ASKED = [name for name in NAMES if PROFILES[name].asked]
# The others wait with their answer until the load rests.
PROMPT = [name for name in ASKED if PROFILES[name].reply_ns == SECOND]
HX711 = [name for name in NAMES if not PROFILES[name].asked]


def step(name: str) -> float:
    return PROFILES[name].step_g


@pytest.mark.parametrize("name", NAMES)
def test_a_load_is_told_to_a_division(name: str) -> None:
    bench = Bench(name)
    assert isinstance(bench.scale, Scale)
    empty = bench.grams(2)[-1]
    bench.device.load(150.0)
    full = bench.grams(2)[-1]
    assert full - empty == pytest.approx(150.0, abs=step(name))


@pytest.mark.parametrize("name", NAMES)
def test_samples_come_evenly_and_are_stamped_before_they_are_delivered(name: str) -> None:
    records = Bench(name).run(3)
    assert len(records) == pytest.approx(3 * PROFILES[name].rate_hz, abs=1)
    assert {record.period_ns for record in records} == {PROFILES[name].period_ns}
    assert {b.started_ns - a.started_ns for a, b in pairwise(records)} == {PROFILES[name].period_ns}
    assert all(record.started_ns <= record.t_ns for record in records)


def test_an_answer_that_waits_for_rest_never_tells_a_load_that_moves() -> None:
    bench = Bench("mt-sics-stable")
    bench.run(2)
    for grams in (150.0, 30.0, 90.0):
        bench.device.load(grams)
        assert {value for value in bench.grams(3) if not math.isnan(value)} <= {0.0, 150.0, 30.0, 90.0}
        assert bench.grams(1)[-1] == grams


@pytest.mark.parametrize("name", PROMPT)
def test_a_load_that_moves_is_no_weight(name: str) -> None:
    bench = Bench(name)
    bench.run(2)
    bench.device.load(150.0)
    found = bench.grams(2)
    assert math.isnan(found[1])
    assert found[-1] == pytest.approx(150.0, abs=step(name))
    told = {round(value) for value in found if not math.isnan(value)}
    assert told <= {0, round(found[-1])}


@pytest.mark.parametrize("name", NAMES)
def test_silence_is_no_weight_and_it_comes_back(name: str) -> None:
    bench = Bench(name)
    bench.run(2)
    assert bench.scale.fault(FaultKind.OFF)
    assert math.isnan(bench.grams(3)[-1])
    assert bench.scale.fault(None)
    assert not math.isnan(bench.grams(1 + 2 * PROFILES[name].reply_ns // SECOND)[-1])


@pytest.mark.parametrize("name", PROMPT)
def test_an_answer_that_comes_too_late_is_never_believed(name: str) -> None:
    bench = Bench(name)
    bench.run(2)
    bench.scale.fault(FaultKind.DELAYED)
    bench.run(1)
    bench.device.load(150.0)
    assert all(math.isnan(value) for value in bench.grams(8))
    assert bench.scale.missed >= 3
    bench.scale.fault(None)
    assert bench.grams(6)[-1] == pytest.approx(150.0, abs=step(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_stuck_scale_repeats_itself(name: str) -> None:
    bench = Bench(name)
    before = bench.grams(2)[-1]
    bench.scale.fault(FaultKind.STUCK)
    bench.device.load(150.0)
    assert set(bench.grams(3)) == {before}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [FaultKind.GARBAGE, FaultKind.INTERMITTENT])
def test_damaged_frames_are_never_a_wrong_weight(name: str, kind: FaultKind) -> None:
    bench = Bench(name)
    before = bench.grams(2)[-1]
    bench.scale.fault(kind)
    assert all(math.isnan(value) or value == before for value in bench.grams(10))
    bench.scale.fault(None)
    bench.run(4)
    bench.device.load(150.0)
    assert bench.grams(3)[-1] - before == pytest.approx(150.0, abs=step(name))


@pytest.mark.parametrize("name", ASKED)
def test_motion_that_never_settles_is_never_a_weight(name: str) -> None:
    bench = Bench(name)
    bench.run(2)
    bench.scale.fault(FaultKind.SLOW)
    assert all(math.isnan(value) for value in bench.grams(3)[2:])


@pytest.mark.parametrize("name", NAMES)
def test_a_zero_that_drifts_is_a_wrong_weight(name: str) -> None:
    bench = Bench(name)
    before = bench.grams(2)[-1]
    bench.scale.fault(FaultKind.WRONG)
    assert bench.grams(10)[-1] - before == pytest.approx(20.0, abs=max(1.0, step(name)))


@pytest.mark.parametrize("name", HX711)
def test_each_cell_is_a_plate_at_the_rate_of_the_store(name: str) -> None:
    bench = Bench(name, plates=8, block=4)
    before = bench.run(2)[-1]
    bench.device.load(150.0, plate=5)
    after = bench.run(2)
    assert after[-1].grams.shape == (4, 8)
    assert column(after, 5)[-1] - before.grams[-1, 5] == pytest.approx(150.0, abs=0.05)
    assert column(after, 4)[-1] == before.grams[-1, 4]


@pytest.mark.parametrize("name", NAMES)
def test_a_load_told_again_and_again_does_not_move(name: str) -> None:
    bench = Bench(name)
    before = bench.grams(2)[-1]
    for _ in range(20):
        bench.device.load(150.0)
        last = bench.grams(0.2)
    assert last[-1] - before == pytest.approx(150.0, abs=step(name))


def test_a_driver_without_a_line_to_fault_refuses_faults() -> None:
    scale = SerialScale("s", ["s/p"], "nci", line_pair()[0], VirtualClock())
    assert scale.fault(None)
    assert not scale.fault(FaultKind.OFF)


def test_a_slow_reader_is_not_flooded() -> None:
    bench = Bench("mt-sics")
    bench.run(1)
    bench.clock.wait_until(600_000 * MILLISECOND)
    assert len(bench.scale.read(bench.clock.now_ns)) > 1
    assert len(bench.grams(1)) == 5


def test_what_cannot_be_is_said_at_once() -> None:
    with pytest.raises(UsageError, match="toledo-8217"):
        SerialScale("s", ["s/p"], "scalee", line_pair()[0], VirtualClock())
    with pytest.raises(UsageError, match="plates do not fit"):
        SerialScale("s", ["s/p", "s/q"], "nci", line_pair()[0], VirtualClock())
