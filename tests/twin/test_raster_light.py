"""Soft light: it shapes colours alone, comes by one way whatever the route, and is kept on disk without harm."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.twin.raster_scenes import box, looking, pose, shop, stride
from tests.twin.test_raster import CAMERAS, digest, meddle, same
from twin.raster import layered_renderer
from twin.raster.light import cache
from twin.raster.light.bake import Bake
from twin.raster.light.charts import charts_of, flat_sides
from twin.raster.light.shine import EXPOSURE, shine
from twin.raster.look import PLAIN, REAL, Light, Look
from twin.raster.view import View
from twin.scene import Image, Scene

BAKED = Look(Light.BAKED)


@pytest.fixture(scope="module", autouse=True)
def _cache_of_this_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RIG_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RIG_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("look", [BAKED, REAL, Look(smooth=True)], ids=["baked", "real", "smooth"])
def test_layers_equal_a_full_picture_bit_for_bit(look: Look) -> None:
    scene, renderer = shop(), layered_renderer(2, look)
    for tick in range(40):
        stride(scene, tick)
        meddle(scene, tick)
        cameras = CAMERAS if tick % 7 == 0 else CAMERAS[:2]
        for camera, image in zip(cameras, renderer.render(scene, cameras), strict=True):
            assert same(image, renderer.full(scene, camera)), f"tick {tick}, camera {camera.id}"


def test_depth_and_ids_are_the_same_with_any_look() -> None:
    scene = shop()
    stride(scene, 3)
    plain, real = (layered_renderer(1, look).render(scene, CAMERAS) for look in (PLAIN, REAL))
    for a, b in zip(plain, real, strict=True):
        assert np.array_equal(a.depth_m, b.depth_m)
        assert np.array_equal(a.ids, b.ids)
    assert not np.array_equal(plain[0].rgb, real[0].rgb)


def test_a_thing_taken_and_put_back_leaves_the_picture_as_it_was() -> None:
    scene, renderer = shop(bodies=0), layered_renderer(1, REAL)
    before = digest(renderer.render(scene, CAMERAS))
    scene.show(5, visible=False)
    taken = digest(renderer.render(scene, CAMERAS))
    scene.show(5, visible=True)
    assert digest(renderer.render(scene, CAMERAS)) == before != taken


def test_threads_and_a_second_start_from_the_cache_give_the_same_bytes(own_cache: Path) -> None:
    def run(threads: int) -> list[str]:
        scene, renderer = shop(), layered_renderer(threads, REAL)
        seen = []
        for tick in range(6):
            stride(scene, tick)
            meddle(scene, tick)
            seen.append(digest(renderer.render(scene, CAMERAS)))
        return seen

    cold = run(1)
    assert list(own_cache.glob("light-*.npz"))
    assert run(1) == run(3) == cold


def test_a_fixed_thing_that_comes_later_throws_its_shadow_too() -> None:
    scene, renderer = shop(), layered_renderer(1, REAL)
    before = renderer.render(scene, CAMERAS)[0].rgb.copy()
    scene.add(0, 1, pose(0, 0.5, 0.4, scale=(3, 1, 0.05)), object_id=900, fixed=True)
    (image,) = renderer.render(scene, CAMERAS[:1])
    assert same(image, renderer.full(scene, CAMERAS[0]))
    ground = image.ids == 0
    assert image.rgb[ground].mean() < 0.97 * before[ground].mean()


# --- light ---------------------------------------------------------------------------------------


def room(board_at: float | None) -> Scene:
    """A white floor of 8 x 8 m, and over its middle a board of 1.6 m."""
    scene = Scene()
    cube, white = scene.add_mesh(box()), scene.add_texture(np.full((4, 4, 3), 255, np.uint8))
    scene.add(cube, white, pose(0, 0, -0.05, scale=(8, 8, 0.1)), object_id=0, fixed=True)
    scene.add(cube, white, pose(3.9, 0, 1.25, scale=(0.1, 8, 2.5)), object_id=1, fixed=True)
    if board_at is not None:
        scene.add(cube, white, pose(0, 0, board_at, scale=(1.6, 1.6, 0.04)), object_id=2, fixed=True)
    return scene


OVER = looking((0, -2.2, 0.9), (0, 0, 0), name="over", depth=False)


def seen(scene: Scene, look: Look = BAKED) -> Image:
    return layered_renderer(1, look).render(scene, [OVER])[0]


def at(image: Image, x: float, y: float, z: float = 0.0) -> int:
    """Return how bright a point of the world is in the picture of OVER."""
    px, py, pz = OVER.pose.unapply((x, y, z)).tolist()
    return int(image.rgb[int(OVER.cy + OVER.fy * py / pz), int(OVER.cx + OVER.fx * px / pz), 0])


def test_an_open_floor_is_as_bright_as_set() -> None:
    assert at(seen(room(None)), 0, 0) == pytest.approx(255 * EXPOSURE, rel=0.08)


def ground(scene: Scene, *ys: float) -> list[float]:
    """Return the light on the floor at x = 0 and some y."""
    bake, out = Bake(scene), np.zeros(len(ys), np.float32)
    points, up = np.array([(0.0, y, 0.0) for y in ys]), np.tile((0.0, 0.0, 1.0), (len(ys), 1))
    shine(points, up, 0, False, bake.lamps, bake.blockers, out)
    return [float(v) for v in out]


def test_a_board_darkens_the_floor_below_the_more_the_lower_it_hangs() -> None:
    (free,), (high,), (low,) = (ground(room(z), 0.0) for z in (None, 0.5, 0.15))
    assert free > 1.3 * high > 1.3 * 1.2 * low
    assert low > 0.1


def test_the_floor_darkens_towards_the_middle_of_a_shadow_step_by_step() -> None:
    lit = ground(room(0.4), -1.6, -1.2, -0.9, -0.7, -0.4)
    assert lit == sorted(lit, reverse=True)
    assert lit[0] > 1.5 * lit[-1]


def test_the_picture_shows_the_light_of_the_floor() -> None:
    image = seen(room(0.4))
    for y in (-1.3, -1.1, -0.95):
        assert at(image, 0, y) == pytest.approx(255 * ground(room(0.4), y)[0], rel=0.1)


def test_flat_sides_of_a_box_are_six_and_lie_side_by_side_in_the_atlas() -> None:
    assert [len(side) for side in flat_sides(box())] == [4] * 6
    charts = charts_of(room(0.4))
    taken = np.zeros((2000, 1024), int)
    for chart in charts:
        (x, y), (columns, rows) = chart.at, chart.texels
        taken[y : y + rows, x : x + columns] += 1
    assert len(charts) == 18
    assert taken.max() == 1


def test_equal_things_at_equal_places_have_equal_light_whatever_stands_around() -> None:
    def light(others: int) -> np.ndarray:
        scene = room(0.5)
        for n in range(others):
            scene.add(0, 0, pose(1 + 0.2 * n, 0, 0.1, scale=(0.1, 0.1, 0.2)), object_id=50 + n)
        handle = scene.add(0, 0, pose(0.2, 0.3, 0.1, 0.3, (0.1, 0.1, 0.2)), object_id=9)
        return Bake(scene).on(np.array([handle]))[0]

    assert np.array_equal(light(0), light(50))
    assert np.ptp(light(0)) > 0.05


# --- contact -------------------------------------------------------------------------------------


def hovering(height: float) -> Scene:
    scene = room(None)
    scene.add(0, 0, pose(0, 0, height + 0.05, scale=(0.2, 0.2, 0.1)), object_id=8, moving=True)
    return scene


def test_what_moves_darkens_the_floor_close_below_it_and_only_there() -> None:
    bare = seen(room(None))
    beside, away = (0.0, -0.13), (0.9, -0.3)
    dark = [at(seen(hovering(z)), *beside) for z in (0.001, 0.1, 0.25, 0.5)]
    assert dark == sorted(dark)
    assert dark[0] < 0.8 * at(bare, *beside)
    assert dark[-1] == at(bare, *beside)
    assert at(seen(hovering(0.001)), *away) == at(bare, *away)


def test_plain_light_knows_no_shadow() -> None:
    assert at(seen(hovering(0.001), PLAIN), 0, -0.13) == at(seen(room(None), PLAIN), 0, -0.13)


def test_a_body_is_darker_under_a_board_than_in_the_open() -> None:
    def body(x: float) -> float:
        scene = room(0.75)
        scene.add(0, 0, pose(x, -0.3, 0.55, scale=(0.2, 0.2, 0.2)), object_id=8, moving=True)
        image = seen(scene)
        return float(image.rgb[image.ids == 8].mean())

    assert body(0.0) < 0.95 * body(-1.3)


# --- edges ---------------------------------------------------------------------------------------


def test_smooth_edges_lie_between_what_meets_there() -> None:
    scene = Scene()
    white = scene.add_texture(np.full((4, 4, 3), 255, np.uint8))
    scene.add(scene.add_mesh(box()), white, pose(0, 0, 0, 0.3), object_id=1)
    camera = looking((0, 0, 4), (0, 0, 0))
    hard, smooth = (layered_renderer(1, look).render(scene, [camera])[0] for look in (PLAIN, Look(smooth=True)))
    levels = set(np.unique(hard.rgb).tolist())
    between = [v for v in np.unique(smooth.rgb).tolist() if v not in levels]
    assert len(levels) == 2
    assert 2 <= len(between) <= 3
    assert all(min(levels) < v < max(levels) for v in between)
    changed = (hard.rgb != smooth.rgb).any(axis=-1)
    assert 0 < changed.mean() < 0.05


# --- the cache -----------------------------------------------------------------------------------


def picture() -> str:
    return digest(layered_renderer(1, REAL).render(shop(), CAMERAS[:1]))


@pytest.mark.parametrize("damage", [b"", b"not an archive", None], ids=["empty", "garbage", "cut"])
def test_a_damaged_file_is_as_good_as_none(own_cache: Path, damage: bytes | None) -> None:
    fresh = picture()
    for file in sorted(own_cache.glob("*.npz")):
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert picture() == fresh
    for file in own_cache.glob("*.npz"):
        np.load(file).close()


def test_a_folder_that_cannot_be_written_costs_only_time(
    own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = picture()
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("RIG_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert picture() == fresh


def test_a_warm_start_computes_nothing(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = picture()
    monkeypatch.setattr(Bake, "_compute", lambda self: pytest.fail("computed again"))
    monkeypatch.setattr(View, "_drawn", lambda self, *_: pytest.fail("drawn again"))
    assert picture() == fresh


def test_processes_that_start_together_agree(own_cache: Path) -> None:
    code = "from tests.twin.test_raster_light import picture; print(picture())"
    runs = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ))
        for _ in range(2)
    ]
    said = {run.communicate()[0].strip() for run in runs}
    assert said == {picture()}


def test_old_files_go_when_there_are_many(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 3500)
    for n in range(6):
        cache.kept(f"n{n}", lambda: {"a": np.zeros(100)})
    assert len(list(own_cache.glob("*.npz"))) == 3
