"""What the shopper of a shop drawn at random does: take many things, put some back, leave."""

from __future__ import annotations

from pathlib import Path

from contracts.seeds import stream
from rig.goods.shops import FACINGS, SHELVES
from rig.scenario.build import scenario, shopper
from rig.scenario.model import Scenario

TAKES, PUTS = 14, 5


def visit(store: Path, seed: int) -> Scenario:
    """Return a visit to a shop.

    Args:
        store: its file.
        seed: the shop's.
    """
    draw = stream(seed, "goods", "visit")
    count = 2 * len(SHELVES) * len(FACINGS)
    wanted = [f"product-{seed}-{int(n) + 1}" for n in draw.permutation(count)[:TAKES]]
    somebody = shopper("ana", height=round(float(draw.uniform(1.58, 1.9)), 2)).enter("qr")
    for product in wanted:
        somebody = somebody.take(product)
    for product in wanted[:PUTS]:
        somebody = somebody.put_back(product)
    return scenario(f"goods-{seed}", "Many things are taken.", str(store), somebody.leave(), seed=seed, limit="600 s")
