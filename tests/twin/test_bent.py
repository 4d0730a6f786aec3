"""Lens distortion: the twin bends pictures as OpenCV's camera model says."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest

from contracts.errors import UsageError
from contracts.layout import CameraInfo
from contracts.lens import bent, straightened
from tests.twin.raster_scenes import box, checks, looking, pose, shop, stride
from twin.bent import BentLens
from twin.cameras import CameraRig
from twin.raster import layered_renderer
from twin.scene import Scene

BARREL = (-0.28, 0.07, 0.0, 0.0, 0.0)
PINCUSHION = (0.12, 0.03, 0.0, 0.0, 0.01)
SKEWED = (-0.2, 0.05, 0.004, -0.006, 0.001)
LENSES = {"barrel": BARREL, "pincushion": PINCUSHION, "skewed": SKEWED, "four numbers": SKEWED[:4]}
STRAIGHT = looking((0.2, -0.3, 1.2), (0.3, 2, 0.8), name="c1", width=320, height=240, focal=170)


def camera(distortion: tuple[float, ...]) -> CameraInfo:
    return dataclasses.replace(STRAIGHT, distortion=distortion, cx=150.0, cy=128.0, distorted=True)


def expected(info: CameraInfo, points: np.ndarray) -> np.ndarray:
    """Where OpenCV projects world points, in our pixels, whose centres are at + 0.5."""
    rotation = info.pose.rotation.T
    shift = -rotation @ np.asarray(info.pose.position)
    matrix = np.array([[info.fx, 0, info.cx], [0, info.fy, info.cy], [0, 0, 1]])
    pixels, _ = cv2.projectPoints(points, cv2.Rodrigues(rotation)[0], shift, matrix, np.array(info.distortion))
    return pixels.reshape(-1, 2)


@pytest.mark.parametrize("distortion", LENSES.values(), ids=LENSES)
def test_points_show_where_opencv_projects_them(distortion: tuple[float, ...]) -> None:
    info = camera(distortion)
    lens = BentLens(info)
    points = np.array([(x, 1.6, z) for x in np.linspace(-0.9, 1.4, 7) for z in np.linspace(0.2, 1.8, 6)])
    scene = Scene()
    cube, look = scene.add_mesh(box()), scene.add_texture(checks(1))
    for n, (x, y, z) in enumerate(points.tolist()):
        scene.add(cube, look, pose(x, y, z, scale=(0.03, 0.03, 0.03)), object_id=n)
    (image,) = layered_renderer(1).render(scene, [lens.pinhole])
    ids = lens.bend(image).ids
    assert ids.shape == (240, 320)
    near = 0
    for n, (u, v) in enumerate(expected(info, points).tolist()):
        rows, columns = np.nonzero(ids == n)
        if 6 < u < info.width - 6 and 6 < v < info.height - 6:
            assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx((u, v), abs=0.9)
            near += 1
    assert near > 20


@pytest.mark.parametrize("distortion", LENSES.values(), ids=LENSES)
def test_bending_is_what_opencv_does_and_straightening_undoes_it(distortion: tuple[float, ...]) -> None:
    rays = np.stack(np.meshgrid(np.linspace(-0.8, 0.8, 9), np.linspace(-0.6, 0.6, 7)), axis=-1)
    solid = np.concatenate([rays, np.ones((*rays.shape[:2], 1))], axis=-1).reshape(-1, 3)
    theirs, _ = cv2.projectPoints(solid, np.zeros(3), np.zeros(3), np.eye(3), np.array(distortion))
    ours = bent(rays, distortion)
    np.testing.assert_allclose(ours.reshape(-1, 2), theirs.reshape(-1, 2), atol=1e-9)
    back, found = straightened(ours, distortion, 1e-4)
    assert found.all()
    np.testing.assert_allclose(back, rays, atol=1e-3)


def test_a_barrel_shows_more_than_the_pinhole_and_fills_the_picture() -> None:
    lens = BentLens(camera(BARREL))
    assert lens.pinhole.width > 320
    scene = Scene()
    scene.add(scene.add_mesh(box()), scene.add_texture(checks(1)), pose(0, 3, 0, scale=(40, 0.1, 40)), object_id=4)
    (image,) = layered_renderer(1).render(scene, [lens.pinhole])
    seen = lens.bend(image)
    assert (seen.ids == 4).all()
    assert np.isfinite(seen.depth_m).all()
    assert np.ptp(seen.depth_m) == pytest.approx(np.ptp(image.depth_m), abs=0.2)


def test_where_the_model_folds_over_nothing_is_seen() -> None:
    # Beyond r = 0.745 this lens maps larger angles inwards again: r (1 - 0.6 r r) has its greatest value there.
    lens = BentLens(dataclasses.replace(camera((-0.6, 0, 0, 0, 0)), fx=120.0, fy=120.0))
    scene = Scene()
    scene.add(scene.add_mesh(box()), scene.add_texture(checks(1)), pose(0, 3, 0, scale=(40, 0.1, 40)), object_id=4)
    (image,) = layered_renderer(1).render(scene, [lens.pinhole])
    ids = lens.bend(image).ids
    v, u = np.mgrid[:240, :320] + 0.5
    radius = np.hypot((u - 150) / 120, (v - 128) / 120)
    assert (ids[radius < 0.45] == 4).all()
    assert (ids[radius > 0.52] == -1).all()


def test_depth_and_ids_are_those_of_one_pixel_never_a_mixture() -> None:
    lens, scene = BentLens(camera(SKEWED)), shop()
    stride(scene, 3)
    (image,) = layered_renderer(1).render(scene, [lens.pinhole])
    seen = lens.bend(image)
    pairs = set(zip(image.depth_m.ravel().tolist(), image.ids.ravel().tolist(), strict=True))
    assert set(zip(seen.depth_m.ravel().tolist(), seen.ids.ravel().tolist(), strict=True)) <= pairs


def test_frames_are_rectified_unless_asked_for() -> None:
    def depth(distorted: bool, distortion: tuple[float, ...]) -> np.ndarray:
        info = dataclasses.replace(camera(distortion), depth=True, distorted=distorted)
        (frame,) = CameraRig(shop(), [info], layered_renderer(1), 1, noise=False).capture(0)
        assert frame.depth_mm is not None
        assert frame.depth_mm.shape == (240, 320)
        return frame.depth_mm

    plain = depth(False, ())
    assert np.array_equal(depth(False, BARREL), plain)
    assert np.array_equal(depth(True, (0.0,) * 5), plain)
    assert not np.array_equal(depth(True, BARREL), plain)


def test_the_audit_works_through_a_lens() -> None:
    rig = CameraRig(shop(), [camera(BARREL)], layered_renderer(1), 1)
    rig.capture(0)
    assert rig.full("c1", 0).ids.shape == (240, 320)


def test_a_distortion_of_another_model_is_refused() -> None:
    with pytest.raises(UsageError, match=r"camera c1.*\n?.*k1, k2, p1, p2"):
        CameraRig(shop(), [camera((0.1, 0.2))], layered_renderer(1), 1)
