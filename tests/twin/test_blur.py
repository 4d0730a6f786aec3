"""Motion blur: what moves is smeared along its way and no other pixel changes."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.clock import MILLISECOND
from contracts.records import Frame
from tests.twin.raster_scenes import box, checks, looking, pose
from twin.blur import PICTURES
from twin.cameras import CameraRig
from twin.exposure import averaged
from twin.imager import Imager
from twin.raster import layered_renderer
from twin.scene import Scene
from twin.store_camera import Exposure, Wire

EYE = looking((0, -2, 0), (0, 1, 0), name="c1", width=240, height=120, focal=200.0)
TICK = 50 * MILLISECOND
CUBE = 1
STEP_M, STEP_PX = 0.2, 20
"""The cube is as large; its front is 2 m away."""


def stage() -> Scene:
    """A patterned wall and a white cube that may move before it, 2 m before the camera."""
    scene = Scene()
    shape = scene.add_mesh(box())
    scene.add(shape, scene.add_texture(checks(1)), pose(0, 3, 0, scale=(30, 1, 30)), object_id=0, fixed=True)
    white = scene.add_texture(np.full((4, 4, 3), 250, np.uint8))
    scene.add(shape, white, pose(0, 0.2, 0, scale=(0.2, 0.4, 0.2)), object_id=1, moving=True)
    return scene


def put(scene: Scene, x: float) -> None:
    scene.move(CUBE, pose(x, 0.2, 0, scale=(0.2, 0.4, 0.2)))


def taken(blur: bool, *way: float, time_ms: int = 25) -> Frame:
    """The last frame of a camera before which the cube went this way, tick by tick."""
    scene = stage()
    put(scene, way[0])
    imager = Imager(
        wire=Wire.RAW,
        motion_blur=blur,
        exposure=Exposure.model_validate({"time": f"{time_ms} ms", "gain": 10 / time_ms}),
    )
    camera = dataclasses.replace(EYE, rate_hz=20)
    rig = CameraRig(scene, [camera], layered_renderer(1), 1, imagers={"c1": imager}, noise=True)
    delivered = rig.capture(0)
    for tick, x in enumerate(way[1:], start=1):
        put(scene, x)
        delivered = rig.capture(tick * TICK)
    return delivered[-1]


def differs(a: Frame, b: Frame) -> NDArray[np.bool_]:
    """(H, W) where two pictures differ."""
    assert a.rgb is not None
    assert b.rgb is not None
    return np.asarray((a.rgb != b.rgb).any(axis=-1))


def test_nothing_changes_while_nothing_moves() -> None:
    assert not differs(taken(True, 0.0, 0.0, 0.0), taken(False, 0.0, 0.0, 0.0)).any()


def test_only_the_way_of_what_moves_changes() -> None:
    changed = differs(taken(True, 0.0, STEP_M), taken(False, 0.0, STEP_M))
    rows, columns = np.nonzero(changed)
    # The shutter is open for the second half of the way.
    left, right = EYE.cx - 10 + STEP_PX / 2, EYE.cx + 10 + STEP_PX
    assert columns.min() == pytest.approx(left, abs=2)
    assert columns.max() == pytest.approx(right, abs=2)
    assert (rows.min(), rows.max()) == (pytest.approx(EYE.cy - 10, abs=2), pytest.approx(EYE.cy + 10, abs=2))


def test_a_smear_is_as_long_as_the_shutter_is_open() -> None:
    def length(time_ms: int) -> int:
        columns = np.nonzero(
            differs(taken(True, 0.0, STEP_M, time_ms=time_ms), taken(False, 0.0, STEP_M, time_ms=time_ms))
        )[1]
        return int(np.ptp(columns))

    short, long = length(10), length(40)
    assert long - short == pytest.approx(STEP_PX * 0.6, abs=2)


def test_what_is_smeared_is_lighter_the_longer_the_cube_was_there() -> None:
    scene = taken(True, 0.0, STEP_M, time_ms=50).rgb
    assert scene is not None
    row = scene[int(EYE.cy), int(EYE.cx) - 9 : int(EYE.cx) + 9].mean(axis=-1).astype(float)
    # It comes from the left: the cube has just left the first columns and was longer over the next ones.
    smooth = np.convolve(row, np.ones(6) / 6, "valid")
    assert smooth[-1] > smooth[0] + 10


def test_depth_and_time_are_those_of_a_sharp_picture() -> None:
    smeared, sharp = taken(True, 0.0, 0.1, 0.2), taken(False, 0.0, 0.1, 0.2)
    assert smeared.captured_ns == sharp.captured_ns
    assert smeared.depth_mm is not None
    np.testing.assert_array_equal(smeared.depth_mm, sharp.depth_mm)


def test_the_scene_is_left_as_it_was() -> None:
    scene = stage()
    imagers = {"c1": Imager(motion_blur=True)}
    rig = CameraRig(scene, [EYE], layered_renderer(1), 1, imagers=imagers)
    for tick in range(6):
        put(scene, 0.05 * tick)
        before = scene.pose.copy()
        rig.capture(tick * TICK)
        np.testing.assert_array_equal(scene.pose, before)
        assert (rig.full("c1", tick * TICK).ids >= 0).any()


def test_skin_that_bends_is_smeared_too() -> None:
    scene = stage()
    mesh = scene.meshes[0]
    skins = [np.stack([mesh.vertices + np.float32([x, 0, 0]), mesh.normals]) for x in (0.0, 0.8)]
    pictures = []
    for blur in (True, False):
        scene.bend(CUBE, skins[0])
        imagers = {"c1": Imager(wire=Wire.RAW, motion_blur=blur)}
        rig = CameraRig(scene, [EYE], layered_renderer(1), 1, imagers=imagers)
        rig.capture(0)
        scene.bend(CUBE, skins[1])
        (frame,) = rig.capture(2 * TICK)
        assert scene.bent[CUBE] is skins[1]
        pictures.append(frame)
    assert 20 < differs(*pictures).sum() < 2000


def test_means_are_of_light_and_exact_where_nothing_differs() -> None:
    black, white = np.zeros((4, 5, 3), np.uint8), np.full((4, 5, 3), 255, np.uint8)
    half = averaged(black[None], white)
    # Half the light of white shows as 255 x 0.5 ** (1 / 2.2).
    assert (half == 186).all()
    for value in range(256):
        same = np.full((2, 2, 3), value, np.uint8)
        assert (averaged(np.stack([same] * (PICTURES - 1)), same) == value).all()
