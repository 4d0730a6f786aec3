"""Lenses estimated from views of a board; corners are those of a known lens with the error that detection has."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo
from contracts.seeds import stream
from rig.storekit.calibrate.board import Board, Hung
from rig.storekit.calibrate.detect import View
from rig.storekit.calibrate.intrinsics import estimate
from rig.storekit.calibrate.pictures import Picture
from rig.storekit.calibrate.project import project

BOARD = Board(Path("board.yaml"), (9, 6), 0.1, 0.075, "4X4_100", (Hung("held", 0, None),))
TRUE = CameraInfo(
    "c1", Pose(), 640, 360, 512.0, 510.0, 323.0, 171.0, (-0.42, 0.18, 0.001, -0.0005, 0.0), distorted=True
)
FILE = replace(TRUE, fx=535.0, fy=535.0, cx=320.0, cy=180.0, distortion=(-0.3, 0.0, 0.0, 0.0, 0.0))
ERROR_PX = 0.12
"""Of one coordinate; the pictures of `hung_boards` give 0.1 to 0.15."""


def held(tilts_deg: list[tuple[float, float]], *, away_m: float = 1.4) -> list[View]:
    """Return views of a board that is held before the camera, here and there, tilted about x and y."""
    draw = stream(5, "held")
    views = []
    for number, (about_x, about_y) in enumerate(tilts_deg):
        turned = cv2.Rodrigues(np.radians([about_x, about_y, 10.0 * number]))[0]
        middle = np.array([draw.uniform(-0.4, 0.4), draw.uniform(-0.2, 0.2), away_m + draw.uniform(-0.2, 0.4)])
        shown = project(TRUE, BOARD.corners() @ turned.T + middle)
        pixels = shown.pixels + draw.normal(0, ERROR_PX, shown.pixels.shape)
        inside = ((pixels > 0) & (pixels < (TRUE.width, TRUE.height))).all(axis=1)
        picture = Picture(Path(f"c1-{number}.png"), "c1", str(number))
        views.append(View(picture, BOARD.copies[0], np.flatnonzero(inside), pixels[inside]))
    return [view for view in views if len(view.corners) > 12]


TILTED = [(x, y) for x in (-35.0, 0.0, 35.0) for y in (-35.0, 0.0, 35.0)] * 2


def rays_of(camera: CameraInfo) -> Floats:
    """Return where a camera shows a grid of rays, pixels."""
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, 7), np.linspace(-0.28, 0.28, 5))
    return project(camera, np.stack([x.ravel(), y.ravel(), np.ones(x.size)], axis=1) * 2).pixels


def test_a_lens_is_found_from_tilted_boards_wherever_they_are_held() -> None:
    lens = estimate(FILE, held(TILTED), BOARD)
    assert lens.camera is not None, lens.why
    assert lens.camera.fx == pytest.approx(TRUE.fx, rel=0.004)
    assert lens.camera.fy == pytest.approx(TRUE.fy, rel=0.004)
    assert (lens.camera.cx, lens.camera.cy) == pytest.approx((TRUE.cx, TRUE.cy), abs=2.5)
    assert lens.camera.distortion[4] == 0
    # What counts is where it shows things; the file's lens is 10 pixels off.
    assert np.abs(rays_of(lens.camera) - rays_of(TRUE)).max() < 1.0
    assert np.abs(rays_of(FILE) - rays_of(TRUE)).max() > 8.0
    assert lens.measures is not None
    assert 0 < lens.measures["fx_sd_px"] < 2


@pytest.mark.parametrize(
    ("views", "why"),
    [
        (held(TILTED[:4]), "views of a board"),
        (held([(2.0 * k, 0.0) for k in range(8)]), "tilted by 15 degrees at most"),
        (held([(22.0, 0.0), (0.0, 3.0)] * 3, away_m=3.6), "tell focal lengths"),
    ],
)
def test_views_that_cannot_tell_a_lens_are_refused(views: list[View], why: str) -> None:
    lens = estimate(FILE, views, BOARD)
    assert lens.camera is None
    assert why in lens.why


def test_straight_pictures_keep_their_distortion() -> None:
    straight = replace(FILE, distorted=False)
    lens = estimate(straight, [_straightened(view) for view in held(TILTED)], BOARD)
    assert lens.camera is not None, lens.why
    assert lens.camera.distortion == FILE.distortion
    assert lens.camera.fx == pytest.approx(TRUE.fx, rel=0.004)


def _straightened(view: View) -> View:
    from rig.storekit.calibrate.project import rays

    found, _ = rays(TRUE, view.pixels)
    return replace(view, pixels=found * (TRUE.fx, TRUE.fy) + (TRUE.cx, TRUE.cy))
