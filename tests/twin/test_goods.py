"""Stocking, masses, footprints, and room on a shelf."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from contracts.geometry import Pose
from contracts.layout import Layout
from tests.twin.smallstore import PRODUCTS, facing, small_store
from twin.goods import Goods, plates_under, shelf_below
from twin.spots import free_spot

WATER = PRODUCTS[0]


def _stocked(stock: int) -> tuple[Layout, Goods]:
    layout = small_store().layout
    layout = replace(layout, planogram=(facing(layout.gondolas[0], "water", 1, 1, stock),))
    return layout, Goods(layout, seed=1)


def test_stock_fills_from_the_front_and_stands_on_the_plates() -> None:
    layout, goods = _stocked(3)
    shelf = layout.gondolas[0].shelves[0]
    local = [shelf.pose.unapply(item.pose.position) for item in goods.items.values()]
    assert [round(float(p[1]), 4) for p in local] == sorted(round(float(p[1]), 4) for p in local)
    assert all(p[2] == pytest.approx(WATER.size_m[2] / 2) for p in local)
    assert list(goods.items) == ["water#1", "water#2", "water#3"]


def test_masses_spread_as_the_catalogue_says_and_are_the_items_own() -> None:
    layout, goods = _stocked(5)
    _, fewer = _stocked(2)
    masses = [item.mass_g for item in goods.items.values()]
    assert len(set(masses)) == 5
    assert np.abs(np.array(masses) - WATER.mass_g).max() < 5 * WATER.mass_sd_g
    assert fewer.items["water#2"].mass_g == goods.items["water#2"].mass_g
    assert Goods(layout, seed=2).items["water#1"].mass_g != goods.items["water#1"].mass_g


def test_no_more_is_stocked_than_there_is_room_for() -> None:
    _, goods = _stocked(50)
    assert len(goods.items) == 5


@pytest.mark.parametrize(("x", "plates"), [(0.0, ("2", "3")), (0.06, ("3",)), (-0.06, ("2",)), (0.028, ("2", "3"))])
def test_footprints_cover_one_plate_or_two(x: float, plates: tuple[str, ...]) -> None:
    shelf = small_store().layout.gondolas[0].shelves[0]
    under = plates_under(shelf, shelf.pose.then(Pose((x, 0.0, 0.1))), WATER.size_m)
    assert tuple(plate.rpartition("-")[2] for plate in under) == plates


@pytest.mark.parametrize(
    ("point", "place"),
    [
        ((0.0, 1.2, 0.61), "gondola-1/shelf-1"),
        ((0.0, 1.2, 1.15), "gondola-1/shelf-2"),
        ((0.0, 1.2, 0.2), "floor"),
        ((0.0, 0.8, 0.61), "floor"),
    ],
)
def test_a_place_is_the_shelf_below_it_or_the_floor(point: tuple[float, float, float], place: str) -> None:
    assert shelf_below(small_store().layout.gondolas[0].shelves, Pose(point)) == place


def test_a_full_plate_has_no_room_but_the_shelf_has() -> None:
    layout, goods = _stocked(5)
    assert free_spot(layout, goods, WATER, "gondola-1/shelf-1/plate-1") is None
    spot = free_spot(layout, goods, WATER, "gondola-1/shelf-1")
    assert spot is not None
    assert shelf_below(layout.gondolas[0].shelves, spot) == "gondola-1/shelf-1"


def test_what_is_too_tall_fits_nowhere() -> None:
    layout, goods = _stocked(1)
    assert free_spot(layout, goods, replace(WATER, size_m=(0.06, 0.06, 0.6)), "gondola-1/shelf-2") is None


def test_spots_taken_in_turn_never_overlap() -> None:
    layout, goods = _stocked(2)
    shelf = layout.gondolas[0].shelves[1]
    rows: list[tuple[float, float]] = []
    for number in range(6):
        spot = free_spot(layout, goods, WATER, shelf.id)
        assert spot is not None
        x, y, _ = shelf.pose.unapply(spot.position).tolist()
        assert all(max(abs(x - a), abs(y - b)) >= WATER.size_m[0] + 0.002 for a, b in rows)
        rows.append((x, y))
        copy = replace(goods.items["water#1"], item=f"water#{90 + number}", pose=spot, shelf=shelf.id)
        goods.items[copy.item] = copy
    assert rows[0][1] == pytest.approx(-shelf.depth_m / 2 + WATER.size_m[1] / 2, abs=0.01)
