"""Depth frames that come as a lens bends them: the stack looks along the right rays."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.layout import CameraInfo, Layout
from contracts.records import Frame
from stack.tracking.depthview import DepthView
from stack.tracking.floor_view import FloorView
from stack.tracking.heightmap import in_picture
from tests.stack.eyeshops import plain_shop
from tests.stack.synthdepth import Studio, body

LENS = (-0.25, 0.06, 0.0, 0.0, 0.0)
MARGIN = 60


def wider(camera: CameraInfo) -> CameraInfo:
    """A pinhole that sees all that the bent camera does."""
    return replace(
        camera,
        width=camera.width + 2 * MARGIN,
        height=camera.height + 2 * MARGIN,
        cx=camera.cx + MARGIN,
        cy=camera.cy + MARGIN,
    )


def bend(frame: Frame, camera: CameraInfo) -> Frame:
    """The wider pinhole's frame as the lens would show it, by OpenCV's account of it."""
    assert frame.depth_mm is not None
    v, u = np.mgrid[: camera.height, : camera.width] + 0.5
    matrix = np.array([[camera.fx, 0, camera.cx], [0, camera.fy, camera.cy], [0, 0, 1]])
    stop = (cv2.TERM_CRITERIA_COUNT, 100, 0)
    pixels = np.stack([u, v], axis=-1).reshape(-1, 1, 2)
    rays = cv2.undistortPoints(pixels, matrix, np.array(LENS), criteria=stop).reshape(*u.shape, 2)
    column, row = ((rays * (camera.fx, camera.fy) + (camera.cx, camera.cy)) + MARGIN).transpose(2, 0, 1).astype(int)
    bent: NDArray[np.uint16] = frame.depth_mm[row, column]
    return replace(frame, depth_mm=bent)


def shops() -> tuple[Layout, Studio]:
    """A store whose cameras bend, and what pinholes see of it."""
    plain = plain_shop((80, 60))
    cameras = tuple(replace(camera, distortion=LENS, distorted=True) for camera in plain.cameras)
    return replace(plain, cameras=cameras), Studio(replace(plain, cameras=tuple(map(wider, plain.cameras))), noise_m=0)


def head(view: DepthView, frames: list[Frame]) -> tuple[float, float]:
    """Where the highest cells of a view are, metres."""
    seen = view.look(frames)
    assert seen is not None
    i, j = np.nonzero(seen.heights > 1.6)
    x, y = view.grid.centres()
    return float(x[i, j].mean()), float(y[i, j].mean())


def test_a_head_at_the_edge_of_a_bent_picture_is_where_it_is() -> None:
    layout, studio = shops()
    name = layout.cameras[0].id
    x, y, _ = layout.cameras[0].pose.position
    at = (x + 0.9, y + 0.4)
    others = tuple(camera.id for camera in layout.cameras[1:])
    (frame,) = studio.shoot(0, body(*at), without=others)
    frames = [bend(frame, layout.camera[name])]
    assert head(DepthView(layout), frames) == pytest.approx(at, abs=0.05)
    taken_for_rectified = replace(layout, cameras=tuple(replace(c, distorted=False) for c in layout.cameras))
    off = np.subtract(head(DepthView(taken_for_rectified), frames), at)
    assert np.hypot(*off) > 0.1


def test_the_bare_floor_is_known_in_bent_pictures() -> None:
    layout, studio = shops()
    view = DepthView(layout)
    floor = FloorView(layout, view)
    for k in range(12):
        frames = [bend(frame, layout.camera[frame.source]) for frame in studio.shoot(k * 400_000_000)]
        seen, lying = view.look(frames), floor.look(frames, k * 400_000_000)
        assert seen is not None
        assert not seen.heights.any()
        assert lying == ()


def test_what_a_bent_camera_can_see_reaches_further() -> None:
    layout, _ = shops()
    camera = layout.cameras[0]
    x, y, z = camera.pose.position
    # 2 m below the camera, along the picture's right.
    ahead = camera.pose.then(type(camera.pose)((0.0, 0.0, 2.0))).position
    assert ahead[2] == pytest.approx(z - 2)
    half = 2 * camera.width / 2 / camera.fx
    points = np.array([(x + share * half, y, z - 2) for share in (0.9, 1.2, 40.0)])
    assert in_picture(camera, points).tolist() == [True, True, False]
    assert in_picture(replace(camera, distorted=False), points).tolist() == [True, False, False]


def test_pixels_that_look_nowhere_are_passed_over() -> None:
    layout, studio = shops()
    folding = tuple(replace(c, distortion=(-0.9, 0, 0, 0, 0)) for c in layout.cameras)
    view = DepthView(replace(layout, cameras=folding))
    small = [replace(f, depth_mm=np.full((60, 80), 1000, np.uint16)) for f in studio.shoot(0)]
    for _ in range(2):
        seen = view.look(small)
        assert seen is not None
        assert np.isfinite(seen.points).all()
