"""What distortion means, held against OpenCV."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from contracts.errors import UsageError
from contracts.geometry import Pose
from contracts.layout import CameraInfo
from contracts.lens import pixel_rays, shown_at

LENS = (-0.28, 0.07, 0.004, -0.006, 0.001)
BENT = CameraInfo("c1", Pose(), 160, 120, 90.0, 95.0, 78.0, 63.0, LENS, distorted=True)


def test_rays_of_rectified_pixels_are_those_of_a_pinhole() -> None:
    rays, found = pixel_rays(replace(BENT, distorted=False))
    assert found.all()
    assert rays.shape == (120, 160, 2)
    assert rays[20, 50].tolist() == [(50.5 - 78) / 90, (20.5 - 63) / 95]


def test_rays_of_bent_pixels_are_those_that_opencv_finds() -> None:
    rays, found = pixel_rays(BENT)
    assert found.all()
    v, u = np.mgrid[:120, :160] + 0.5
    matrix = np.array([[90, 0, 78], [0, 95, 63], [0, 0, 1.0]])
    stop = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 100, 1e-10)
    pixels = np.stack([u, v], axis=-1).reshape(-1, 1, 2)
    theirs = cv2.undistortPoints(pixels, matrix, np.array(LENS), criteria=stop)
    np.testing.assert_allclose(rays.reshape(-1, 2), theirs.reshape(-1, 2), atol=0.02 / 90)


def test_a_ray_is_shown_by_the_pixel_that_looks_along_it() -> None:
    for camera in (BENT, replace(BENT, distorted=False)):
        seen, holds = shown_at(camera, pixel_rays(camera)[0])
        v, u = np.mgrid[:120, :160] + 0.5
        np.testing.assert_allclose(seen, np.stack([u, v], axis=-1), atol=0.03)
        assert holds.all()


def test_beyond_the_fold_of_a_lens_nothing_is_shown() -> None:
    # r (1 - 0.6 r r) grows up to r = 0.745.
    folding = replace(BENT, distortion=(-0.6, 0, 0, 0, 0))
    _, holds = shown_at(folding, np.array([[0.74, 0.0], [0.75, 0.0], [2.0, 2.0]]))
    assert holds.tolist() == [True, False, False]


def test_a_model_that_rises_again_beyond_its_fold_shows_nothing_there() -> None:
    # The surveyed lens of camera c5 of the NanoStore: no ray is shown between 0.595 and the second rise at r = 1.7.
    surveyed = replace(BENT, fx=125.0, fy=125.0, distortion=(-0.483463, 0.0766268, 0, 0, 0))
    rays, found = pixel_rays(surveyed)
    v, u = np.mgrid[:120, :160] + 0.5
    seen = np.hypot((u - surveyed.cx) / 125, (v - surveyed.cy) / 125)
    assert found[seen < 0.58].all()
    assert not found[seen > 0.6].any()
    assert np.hypot(*rays[found].T).max() < 0.953


def test_a_distortion_of_another_model_is_refused() -> None:
    with pytest.raises(UsageError, match=r"camera c1.*\n?.*k1, k2, p1, p2"):
        pixel_rays(replace(BENT, distortion=(0.1, 0.2)))
