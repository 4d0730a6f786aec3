"""Cuts the base mesh into skin, hair, shirt, legwear and shoes, lets clothes stand off, and thins each to a budget."""

from __future__ import annotations

from dataclasses import dataclass

import fast_simplification
import numpy as np
from scipy.spatial import cKDTree

from ci.people.mpfb import Floats, Human, Ints, Kind
from ci.people.skeleton import plain

SLEEVE = 0.4
"""A sleeve stands off so much less than the shirt's trunk."""
MATERIALS = ("skin", "hair", "shirt", "legs", "shoes", "eyes")


@dataclass(frozen=True, slots=True)
class Piece:
    """One layer of a body.

    Args:
        material: what it is made of.
        points: (V, 3) metres.
        faces: (F, 3).
        weights: (V, B) of our bones.
    """

    material: str
    points: Floats
    faces: Ints
    weights: Floats


class Tailor:
    """Dresses one human.

    Args:
        human: the base mesh, shaped.
        weights: (V, B) of our bones.
        kind: what to wear.
    """

    def __init__(self, human: Human, weights: Floats, kind: Kind) -> None:
        self._human, self._weights, self._kind = human, weights, kind
        body = human.groups["body"]
        self._height = human.points[np.unique(body)][:, 2].max()
        self._names = np.array([plain(bone)[1] for bone in human.bones])[human.weights.argmax(axis=1)]
        self._normals = {
            part: _normals(human.points, human.groups[part]) for part in ("body", "helper-tights", "helper-skirt")
        }

    def pieces(self, budget: dict[str, int]) -> list[Piece]:
        """Return all layers, thinned to about so many triangles of each material."""
        found = [self._skin("head"), self._skin("arms"), self._hair(), self._shirt(), self._legs(), self._shoes()]
        if self._kind.legs != "trousers":
            found.append(self._skin("legs"))
        names = ["head", "arms", "hair", "shirt", "legs", "shoes", "bare"]
        pieces = [thinned(piece, budget[name]) for piece, name in zip(found, names, strict=False)]
        eyes = [self._cut("eyes", self._human.groups[f"helper-{side}-eye"], self._human.points) for side in "lr"]
        return [*pieces, *(thinned(eye, budget["eye"]) for eye in eyes)]

    def _cut(self, material: str, faces: Ints, points: Floats) -> Piece:
        used, inverse = np.unique(faces, return_inverse=True)
        return Piece(material, points[used], inverse.reshape(-1, 3), self._weights[used])

    def _skin(self, where: str) -> Piece:
        """Return bare skin; it goes on a little under the clothes."""
        z = self._human.points[:, 2] / self._height
        wanted = {
            "head": np.isin(self._names, ("Head", "Neck", "Neck1")) | ((self._names == "Spine1") & (z > 0.80)),
            "arms": np.isin(self._names, ("ForeArm", "Hand", "Thumb", "FingerBase", "HandFinger1"))
            | ((self._names == "Arm") & (self._sleeve() > 0.3)),
            "legs": np.isin(self._names, ("Leg", "Foot", "ToeBase")) | ((self._names == "UpLeg") & (z < 0.42)),
        }[where]
        if where == "arms" and self._kind.sleeves:
            wanted &= (self._names != "Arm") & ((self._names != "ForeArm") | (self._sleeve() > 1.6))
        faces = self._human.groups["body"]
        return self._cut("skin", faces[wanted[faces].any(axis=1)], self._human.points)

    def _sleeve(self) -> Floats:
        """Return how far along the arm each vertex is: 0 shoulder, 1 elbow, 2 wrist."""
        out = np.zeros(len(self._human.points))
        for side in ("Left", "Right"):
            shoulder, elbow, wrist = (self._human.heads[f"{side}{bone}"] for bone in ("Arm", "ForeArm", "Hand"))
            mine = (self._human.points[:, 1] > 0) == (side == "Left")
            for k, (start, end) in enumerate(((shoulder, elbow), (elbow, wrist))):
                along = (self._human.points - start) @ (end - start) / ((end - start) @ (end - start))
                here = mine & (self._names == ("Arm", "ForeArm")[k])
                out[here] = k + np.clip(along[here], 0.0, 1.0)
                if k == 1:
                    out[mine & np.isin(self._names, ("Hand", "Thumb", "FingerBase", "HandFinger1"))] = 2.0
        return out

    def _out(self, part: str, metres: Floats | float) -> Floats:
        return self._human.points + self._normals[part] * np.asarray(metres).reshape(-1, 1)

    def _hair(self) -> Piece:
        """Return the scalp, raised to the thickness of hair; long hair falls to the shoulders at the back."""
        points, faces = self._human.points, self._human.groups["body"]
        head = (self._names == "Head") & ~self._human.ear
        skull = points[np.unique(faces[head[faces].all(axis=1)])]
        top, chin = skull[:, 2].max(), self._human.heads["Head"][2]
        middle, size = (skull[:, 0].min() + skull[:, 0].max()) / 2, top - chin
        # The hairline: from the forehead back to the nape, round the ears.
        share = (points[:, 0] - middle) / size
        line = top - size * np.clip(0.62 - 1.0 * share, 0.27, 0.98)
        if self._kind.hair == "bald":
            line = np.where((share < 0.28) & (points[:, 2] < top - 0.28 * size), line, top + 1)
        wanted = head & (points[:, 2] > line)
        if self._kind.hair == "long":
            wanted |= (head | np.isin(self._names, ("Neck", "Neck1"))) & (share < -0.02)
        mine = wanted[faces].all(axis=1)
        # Thin along its edge, so that nobody sees into it.
        edge = np.zeros(len(points), np.bool_)
        edge[faces[~mine]] = True
        thick = {"short": 0.014, "long": 0.022, "bald": 0.004}[self._kind.hair] * self._height / 1.7
        return self._cut("hair", faces[mine], self._out("body", np.where(edge, 0.001, thick)))

    def _shirt(self) -> Piece:
        faces, z = self._human.groups["helper-tights"], self._human.points[:, 2] / self._height
        trunk = np.isin(self._names, ("Hips", "HipJoint", "LowerBack", "Spine", "Spine1", "Shoulder", "UpLeg"))
        sleeve = 1.95 if self._kind.sleeves else 0.75
        arm = np.isin(self._names, ("Arm", "ForeArm")) & (self._sleeve() < sleeve)
        wanted = (trunk & (z > 0.485)) | arm | ((self._names == "Neck") & (z < 0.845))
        loose = self._kind.loose_m * np.where(trunk, np.clip(1.6 - 6.0 * np.abs(z - 0.55), 0.6, 1.6), SLEEVE)
        # The hem hangs over what the legs wear.
        over = 0.030 if self._kind.legs == "shorts" else 0.020
        loose = np.where(trunk & (z < 0.57), np.maximum(loose, over * np.clip((0.57 - z) / 0.03, 0.0, 1.0)), loose)
        return self._cut("shirt", faces[wanted[faces].all(axis=1)], self._out("helper-tights", loose))

    def _legs(self) -> Piece:
        z = self._human.points[:, 2] / self._height
        if self._kind.legs == "skirt":
            faces = self._human.groups["helper-skirt"]
            wanted = z > 0.27
            return self._cut("legs", faces[wanted[faces].all(axis=1)], self._out("helper-skirt", 0.006))
        faces = self._human.groups["helper-tights"]
        low = 0.31 if self._kind.legs == "shorts" else 0.045
        mine = np.isin(self._names, ("Hips", "HipJoint", "LowerBack", "UpLeg", "Leg", "Foot"))
        wanted = mine & (z > low) & (z < 0.56)
        loose = 0.008 + 0.008 * np.clip((0.28 - z) / 0.22, 0.0, 1.0) + 0.010 * (self._kind.legs == "shorts")
        return self._cut("legs", faces[wanted[faces].all(axis=1)], self._out("helper-tights", loose))

    def _shoes(self) -> Piece:
        faces, z = self._human.groups["helper-tights"], self._human.points[:, 2] / self._height
        wanted = np.isin(self._names, ("Foot", "ToeBase", "Leg")) & (z < 0.068)
        points = self._out("helper-tights", 0.009)
        points[:, 2] = np.maximum(points[:, 2], 0.0)
        return self._cut("shoes", faces[wanted[faces].all(axis=1)], points)


def thinned(piece: Piece, triangles: int) -> Piece:
    """Return a piece with at most about so many triangles; new vertices move as the nearest old one did."""
    if len(piece.faces) <= triangles:
        return piece
    points, faces = fast_simplification.simplify(
        piece.points.astype(np.float32), piece.faces.astype(np.int32), target_count=triangles, agg=4
    )
    used, inverse = np.unique(faces, return_inverse=True)
    points = points[used].astype(float)
    _, nearest = cKDTree(piece.points).query(points, k=3)
    return Piece(piece.material, points, inverse.reshape(-1, 3), piece.weights[nearest].mean(axis=1))


def _normals(points: Floats, faces: Ints) -> Floats:
    """Return smooth unit normals, (V, 3); zero where a vertex has no face."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    out = np.zeros_like(points)
    for k in range(3):
        np.add.at(out, faces[:, k], across)
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)
