"""The weight watcher on the twin's plates, with all their errors: the settings are those of the real log."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.clock import SECOND
from contracts.seeds import stream
from rig.paths import find_store
from stack.weighing.weigh import LoadChange, ShelfWatcher
from twin.plates import TwinScale
from twin.store import Store, load_store

SECONDS, HZ = 50, 60


@pytest.fixture(scope="module")
def store() -> Store:
    return load_store(find_store("nanostore", roots=[Path(__file__).parents[2]]))


@pytest.mark.parametrize("gondola", ["gondola-1", "gondola-4"])
@pytest.mark.parametrize("seed", [21, 22])
def test_every_pick_and_put_is_found_and_nothing_else(store: Store, gondola: str, seed: int) -> None:
    rack, layout = store.layout.gondola[gondola], store.layout
    draws = stream(seed, "weigh-twin", gondola)
    columns = {plate.id: i for i, plate in enumerate(rack.plates)}
    facings = [f for f in layout.planogram if f.plates and f.plates[0] in columns]
    loads = np.full((SECONDS * HZ, len(columns)), 2000.0)
    wanted: list[tuple[float, float]] = []
    for at in np.arange(5.0, SECONDS - 6, 3.5):
        facing = facings[int(draws.integers(len(facings)))]
        delta_g = float(draws.choice([-1, 1])) * layout.product[facing.product].mass_g
        column, step = columns[facing.plates[int(draws.integers(len(facing.plates)))]], round(at * HZ)
        loads[step - 24 : step, column] += 200 * np.sin(np.linspace(0, np.pi, 24))  # the hand
        loads[step:, column] += delta_g
        wanted.append((float(at), delta_g))
    found = watch(store, gondola, seed, loads)
    assert [change.ended_ns / SECOND for change in found] == pytest.approx([at for at, _ in wanted], abs=0.3)
    for change, (_, delta_g) in zip(found, wanted, strict=True):
        assert sum(change.deltas_g) == pytest.approx(delta_g, abs=5 + 0.02 * abs(delta_g))


def watch(store: Store, gondola: str, seed: int, loads: np.ndarray) -> list[LoadChange]:
    """What the watcher finds in the samples of one gondola under given loads."""
    scale = TwinScale(store.layout.gondola[gondola], store.plate_noise, seed)
    watcher, found = ShelfWatcher(store.layout), list[LoadChange]()
    for i, load in enumerate(loads):
        scale.sample(i * SECOND // HZ, load)
        for block in scale.read(2 * SECONDS * SECOND):
            found += watcher.update(block)
    return sorted(found, key=lambda change: change.ended_ns)
