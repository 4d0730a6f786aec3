"""The graphics processor's pictures against the numba renderer's, within tolerances."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.errors import UsageError
from tests.twin.raster_scenes import looking, shop, stride
from tests.twin.test_raster import CAMERAS, meddle, same
from twin.raster import layered_renderer
from twin.raster.choose import NAMES, renderer
from twin.raster.look import PLAIN, REAL, Look
from twin.scene import Image, Renderer, Scene


@pytest.fixture(scope="module", autouse=True)
def _cache_of_this_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RIG_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def gl(look: Look) -> Renderer:
    from twin.gl.renderer import GlRenderer

    try:
        return GlRenderer(look)
    except UsageError as error:
        pytest.skip(str(error))


def differing(a: Image, b: Image) -> float:
    return float((a.ids != b.ids).mean())


@pytest.mark.parametrize("look", [PLAIN, REAL], ids=["plain", "real"])
def test_ids_depth_and_colour_agree_with_numba(look: Look) -> None:
    scene, ours, theirs = shop(), layered_renderer(1, look), gl(look)
    cameras = [*CAMERAS, looking((1.5, -1.0, 2.2), (0, 1.8, 0.7), name="c4", width=640, height=480, focal=420)]
    for tick in range(6):
        stride(scene, tick)
        meddle(scene, tick)
        wrong = []
        pairs = zip(ours.render(scene, cameras), theirs.render(scene, cameras), cameras, strict=True)
        for mine, their, camera in pairs:
            assert mine.rgb.shape == their.rgb.shape
            wrong.append((differing(mine, their), mine.ids.size))
            both = (mine.ids == their.ids) & (mine.ids >= 0)
            assert both.mean() > 0.3
            assert np.percentile(np.abs(mine.depth_m[both] - their.depth_m[both]), 99.9) < 1e-3
            assert np.array_equal(np.isinf(their.depth_m), their.ids < 0)
            if camera.colour:
                # Texels are filtered another way: over a few pixels the colours are the same.
                a, b = (cv2.blur(image.rgb, (7, 7)).astype(int)[both] for image in (mine, their))
                assert np.abs(a - b).mean() < 3.0
                assert abs((a - b).mean()) < 0.7
            else:
                assert their.rgb.std() == 0
        share = sum(w * n for w, n in wrong) / sum(n for _, n in wrong)
        assert share <= 0.001, f"tick {tick}: {share:.4%} of the pixels have another id"


def test_a_frame_equals_one_drawn_from_scratch() -> None:
    scene, theirs = shop(), gl(REAL)
    for tick in range(4):
        stride(scene, tick)
        meddle(scene, tick)
        images = theirs.render(scene, CAMERAS)
        for camera, image in zip(CAMERAS, images, strict=True):
            assert same(image, theirs.full(scene, camera))


def test_textures_and_instances_that_come_later_are_drawn() -> None:
    scene, theirs = shop(bodies=0), gl(PLAIN)
    theirs.render(scene, CAMERAS[:1])
    other = scene.add_texture(np.full((128, 128, 3), (250, 10, 10), np.uint8))
    scene.add(0, other, scene.pose[5] @ np.diag([4.0, 4.0, 4.0, 1.0]).astype(np.float32), object_id=300)
    (image,) = theirs.render(scene, CAMERAS[:1])
    assert (image.ids == 300).sum() > 50
    assert image.rgb[image.ids == 300].mean(axis=0).argmax() == 0


def test_an_empty_scene_is_grey() -> None:
    (image,) = gl(PLAIN).render(Scene(), CAMERAS[:1])
    assert (image.ids == -1).all()
    assert np.isinf(image.depth_m).all()
    assert image.rgb.std() == 0


def test_its_name_tells_the_processor() -> None:
    assert gl(REAL).name.startswith("gl on ")


def test_without_moderngl_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "moderngl", None)
    with pytest.raises(UsageError, match=r"(?s)needs moderngl.*walkout-rig\[gl\]"):
        renderer("gl")


def test_renderers_have_names() -> None:
    assert [renderer(name).name for name in NAMES if name != "gl"] == ["raster, baked light, smooth edges", "raster"]
    with pytest.raises(UsageError, match=r"(?s)no such renderer.*numba, plain, gl.*found: cuda"):
        renderer("cuda")


def test_cold_imports_bring_no_graphics() -> None:
    import subprocess

    code = "import sys, twin.raster.choose, twin.cameras; print('moderngl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert Path("twin/gl").is_dir()
