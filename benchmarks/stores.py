"""The nanostore to measure in, with more goods if wanted, and shoppers who walk or reach all the time."""

from __future__ import annotations

from dataclasses import replace

from contracts.clock import SECOND
from contracts.layout import Layout
from contracts.seeds import stream
from contracts.steps import Enter, Inspect, ShopperPlan, Step, WalkTo
from rig.paths import find_store
from twin.store import Store, load_store

STEPS = 60


def nanostore(goods: int = 0, rate_hz: float = 0) -> Store:
    """Return the nanostore.

    Args:
        goods: about how many it is stocked with; 0 for its own stock.
        rate_hz: of all cameras; 0 for their own.
    """
    store = load_store(find_store("nanostore"))
    if rate_hz:
        slower = tuple(replace(camera, rate_hz=rate_hz) for camera in store.layout.cameras)
        store = replace(store, layout=replace(store.layout, cameras=slower))
    if not goods:
        return store
    layout = store.layout
    each = goods / sum(facing.stock for facing in layout.planogram)
    planogram = tuple(replace(facing, stock=round(facing.stock * each)) for facing in layout.planogram)
    return replace(store, layout=replace(layout, planogram=planogram))


def walking(layout: Layout, count: int) -> tuple[ShopperPlan, ...]:
    """Return shoppers who walk from rack to rack, and look at a product at every third."""
    return _plans(layout, count, every=3)


def reaching(layout: Layout, count: int) -> tuple[ShopperPlan, ...]:
    """Return shoppers who take up one thing after another, look at it and put it back."""
    return _plans(layout, count, every=1)


def _plans(layout: Layout, count: int, every: int) -> tuple[ShopperPlan, ...]:
    draw = stream(1, "benchmark", "shoppers")
    spots = [(facing.product, facing.shelf) for facing in layout.planogram if facing.stock]
    gate = next(gate.id for gate in layout.gates if gate.entry)
    plans = []
    for n in range(count):
        steps: list[Step] = [Enter(gate=gate)]
        for k in range(STEPS):
            product, shelf = spots[int(draw.integers(len(spots)))]
            look = Inspect(product=product, place=shelf, for_ns=SECOND // 2)
            steps.append(look if k % every == every - 1 else WalkTo(place=shelf))
        plans.append(ShopperPlan(name=f"s{n + 1}", steps=tuple(steps), code=b"%d" % n, arrives_ns=2 * n * SECOND))
    return tuple(plans)
