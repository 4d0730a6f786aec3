"""Fits a body to the proportions of the skeleton that moves it, bone by bone, so that both have the same joints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.steps import Wear
from twin.people.extras import grip, worn
from twin.people.models import BONES, LEVELS, Level, Model, Skin
from twin.proportions import Proportions
from twin.scene import F32, Mesh

SLEEVE = 0.88
"""Girth of the upper arms: lowered from where they were modelled, they would stand off the shoulders."""
COLUMNS = 8
"""A body's texture has so many columns, one for each material."""
SUNK = 0.012
"""The chest's own line of shoulders is this much below the skeleton's, over height: MakeHuman's neck is longer."""
HEAD = (0.90, 1.05)
"""How much a head may shrink or grow to sit between shoulders and height."""
FACE_AHEAD = 0.008
"""The middle of the head is this much before the neck, over height."""
BROADER = 0.5
"""How much of the difference in breadth of shoulders the chest takes over; the rest is the arms'."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One level of detail, bound to the bones of one shopper.

    Args:
        mesh: the body at rest, metres, with texture coordinates.
        bones: (V, 4) which bones move each vertex.
        shares: (V, 4) float32.
        offsets: (V, 4, 3) float32, metres: the vertex from each of its bones, in the axes of rest.
        normals: (V, 3) float32, unit, at rest.
    """

    mesh: Mesh
    bones: NDArray[np.int64]
    shares: F32
    offsets: F32
    normals: F32


@dataclass(frozen=True, slots=True)
class Figure:
    """A body made to measure.

    Args:
        rest: (18, 3, 3) axes of each bone at rest, by column: along the limb first.
        level: both levels of detail.
    """

    rest: Floats
    level: Mapping[Level, Bound]


def fit(model: Model, p: Proportions, wears: Sequence[Wear] = ()) -> Figure:
    """Return a body of the given proportions, with what it wears besides its clothes."""
    names = (*BONES, "load")
    rest = np.array([_axes(bone, model) for bone in names])
    # q = F S F' (v - anchor) + shift, for every bone at once.
    grown = np.array([_scale(bone, model, p) for bone in names]) * p.height_m
    stretch = np.einsum("bij,bj,bkj->bik", rest, grown, rest)
    shift = np.zeros((len(names), 3))
    shift[BONES.index("head")] = (FACE_AHEAD * p.height_m, 0.0, p.neck_m)
    for bone in ("pelvis", "chest"):
        shift[BONES.index(bone), 0] = -_ahead(bone, model) * p.height_m
    anchor = np.array([_anchor(bone, model) for bone in names])
    dressed = {level: worn(model, level, wears) for level in LEVELS}
    return Figure(rest, {level: _bound(skin, stretch, anchor, shift) for level, skin in dressed.items()})


def _bound(skin: Skin, stretch: Floats, anchor: Floats, shift: Floats) -> Bound:
    away = skin.points[:, None, :] - anchor[skin.bones]
    offsets = np.einsum("vkij,vkj->vki", stretch[skin.bones], away) + shift[skin.bones]
    normals = smooth_normals(skin.points, skin.faces)
    uv = np.stack([(skin.material + 0.5) / COLUMNS, np.clip(skin.points[:, 2], 0.0, 1.0)], axis=1)
    mesh = Mesh(skin.points.astype(np.float32), normals, uv.astype(np.float32), skin.faces)
    return Bound(mesh, skin.bones, skin.shares, offsets.astype(np.float32), normals)


