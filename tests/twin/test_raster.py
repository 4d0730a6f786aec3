"""The rasteriser: right by geometry, equal to itself by every route."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from contracts.layout import CameraInfo
from contracts.seeds import stream
from tests.twin.raster_scenes import box, capsule, checks, looking, mesh, pose, shop, stride
from twin.raster import layered_renderer
from twin.raster.boxes import fuse
from twin.raster.look import PLAIN, REAL, Look
from twin.raster.pack import halved
from twin.scene import Image, Scene

CAMERAS = (
    looking((1.2, -2.5, 2.4), (0, 1.5, 0.6), name="c1"),
    looking((0, 1, 3), (0, 1.01, 0), name="c2", colour=False),
    looking((-0.9, 0.2, 1.2), (0.3, 2, 0.8), name="c3", width=96, height=128),
)


def same(a: Image, b: Image) -> bool:
    return all(np.array_equal(x, y) for x, y in ((a.rgb, b.rgb), (a.depth_m, b.depth_m), (a.ids, b.ids)))


def digest(images: Sequence[Image]) -> str:
    parts = (array.tobytes() for image in images for array in (image.rgb, image.depth_m, image.ids))
    return hashlib.sha256(b"".join(parts)).hexdigest()


def meddle(scene: Scene, tick: int) -> None:
    """Take goods, put them elsewhere, carry them, set them down again."""
    draw = stream(5, "meddle", str(tick))
    goods = [n for n in range(len(scene)) if 2 <= scene.object_of[n] < 46 and scene.mesh_of[n] != 2]
    handle = int(draw.choice(goods))
    where = pose(*draw.uniform((-1.5, 0.5, 0.1), (1.5, 2, 1.8)).tolist(), float(draw.uniform(0, 6)), (0.1, 0.08, 0.22))
    what = int(draw.integers(6))
    if what == 0:
        scene.show(handle, not scene.visible[handle])
    elif what == 1:
        scene.set_moving(handle, not scene.moving[handle])
    elif what == 2:
        scene.move(handle, where)
    for carried in np.flatnonzero(scene.moving & (np.asarray(scene.mesh_of) != 2)).tolist():
        scene.move(carried, where)


def test_layers_equal_a_full_picture_bit_for_bit_over_many_ticks() -> None:
    scene, renderer = shop(), layered_renderer(2)
    for tick in range(200):
        stride(scene, tick)
        meddle(scene, tick)
        # The third camera looks up only now and then: it must catch up with all that happened meanwhile.
        cameras = CAMERAS if tick % 7 == 0 else CAMERAS[:2]
        for camera, image in zip(cameras, renderer.render(scene, cameras), strict=True):
            assert same(image, renderer.full(scene, camera)), f"tick {tick}, camera {camera.id}"


def test_a_new_mesh_texture_and_instance_appear_in_the_layers() -> None:
    scene, renderer = shop(), layered_renderer(1)
    before = digest(renderer.render(scene, CAMERAS[:1]))
    scene.add(scene.add_mesh(capsule(0.3, 1.5)), scene.add_texture(checks(9, 128)), pose(0, 0, 1), object_id=77)
    (image,) = renderer.render(scene, CAMERAS[:1])
    assert digest([image]) != before
    assert 77 in image.ids
    assert same(image, renderer.full(scene, CAMERAS[0]))


def test_a_body_before_the_lens_leaves_nothing_behind() -> None:
    scene, renderer = shop(bodies=0), layered_renderer(1)
    (clean,) = renderer.render(scene, CAMERAS[:1])
    before = digest([clean])
    body = scene.add(2, 4, pose(*CAMERAS[0].pose.position), object_id=99, moving=True)
    (covered,) = renderer.render(scene, CAMERAS[:1])
    assert same(covered, renderer.full(scene, CAMERAS[0]))
    scene.show(body, visible=False)
    assert digest(renderer.render(scene, CAMERAS[:1])) == before


@pytest.mark.parametrize("threads", [2, 3])
def test_any_number_of_threads_gives_the_same_bytes(threads: int) -> None:
    def run(count: int) -> list[str]:
        scene, renderer, seen = shop(), layered_renderer(count), []
        for tick in range(20):
            stride(scene, tick)
            meddle(scene, tick)
            seen.append(digest(renderer.render(scene, CAMERAS)))
        return seen

    assert run(threads) == run(1)


def test_another_scene_starts_over() -> None:
    renderer = layered_renderer(1)
    renderer.render(shop(), CAMERAS)
    other = shop(rows=1)
    assert same(renderer.render(other, CAMERAS)[2], renderer.full(other, CAMERAS[2]))


def test_one_camera_asked_for_twice_is_drawn_once() -> None:
    scene, renderer = shop(), layered_renderer(2)
    first, second = renderer.render(scene, [CAMERAS[0], CAMERAS[0]])
    assert first is second


def test_without_colour_depth_and_ids_are_the_same() -> None:
    scene, renderer = shop(), layered_renderer(1)
    stride(scene, 3)
    at = (CAMERAS[2].pose.position, (0.3, 2, 0.8))
    lit, plain = renderer.render(scene, [looking(*at, name="a"), looking(*at, name="b", colour=False)])
    assert np.array_equal(lit.depth_m, plain.depth_m)
    assert np.array_equal(lit.ids, plain.ids)
    assert plain.rgb.std() == 0
    assert lit.rgb.std() > 0


# --- geometry ------------------------------------------------------------------------------------


def one(scene: Scene, camera: CameraInfo) -> Image:
    return layered_renderer(1).render(scene, [camera])[0]


def slab(top: float = 0.0) -> Scene:
    scene = Scene()
    scene.add(
        scene.add_mesh(box()), scene.add_texture(checks(1)), pose(0, 0, top - 0.5, scale=(40, 40, 1)), object_id=7
    )
    return scene


@pytest.mark.parametrize("target", [(0.0, 0.0, 0.0), (1.5, 0.7, 0.0), (6.0, 0.0, 1.0)])
def test_depth_of_a_plane_is_analytic(target: tuple[float, float, float]) -> None:
    camera = looking((0, 0, 2.5), target, focal=90)
    image = one(slab(), camera)
    v, u = np.mgrid[: camera.height, : camera.width] + 0.5
    rays = np.stack([(u - camera.cx) / camera.fx, (v - camera.cy) / camera.fy, np.ones_like(u)], axis=-1)
    down = (rays @ camera.pose.rotation.T)[..., 2]
    expected = np.where(down < 0, -2.5 / np.where(down < 0, down, -1), np.inf)
    reach = camera.pose.apply(rays * np.where(np.isfinite(expected), expected, 0)[..., None])
    inside = np.isfinite(expected) & (np.abs(reach[..., :2]).max(axis=-1) < 19.9)
    assert inside.mean() > 0.4
    np.testing.assert_allclose(image.depth_m[inside], expected[inside], rtol=2e-6)
    assert (image.ids[inside] == 7).all()
    assert (image.ids[~np.isfinite(expected)] == -1).all()
    assert np.isinf(image.depth_m[image.ids == -1]).all()


def test_a_box_covers_the_pixels_and_depth_that_geometry_says() -> None:
    scene = Scene()
    scene.add(scene.add_mesh(box()), scene.add_texture(checks(2)), pose(0.2, 0, 0.6, scale=(1, 0.6, 0.4)), object_id=3)
    camera = looking((0, 0, 3), (0, 0, 0), focal=100)
    image = one(scene, camera)
    depth = 3 - 0.8
    rows, columns = np.nonzero((image.ids == 3) & (np.abs(image.depth_m - depth) < 1e-5))
    # The camera looks down with world y up in the picture and world x to the right.
    assert columns.min() == round(camera.cx + 100 * (0.2 - 0.5) / depth + 1e-9)
    assert columns.max() == round(camera.cx + 100 * (0.2 + 0.5) / depth) - 1
    assert rows.min() == round(camera.cy - 100 * 0.3 / depth)
    assert rows.max() == round(camera.cy + 100 * 0.3 / depth) - 1
    assert len(rows) == (np.ptp(rows) + 1) * (np.ptp(columns) + 1)


@pytest.mark.parametrize("at", [(0.0, 1.5, 0.9), (0.6, 1.2, 0.4), (-0.5, 1.8, 1.3)])
def test_a_point_shows_where_the_calibration_projects_it(at: tuple[float, float, float]) -> None:
    camera = CAMERAS[2]
    scene = Scene()
    scene.add(scene.add_mesh(box()), scene.add_texture(checks(2)), pose(*at, scale=(0.04,) * 3), object_id=5)
    rows, columns = np.nonzero(one(scene, camera).ids == 5)
    x, y, z = camera.pose.unapply(at).tolist()
    assert columns.mean() + 0.5 == pytest.approx(camera.cx + camera.fx * x / z, abs=0.6)
    assert rows.mean() + 0.5 == pytest.approx(camera.cy + camera.fy * y / z, abs=0.6)


def test_the_principal_point_need_not_be_the_middle() -> None:
    camera = looking((0, 0, 3), (0, 0, 0), width=200, height=100)
    shifted = CameraInfo(**{f: getattr(camera, f) for f in camera.__slots__} | {"cx": 20.0, "cy": 90.0})  # type: ignore[arg-type]
    scene = Scene()
    scene.add(scene.add_mesh(box()), scene.add_texture(checks(2)), pose(0, 0, 0, scale=(0.2, 0.2, 0.2)), object_id=5)
    rows, columns = np.nonzero(one(scene, shifted).ids == 5)
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx((20, 90), abs=0.6)


def test_neighbours_share_every_edge_without_gap() -> None:
    """A finely cut sheet, askew, shows no background through its seams."""
    n = 40
    grid = np.linspace(-1, 1, n + 1)
    vertices = [(x, y, 0.0) for y in grid for x in grid]
    faces = []
    for row in range(n):
        for k in range(n):
            a = row * (n + 1) + k
            faces += [(a, a + 1, a + n + 2), (a, a + n + 2, a + n + 1)]
    scene = Scene()
    sheet = scene.add_mesh(mesh(vertices, [(0, 0, 1)] * len(vertices), [(0, 0)] * len(vertices), faces))
    scene.add(sheet, scene.add_texture(checks(1)), pose(0, 0, 0, 0.3, (8, 8, 1)), object_id=1)
    for eye in ((0.3, 0.2, 2.0), (0.0, 0.0, 1.5), (0.9, -0.4, 0.8)):
        assert (one(scene, looking(eye, (0.01, 0.02, 0))).ids == 1).all()


def test_an_edge_right_through_pixel_centres_leaves_no_gap() -> None:
    # At 2 m and 128 pixels of focal length a pixel is 1/64 m: everything here is exact in binary.
    edge = 10.5 / 64
    scene = Scene()
    texture = scene.add_texture(checks(1))
    for ident, (low, high) in enumerate([(-4.0, edge), (edge, 4.0)]):
        corners = [(-4, low, 0), (4, low, 0), (4, high, 0), (-4, high, 0)]
        sheet = mesh(corners, [(0, 0, 1)] * 4, [(0, 0)] * 4, [(0, 1, 2), (0, 2, 3)])
        scene.add(scene.add_mesh(sheet), texture, pose(0, 0, 0), object_id=ident)
    upright = looking((0, 0, 2), (0, 0, 0), focal=128)
    assert set(np.unique(one(scene, upright).ids)) == {0, 1}
    turned = scene.pose.copy()
    turned[:, :2, :2] = [[0, 1], [-1, 0]]
    for handle in (0, 1):
        scene.move(handle, turned[handle])
    assert set(np.unique(one(scene, upright).ids)) == {0, 1}


def test_a_sheet_is_seen_from_its_outside_only() -> None:
    scene = Scene()
    sheet = scene.add_mesh(
        mesh([(-1, -1, 0), (1, -1, 0), (1, 1, 0)], [(0, 0, 1)] * 3, [(0, 0), (1, 0), (1, 1)], [(0, 1, 2)])
    )
    scene.add(sheet, scene.add_texture(checks(1)), pose(0, 0, 0), object_id=1)
    assert (one(scene, looking((0, 0, 2), (0, 0, 0))).ids == 1).any()
    assert (one(scene, looking((0, 0, -2), (0, 0, 0))).ids == -1).all()


# --- looks ---------------------------------------------------------------------------------------


def test_a_texture_stands_upright_and_reads_left_to_right() -> None:
    quarters = np.zeros((64, 64, 3), np.uint8)
    quarters[:32, :32], quarters[:32, 32:], quarters[32:, :32] = (250, 0, 0), (0, 250, 0), (0, 0, 250)
    scene = Scene()
    corners = [(-1, 0, -1), (1, 0, -1), (1, 0, 1), (-1, 0, 1)]
    sheet = mesh(corners, [(0, -1, 0)] * 4, [(0, 0), (1, 0), (1, 1), (0, 1)], [(0, 1, 2), (0, 2, 3)])
    scene.add(scene.add_mesh(sheet), scene.add_texture(quarters), pose(0, 0, 1), object_id=1)
    rgb = one(scene, looking((0, -3, 1), (0, 0, 1))).rgb
    middle, left, right = rgb.shape[1] // 2, rgb.shape[1] // 2 - 15, rgb.shape[1] // 2 + 15
    top, bottom = rgb.shape[0] // 2 - 15, rgb.shape[0] // 2 + 15
    assert [int(rgb[y, x].argmax()) for y, x in ((top, left), (top, right), (bottom, left))] == [0, 1, 2]
    assert rgb[bottom, right].max() == 0
    assert rgb[top, middle - 1].argmax() != rgb[top, middle].argmax()


def test_light_comes_from_above_and_faces_differ() -> None:
    scene = Scene()
    white = scene.add_texture(np.full((4, 4, 3), 255, np.uint8))
    scene.add(scene.add_mesh(box()), white, pose(0, 0, 0, 0.4), object_id=1)

    def brightness(eye: tuple[float, float, float]) -> int:
        return int(one(scene, looking(eye, (0, 0, 0))).rgb[60, 80, 0])

    top, one_side, other_side, below = (brightness(e) for e in ((0, 0, 3), (3, 1, 0), (-1, 3, 0), (0, 0, -3)))
    assert top > one_side > below
    assert one_side != other_side
    assert top <= 255
    assert below > 90


def test_a_stretched_instance_is_lit_by_its_true_normal() -> None:
    """A ramp of 45 degrees, squeezed to a tenth of its height, is as bright as a ramp built that flat."""

    def ramp(height: float, stretch: float) -> int:
        corners = np.array([(-1, -1, -height), (1, -1, -height), (1, 1, height), (-1, 1, height)])
        normal = np.array([0, -height, 1]) / np.hypot(1, height)
        scene = Scene()
        white = scene.add_texture(np.full((4, 4, 3), 255, np.uint8))
        sheet = mesh(corners, [normal] * 4, [(0, 0), (1, 0), (1, 1), (0, 1)], [(0, 1, 2), (0, 2, 3)])
        scene.add(scene.add_mesh(sheet), white, pose(0, 0, 0, scale=(1, 1, stretch)), object_id=1)
        return int(one(scene, looking((0, 0, 3), (0, 0, 0))).rgb[60, 80, 0])

    assert ramp(1, 0.1) == ramp(0.1, 1)
    assert ramp(1, 1) != ramp(0.1, 1)


def test_a_distant_texture_shows_its_mean_not_single_texels() -> None:
    stripes = np.zeros((256, 256, 3), np.uint8)
    stripes[:, ::2] = 200
    scene = Scene()
    scene.add(scene.add_mesh(box()), scene.add_texture(stripes), pose(0, 0, 0), object_id=1)
    image = one(scene, looking((0, 0, 12), (0, 0, 0)))
    seen = image.rgb[image.ids == 1]
    assert len(seen) > 20
    assert np.ptp(seen) <= 2


def test_halved_copies_keep_the_mean() -> None:
    texture = checks(3)
    copies = halved(texture)
    assert [len(copy) for copy in copies] == [64, 32, 16, 8, 4, 2, 1]
    assert copies[-1].reshape(3) == pytest.approx(texture.reshape(-1, 3).mean(axis=0), abs=2)


# --- parts ---------------------------------------------------------------------------------------


def test_fused_boxes_cover_what_they_are_made_of() -> None:
    low = stream(1, "boxes").integers(0, 60, (300, 2))
    boxes = np.concatenate([low, low + stream(2, "boxes").integers(-2, 30, (300, 2))], axis=1).astype(np.int32)
    fused = fuse(boxes)

    def covered(list_of: np.ndarray) -> np.ndarray:
        seen = np.zeros((100, 100), bool)
        for x0, y0, x1, y1 in list_of.tolist():
            seen[y0:y1, x0:x1] |= x1 > x0 and y1 > y0
        return seen

    assert len(fused) < 300
    assert (covered(fused) >= covered(boxes)).all()


def test_the_compiler_stays_out_until_a_renderer_is_made() -> None:
    code = "import sys, twin.raster, twin.raster.warm; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_warming_up_compiles_all_that_a_run_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is compiled afresh when a scene with takes and bodies runs after the warm-up."""
    from twin.raster import boxes, contact, kernels, place
    from twin.raster.light import shine
    from twin.raster.warm import compile_all

    monkeypatch.setenv("RIG_CACHE_DIR", str(tmp_path))

    compile_all()
    compiled = [
        k for m in (boxes, contact, kernels, place, shine) for k in vars(m).values() if hasattr(k, "signatures")
    ]
    before = [len(k.signatures) for k in compiled]
    scene, renderers = shop(), [layered_renderer(1, look) for look in (PLAIN, REAL)]
    skin = scene.meshes[2]
    scene.bend(scene.add(2, 3, pose(0, 1, 0.4), object_id=70, moving=True), np.stack([skin.vertices, skin.normals]))
    for tick in range(20):
        stride(scene, tick)
        meddle(scene, tick)
        for renderer in renderers:
            renderer.render(scene, CAMERAS)
    assert len(compiled) > 10
    assert [len(k.signatures) for k in compiled] == before


