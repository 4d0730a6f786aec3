"""The parts of a plate's errors: what rings, what stays, what the limits of a cell allow, what a file may say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import BadFile
from contracts.geometry import Floats, Pose
from contracts.layout import Gondola
from contracts.seeds import stream
from rig.paths import find_store
from tests.twin.smallstore import gondola
from twin.plate_cells import Cells
from twin.plate_noise import PlateErrors
from twin.plate_rack import Rack, draw_levels
from twin.plate_still import StillNoise
from twin.stage import Segment
from twin.store import load_store
from twin.store_noise import PlateNoise, RackNoise
from twin.tread import Tread

RACK = gondola(plates=12)
COUNT, HZ, BLOCK = len(RACK.plates), 60, 12
NOISE = PlateNoise()
C3_G = 2.3
"""OIML R 60-1:2021: the maximum permissible error of a 20 kg C3 cell up to 3.3 kg."""


def cells(seed: int = 1, rack: Gondola = RACK, **said: object) -> Cells:
    return Cells(rack, NOISE.model_copy(update=said), stream(seed, "cells"))


def hold(cell: Cells, load: Floats, seconds: float) -> Floats:
    """Let cells feel a load for a while; what they give at the end, less nothing."""
    felt = load
    for _ in range(round(seconds * HZ / BLOCK)):
        felt = cell.feel(np.tile(load, (BLOCK, 1)), moved=True)[-1]
    return felt


def errors_of(load_g: float, seed: int) -> Floats:
    """What cells give for a load put on all plates at once, less the load and their zero."""
    cell = cells(seed, neighbour_share=(0.0, 0.0))
    zero = hold(cell, np.zeros(COUNT), 1)
    return hold(cell, np.full(COUNT, load_g), 1) - zero - load_g


@pytest.mark.parametrize("load_g", [300.0, 1500.0, 3300.0])
def test_cells_keep_within_class_c3(load_g: float) -> None:
    worst = max(float(np.abs(errors_of(load_g, seed)).max()) for seed in range(10))
    assert 0.05 < worst < C3_G


def test_creep_in_half_an_hour_keeps_within_class_c3() -> None:
    cell = cells(neighbour_share=(0.0, 0.0), zero_g_per_deg=0.0)
    hold(cell, np.zeros(COUNT), 1)
    load = np.full(COUNT, 19_000.0)
    at_once = hold(cell, load, 1)
    crept = np.abs(hold(cell, load, 1800) - at_once)
    assert 1.0 < crept.max() < 4.9


def test_a_load_taken_off_leaves_hysteresis_within_class_c3() -> None:
    cell = cells(neighbour_share=(0.0, 0.0), creep_share=0.0, zero_g_per_deg=0.0)
    zero = hold(cell, np.zeros(COUNT), 1)
    hold(cell, np.full(COUNT, 3000.0), 1)
    left = np.abs(hold(cell, np.zeros(COUNT), 1) - zero)
    assert 0.05 < left.max() < C3_G


def test_a_cell_gives_no_more_than_its_capacity() -> None:
    cell = cells()
    zero = hold(cell, np.zeros(COUNT), 0.2)
    assert (hold(cell, np.full(COUNT, 25_000.0), 0.2) - zero).max() <= 20_000 + 5


def swings(treads: Floats, changes: Floats, seed: int = 2) -> Floats:
    rack = Rack(draw_levels(RACK, NOISE, seed), NOISE, HZ, stream(seed, "rack"))
    found = [rack.swing(changes[i : i + BLOCK], treads[i : i + BLOCK]) for i in range(0, len(treads), BLOCK)]
    return np.concatenate([np.zeros((BLOCK, COUNT)) if swing is None else swing for swing in found])


def test_a_footfall_rings_down_and_is_over() -> None:
    treads = np.zeros(HZ * 8)
    treads[HZ] = 0.55
    swing = np.abs(swings(treads, np.zeros((len(treads), COUNT)))).max(axis=1)
    assert swing[:HZ].max() == 0
    peak = int(swing.argmax())
    assert HZ < peak < 1.5 * HZ
    assert swing[peak + HZ : peak + 2 * HZ].max() < 0.2 * swing[peak]
    assert swing[-HZ:].max() == 0


def test_a_pick_swings_its_shelf_and_hardly_the_others() -> None:
    changes = np.zeros((HZ * 2, COUNT))
    changes[20:24, 3] = -155.0
    peaks = np.array([np.abs(swings(np.zeros(len(changes)), changes, seed)).max(axis=0) for seed in range(20)])
    same, other = peaks[:, [c for c in range(12) if c != 3]], peaks[:, 12:]
    # The real pick: 8 to 44 g, median 18 g, and nothing over the noise elsewhere.
    assert 9 < np.median(same) < 36
    assert np.quantile(same, 0.95) < 90
    assert np.median(other) < 3
    assert peaks[:, 3].max() == 0


def test_still_noise_has_the_size_it_was_given_and_is_coloured() -> None:
    correlations: list[float] = []
    for seed in range(8):
        levels = draw_levels(RACK, NOISE, seed)
        still = StillNoise(levels, NOISE.model_copy(update={"drift_g_per_root_s": 0.0}), HZ, stream(seed, "still"))
        noise, fresh = still.take(HZ * 40)
        assert noise.std(axis=0) == pytest.approx(levels.still_g, rel=0.3)
        assert fresh.mean() == pytest.approx(1 - NOISE.repeats, abs=0.02)
        correlations += [float(np.corrcoef(column[1:], column[:-1])[0, 1]) for column in noise.T]
    # The real log, footsteps included: -0.42 to +0.64.
    assert np.quantile(correlations, 0.95) > 0.3
    assert np.quantile(correlations, 0.05) < -0.1


def test_noise_does_not_depend_on_how_it_is_asked_for() -> None:
    loads, treads = np.full((48, COUNT), 500.0), np.zeros(48)
    loads[20:, 3], treads[15] = 200.0, 0.5
    at_once = PlateErrors(RACK, NOISE, 3, noisy=True).readings(loads, treads)
    errors = PlateErrors(RACK, NOISE, 3, noisy=True)
    assert errors.readings(loads[:24], treads[:24]) == pytest.approx(at_once[:24], abs=0.05)


def test_a_measured_rack_is_as_loud_as_measured() -> None:
    known = RackNoise(hz=9.0, still_g=(0.5, 4.0), tread_g=(1.0, 8.0))
    noise = NOISE.model_copy(update={"racks": {RACK.id: known}, "plate_spread": 0.0})
    levels = draw_levels(RACK, noise, 1)
    assert levels.still_g.tolist() == [0.5] * 12 + [4.0] * 12
    assert levels.tread_g.tolist() == [1.0] * 12 + [8.0] * 12
    assert levels.hz == 9.0


def walk(tread: Tread, metres: list[float]) -> list[dict[str, float]]:
    tread.came(
        "ana",
        [Segment("head", "ellipsoid", (0.1, 0.1, 0.1), (0, 0, 0)), Segment("pelvis", "box", (1, 1, 1), (0, 0, 0))],
    )
    felt = []
    for x in metres:
        tread.moved("ana", (Pose((99.0, x, 1.7)), Pose((x, 0.0, 1.0))))
        felt.append(tread.strengths({"near": (0.0, 0.5, 0.0), "far": (6.0, 0.0, 0.0)}))
    return felt


def test_who_walks_sets_feet_down_and_near_racks_feel_it_most() -> None:
    felt = walk(Tread(0.5, 2.5), [i * 0.02 for i in range(80)])
    falls = [strengths for strengths in felt if strengths]
    assert len(falls) == 3
    assert all(fall["near"] > 2 * fall["far"] > 0 for fall in falls)


def test_who_stands_shakes_nothing_and_who_stops_sets_the_other_foot_down() -> None:
    assert not any(walk(Tread(0.5, 2.5), [1.0] * 50))
    felt = [strengths for strengths in walk(Tread(0.5, 2.5), [0.0, 0.1, 0.2, 0.2, 0.2]) if strengths]
    assert len(felt) == 1
    assert felt[0]["near"] < 0.5


def test_noise_none_makes_a_store_perfect(tmp_path: Path) -> None:
    text = find_store("corner-shop").read_text(encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(f"{text}\nnoise: none\n", encoding="utf-8")
    assert load_store(tmp_path / "shop.yaml").perfect
    assert not load_store(find_store("corner-shop")).perfect


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("noise: nome", "noise is `none`"),
        ("noise: {plates: {reslution_g: 1}}", "resolution_g"),
        ("noise: {plates: {racks: {gondola-9: {hz: 8, still_g: [1], tread_g: [1]}}}}", "no such gondola"),
        ("noise: {plates: {racks: {gondola-1: {hz: 8, still_g: [1], tread_g: [1]}}}}", "noise of other shelves"),
        ("noise: {plates: {racks: {gondola-1: {hz: 8, still_g: [1], tread_g: [1, 2]}}}}", "one number a shelf"),
    ],
)
def test_a_wrong_noise_section_is_told(tmp_path: Path, section: str, says: str) -> None:
    text = find_store("corner-shop").read_text(encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(f"{text}\n{section}\n", encoding="utf-8")
    with pytest.raises(BadFile, match=says):
        load_store(tmp_path / "shop.yaml")
