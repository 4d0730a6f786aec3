"""The rigid motion that lays scanned points on known planes, in those directions that the points can tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from contracts.geometry import Floats
from rig.storekit.scan.cloud import Cloud

LEVER_M = 0.5
"""Half a rack: a turn counts as much as the shift that it makes there."""
LEAST_SUPPORT = 80.0
"""Directions held by less than the weight of this many points are not moved along: 3 mm of noise then makes 0.3 mm."""
SAME_WAY = 0.8
"""Cosine between the planes of a pair: sides of goods must not pull on boards."""
STEPS = 15
STILL_M = 2e-5
ROUGH_M = 0.01
"""Scale of the last robust weights: three times a scanner's noise. A pair further apart has no say."""

Indices = NDArray[np.int64]

AXES = ("x", "y", "z", "turn about x", "turn about y", "turn about z")
FLAT = (0, 1, 5)
"""The axes of something that is pushed about on the floor."""


@dataclass(frozen=True, slots=True)
class Motion:
    """A fitted motion.

    Args:
        matrix: (4, 4) model from scan.
        seen: (6,) how much of each axis (`AXES`) the points could tell, 0 to 1.
        pairs: how many points took part.
    """

    matrix: Floats
    seen: Floats
    pairs: int


def fit(scan: Cloud, model: Cloud, gates_m: tuple[float, ...], axes: tuple[int, ...] = tuple(range(6))) -> Motion:
    """Return the motion that lays a scan on a model.

    Point to plane, with Tukey's weights; directions that too few points hold are left as they are (after Zhang, Kaess
    and Singh 2016, "On degeneracy of optimization-based state estimation problems").

    Args:
        scan: points near their place; their normals may point either way.
        model: points with outward normals.
        gates_m: largest distance of a pair, stage by stage.
        axes: which of `AXES` may move.
    """
    target, matrix = _Target(model), np.eye(4)
    middle = model.points.mean(axis=0)
    seen, pairs = np.zeros(6), 0
    for gate in gates_m:
        for _ in range(STEPS):
            moved = scan.moved(matrix)
            mine, theirs = target.pairs(moved, gate)
            pairs = len(mine)
            if not pairs:
                return Motion(matrix, np.zeros(6), 0)
            step, seen = _step(moved.points[mine], model.take(theirs), middle, max(gate, ROUGH_M), axes)
            matrix = _as_matrix(step, middle) @ matrix
            if np.abs(step).max() < STILL_M:
                break
    return Motion(matrix, seen, pairs)


class _Target:
    """The model in three parts by the axis that its planes face most, so that no point pairs with a plane across it.

    Args:
        model: points with outward normals.
    """

    def __init__(self, model: Cloud) -> None:
        self.model = model
        way = np.abs(model.normals).argmax(axis=1)
        self._index = [np.flatnonzero(way == axis) for axis in range(3)]
        self._trees = [cKDTree(model.points[index]) if len(index) else None for index in self._index]

    def pairs(self, scan: Cloud, gate_m: float) -> tuple[Indices, Indices]:
        """Return which points of a scan have a partner, and the partners."""
        way = np.abs(scan.normals).argmax(axis=1)
        mine, theirs = [], []
        for axis, (index, tree) in enumerate(zip(self._index, self._trees, strict=True)):
            here = np.flatnonzero(way == axis)
            if tree is None or not len(here):
                continue
            away, near = tree.query(scan.points[here], distance_upper_bound=gate_m)
            close = np.isfinite(away)
            mine.append(here[close])
            theirs.append(index[np.asarray(near)[close]])
        if not mine:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        points, partners = np.concatenate(mine), np.concatenate(theirs)
        cosine = np.abs((scan.normals[points] * self.model.normals[partners]).sum(axis=1))
        return points[cosine > SAME_WAY], partners[cosine > SAME_WAY]


def _step(points: Floats, model: Cloud, middle: Floats, scale_m: float, axes: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Return one Gauss-Newton step (6,), metres and metres at the lever, and how much of each axis was seen."""
    apart = ((model.points - points) * model.normals).sum(axis=1)
    weight = np.maximum(1 - (apart / scale_m) ** 2, 0) ** 2
    turning = np.cross(points - middle, model.normals) / LEVER_M
    rows = np.concatenate([model.normals, turning], axis=1)[:, list(axes)]
    held, along = np.linalg.eigh(rows.T @ (rows * weight[:, None]))
    good = held >= LEAST_SUPPORT
    along, held = along[:, good], held[good]
    step, seen = np.zeros(6), np.zeros(6)
    step[list(axes)] = along @ ((along.T @ (rows.T @ (weight * apart))) / held)
    seen[list(axes)] = (along**2).sum(axis=1)
    return step, seen


def _as_matrix(step: Floats, middle: Floats) -> Floats:
    """Return a step as a rigid motion (4, 4) about a point."""
    turn = step[3:] / LEVER_M
    angle = float(np.linalg.norm(turn))
    x, y, z = turn / angle if angle > 0 else np.zeros(3)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    matrix = np.eye(4)
    matrix[:3, :3] += np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
    matrix[:3, 3] = middle + step[:3] - matrix[:3, :3] @ middle
    return matrix