# --- skin ----------------------------------------------------------------------------------------


def test_points_of_its_own_are_drawn_in_place_of_the_meshs() -> None:
    def seen(bent: bool) -> Image:
        scene = Scene()
        cube, look = scene.add_mesh(box()), scene.add_texture(checks(3))
        size = np.float32(1.6 if bent else 1.0)
        handle = scene.add(cube, look, pose(0.1, 0.2, 0.3, 0.4), object_id=1, moving=True)
        shape = scene.meshes[cube]
        if bent:
            scene.bend(handle, np.stack([shape.vertices * size, shape.normals]))
        return one(scene, looking((1, -4, 2), (0, 0, 0)))

    assert (seen(True).ids == 1).sum() > 2 * (seen(False).ids == 1).sum()


@pytest.mark.parametrize("look", [PLAIN, REAL], ids=["plain", "real"])
def test_bending_bodies_leave_layers_and_full_picture_equal(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIG_CACHE_DIR", str(tmp_path))
    scene, renderer = shop(bodies=1), layered_renderer(2, look)
    shape = scene.meshes[2]
    bodies = [scene.add(2, 3, pose(0, 1, 0.4), object_id=70, moving=True) for _ in range(2)]
    scene.set_detail(bodies[0], 0.0, 60.0)
    scene.set_detail(bodies[1], 60.0, 1e9)
    shown = set()
    for tick in range(20):
        stride(scene, tick)
        swell = np.float32(1 + 0.3 * np.sin(tick))
        for handle in bodies:
            scene.move(handle, pose(0.1 * tick - 1, 0.1 * tick, 0.4))
            scene.bend(handle, np.stack([shape.vertices * swell, shape.normals]))
        for camera, image in zip(CAMERAS, renderer.render(scene, CAMERAS), strict=True):
            assert same(image, renderer.full(scene, camera)), f"tick {tick}, camera {camera.id}"
            shown |= set(scene.moving_for(camera).tolist()) & set(bodies)
    assert shown == set(bodies)
