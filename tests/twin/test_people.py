"""Skinned bodies follow the rigid segments that goods feel, and look like the same person to a camera."""

from __future__ import annotations

import math

import numpy as np
import pytest

from contracts.geometry import Pose
from tests.twin.people_scenes import (
    RENDERER,
    ceiling,
    corner,
    guise,
    points_of,
    poses_of,
    postures,
    seen,
    stage,
)
from twin import shapes
from twin.people.models import BONES, CHILD_BELOW_M, choose, models
from twin.people.paint import painted
from twin.people.person import Person
from twin.shopper.body import Body, dress
from twin.shopper.guise import guise_of
from twin.stage import Wear

ADULT = ("man-2", 1.78)
CHILD = ("child-2", 1.05)
BODIES = (ADULT, ("woman-5", 1.58), CHILD)


def test_there_are_a_dozen_bodies_and_more_of_every_size() -> None:
    heights = [model.height_m for model in models().values()]
    assert len(heights) >= 12
    assert min(heights) < 1.0
    assert max(heights) > 1.75
    for model in models().values():
        assert 1900 < len(model.skin["high"].faces) < 2400
        assert 600 < len(model.skin["low"].faces) < 1000


def test_the_weights_of_every_vertex_add_up_to_one() -> None:
    for model in models().values():
        for skin in model.skin.values():
            assert np.allclose(skin.shares.sum(axis=1), 1.0, atol=1e-6)
            assert skin.bones.max() < len(BONES)
            assert skin.faces.max() < len(skin.points)


@pytest.mark.parametrize("height_m", [0.92, 1.3, 1.55, 1.72, 1.95])
def test_the_top_of_the_head_is_at_the_standing_height(height_m: float) -> None:
    body = choose(3, "ana", height_m)
    points = points_of(body, height_m, postures(height_m)["stand"])
    assert points[:, 2].max() == pytest.approx(height_m, abs=0.02)
    assert points[:, 2].min() == pytest.approx(0.0, abs=0.02)
    top = points[points[:, 2] > height_m - 0.12]
    middle = (top.min(axis=0) + top.max(axis=0)) / 2
    assert np.hypot(*middle[:2]) < 0.03


@pytest.mark.parametrize("posture", sorted(postures(1.7)))
@pytest.mark.parametrize(("body", "height_m"), BODIES)
def test_skin_is_where_the_joints_are(body: str, height_m: float, posture: str) -> None:
    skeleton = postures(height_m)[posture]
    person = Person(body, height_m)
    person.pose(poses_of(height_m, skeleton))
    points, skin = person.skin("high")[0] + person.origin, models()[body].skin["high"]
    for side in ("left", "right"):
        for joint, bones in (
            ("elbow", ("upper_arm", "forearm")),
            ("wrist", ("wrist", "hand")),
            ("knee", ("thigh", "shin")),
            ("ankle", ("shin", "foot")),
        ):
            # Between two bones the skin is shared: its middle lies at the joint.
            share = [(skin.shares * (skin.bones == BONES.index(f"{side}_{bone}"))).sum(axis=1) for bone in bones]
            both = np.minimum(*share)
            where = both > 0.2
            assert where.any()
            middle = np.average(points[where], axis=0, weights=both[where])
            assert math.dist(middle, skeleton.joint[f"{side}_{joint}"]) < 0.045 * max(1.0, height_m / 1.7), joint


@pytest.mark.parametrize("posture", sorted(postures(1.7)))
@pytest.mark.parametrize(("body", "height_m"), BODIES)
def test_the_hand_of_skin_is_where_the_rigid_hand_is(body: str, height_m: float, posture: str) -> None:
    skeleton = postures(height_m)[posture]
    points, skin = points_of(body, height_m, skeleton), models()[body].skin["high"]
    for k, side in enumerate(("left", "right")):
        mine = (skin.bones[:, 0] == BONES.index(f"{side}_hand")) & (skin.shares[:, 0] > 0.9)
        local = skeleton.hand[k].unapply(points[mine])
        assert np.linalg.norm((local.min(axis=0) + local.max(axis=0)) / 2) < 0.035
        assert np.abs(local).max() < 0.08 * height_m


@pytest.mark.parametrize("posture", ["stand", "walk", "step", "reach", "crouch", "carry"])
@pytest.mark.parametrize(("body", "height_m"), BODIES)
def test_both_masks_agree_from_the_ceiling(body: str, height_m: float, posture: str) -> None:
    skeleton = postures(height_m)[posture]
    skin, rigid = (seen(ceiling(), body, height_m, skeleton, skinned=skinned) for skinned in (True, False))
    both, either = (skin.ids >= 0) & (rigid.ids >= 0), (skin.ids >= 0) | (rigid.ids >= 0)
    assert both.sum() / either.sum() >= 0.8, both.sum() / either.sum()


