"""Shops drawn at random are stores that load, each unlike the others."""

from __future__ import annotations

from pathlib import Path

import yaml

from rig.goods.shops import SIZES, shop
from rig.goods.visits import PUTS, TAKES, visit
from twin.store import load_store


def test_a_drawn_shop_is_a_store_with_products_of_its_own(tmp_path: Path) -> None:
    ids: set[str] = set()
    for seed in (1, 2):
        path = tmp_path / f"shop-{seed}.yaml"
        path.write_text(yaml.safe_dump(shop(seed), sort_keys=False))
        layout = load_store(path).layout
        assert len(layout.planogram) == 24
        assert (layout.cameras[0].width, layout.cameras[0].height) == SIZES[seed % 2]
        assert all(camera.depth and camera.colour for camera in layout.cameras)
        ids |= {product.id for product in layout.products}
    assert len(ids) == 48


def test_the_same_seed_draws_the_same_shop() -> None:
    assert shop(5) == shop(5)
    assert shop(5)["products"] != shop(6)["products"]


def test_somebody_takes_much_and_puts_some_back(tmp_path: Path) -> None:
    path = tmp_path / "shop-1.yaml"
    path.write_text(yaml.safe_dump(shop(1), sort_keys=False))
    script = visit(path, 1).shoppers[0].steps
    assert len(script) == 2 + TAKES + PUTS
