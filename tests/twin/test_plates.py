"""The controller of a gondola: blocks, rounding, noise within the measured bands, shake, faults."""

from __future__ import annotations

import numpy as np
import pytest

from contracts.geometry import Floats
from contracts.ports import FaultKind, PortKind, Scale
from contracts.records import Weights
from tests.twin.smallstore import gondola
from twin.plates import TwinScale
from twin.store_noise import PlateNoise

RACK = gondola(plates=12)
COUNT = len(RACK.plates)
NOISE = PlateNoise()


def _run(scale: TwinScale, seconds: float, loads: Floats, start: int = 1) -> list[Weights]:
    frames = round(seconds * 60)
    for frame in range(start, start + frames):
        scale.sample(frame * 1_000_000_000 // 60, loads)
    return list(scale.read(10**18))


def _grams(blocks: list[Weights]) -> Floats:
    return np.concatenate([block.grams for block in blocks]).astype(float)


def _loaded() -> Floats:
    loads = np.zeros(COUNT)
    loads[3] = 2000.0
    return loads


def test_a_scale_is_a_scale() -> None:
    scale = TwinScale(RACK, NOISE, seed=1)
    assert isinstance(scale, Scale)
    assert scale.info.kind is PortKind.SCALE
    assert scale.plates == tuple(plate.id for plate in RACK.plates)


def test_a_block_is_twelve_samples_every_200_ms() -> None:
    blocks = _run(TwinScale(RACK, NOISE, seed=1, noisy=False), 1.0, _loaded())
    assert [block.grams.shape for block in blocks] == [(12, COUNT)] * 5
    assert [block.t_ns for block in blocks] == [200_000_000 * (i + 1) + NOISE.latency for i in range(5)]
    assert blocks[0].started_ns == 16_666_666
    assert blocks[0].period_ns == 16_666_667
    assert blocks[0].grams.dtype == np.float32


def test_a_block_is_not_delivered_before_its_time() -> None:
    scale = TwinScale(RACK, NOISE, seed=1, noisy=False)
    for frame in range(1, 13):
        scale.sample(frame * 1_000_000_000 // 60, _loaded())
    assert scale.read(200_000_000) == []
    assert len(scale.read(200_000_000 + NOISE.latency)) == 1


def test_without_noise_readings_are_true_to_one_step() -> None:
    grams = _grams(_run(TwinScale(RACK, NOISE, seed=1, noisy=False), 1.0, _loaded()))
    assert np.abs(grams - _loaded()).max() <= NOISE.resolution_g / 2 + 1e-4


def test_readings_are_whole_steps_of_the_converter() -> None:
    grams = _grams(_run(TwinScale(RACK, NOISE, seed=1), 1.0, _loaded()))
    steps = grams / NOISE.resolution_g
    assert np.abs(steps - np.round(steps)).max() < 0.01


def test_a_plate_saturates() -> None:
    loads = np.full(COUNT, 50_000.0)
    assert _grams(_run(TwinScale(RACK, NOISE, seed=1, noisy=False), 1.0, loads)).max() == pytest.approx(20_000, abs=1)


def test_noise_falls_within_the_bands_of_the_real_log() -> None:
    # Published bands of 1 s windows over 240 plates, of a log in which a shopper walks about half of the time:
    # median 0.86, p90 3.4, p99 9.4, smallest 0.36, largest 11.8 g.
    spreads = []
    for seed in range(24):
        scale = TwinScale(RACK, NOISE, seed=seed)
        for frame in range(1, 60 * 8 + 1):
            walks = frame % 120 < 80 and frame % 40 == 1
            scale.sample(frame * 1_000_000_000 // 60, _loaded(), tread=0.55 if walks else 0.0)
        windows = _grams(list(scale.read(10**18))).reshape(8, 60, COUNT).std(axis=1)
        spreads.append(np.median(windows, axis=0))
    values = np.concatenate(spreads)
    assert 0.6 < np.median(values) < 1.5
    assert 2.0 < np.quantile(values, 0.9) < 5.0
    assert 5.5 < np.quantile(values, 0.99) < 16.0
    assert values.min() > 0.1


def test_nobody_about_is_quieter_than_somebody_who_walks() -> None:
    still, stirred = (TwinScale(RACK, NOISE, seed=3) for _ in range(2))
    for frame in range(1, 241):
        still.sample(frame, _loaded())
        stirred.sample(frame, _loaded(), tread=0.55 if frame % 44 == 1 else 0.0)
    quiet, loud = (_grams(list(scale.read(10**18))).std(axis=0) for scale in (still, stirred))
    assert (loud > quiet).mean() > 0.8
    assert np.median(loud) > 1.5 * np.median(quiet)


def test_noise_is_the_shelfs() -> None:
    grams = _grams(_run(TwinScale(RACK, NOISE, seed=4), 10.0, _loaded()))
    spread = np.diff(grams, axis=0).std(axis=0)
    one, other = np.median(spread[:12]), np.median(spread[12:])
    assert max(one, other) > 1.3 * min(one, other)


def test_empty_plates_read_their_offset() -> None:
    grams = _grams(_run(TwinScale(RACK, NOISE, seed=1), 1.0, np.zeros(COUNT)))
    assert np.abs(grams.mean(axis=0)).max() > 500
    assert grams.std(axis=0).max() < 20


def test_a_pick_shakes_the_rack_and_settles() -> None:
    scale = TwinScale(RACK, NOISE, seed=1)
    before = _grams(_run(scale, 2.0, _loaded()))
    quiet = before[-60:].mean(axis=0)
    taken = _loaded()
    taken[3] -= 620.0
    first = _grams(_run(scale, 1.0, taken, start=121))
    _run(scale, 3.0, taken, start=181)
    last = _grams(_run(scale, 1.0, taken, start=361))
    others = [c for c in range(12) if c != 3]
    swing = np.abs(first[:, others] - quiet[others]).max(axis=0)
    assert 14 < np.median(swing) < 123
    assert np.abs(last[:, others].mean(axis=0) - quiet[others]).max() < 20
    assert last[:, 3].mean() - quiet[3] == pytest.approx(-620, abs=5)


def test_neighbours_share_a_little_of_the_load() -> None:
    scale = TwinScale(RACK, NOISE, seed=1)
    quiet = _grams(_run(scale, 2.0, _loaded()))[-60:].mean(axis=0)
    taken = _loaded()
    taken[3] -= 1500.0
    _run(scale, 4.0, taken, start=121)
    last = _grams(_run(scale, 2.0, taken, start=361)).mean(axis=0)
    assert last[2] - quiet[2] < -2
    assert last[4] - quiet[4] < -2


def test_one_seed_one_signal() -> None:
    runs = [_grams(_run(TwinScale(RACK, NOISE, seed=seed), 1.0, _loaded())) for seed in (5, 5, 6)]
    assert np.array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])


def test_a_stuck_plate_repeats_its_last_value_until_it_is_mended() -> None:
    scale = TwinScale(RACK, NOISE, seed=1, noisy=False)
    _run(scale, 1.0, _loaded())
    assert scale.fault_plate(RACK.plates[3].id, FaultKind.STUCK)
    stuck = _grams(_run(scale, 1.0, np.zeros(COUNT), start=61))
    assert len(set(stuck[:, 3].tolist())) == 1
    assert stuck[0, 3] == pytest.approx(2000, abs=0.25)
    assert scale.fault_plate(RACK.plates[3].id, None)
    assert _grams(_run(scale, 1.0, np.zeros(COUNT), start=121))[-1, 3] == 0


def test_a_dead_plate_reads_nan_and_the_others_go_on() -> None:
    scale = TwinScale(RACK, NOISE, seed=1, noisy=False)
    assert scale.fault_plate(RACK.plates[0].id, FaultKind.OFF)
    grams = _grams(_run(scale, 1.0, _loaded()))
    assert np.isnan(grams[:, 0]).all()
    assert not np.isnan(grams[:, 1:]).any()


def test_a_scale_cannot_have_every_fault() -> None:
    scale = TwinScale(RACK, NOISE, seed=1)
    assert not scale.fault(FaultKind.SLOW)
    assert scale.fault(FaultKind.OFF)
    assert np.isnan(_grams(_run(scale, 1.0, _loaded()))).all()
