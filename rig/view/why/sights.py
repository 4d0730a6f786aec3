"""Which cameras saw a hand best, by what the survey says: near, in the picture, and nothing between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from contracts.geometry import Floats, Pose, Vec3
from contracts.layout import CameraInfo, Layout
from contracts.lens import shown_at
from rig.storekit.boxes import Boxes, walls
from rig.view.why.moment import Moment
from twin.furniture import PLATE, Solid, rack

ARM_M = (0.0, 0.08, 0.16, 0.24)
"""The arm is looked for at the hand and up to so far from it towards the head: boards often hide the hand itself."""
BODY_M = 0.34
"""A body is as wide as a box of this width under the head."""
EDGE = 0.06
"""A hand in this share of the picture at its edge is hard to make out."""
ALIKE = 0.9
"""Two cameras that look along lines with a larger cosine show the same; the second says little more."""
NAMED_SHARE = 0.25
"""How much of the arm a camera that the stack names is taken to have seen at least."""
FEWEST_PX = 4.0
"""A hand that is smaller in a picture cannot be made out."""
HAND_M = 0.18


@dataclass(frozen=True, slots=True)
class Sight:
    """A camera's sight of a hand.

    Args:
        camera: which.
        score: the hand's size in pixels, times the visible share of the arm.
        depth: whether to show what it measured instead of what it saw.
    """

    camera: CameraInfo
    score: float
    depth: bool = False


def pixel(camera: CameraInfo, point: Vec3) -> tuple[float, float] | None:
    """Return where a camera's frames show a point, None when outside; pixel centres at + 0.5."""
    x, y, ahead = (float(v) for v in camera.pose.unapply(point))
    if ahead < 0.05:
        return None
    shown, holds = shown_at(camera, np.array([x / ahead, y / ahead]))
    u, v = float(shown[0]), float(shown[1])
    inside = bool(holds) and 0 <= u < camera.width and 0 <= v < camera.height
    return (u, v) if inside else None


def best_sights(layout: Layout, moment: Moment, most: int = 3) -> tuple[Sight, ...]:
    """Return the cameras to show a moment with, the best first.

    The last is the depth of an imager that the stack itself names, where there is one; the others are pictures.
    """
    if moment.hand is None:
        return ()
    boxes = _in_the_way(layout, moment)
    scored = [Sight(camera, _score(camera, moment, boxes)) for camera in layout.cameras]
    seen = sorted((s for s in scored if s.score > 0), key=lambda s: (-s.score, s.camera.id))
    depths = [replace(s, depth=True) for s in seen if s.camera.depth]
    named = [s for s in depths if s.camera.id in moment.cited][:1]
    colour = _unlike([s for s in seen if s.camera.colour], moment.hand, most - len(named))
    return (*colour, *named) if colour else tuple(depths[:most])


def _score(camera: CameraInfo, moment: Moment, boxes: Boxes) -> float:
    assert moment.hand is not None
    at = pixel(camera, moment.hand)
    size = camera.fx * HAND_M / float(np.linalg.norm(np.subtract(camera.pose.position, moment.hand)))
    if at is None or (size < FEWEST_PX and camera.id not in moment.cited):
        return 0.0
    arm = _arm(moment)
    start = np.asarray(camera.pose.position)
    share = float((~boxes.cut(start, arm)).mean())
    if camera.id in moment.cited:  # the stack saw it, whatever a survey without goods and bent arms says
        share = max(share, NAMED_SHARE)
    across, down = at[0] / camera.width, at[1] / camera.height
    edge = 0.5 if min(across, 1 - across, down, 1 - down) < EDGE else 1.0
    face = 1.0 if moment.person and pixel(camera, moment.person.head) else 0.7
    return size * share * edge * face


def _arm(moment: Moment) -> Floats:
    """Return (P, 3) points of the arm, from the hand on."""
    hand = np.asarray(moment.hand, float)
    away = (np.asarray(moment.person.head) - hand) if moment.person else np.zeros(3)
    step = away / max(float(np.linalg.norm(away)), 1e-6)
    points: Floats = hand + np.outer(ARM_M, step)
    return points


def _in_the_way(layout: Layout, moment: Moment) -> Boxes:
    racks = [piece for gondola in layout.gondolas for piece in rack(gondola) if piece.colour != PLATE]
    people = [point.head for point in (*moment.others, *([moment.person] if moment.person else []))]
    bodies = [Solid("body", (BODY_M, BODY_M, z), Pose((x, y, z / 2)), (0, 0, 0)) for x, y, z in people]
    return Boxes.of([*walls(layout), *racks, *bodies])


def _unlike(sights: Sequence[Sight], hand: Vec3, most: int) -> tuple[Sight, ...]:
    """Return the best that look from different sides, then the others."""
    chosen: list[Sight] = []
    for sight in sights:
        if all(_cosine(sight.camera, one.camera, hand) < ALIKE for one in chosen):
            chosen.append(sight)
    rest = [sight for sight in sights if sight not in chosen]
    return tuple([*chosen, *rest][:most])


def _cosine(one: CameraInfo, other: CameraInfo, hand: Vec3) -> float:
    a, b = (np.subtract(camera.pose.position, hand) for camera in (one, other))
    return float(a @ b / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-9))
