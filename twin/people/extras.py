"""What people wear besides clothes, added to a body at rest: a cap, a shoulder bag, a basket in the left hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.steps import Wear
from twin.people.models import BONES, EXTRA, LOAD, MATERIALS, Level, Model, Skin

# All lengths are over the body's height, as are the models.
CAP_OFF = 0.005
BRIM = 0.045
BAG = (0.17, 0.055, 0.14)
STRAP = 0.011
BASKET = (0.24, 0.16, 0.13)
BASKET_OUT = 0.06
HAND = 0.05
"""From the wrist to the middle of the hand, over height."""

Part = tuple[Floats, NDArray[np.int32], NDArray[np.int64], NDArray[np.float32]]
"""Points (V, 3), faces (F, 3), bones (V, 4) and shares (V, 4)."""


def worn(model: Model, level: Level, wears: Sequence[Wear]) -> Skin:
    """Return a level of detail of a body with what it wears."""
    skin = model.skin[level]
    for wear in wears:
        points, faces, bones, shares = _MAKE[wear](model, level)
        skin = Skin(
            np.concatenate([skin.points, points]),
            np.concatenate([skin.faces, faces + np.int32(len(skin.points))]),
            np.concatenate([skin.bones, bones]),
            np.concatenate([skin.shares, shares]),
            np.concatenate([skin.material, np.full(len(points), EXTRA)]),
        )
    return skin


def grip(model: Model) -> Floats:
    """Return the middle of the left hand at rest."""
    wrist, fingers = model.joint["left_wrist"], model.joint["left_fingers"]
    middle: Floats = wrist + (fingers - wrist) / np.linalg.norm(fingers - wrist) * HAND
    return middle


def _cap(model: Model, level: Level) -> Part:
    """Return a round cap with a brim."""
    skin = model.skin["high"]
    hair = skin.points[(skin.bones[:, 0] == BONES.index("head")) & (skin.points[:, 2] > 0.94)]
    middle, half = (hair.max(axis=0) + hair.min(axis=0)) / 2, (hair.max(axis=0) - hair.min(axis=0)) / 2 + CAP_OFF
    sides, rings = (16, 4) if level == "high" else (10, 2)
    turns, rises = np.arange(sides) * 2 * np.pi / sides, np.arange(rings) * 0.5 * np.pi / rings
    base = 0.962
    rise, round_x, round_y = 1.0 + CAP_OFF - base, np.cos(turns) * half[0], np.sin(turns) * half[1]
    dome = [
        (middle[0] + x * np.cos(r), y * np.cos(r), base + rise * np.sin(r))
        for r in rises
        for x, y in zip(round_x, round_y, strict=True)
    ]
    dome.append((middle[0], 0.0, 1.0 + CAP_OFF))
    quads = [(r * sides + k, r * sides + (k + 1) % sides) for r in range(rings - 1) for k in range(sides)]
    faces = [face for a, b in quads for face in ((a, b, b + sides), (a, b + sides, a + sides))]
    last = (rings - 1) * sides
    faces += [(last + k, last + (k + 1) % sides, rings * sides) for k in range(sides)]
    front = [k for k in range(sides) if np.cos(turns[k]) > 0.25]
    front.sort(key=lambda k: np.sin(turns[k]))
    start = len(dome)
    for k in front:
        x, y, _ = dome[k]
        dome.append((x, y, base))
        dome.append((x + BRIM * np.cos(turns[k]), y, base - 0.006))
    for k in range(len(front) - 1):
        a = start + 2 * k
        faces += [(a, a + 1, a + 3), (a, a + 3, a + 2)]
    return _both_sides(_stiff(np.array(dome), np.array(faces, np.int32), BONES.index("head")))


def _bag(model: Model, _level: Level) -> Part:
    """Return a bag at the left hip, with its strap over the right shoulder."""
    from scipy.spatial import ConvexHull, cKDTree

    skin = model.skin["high"]
    cloth = np.isin(skin.material, (MATERIALS.index("shirt"), MATERIALS.index("legs")))
    trunk = cloth & np.isin(skin.bones[:, 0], (BONES.index("pelvis"), BONES.index("chest")))
    points = skin.points[trunk]
    hip_y = points[np.abs(points[:, 2] - 0.53) < 0.03][:, 1].max()
    at = np.array([0.0, hip_y + BAG[1] / 2 + 0.004, 0.50])
    box, faces = _box(at, BAG)
    # The strap is the hull of a slice through the trunk, from the bag to the other shoulder.
    low, high = np.array([0.0, hip_y, 0.56]), model.joint["right_shoulder"] * (0.0, 0.62, 1.0) + (0.0, 0.0, 0.03)
    along = (high - low) / np.linalg.norm(high - low)
    normal = np.cross(along, (1.0, 0.0, 0.0))
    near = points[np.abs((points - low) @ normal) < 0.03]
    flat = np.stack([(near - low) @ along, near[:, 0]], axis=1)
    loop = flat[ConvexHull(flat).vertices]
    loop += 0.006 * (loop - loop.mean(axis=0)) / np.linalg.norm(loop - loop.mean(axis=0), axis=1, keepdims=True)
    middle = low + loop[:, :1] * along + loop[:, 1:] * (1.0, 0.0, 0.0)
    strap = np.concatenate([middle - normal * STRAP, middle + normal * STRAP])
    count = len(loop)
    band = [
        face
        for k in range(count)
        for face in ((k, (k + 1) % count, count + k), ((k + 1) % count, count + (k + 1) % count, count + k))
    ]
    _, nearest = cKDTree(points).query(strap)
    own = np.flatnonzero(trunk)[nearest]
    bound = _both_sides((strap, np.array(band, np.int32), skin.bones[own], skin.shares[own]))
    return _joined(_stiff(box, faces, BONES.index("pelvis")), bound)


def _basket(model: Model, _level: Level) -> Part:
    """Return an open basket that hangs by its handle."""
    hand = grip(model)
    at = hand + np.array([0.0, BASKET_OUT, -0.09 - BASKET[2] / 2])
    box, faces = _box(at, BASKET, taper=0.85)
    # Two arcs from rim to rim through the hand, joined to a band.
    arc = np.array(
        [(-BASKET[0] / 2, 0.0, BASKET[2] / 2), (-0.05, 0.0, 0.0), (0.05, 0.0, 0.0), (BASKET[0] / 2, 0.0, BASKET[2] / 2)]
    )
    arc += [at, hand, hand, at]
    aside = np.array([0.0, 0.008, 0.0])
    band = [face for k in range(8, 11) for face in ((k, k + 1, k + 5), (k, k + 5, k + 4))]
    # The lid of a box is its last two faces.
    sides = np.concatenate([faces[:-2], np.array(band, np.int32)])
    return _both_sides(_stiff(np.concatenate([box, arc - aside, arc + aside]), sides, LOAD))


_MAKE: dict[Wear, Callable[[Model, Level], Part]] = {"cap": _cap, "shoulder bag": _bag, "basket": _basket}


def _stiff(points: Floats, faces: NDArray[np.int32], bone: int) -> Part:
    bones = np.full((len(points), 4), bone)
    shares = np.zeros((len(points), 4), np.float32)
    shares[:, 0] = 1.0
    return points, faces, bones, shares


def _both_sides(part: Part) -> Part:
    """Return a part that is seen from either side; each side has vertices, and so normals, of its own."""
    points, faces, bones, shares = part
    return _joined(part, (points, faces[:, ::-1], bones, shares))


def _joined(one: Part, other: Part) -> Part:
    return (
        np.concatenate([one[0], other[0]]),
        np.concatenate([one[1], other[1] + np.int32(len(one[0]))]),
        np.concatenate([one[2], other[2]]),
        np.concatenate([one[3], other[3]]),
    )


def _box(middle: Floats, size: tuple[float, float, float], taper: float = 1.0) -> tuple[Floats, NDArray[np.int32]]:
    """Return corners (8, 3) and triangles (12, 3) of a box, narrower at its bottom; its lid comes last."""
    x, y, z = np.array(size) / 2
    low = [
        (-x * taper, -y * taper, -z),
        (x * taper, -y * taper, -z),
        (x * taper, y * taper, -z),
        (-x * taper, y * taper, -z),
    ]
    high = [(-x, -y, z), (x, -y, z), (x, y, z), (-x, y, z)]
    quads = [(3, 2, 1, 0), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7), (4, 5, 6, 7)]
    faces = [face for a, b, c, d in quads for face in ((a, b, c), (a, c, d))]
    return np.array(low + high) + middle, np.array(faces, np.int32)
