"""Clocks of devices: what they stamp is their own time, what they deliver comes by the bench's."""

from __future__ import annotations

import numpy as np
import pytest

from contracts.clock import MILLISECOND, SECOND
from tests.twin.raster_scenes import looking, shop
from tests.twin.smallstore import gondola
from twin.cameras import CameraRig
from twin.device_clock import DeviceClock
from twin.imager import Imager
from twin.plates import TwinScale
from twin.raster import layered_renderer
from twin.store_clock import Clock
from twin.store_noise import PlateNoise

MS = MILLISECOND
EYE = looking((0, -1.2, 1.6), (0, 2, 0.8), name="c1", latency_ns=50 * MS)
RACK = gondola(plates=4)
COUNT = len(RACK.plates)


def clock(**said: object) -> Clock:
    """A clock as a store file says it."""
    return Clock.model_validate(said)


def shown(errs: Clock, *moments: int, seed: int = 1, device: str = "c1") -> list[int]:
    one = DeviceClock(errs, seed, device)
    return [one.stamp(now) for now in moments]


def test_a_clock_without_errors_shows_bench_time() -> None:
    assert shown(Clock(), 0, 7, SECOND) == [0, 7, SECOND]


def test_offset_and_drift_add_up() -> None:
    assert shown(clock(offset="20 ms", drift_ppm=50), SECOND, 100 * SECOND) == [
        SECOND + 20 * MS + 50_000,
        100 * SECOND + 20 * MS + 5_000_000,
    ]


def test_a_clock_behind_does_not_show_less_than_nothing() -> None:
    assert shown(clock(offset="-20 ms"), 0, SECOND) == [0, SECOND - 20 * MS]


def test_jitter_scatters_each_stamp() -> None:
    moments = [k * SECOND for k in range(1, 2001)]
    off = np.subtract(shown(clock(jitter="3 ms"), *moments), moments)
    assert off.std() == pytest.approx(3 * MS, rel=0.06)
    assert abs(off.mean()) < 0.3 * MS


def test_every_device_draws_an_offset_of_its_own_that_stays() -> None:
    offsets = []
    for number in range(400):
        first, second = shown(clock(spread="5 ms"), SECOND, 2 * SECOND, device=f"c{number}")
        assert second - first == SECOND
        offsets.append(first - SECOND)
    assert np.std(offsets) == pytest.approx(5 * MS, rel=0.1)


def test_one_seed_gives_the_same_stamps_and_another_does_not() -> None:
    odd = clock(spread="5 ms", jitter="1 ms")
    assert shown(odd, SECOND) == shown(odd, SECOND)
    assert shown(odd, SECOND) != shown(odd, SECOND, seed=2)


def test_a_camera_stamps_by_its_clock_and_delivers_by_the_bench() -> None:
    late = clock(offset="-30 ms", drift_ppm=100)
    rigs = [CameraRig(shop(), [EYE], layered_renderer(1), 1, imagers={"c1": Imager(clock=c)}) for c in (late, Clock())]
    for rig in rigs:
        rig.capture(SECOND)
    (odd,), (true,) = (rig.capture(SECOND + 50 * MS) for rig in rigs)
    assert odd.captured_ns == SECOND - 30 * MS + 100_000
    assert true.captured_ns == SECOND
    assert odd.t_ns == true.t_ns == SECOND + 50 * MS
    assert odd.jpeg == true.jpeg
    assert odd.depth_mm is not None
    np.testing.assert_array_equal(odd.depth_mm, true.depth_mm)


def test_without_noise_a_cameras_clock_is_true() -> None:
    imagers = {"c1": Imager(clock=clock(offset="30 ms"))}
    rig = CameraRig(shop(), [EYE], layered_renderer(1), 1, noise=False, imagers=imagers)
    rig.capture(0)
    assert rig.capture(50 * MS)[0].captured_ns == 0


@pytest.mark.parametrize("noisy", [True, False])
def test_a_controller_stamps_by_its_clock_and_delivers_by_the_bench(noisy: bool) -> None:
    early = clock(offset="40 ms", drift_ppm=-20)
    odd, true = (TwinScale(RACK, PlateNoise(), 1, noisy=noisy, clock=c) for c in (early, Clock()))
    for frame in range(1, 25):
        for scale in (odd, true):
            scale.sample(frame * SECOND // 60, np.zeros(COUNT))
    for theirs, ours in zip(odd.read(10**18), true.read(10**18), strict=True):
        drift = -round(ours.started_ns * 20e-6)
        assert theirs.started_ns == ours.started_ns + (40 * MS + drift if noisy else 0)
        assert (theirs.t_ns, theirs.period_ns) == (ours.t_ns, ours.period_ns)
        np.testing.assert_array_equal(theirs.grams, ours.grams)
