"""Scenes with one person, as skin or as rigid parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Pose
from contracts.layout import CameraInfo
from tests.twin.fakestage import small_store
from tests.twin.people_girth import girth_of
from tests.twin.raster_scenes import looking
from twin.bodies import Bodies
from twin.people.person import Person
from twin.proportions import Proportions
from twin.props import Props
from twin.raster import layered_renderer
from twin.scene import Image, Scene
from twin.shopper.body import Body, dress
from twin.shopper.puppet import FRAME_S, Puppet
from twin.shopper.skeleton import UPRIGHT, Aim, Posture, Skeleton, Trunk, stand
from twin.stage import Guise, Wear

HANG = 0.43
"""Height of hanging hands, over height."""
RENDERER = layered_renderer(1)


def postures(height_m: float) -> dict[str, Skeleton]:
    """Return what shoppers do: stand, walk, reach ahead, reach up, crouch, hold something before the chest."""
    p, h = Proportions(height_m), height_m
    left, right = Aim((0.05, 0.13 * h, HANG * h)), Aim((0.05, -0.13 * h, HANG * h))

    def posed(trunk: Trunk, reach: tuple[float, float, float], yaw: float = 0.0) -> Skeleton:
        x, y, z = (part * h for part in reach)
        return stand(p, Posture((0.0, 0.0), yaw, trunk, (left, Aim((x, y, z), 1.0, 0.5))))

    return {
        "stand": stand(p, Posture((0.0, 0.0), 0.0, UPRIGHT, (left, right))),
        "walk": walking(height_m, 82),
        "step": walking(height_m, 104),
        "reach": posed(Trunk(0.0, 0.0, 0.3, 0.2), (0.36, -0.09, 0.7)),
        "reach up": posed(Trunk(0.0, 0.045 * h, 0.1, 0.35), (0.2, -0.09, 1.17)),
        "crouch": posed(Trunk(0.3 * h, 0.0, 0.45, 0.2), (0.33, -0.09, 0.24)),
        "carry": stand(
            p,
            Posture(
                (0.0, 0.0),
                0.0,
                UPRIGHT,
                (Aim((0.16 * h, 0.07 * h, 0.64 * h), 1.0), Aim((0.16 * h, -0.07 * h, 0.64 * h), 1.0)),
            ),
        ),
    }


def walking(height_m: float, frames: int) -> Skeleton:
    """Return somebody who has walked for some frames, put back to the origin."""
    puppet = Puppet(Body(height_m, dress(1, "ana")), (0.0, 0.0), 0.0)
    for frame in range(1, frames):
        puppet.move_to((0.64 * height_m * FRAME_S * frame, 0.0))
        puppet.settle()
    puppet.place = (0.0, 0.0)
    return puppet.held()


def poses_of(height_m: float, skeleton: Skeleton) -> tuple[Pose, ...]:
    return Body(height_m, dress(1, "ana")).poses(skeleton)


def points_of(body: str, height_m: float, skeleton: Skeleton, wears: tuple[Wear, ...] = ()) -> NDArray[np.float64]:
    """Return the skin's points (V, 3), metres, world."""
    person = Person(body, height_m, wears)
    person.pose(poses_of(height_m, skeleton))
    return person.skin("high")[0] + person.origin


def guise(body: str, height_m: float) -> Guise:
    return Guise(body, height_m, (224, 172, 130), (74, 52, 36), (38, 84, 160), (40, 48, 74))


def ceiling(width: int = 320, focal: float = 200.0) -> CameraInfo:
    """Return a camera at 3 m that looks straight down at the origin."""
    down = Pose((0.0, 0.0, 3.0), (1.0, 0.0, 0.0, 0.0))
    return CameraInfo("ceiling", down, width, width, focal, focal, width / 2, width / 2)


def corner() -> CameraInfo:
    """Return a camera at 2.2 m that looks at a body at the origin from the side."""
    return looking((2.4, 1.2, 2.2), (0.0, 0.0, 0.9), width=320, height=240, focal=240.0)


def stage(*, skinned: bool) -> tuple[Scene, Bodies]:
    """Return an empty scene and the bodies in it."""
    scene = Scene()
    return scene, Bodies(Props(scene, small_store(), {}), (), skinned=skinned)


def seen(camera: CameraInfo, body: str, height_m: float, skeleton: Skeleton, *, skinned: bool) -> Image:
    """Return what a camera sees of one person, from scratch."""
    scene, bodies = stage(skinned=skinned)
    bodies.add("ana", Body(height_m, dress(1, "ana"), girth_of(body)).segments(), guise(body, height_m))
    bodies.move("ana", poses_of(height_m, skeleton))
    bodies.draw()
    return RENDERER.full(scene, camera)