def smooth_normals(points: Floats, faces: NDArray[np.int32]) -> F32:
    """Return the unit normals (V, 3) of a mesh, each the mean of its faces by area."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    across, out = np.cross(b - a, c - a), np.zeros_like(points)
    for k in range(3):
        np.add.at(out, faces[:, k], across)
    unit: F32 = (out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)).astype(np.float32)
    return unit


def _split(bone: str) -> tuple[str, str]:
    side, _, part = bone.partition("_")
    return (side, part) if part else ("", bone)


# Where each limb's bone begins and ends.
_ENDS = {
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
    "wrist": ("elbow", "wrist"),
    "thigh": ("hip", "knee"),
    "shin": ("knee", "ankle"),
}


def _ends(bone: str, model: Model) -> tuple[Floats, Floats]:
    side, part = _split(bone)
    if part == "hand":
        return model.joint[f"{side}_wrist"], _middle_of_hand(side, model)
    if part in _ENDS:
        start, end = _ENDS[part]
        return model.joint[f"{side}_{start}"], model.joint[f"{side}_{end}"]
    return model.joint["hip"], model.joint["neck"]


def _middle_of_hand(side: str, model: Model) -> Floats:
    """Return the middle of a hand's skin: its fingers are a little bent, so their bones point beside it."""
    skin = model.skin["high"]
    mine = skin.points[(skin.bones[:, 0] == BONES.index(f"{side}_hand")) & (skin.shares[:, 0] > 0.9)]
    middle: Floats = (mine.min(axis=0) + mine.max(axis=0)) / 2
    return middle


def _anchor(bone: str, model: Model) -> Floats:
    """Return the point of rest that a bone turns about; of the head the middle of its top."""
    side, part = _split(bone)
    if bone == "head":
        skin = model.skin["high"]
        head = skin.points[(skin.bones[:, 0] == BONES.index("head")) & (skin.points[:, 2] > 0.93)]
        return np.array([(head[:, 0].min() + head[:, 0].max()) / 2, 0.0, 1.0])
    if bone == "chest":
        return model.joint["neck"]
    if bone == "load":
        return grip(model)
    return model.joint[f"{side}_ankle"] if part == "foot" else _ends(bone, model)[0]


def _ahead(bone: str, model: Model) -> float:
    """Return how far the middle of a part of the trunk is before the line from hips to neck, over height."""
    skin, hip, neck = model.skin["high"], model.joint["hip"], model.joint["neck"]
    z = skin.points[:, 2]
    mine = skin.points[(skin.bones[:, 0] == BONES.index(bone)) & (z > hip[2] - 0.03) & (z < neck[2])]
    level = (neck[0] + hip[0]) / 2
    return float((mine[:, 0].min() + mine[:, 0].max()) / 2 - level)


def _axes(bone: str, model: Model) -> Floats:
    """Return the (3, 3) axes of a bone at rest, by column: along it, then across."""
    side, part = _split(bone)
    if part in ("head", "foot", "load"):
        return np.eye(3)
    start, end = _ends(bone, model)
    wish = model.joint[f"{side}_thumb"] - start if part == "hand" else np.array([0.0, 1.0, 0.0])
    return framed(end - start, wish)


def framed(along: Floats, wish: Floats) -> Floats:
    """Return a right-handed frame: its x axis along one direction, its y axis as near as may be to another."""
    x = along / np.linalg.norm(along)
    y = wish - x * (wish @ x)
    y /= np.linalg.norm(y)
    return np.stack([x, y, np.cross(x, y)], axis=1)


def _scale(bone: str, model: Model, p: Proportions) -> tuple[float, float, float]:
    """Return by how much a bone's skin grows along its three axes, beyond the body's height."""
    _, part = _split(bone)
    start, end = _ends(bone, model)
    own = float(np.linalg.norm(end - start)) * p.height_m
    if bone == "head":
        k = min(max(p.neck_m / p.height_m / (1.0 - float(model.joint["neck"][2])), HEAD[0]), HEAD[1])
        return (k, k, k)
    if bone in ("pelvis", "chest"):
        half = float(np.linalg.norm(model.joint["left_shoulder"] - model.joint["right_shoulder"])) / 2
        broad = 1.0 + BROADER * (p.shoulder_m / p.height_m / half - 1.0) if bone == "chest" else 1.0
        return ((p.torso_m - SUNK * p.height_m) / own, broad, 1.0)
    if part == "foot":
        return (1.0, 1.0, p.ankle_z / p.height_m / float(model.joint["left_ankle"][2]))
    if part in ("hand", "load"):
        return (1.0, 1.0, 1.0)
    girth = SLEEVE if part == "upper_arm" else 1.0
    return (p.length("forearm" if part == "wrist" else part) / own, girth, girth)
