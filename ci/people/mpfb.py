"""Reads the human base mesh, its shape targets and its skin weights, as MPFB2 keeps them (CC0)."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RIG = "cmu_mb"
DECIMETRES = 0.1


@dataclass(frozen=True, slots=True)
class Kind:
    """What one body is like, each 0..1 as in the data's own ramps.

    Args:
        name: of the body.
        gender: 0 female, 1 male.
        age: 0 baby, 0.1875 child, 0.5 young, 1 old.
        muscle: 0.5 is average.
        weight: 0.5 is average.
        ancestry: "african", "asian" or "caucasian"; shapes the face.
        sleeves: whether the shirt has long sleeves.
        legs: "trousers", "shorts" or "skirt".
        hair: "short", "long" or "bald".
        loose_m: how far the shirt stands off, metres.
    """

    name: str
    gender: float
    age: float
    muscle: float = 0.5
    weight: float = 0.5
    ancestry: str = "caucasian"
    sleeves: bool = False
    legs: str = "trousers"
    hair: str = "short"
    loose_m: float = 0.012


@dataclass(frozen=True, slots=True)
class Human:
    """One shape of the base mesh, metres, facing +x, left +y, up +z, soles on the floor.

    Args:
        points: (19158, 3) all vertices, clothing helpers included.
        groups: triangles of each named group of faces.
        weights: (19158, B) of the source rig.
        bones: names of its bones.
        heads: where each bone begins.
        tails: where each bone ends.
        ear: (19158,) whether a vertex belongs to an ear.
    """

    points: Floats
    groups: dict[str, Ints]
    weights: Floats
    bones: list[str]
    heads: dict[str, Floats]
    tails: dict[str, Floats]
    ear: NDArray[np.bool_]


def shaped(root: Path, kind: Kind) -> Human:
    """Return the base mesh in the shape of a kind; `root` is the folder data/mpfb2."""
    base, groups = _base(root)
    points = _to_metres(base + sum(k * _target(root, name, len(base)) for name, k in _mixture(kind) if k > 1e-3))
    rig = json.loads((root / f"rigs/standard/rig.{RIG}.json").read_text())
    rig = rig.get("bones", rig)
    points -= (0.0, 0.0, points[np.unique(groups["body"])][:, 2].min())
    ends = {end: {name: _joint(bone[end], points, groups) for name, bone in rig.items()} for end in ("head", "tail")}
    names = sorted(rig)
    return Human(
        points, groups, _weights(root, names, len(base)), names, ends["head"], ends["tail"], _ears(root, len(base))
    )


@cache
def _base(root: Path) -> tuple[Floats, dict[str, Ints]]:
    """Return (V, 3) vertices in decimetres, y up, and the triangles of each group."""
    vertices: list[list[float]] = []
    faces: dict[str, list[list[int]]] = {}
    group = ""
    for line in (root / "3dobjs/base.obj").read_text().splitlines():
        word, *rest = line.split() or [""]
        if word == "v":
            vertices.append([float(x) for x in rest[:3]])
        elif word == "g":
            group = rest[0]
        elif word == "f":
            corner = [int(x.split("/")[0]) - 1 for x in rest]
            faces.setdefault(group, []).extend([corner[0], corner[k], corner[k + 1]] for k in range(1, len(corner) - 1))
    return np.array(vertices), {name: np.array(rows) for name, rows in faces.items()}


@cache
def _target(root: Path, name: str, count: int) -> Floats:
    """Return the (V, 3) shift of one shape target; the data has none where it changes nothing."""
    shift = np.zeros((count, 3))
    path = root / f"targets/{name}.target.gz"
    if path.exists():
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            if line.strip() and not line.startswith("#"):
                index, *xyz = line.split()
                shift[int(index)] = [float(x) for x in xyz[:3]]
    return shift


def _mixture(kind: Kind) -> Iterator[tuple[str, float]]:
    """Yield the names of targets with their shares.

    Source: the ramps of targets/macrodetails/macro.json.
    """
    genders = {"female": 1 - kind.gender, "male": kind.gender}
    if kind.age < 0.1875:
        ages = {"baby": 1 - kind.age / 0.1875, "child": kind.age / 0.1875}
    elif kind.age < 0.5:
        ages = {"child": (0.5 - kind.age) / 0.3125, "young": (kind.age - 0.1875) / 0.3125}
    else:
        ages = {"young": 2 - 2 * kind.age, "old": 2 * kind.age - 1}
    for (gender, g), (age, a) in itertools.product(genders.items(), ages.items()):
        yield f"macrodetails/{kind.ancestry}-{gender}-{age}", g * a
        for (muscle, m), (weight, w) in itertools.product(_ramp(kind.muscle), _ramp(kind.weight)):
            yield f"macrodetails/universal-{gender}-{age}-{muscle}muscle-{weight}weight", g * a * m * w


def _ramp(x: float) -> list[tuple[str, float]]:
    return [("min", max(0.0, 1 - 2 * x)), ("average", 1 - abs(2 * x - 1)), ("max", max(0.0, 2 * x - 1))]


def _ears(root: Path, count: int) -> NDArray[np.bool_]:
    """Return which vertices are ears: those that move where ears are scaled."""
    moved = sum(np.abs(_target(root, f"ears/{side}-ear-scale-incr", count)).sum(axis=1) for side in "lr")
    return np.asarray(moved > 0.0)


def _to_metres(points: Floats) -> Floats:
    """Turn y-up, facing z, decimetres into z-up, facing x, metres."""
    return points[:, [2, 0, 1]] * DECIMETRES


def _joint(end: dict[str, object], points: Floats, groups: dict[str, Ints]) -> Floats:
    """Return where a bone begins or ends: the middle of its cube, or of the vertices named."""
    if end["strategy"] == "CUBE":
        return points[np.unique(groups[str(end["cube_name"])])].mean(axis=0)
    if end["strategy"] == "VERTEX":
        return points[end["vertex_index"]]
    return points[end["vertex_indices"]].mean(axis=0)


@cache
def _weight_file(root: Path) -> dict[str, list[list[float]]]:
    return json.loads((root / f"rigs/standard/weights.{RIG}.json").read_text())["weights"]


def _weights(root: Path, names: list[str], count: int) -> Floats:
    weights = np.zeros((count, len(names)))
    for bone, rows in _weight_file(root).items():
        if rows:
            table = np.array(rows)
            weights[table[:, 0].astype(int), names.index(bone)] = table[:, 1]
    return weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
