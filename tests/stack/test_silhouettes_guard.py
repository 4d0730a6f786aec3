"""Where cameras see those who are followed."""

from __future__ import annotations

from stack.silhouettes.guard import Guard
from tests.stack.colourstudio import looking

CAMERA = looking("c0", (0.0, 0.0, 2.5), (3.0, 0.0, 1.0))


def outlines(*heads: tuple[float, float]) -> Guard:
    guard = Guard([CAMERA], (1, CAMERA.height, CAMERA.width))
    guard.follow(heads)
    return guard


def pixel(x: float, y: float, z: float) -> tuple[int, int]:
    across, down, ahead = CAMERA.pose.unapply((x, y, z))
    return int(CAMERA.fy * down / ahead + CAMERA.cy), int(CAMERA.fx * across / ahead + CAMERA.cx)


def test_a_body_is_in_its_outline_and_nobody_else_is() -> None:
    mask = outlines((3.0, 0.0)).mask(0)
    assert mask[pixel(3.0, 0.0, 1.7)]
    assert mask[pixel(3.0, 0.2, 0.6)]
    assert not mask[pixel(3.0, 1.0, 1.2)]


def test_who_is_behind_the_camera_has_no_outline() -> None:
    assert not outlines((-2.0, 0.0)).mask(0).any()


def test_who_has_gone_leaves_no_outline() -> None:
    guard = outlines((3.0, 0.0))
    guard.follow([])
    assert not guard.mask(0).any()
