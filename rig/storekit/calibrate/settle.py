"""The pose at which a store's twin shows the depth that a camera measured, as far as surfaces tell it.

Projective point to plane: what is measured and what is drawn at one pixel are taken for the same spot, the pose is
moved, and the twin is drawn again.

Source: Chen and Medioni 1992, "Object modelling by registration of multiple range images"; Blais and Levine 1995,
"Registering multiview range data to create 3D computer objects". Directions that too little holds are left alone, after
Zhang, Kaess and Singh 2016, "On degeneracy of optimization-based state estimation problems".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contracts.geometry import Floats, Pose
from rig.storekit.calibrate.found import stepped
from rig.storekit.calibrate.surface import Twin

GATES_M = (0.15, 0.08, 0.04, 0.02, 0.01)
"""A point further than this off its plane has no say: wide while the pose is off, at last above the noise."""
CLOSE_GATES_M = GATES_M[2:]
"""For beginnings that are nearly right."""
AGREED = 0.5
"""Least part of what could tell a direction that must agree on it: of points within the widest gate, those within the
narrowest. On the twin 0.66 and more where goods are taken and people stand about; less for a camera that one stands
right before, and for some where all racks, but no walls, have moved.
"""
STEPS = 8
STILL = 1e-5
MOST_STEP = np.array([0.05] * 3 + [np.radians(3)] * 3)
LEVER_M = 0.5
"""A turn counts as much as the shift that it makes there."""
NOISE_M, NOISE_PER_M = 0.001, 0.0012
"""What steady depth errs: a floor, and what grows with the square of the distance; only their ratio matters."""
ALIKE_PIXELS = 25.0
"""Errors of depth are common to patches of so many pixels, so that many pixels are worth that many fewer."""
SCALE = np.array([1.0] * 3 + [1 / LEVER_M] * 3)
WEAK_M = 0.01
"""A direction known no better than this, at `LEVER_M` for turns, is left as the file has it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A pose that fits.

    Args:
        pose: world from optical frame.
        residual_m: median distance from planes, of the points that have a say.
        spread: (6, 6) covariance of shift and turn in the directions that are told: metres and radians.
        weak: (6, K) directions that are not told, metres and metres at the lever, square to one another.
        torn: whether surfaces that could tell a direction contradict one another.
    """

    pose: Pose
    residual_m: float
    spread: Floats
    weak: Floats
    torn: bool

    @property
    def told(self) -> tuple[bool, ...]:
        """Which of `found.AXES` are told, at least by half."""
        return tuple((1 - (self.weak**2).sum(axis=1) > 0.5).tolist())


def settle(pose: Pose, twin: Twin, gates_m: tuple[float, ...] = GATES_M) -> Settled:
    """Return the pose at which the twin shows what was measured.

    Args:
        pose: to begin from.
        twin: what the store shows, and what was measured.
        gates_m: how far off points may be, stage by stage.
    """
    normal, pairs = np.zeros((6, 6)), _Pairs.of(pose, twin)
    for gate in gates_m:
        for _ in range(STEPS):
            normal, right = pairs.equations(gate)
            step = _step(normal, right)
            step *= min(1.0, float((MOST_STEP / np.maximum(np.abs(step), 1e-12)).min()))
            pose = stepped(pose, step)
            pairs = _Pairs.of(pose, twin)
            if np.abs(step).max() < STILL:
                break
    held, ways = np.linalg.eigh(_levered(normal))
    strong = _sd(held) < WEAK_M
    torn = bool((pairs.agreed(ways[:, strong]) < AGREED).any())
    spread = (ways[:, strong] * _sd(held)[strong] ** 2) @ ways[:, strong].T
    return Settled(pose, pairs.middle(gates_m[-1]), spread * np.outer(SCALE, SCALE), ways[:, ~strong], torn)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """What is measured and what is drawn at the same pixels.

    Args:
        rows: (N, 6) how a point moves off its plane as the camera shifts and turns.
        off: (N,) metres from the plane.
        noise: (N,) what that errs, metres, for as many pixels as it stands for.
    """

    rows: Floats
    off: Floats
    noise: Floats

    @classmethod
    def of(cls, pose: Pose, twin: Twin) -> _Pairs:
        """Return the pairs as seen from a pose, within the widest gate."""
        sight = twin.seen(pose)
        known = np.isfinite(twin.measured[..., 0]) & np.isfinite(sight.normals[..., 0])
        points, normals = twin.measured[known], sight.normals[known]
        off = ((sight.points[known] - points) * normals).sum(axis=1)
        near = np.abs(off) < GATES_M[0]
        points, normals, off = points[near], normals[near], off[near]
        outward, arms = normals @ pose.rotation.T, points @ pose.rotation.T
        rows = np.concatenate([outward, np.cross(arms, outward)], axis=1)
        # Depth errs along the ray; a surface seen aslant is off its plane by less.
        cosine = np.abs((points * normals).sum(axis=1)) / points[:, 2]
        # Thinned out, each pixel stands for those left out.
        return cls(rows, off, (NOISE_M + NOISE_PER_M * points[:, 2] ** 2 * cosine) / twin.stride)

    def equations(self, gate: float) -> tuple[Floats, Floats]:
        """Return the normal equations (6, 6) and (6,) of one step, with Tukey's weights."""
        weight = np.maximum(1 - (self.off / gate) ** 2, 0) ** 2 / self.noise**2
        heavy = self.rows * weight[:, None]
        return self.rows.T @ heavy, heavy.T @ self.off

    def agreed(self, ways: Floats) -> Floats:
        """Return for directions (6, K) which part of what could tell them agrees."""
        tells = ((self.rows * SCALE) @ ways) ** 2 / self.noise[:, None] ** 2
        near = np.abs(self.off) < GATES_M[-1]
        return np.asarray(tells[near].sum(axis=0) / np.maximum(tells.sum(axis=0), 1e-12))

    def middle(self, gate: float) -> float:
        """Return the median distance of points within a gate from their planes, metres."""
        near = np.abs(self.off) < gate
        return float(np.median(np.abs(self.off[near]))) if near.any() else np.inf


def _step(normal: Floats, right: Floats) -> Floats:
    """Return the step (6,) along the directions that are held."""
    held, ways = np.linalg.eigh(_levered(normal))
    strong = _sd(held) < WEAK_M
    along = ways[:, strong].T @ (right * SCALE) / held[strong]
    return np.asarray(ways[:, strong] @ along * SCALE)


def _levered(normal: Floats) -> Floats:
    return np.asarray(normal * np.outer(SCALE, SCALE))


def _sd(held: Floats) -> Floats:
    """Return what directions (6,) are known to, metres, from the eigenvalues of the normal equations."""
    return np.sqrt(ALIKE_PIXELS / np.maximum(held, 1e-12))
