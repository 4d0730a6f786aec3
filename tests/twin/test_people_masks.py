"""Every body's skin covers what its rigid parts cover, and what goods feel of it is where its skin is."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.geometry import Pose
from contracts.layout import CameraInfo
from tests.twin.people_scenes import ceiling, corner, points_of, poses_of, postures, seen
from twin.people.models import BONES, models
from twin.shopper.body import SEGMENTS, Body, dress
from twin.stage import Segment

CAMERAS = {"ceiling": ceiling(), "corner": corner()}
LEAST = {"ceiling": 0.80, "corner": 0.77}
"""Intersection over union; measured 0.802 (man-4, crouching) and 0.781 (woman-2, crouching) at worst."""
FELT_M = 0.025
"""How far skin may be outside or inside the rigid part that goods feel, on average; measured 0.021 at worst."""


@pytest.mark.parametrize("body", sorted(models()))
@pytest.mark.parametrize("view", sorted(CAMERAS))
def test_both_masks_of_every_body_agree(body: str, view: str) -> None:
    height_m = round(models()[body].height_m, 2)
    for name in ("walk", "crouch") if view == "corner" else ("stand", "crouch", "carry"):
        share = overlap(CAMERAS[view], body, height_m, name)
        assert share >= LEAST[view], f"{body} {name}: {share:.3f}"


def overlap(camera: CameraInfo, body: str, height_m: float, posture: str) -> float:
    skeleton = postures(height_m)[posture]
    skin, rigid = (seen(camera, body, height_m, skeleton, skinned=skinned).ids >= 0 for skinned in (True, False))
    assert skin.any()
    return float((skin & rigid).sum() / (skin | rigid).sum())


@pytest.mark.parametrize("body", sorted(models()))
def test_what_goods_feel_is_where_the_skin_is(body: str) -> None:
    height_m = round(models()[body].height_m, 2)
    solid = {segment.name: segment for segment in Body(height_m, dress(1, "ana")).segments() if segment.solid}
    assert set(solid) == {f"{side}_{part}" for side in ("left", "right") for part in ("hand", "forearm")}
    skin = models()[body].skin["high"]
    for name in ("reach", "crouch", "carry"):
        skeleton = postures(height_m)[name]
        points, poses = points_of(body, height_m, skeleton), poses_of(height_m, skeleton)
        for part, segment in solid.items():
            mine = (skin.bones[:, 0] == BONES.index(part)) & (skin.shares[:, 0] > 0.8)
            away = outside(points[mine], poses[SEGMENTS.index(part)], segment)
            assert abs(away.mean()) < FELT_M * height_m / 1.7, (name, part, away.mean())
            assert away.max() < 3 * FELT_M * height_m / 1.7, (name, part, away.max())


def outside(points: NDArray[np.float64], pose: Pose, segment: Segment) -> NDArray[np.float64]:
    """Return how far points are outside a rigid part, metres; negative inside."""
    local = pose.unapply(points)
    if segment.kind == "capsule":
        radius, _, length = segment.size_m
        along = np.clip(local[:, 2], radius - length / 2, length / 2 - radius)
        return np.linalg.norm(local - np.outer(along, (0.0, 0.0, 1.0)), axis=1) - radius
    half = np.array(segment.size_m)
    # To first order: how much the ellipsoid must grow, times its mean radius there.
    grown = np.linalg.norm(local / half, axis=1)
    return (grown - 1.0) / np.maximum(grown, 1e-9) * np.linalg.norm(local, axis=1)
