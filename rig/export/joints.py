"""Where a camera sees the joints of a body."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contracts.layout import CameraInfo
from contracts.lens import shown_at
from contracts.truth import TruePerson
from rig.export.masks import Ids
from twin.shopper.skeleton import JOINTS

NEAR_M = 0.05
"""What is nearer than this along the optical axis is not seen."""
OUTSIDE, HIDDEN, SEEN = 0, 1, 2
"""How COCO says whether a joint can be seen: not in the picture; behind something; seen."""
_SIDES = ("left", "right")
BONES = (
    ("head", "neck"),
    *(
        pair
        for s in _SIDES
        for pair in (
            ("neck", f"{s}_shoulder"),
            (f"{s}_shoulder", f"{s}_elbow"),
            (f"{s}_elbow", f"{s}_wrist"),
            (f"{s}_wrist", f"{s}_hand"),
            ("neck", f"{s}_hip"),
            (f"{s}_hip", f"{s}_knee"),
            (f"{s}_knee", f"{s}_ankle"),
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A joint in a picture.

    Args:
        x: pixels from the left edge; 0 outside.
        y: pixels from the top edge; 0 outside.
        seen: `OUTSIDE`, `HIDDEN` or `SEEN`. A joint is inside its body, and counts as seen where its own body is seen.
    """

    x: float
    y: float
    seen: int


def points(person: TruePerson, camera: CameraInfo, ids: Ids, own: int) -> tuple[Point, ...]:
    """Return all joints of a body, in the order of `JOINTS`.

    Args:
        person: its joints, world.
        camera: whose picture it is.
        ids: (H, W) what is seen.
        own: the body's number there.
    """
    joint = {each.name: each.position for each in person.joints}
    world = np.array([joint[name] for name in JOINTS])
    eye = (world - camera.pose.position) @ camera.pose.rotation
    before = eye[:, 2] > NEAR_M
    at, holds = shown_at(camera, eye[:, :2] / np.where(before, eye[:, 2], 1.0)[:, None])
    return tuple(
        _point(x, y, ids, own) if ok else Point(0, 0, OUTSIDE) for (x, y), ok in zip(at, before & holds, strict=True)
    )


def _point(x: float, y: float, ids: Ids, own: int) -> Point:
    height, width = ids.shape
    if not (0 <= x < width and 0 <= y < height):
        return Point(0, 0, OUTSIDE)
    seen = SEEN if ids[int(y), int(x)] == own else HIDDEN
    return Point(round(float(x), 2), round(float(y), 2), seen)
