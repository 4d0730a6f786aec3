"""What is fixed in a store as boxes in a tree, so that a ray asks few of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twin.raster.arrays import F64, I64
from twin.scene import Scene

THIN_M = 0.01
"""What is thinner than this casts no shadow of its own: plates lie on boards, which do."""
LEAF = 4


class Blockers(NamedTuple):
    """Boxes in a tree, nodes in the order in which they are visited.

    Args:
        boxes: (B, 3, 4) from world to a box's own frame, where it fills -1..1.
        low: (K, 3) lower corner of each node, metres.
        high: (K, 3) upper corner.
        first: (K,) the first box of a leaf.
        held: (K,) boxes of a leaf; 0 for a node with children, which follow it.
        skip: (K,) the node to go on with where this one is missed.
    """

    boxes: F64
    low: F64
    high: F64
    first: I64
    held: I64
    skip: I64


class _Growing:
    """A tree in the making."""

    def __init__(self, low: F64, high: F64) -> None:
        self.low, self.high = low, high
        self.order: list[int] = []
        self.nodes: list[tuple[F64, F64, int, int]] = []
        self.skip: list[int] = []

    def add(self, members: I64) -> None:
        """Add the node of some boxes, then its children."""
        here = len(self.nodes)
        low, high = self.low[members].min(axis=0), self.high[members].max(axis=0)
        leaf = len(members) <= LEAF
        self.nodes.append((low, high, len(self.order), len(members) if leaf else 0))
        self.skip.append(0)
        if leaf:
            self.order += members.tolist()
        else:
            axis = int(np.argmax(high - low))
            middles = (self.low[members, axis] + self.high[members, axis]) / 2
            ranked = members[np.argsort(middles, kind="stable")]
            for half in np.array_split(ranked, 2):
                self.add(half)
        self.skip[here] = len(self.nodes)


def blockers_of(scene: Scene) -> Blockers:
    """Return the fixed things of a scene that cast shadows, each as the box around its mesh."""
    frames = [frame for frame in _frames(scene) if 2 * np.linalg.norm(frame[:3, :3], axis=0).min() >= THIN_M]
    if not frames:
        nothing = np.zeros((0, 3))
        none = np.zeros(0, np.int64)
        return Blockers(np.zeros((0, 3, 4)), nothing, nothing, none, none, none)
    world = np.stack(frames)
    reach = np.abs(world[:, :3, :3]).sum(axis=2)
    tree = _Growing(world[:, :3, 3] - reach, world[:, :3, 3] + reach)
    tree.add(np.arange(len(world)))
    low, high, first, count = (list(column) for column in zip(*tree.nodes, strict=True))
    boxes = _inverse(world[tree.order])
    return Blockers(
        boxes, np.array(low), np.array(high), np.array(first, np.int64), np.array(count, np.int64), np.array(tree.skip)
    )


def extent(scene: Scene) -> tuple[F64, F64]:
    """Return the lower and upper corner (3,) of all that is fixed, metres."""
    world = np.stack(_frames(scene))
    reach = np.abs(world[:, :3, :3]).sum(axis=2)
    return (world[:, :3, 3] - reach).min(axis=0), (world[:, :3, 3] + reach).max(axis=0)


def _frames(scene: Scene) -> list[NDArray[np.float64]]:
    """Return, for each fixed instance, the (4, 4) matrix that takes -1..1 to its box in the world."""
    frames = []
    for handle in np.flatnonzero(scene.fixed & scene.visible).tolist():
        mesh = scene.meshes[scene.mesh_of[handle]]
        low, high = mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)
        local = np.diag([*((high - low) / 2), 1.0])
        local[:3, 3] = (high + low) / 2
        frames.append(np.asarray(scene.pose[handle], float) @ local)
    return frames


def _inverse(world: F64) -> F64:
    """Return the (B, 3, 4) inverses of matrices whose columns are square to one another; by sums and products only.

    A library's inverse may differ in the last bit between processors.
    """
    turned = np.swapaxes(world[:, :3, :3], 1, 2) / (world[:, :3, :3] ** 2).sum(axis=1)[:, :, None]
    shift = -(turned * world[:, None, :3, 3]).sum(axis=2)
    return np.ascontiguousarray(np.concatenate([turned, shift[:, :, None]], axis=2))
