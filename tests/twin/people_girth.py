"""How stout a model is: the sizes that rigid parts need to cover the same ground."""

from __future__ import annotations

from functools import cache

import numpy as np

from contracts.geometry import Floats
from twin.girth import Girth
from twin.people.models import BONES, Model, models

ROUND = 1.22
"""An ellipsoid is so much wider in its middle than the mean of its heights; trunks are more even."""


@cache
def girth_of(body: str) -> Girth:
    """Return the girth of a model, at its own height."""
    model = models()[body]
    hip, neck = (float(model.joint[end][2]) for end in ("hip", "neck"))
    chest = _half(model, ("chest",), hip + 0.4 * (neck - hip), neck)
    return Girth(
        torso=(chest[0] * ROUND, chest[1] * ROUND),
        pelvis=_half(model, ("pelvis",), hip - 0.03, hip + 0.06),
        limb={
            part: _radius(model, part, ends) * (0.96 if part == "upper_arm" else 1.0) for part, ends in _LIMBS.items()
        },
    )


_LIMBS = {"upper_arm": ("shoulder", "elbow"), "thigh": ("hip", "knee"), "shin": ("knee", "ankle")}


def _half(model: Model, bones: tuple[str, ...], low: float, high: float) -> tuple[float, float]:
    """Return half of the depth and breadth of what some bones move most between two heights."""
    skin = model.skin["high"]
    z = skin.points[:, 2]
    mine = skin.points[np.isin(skin.bones[:, 0], [BONES.index(bone) for bone in bones]) & (z > low) & (z < high)]
    depth, breadth, _ = (mine.max(axis=0) - mine.min(axis=0)) / 2
    return float(depth), float(breadth)


def _radius(model: Model, part: str, ends: tuple[str, str]) -> float:
    """Return the mean radius of a limb, over its length and both sides."""
    skin, radii = model.skin["high"], []
    for side in ("left", "right"):
        mine = skin.points[(skin.bones[:, 0] == BONES.index(f"{side}_{part}")) & (skin.shares[:, 0] > 0.8)]
        start, end = (model.joint[f"{side}_{joint}"] for joint in ends)
        along: Floats = (end - start) / np.linalg.norm(end - start)
        away = mine - start
        radii.append(np.linalg.norm(away - np.outer(away @ along, along), axis=1).mean())
    return float(np.mean(radii))