@pytest.mark.parametrize("posture", sorted(postures(1.7)))
@pytest.mark.parametrize(("body", "height_m"), BODIES)
def test_depth_cameras_find_both_heads_in_one_place(body: str, height_m: float, posture: str) -> None:
    camera, skeleton = ceiling(), postures(height_m)[posture]
    found = []
    for skinned in (True, False):
        depth = seen(camera, body, height_m, skeleton, skinned=skinned).depth_m
        near = skeleton.joint["head"]
        rows, columns = np.indices(depth.shape) + 0.5
        x = (columns - camera.cx) / camera.fx * depth
        y = -(rows - camera.cy) / camera.fy * depth
        z = 3.0 - depth
        # A hand may be above the head.
        head = (np.abs(z - near[2] + 0.03) < 0.06) & (np.hypot(x - near[0], y - near[1]) < 0.15)
        found.append((x[head].mean(), y[head].mean(), z[head].max()))
    assert math.dist(found[0][:2], found[1][:2]) < 0.03
    assert found[0][2] == pytest.approx(found[1][2], abs=0.03)


def test_a_low_body_is_drawn_far_away_and_both_look_alike() -> None:
    skeleton = postures(1.78)["walk"]
    far, near = ceiling(focal=200.0), ceiling(focal=480.0, width=768)
    a, b = (seen(camera, *ADULT, skeleton, skinned=True) for camera in (far, near))
    # Every focal length sees the same body: 2.4 times as large in the near one.
    assert (b.ids >= 0).sum() / (a.ids >= 0).sum() == pytest.approx(2.4**2, rel=0.03)
    scene, bodies = stage(skinned=True)
    bodies.add("ana", Body(1.78, dress(1, "ana")).segments(), guise(*ADULT))
    bodies.move("ana", poses_of(1.78, skeleton))
    bodies.draw()
    drawn = [scene.moving_for(camera).tolist() for camera in (far, near)]
    assert drawn == [[1], [0]]


def test_layers_equal_full_pictures_while_people_walk_past() -> None:
    scene, bodies = stage(skinned=True)
    box = scene.add_mesh(shapes.box((2.0, 0.5, 1.0)))
    scene.add(box, scene.add_texture(np.full((2, 2, 3), 200, np.uint8)), np.eye(4, dtype=np.float32), object_id=50)
    crowd = (("ana", *ADULT), ("ben", *CHILD))
    for name, body, height_m in crowd:
        bodies.add(name, Body(height_m, dress(1, name)).segments(), guise(body, height_m))
    cameras = [ceiling(160, 100.0), corner()]
    for tick in range(8):
        for k, (name, _, height_m) in enumerate(crowd):
            skeleton = list(postures(height_m).values())[(tick + 3 * k) % 7]
            bodies.move(name, tuple(beside(pose, 0.4 * k - 0.1 * tick) for pose in poses_of(height_m, skeleton)))
        bodies.draw()
        for camera, image in zip(cameras, RENDERER.render(scene, cameras), strict=True):
            whole = RENDERER.full(scene, camera)
            assert np.array_equal(image.rgb, whole.rgb)
            assert np.array_equal(image.depth_m, whole.depth_m)
            assert np.array_equal(image.ids, whole.ids)
    bodies.remove("ben")
    (left,) = RENDERER.render(scene, cameras[:1])
    assert np.array_equal(left.rgb, RENDERER.full(scene, cameras[0]).rgb)
    assert {50, 0} <= set(left.ids.ravel().tolist())
    assert 1 not in left.ids


def beside(pose: Pose, y: float) -> Pose:
    return Pose((pose.position[0] + 0.5, pose.position[1] + y, pose.position[2]), pose.quaternion)


def test_shoppers_look_the_same_in_every_run_and_differ_from_one_another() -> None:
    names = [f"shopper-{k}" for k in range(20)]
    first = [guise_of(7, name, 1.7) for name in names]
    assert first == [guise_of(7, name, 1.7) for name in names]
    assert len({g.body for g in first}) > 5
    assert len({painted(g).tobytes() for g in first}) > 12
    assert all(guise_of(7, name, CHILD_BELOW_M - 0.1).body.startswith("child") for name in names)


@pytest.mark.parametrize("wear", ["cap", "shoulder bag", "basket"])
def test_what_is_worn_follows_the_body(wear: Wear) -> None:
    body, height_m = ADULT
    for posture in ("stand", "crouch", "walk"):
        skeleton = postures(height_m)[posture]
        bare = points_of(body, height_m, skeleton)
        extra = points_of(body, height_m, skeleton, (wear,))[len(bare) :]
        assert len(extra) > 0
        wanted = {
            "cap": skeleton.joint["head"],
            "shoulder bag": skeleton.joint["left_hip"],
            "basket": skeleton.hand[0].position,
        }[wear]
        assert np.linalg.norm(extra - wanted, axis=1).min() < 0.16
    standing = points_of(body, height_m, postures(height_m)["stand"], (wear,))
    assert standing[:, 2].max() == pytest.approx(height_m, abs=0.02)
