"""Silhouettes carved into space."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from contracts.layout import CameraInfo, Layout
from stack.silhouettes.carve_kernels import carve
from stack.silhouettes.view import SilhouetteView
from stack.tracking.depthview import View
from tests.stack.colourstudio import ColourStudio, corner_shop
from tests.stack.synthdepth import Solid, body

STEP_NS = 100_000_000


@pytest.fixture(scope="module")
def studio() -> ColourStudio:
    return ColourStudio(corner_shop())


def seen(studio: ColourStudio, solids: list[Solid], jpeg: bool = False) -> tuple[SilhouetteView, View]:
    view = SilhouetteView(studio.layout)
    for k in range(4):
        view.look(studio.shoot(k * STEP_NS, jpeg=jpeg))
    last = view.look(studio.shoot(4 * STEP_NS, solids, jpeg=jpeg))
    assert last is not None
    return view, last


@pytest.mark.parametrize("jpeg", [False, True])
def test_a_body_stands_where_it_is_and_is_as_tall(studio: ColourStudio, jpeg: bool) -> None:
    view, last = seen(studio, body(2.0, 1.4, 1.72), jpeg)
    assert last.heights[view.grid.window(2.0, 1.4, 0.1)].max() == pytest.approx(1.72, abs=0.10 if jpeg else 0.06)
    far = last.heights.copy()
    far[view.grid.window(2.0, 1.4, 0.5)] = 0
    assert (far > 1.0).sum() == 0


def test_an_empty_store_has_no_heights(studio: ColourStudio) -> None:
    _, last = seen(studio, [])
    assert not last.heights.any()
    assert len(last.points) == 0


def test_pictures_that_a_lens_bends_are_carved_alike() -> None:
    layout = corner_shop()
    bent = replace(layout, cameras=tuple(map(_bending, layout.cameras)))
    view, last = seen(ColourStudio(bent), body(2.0, 1.4, 1.72))
    assert last.heights[view.grid.window(2.0, 1.4, 0.1)].max() == pytest.approx(1.72, abs=0.06)


def test_blocks_that_are_passed_over_hold_nothing(studio: ColourStudio) -> None:
    view, _ = seen(studio, [*body(1.2, 1.0), *body(2.4, 1.8)])
    carver, where = view.carver, view.carver.places
    occupied, heights = np.zeros_like(carver.occupied), np.zeros_like(carver.heights)
    carve(
        carver.labels, carver.cameras, carver.sizes, where.corner, where.step, where.column, where.first, where.who,
        np.ones(where.shape, np.bool_), occupied, heights,
    )  # fmt: skip
    assert occupied.any()
    assert np.array_equal(occupied, carver.occupied)
    assert np.array_equal(heights, carver.heights)


def test_frames_that_cannot_be_read_say_nothing(studio: ColourStudio) -> None:
    view = SilhouetteView(studio.layout)
    frames = [replace(frame, rgb=None, jpeg=b"no picture") for frame in studio.shoot(0)]
    last = view.look(frames)
    assert last is not None
    assert not last.heights.any()
    assert view.look([]) is None


def _bending(camera: CameraInfo) -> CameraInfo:
    return replace(camera, distorted=True, distortion=(-0.12, 0.01, 0.0, 0.0, 0.0))


def test_of_a_store_without_cameras_nothing_is_seen() -> None:
    layout: Layout = replace(corner_shop(), cameras=())
    assert SilhouetteView(layout).look([]) is None
