"""The bodies of `fixtures/people`, as they were made: shapes at rest, and which bones move their skin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from contracts.errors import RigFault
from contracts.geometry import Floats
from contracts.seeds import stream

Level = Literal["high", "low"]
LEVELS: tuple[Level, Level] = ("high", "low")
LIMB = ("upper_arm", "forearm", "wrist", "hand", "thigh", "shin", "foot")
BONES = ("pelvis", "chest", "head", *(f"{side}_{part}" for side in ("left", "right") for part in LIMB))
LOAD = len(BONES)
"""One bone more than the models have: what hangs upright from the left hand."""
MATERIALS = ("skin", "hair", "shirt", "legs", "shoes", "eyes")
EXTRA = len(MATERIALS)
"""The material of what is worn besides."""
CHILD_BELOW_M = 1.40
"""Shorter people look like children."""

_HERE = Path(__file__).parent
# Beside the package where it is installed, in the fixtures of a checkout.
_PLACES = (_HERE / "people.npz", _HERE.parent.parent / "fixtures" / "people" / "people.npz")


@dataclass(frozen=True, slots=True)
class Skin:
    """One level of detail of a body at rest.

    Args:
        points: (V, 3) float64, over the body's height; faces +x, left is +y.
        faces: (F, 3) int32.
        bones: (V, 4) index of the bones that move each vertex.
        shares: (V, 4) float32, by how much; they add up to 1.
        material: (V,) index into `MATERIALS`.
    """

    points: Floats
    faces: NDArray[np.int32]
    bones: NDArray[np.int64]
    shares: NDArray[np.float32]
    material: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Model:
    """One body at rest.

    Args:
        name: "woman-1".
        height_m: its own height.
        joint: places of the joints over its height, by name.
        skin: by level of detail.
    """

    name: str
    height_m: float
    joint: Mapping[str, Floats]
    skin: Mapping[Level, Skin]


@cache
def models() -> Mapping[str, Model]:
    """Return every body by name.

    Raises:
        RigFault: the file with the bodies is missing or has other bones.
    """
    path = next((place for place in _PLACES if place.exists()), None)
    if path is None:
        raise RigFault(
            "the bodies of shoppers are missing", where=str(_PLACES[-1]), hint="reinstall, or run ci/make_people.py"
        )
    with np.load(path) as file:
        if tuple(file["bones"]) != BONES or tuple(file["materials"]) != MATERIALS:
            raise RigFault("the bodies of shoppers have other bones or materials than expected", where=str(path))
        arrays = {name: file[name] for name in file.files}
    names = [name.removesuffix("/height") for name in arrays if name.endswith("/height")]
    return {name: _model(name, arrays) for name in names}


def choose(seed: int, shopper: str, height_m: float) -> str:
    """Draw the name of the body that a shopper has: a child's for the small, and of those one of about that age."""
    known = models()
    children = sorted(name for name in known if name.startswith("child"))
    if height_m < CHILD_BELOW_M:
        near = sorted(children, key=lambda name: abs(known[name].height_m - height_m))[:2]
    else:
        near = sorted(set(known) - set(children))
    return near[int(stream(seed, "body", shopper).integers(len(near)))]


def _model(name: str, arrays: Mapping[str, NDArray[np.generic]]) -> Model:
    joints = {
        key.rsplit("/", 1)[1]: np.asarray(array, np.float64)
        for key, array in arrays.items()
        if key.startswith(f"{name}/joint/")
    }
    return Model(name, float(arrays[f"{name}/height"]), joints, {level: _skin(name, level, arrays) for level in LEVELS})


def _skin(name: str, level: Level, arrays: Mapping[str, NDArray[np.generic]]) -> Skin:
    points, faces, bones, shares, material = (
        arrays[f"{name}/{level}/{part}"] for part in ("points", "faces", "bones", "shares", "material")
    )
    return Skin(
        np.asarray(points, np.float64),
        np.asarray(faces, np.int32),
        np.asarray(bones, np.int64),
        np.asarray(shares, np.float32) / np.float32(255),
        np.asarray(material, np.int64),
    )
