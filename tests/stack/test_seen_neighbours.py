"""A rack that cameras watch, with another right beside it: each tells of its own goods, and of no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.geometry import Pose
from contracts.layout import Gondola, Layout, Plate, Shelf, shelf_of
from stack.seen.change import SeenChange
from stack.seen.watch import ShelfView
from tests.stack.seenshop import BOARD, BOARDS, LOWER, RACK, TEA, TICK_NS, UPPER, Item, bare_shop, frame, goods, without

NEXT = "gondola-2"
EDGE_M = 0.6
"""Where the first rack ends and the next begins."""
THEIRS, OURS = Item(TEA, UPPER, EDGE_M + 0.005), Item(TEA, UPPER, EDGE_M - 0.085)


def beside(*, weighs: bool, depth: bool = True) -> Layout:
    """Return the bare store with a rack right beside the first, on its right."""
    alone = bare_shop(depth=depth)
    middle = 2 * EDGE_M
    shelves = []
    for number, z in enumerate(BOARDS, 1):
        pose, name = Pose((middle, 0.2, z)), f"{NEXT}/shelf-{number}"
        plates = (Plate(f"{name}/plate-1", pose, 1.2, 0.4),) if weighs else ()
        shelves.append(Shelf(name, pose, 1.2, 0.4, 0.4, plates))
    rack = Gondola(NEXT, Pose((middle, 0.0, 0.0)), 1.2, 0.42, 1.6, tuple(shelves))
    return replace(alone, gondolas=(*alone.gondolas, rack))


def taken(layout: Layout, item: Item) -> list[SeenChange]:
    """Return what is told when a package at the racks' common end is taken."""
    boards = [Item(BOARD, shelf, EDGE_M, 0.0) for shelf in (LOWER, UPPER)]
    before = [*without(goods(layout), 11), *boards, THEIRS, OURS]
    after = [one for one in before if one is not item]
    view = ShelfView(layout)
    told: list[SeenChange] = []
    for tick in range(1, 71):
        made = [frame(camera, before if tick <= 30 else after, tick * TICK_NS) for camera in layout.cameras]
        for one in made:
            view.keep(one)
        told += view.update(made, [], [], tick * TICK_NS)
    return told


@pytest.mark.parametrize("depth", [True, False], ids=["depth", "colour"])
def test_what_goes_from_the_end_of_a_rack_that_weighs_is_no_news_of_the_watched_one_beside_it(depth: bool) -> None:
    assert taken(beside(weighs=True, depth=depth), THEIRS) == []


@pytest.mark.parametrize("weighs", [True, False], ids=["weighs", "watched"])
def test_what_goes_from_the_end_of_a_watched_rack_is_told_once_with_another_beside_it(weighs: bool) -> None:
    (told,) = taken(beside(weighs=weighs), OURS)
    assert shelf_of(told.plates[0]).startswith(RACK)
    assert told.width_m == pytest.approx(0.08, abs=0.02)


@pytest.mark.parametrize("order", [1, -1], ids=["surveyed-left-first", "surveyed-right-first"])
def test_of_two_watched_racks_the_one_in_which_it_stood_tells(order: int) -> None:
    layout = beside(weighs=False)
    (told,) = taken(replace(layout, gondolas=layout.gondolas[::order]), THEIRS)
    assert shelf_of(told.plates[0]).startswith(NEXT)
    assert told.width_m == pytest.approx(0.08, abs=0.02)
