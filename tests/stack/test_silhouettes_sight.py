"""What cameras see past boards and walls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from contracts.geometry import Pose
from contracts.layout import Layout, Wall
from stack.silhouettes.blockers import Box, packed
from stack.silhouettes.picture import small
from stack.silhouettes.sight import Places, look_out, places, where_people_are
from stack.silhouettes.sight_kernels import entered
from stack.tracking.heightmap import Grid
from tests.stack.colourstudio import corner_shop, looking


def seen(layout: Layout) -> tuple[Grid, Places]:
    grid = Grid.over(layout.bounds_m)
    infos = [small(camera)[0] for camera in layout.cameras]
    where = places(grid, where_people_are(grid, layout), infos, [look_out(layout, info) for info in infos])
    return grid, where


def views(grid: Grid, where: Places, x: float, y: float, z: float) -> int:
    i, j = grid.cell(x, y)
    return int(where.views()[i, j, round((z - where.corner[2]) / where.step[2])])


@pytest.mark.parametrize(
    ("way", "expected"), [((1, 0, 0), 1.0), ((2, 0, 0), 0.5), ((-1, 0, 0), np.inf), ((1, 2, 0), np.inf)]
)
def test_a_ray_enters_a_box_or_passes_it_by(way: tuple[float, float, float], expected: float) -> None:
    box = packed([Box(Pose.at(2.0, 0.0, yaw=np.pi / 2), (-1, -1, -1), (1, 1, 1))])[0]
    assert entered(np.zeros(3), np.array(way, float), box) == pytest.approx(expected)


def test_the_middle_of_the_store_is_seen_by_all_cameras() -> None:
    grid, where = seen(corner_shop())
    assert views(grid, where, 2.0, 1.5, 1.2) == 6


def test_a_wall_hides_what_is_behind_it() -> None:
    layout = corner_shop()
    grid, where = seen(replace(layout, walls=(Wall((1.0, -0.5), (1.0, 3.5), 2.5),)))
    assert views(grid, where, 2.0, 1.5, 0.5) < views(*seen(layout), 2.0, 1.5, 0.5)


def test_boards_hide_what_is_under_them_from_above() -> None:
    layout = replace(corner_shop(), cameras=(looking("c0", (2.0, 1.4, 3.0), (2.0, 2.6, 0.5)),))
    grid, where = seen(layout)
    assert views(grid, where, 2.0, 2.70, 1.28) == 1
    assert views(grid, where, 2.0, 2.80, 0.72) == 0


def test_places_where_nobody_can_be_are_left_out() -> None:
    grid, where = seen(corner_shop())
    assert where.column[grid.cell(4.4, 3.4)] == -1
    assert where.column[grid.cell(2.0, 2.7)] >= 0
