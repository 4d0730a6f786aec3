"""A real store's log through the importer and the weight watcher: one pick among 240 plates, and nothing else.

The log is not part of this repository. It is taken from $RIG_AUTOCHECKOUT_CASE, or from ../shared/nanostore/benchmark-1
beside the repository.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from contracts.records import Bodies, Weights
from rig.autocheckout import Case, read_case
from stack.sightings import Reach
from stack.tracking.joints import BodySensor
from stack.weighing.weigh import LoadChange, ShelfWatcher

BESIDE = Path(__file__).parents[2].parent / "shared" / "nanostore" / "benchmark-1"
DIRECTORY = Path(os.environ.get("RIG_AUTOCHECKOUT_CASE", BESIDE))
PICKED = "gondola-1/shelf-5/plate-11"
BOTTLE = "071142008582"

pytestmark = pytest.mark.skipif(
    not DIRECTORY.is_dir(), reason=f"no real log at {DIRECTORY}; set RIG_AUTOCHECKOUT_CASE to a case's directory"
)


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(DIRECTORY)


def changes(case: Case, *, stretch: float = 1.0, louder: float = 1.0) -> list[LoadChange]:
    """What the watcher finds, with time stretched and each sample's distance from the moving median made larger."""
    watcher, found = ShelfWatcher(case.layout), list[LoadChange]()
    blocks = [record for record in case.records() if isinstance(record, Weights)]
    loud = {g.id: _louder([b.grams for b in blocks if b.source == g.id], louder) for g in case.layout.gondolas}
    for block in blocks:
        found += watcher.update(
            Weights(
                t_ns=block.t_ns,
                source=block.source,
                started_ns=round(block.started_ns * stretch),
                period_ns=round(block.period_ns * stretch),
                grams=loud[block.source].pop(0),
            )
        )
    return found


def _louder(blocks: list[np.ndarray], factor: float) -> list[np.ndarray]:
    if factor == 1.0 or not blocks:
        return blocks
    grams = np.concatenate(blocks)
    padded = np.pad(grams, ((15, 15), (0, 0)), mode="edge")
    calm = np.median(np.lib.stride_tricks.sliding_window_view(padded, 31, axis=0), axis=-1)
    return list((calm + factor * (grams - calm)).astype(np.float32).reshape(len(blocks), -1, grams.shape[1]))


def test_the_plates_of_the_store_are_found(case: Case) -> None:
    assert len(case.layout.plate) == 240
    assert len(case.layout.planogram) == 113
    assert case.layout.product[BOTTLE].mass_g == pytest.approx(621.67, abs=0.01)


@pytest.mark.parametrize("stretch", [0.8, 1.0, 1.25])
@pytest.mark.parametrize("louder", [1.0, 3.0])
def test_there_is_one_change_of_load_and_no_other(case: Case, stretch: float, louder: float) -> None:
    (change,) = changes(case, stretch=stretch, louder=louder)
    assert change.plates == (PICKED,)
    assert change.deltas_g[0] == pytest.approx(-622, abs=3)


def test_the_hand_was_there_when_the_bottle_went(case: Case) -> None:
    (change,) = changes(case)
    sensor, reaches = BodySensor(case.layout), list[Reach]()
    for record in case.records():
        if isinstance(record, Bodies):
            reaches += sensor.update(record)[1]
    near = [r for r in reaches if change.started_ns - 5e8 <= r.t_ns <= change.ended_ns + 3e8]
    plate = case.layout.plate[PICKED]
    assert near
    assert {r.gondola for r in reaches} == {"gondola-1"}
    assert all(abs(r.hand[0] - plate.pose.position[0]) < 0.15 for r in near)
    assert all(plate.pose.position[2] - 0.1 < r.hand[2] < plate.pose.position[2] + 0.3 for r in near)
