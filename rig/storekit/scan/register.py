"""Where a scan lies in a store: found without a first guess, then settled on what is built in; or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from contracts.errors import UsageError
from contracts.geometry import Floats
from rig.storekit.boxes import Mask
from rig.storekit.scan.cloud import Cloud, as_open3d, thinned
from rig.storekit.scan.library import open3d
from rig.storekit.scan.surface import Surface

CELL_M = 0.10
"""Features are taken at this size: a rack has dozens of cells, a store some ten thousand, and noise is averaged out."""
FEATURE_M = 5 * CELL_M
"""Surroundings that a feature describes: a shelf with what is above and below it."""
GATE_M = 1.5 * CELL_M
ATTEMPTS = 3
TRIALS = 100_000
SURE = 0.999
SEED = 7
COARSE_M = (0.15, 0.08, 0.04)
"""Gates of the coarse fit, one after the other: from the error of features to less than racks stand off."""

NEAR_M = 0.05
"""A scan's point this near to the store is explained by it: racks may have been moved by as much, goods by more."""
HELD_M = 0.08
"""The same from store to scan, and half a cell, as the scan is thinned out."""
LOW_M = 0.15
"""Below this everything is floor, and all floors are alike."""
LEAST_FIT = 0.4
"""Least share of a scan that the store explains, and of the store that the scan shows.

Measured on scans with 20 % holes of the two stores in `fixtures/stores`: the right store gives 0.98 and 0.83 or more,
the wrong one 0.22 and 0.21 at most. 0.4 leaves room for half a store, and for goods and clutter that no file knows.
"""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a scan lies.

    Args:
        matrix: (4, 4) store from scan.
        explained: share of the scan's points above the floor that the store explains.
        shown: share of the store's visible points above the floor that the scan shows.
    """

    matrix: Floats
    explained: float
    shown: float

    @property
    def good(self) -> bool:
        """Whether the scan is of this store."""
        return min(self.explained, self.shown) >= LEAST_FIT


def place(points: Floats, surface: Surface) -> Placement:
    """Return where a scan lies in a store, to a few centimetres.

    Args:
        points: (N, 3) the scan, metres, in any frame.
        surface: what can be seen of the store, goods included.

    Raises:
        UsageError: the scan is of another store.
    """
    scan, store = _inward(thinned(points, CELL_M)), _inward(thinned(surface.points, CELL_M))
    best = Placement(np.eye(4), 0.0, 0.0)
    for attempt in range(ATTEMPTS):
        found = _settled(scan, surface, _guess(scan, store, SEED + attempt))
        best = max(best, found, key=lambda placement: min(placement.explained, placement.shown))
        if best.good:
            return best
    raise UsageError(
        "the scan is not of this store",
        expected=f"the store explains {LEAST_FIT:.0%} of the scan, and the scan shows {LEAST_FIT:.0%} of the store",
        found=f"at best {best.explained:.0%} and {best.shown:.0%}",
        hint="is it the right file; is the scan in metres; does it show most of the racks?",
    )


def _inward(cloud: Cloud) -> Cloud:
    """Turn normals towards the middle: features need them to agree between scan and store."""
    towards = np.median(cloud.points, axis=0) - cloud.points
    wrong = (towards * cloud.normals).sum(axis=1) < 0
    return Cloud(cloud.points, np.where(wrong[:, None], -cloud.normals, cloud.normals))


def _guess(scan: Cloud, store: Cloud, seed: int) -> Floats:
    """Return a first placement from features: no frame is known, so none is assumed."""
    library = open3d()
    tools = library.pipelines.registration
    library.utility.random.seed(seed)
    with library.utility.VerbosityContextManager(library.utility.VerbosityLevel.Error):
        result = tools.registration_ransac_based_on_feature_matching(
            as_open3d(scan),
            as_open3d(store),
            _features(scan),
            _features(store),
            mutual_filter=True,
            max_correspondence_distance=GATE_M,
            estimation_method=tools.TransformationEstimationPointToPoint(False),
            ransac_n=3,
            checkers=[
                tools.CorrespondenceCheckerBasedOnEdgeLength(0.9),
                tools.CorrespondenceCheckerBasedOnDistance(GATE_M),
            ],
            criteria=tools.RANSACConvergenceCriteria(TRIALS, SURE),
        )
    return np.asarray(result.transformation, float)


def _features(cloud: Cloud) -> Any:
    library = open3d()
    search = library.geometry.KDTreeSearchParamHybrid(radius=FEATURE_M, max_nn=100)
    return library.pipelines.registration.compute_fpfh_feature(as_open3d(cloud), search)


def _settled(scan: Cloud, surface: Surface, matrix: Floats) -> Placement:
    """Return a guess after fitting planes, with how well it explains."""
    tools = open3d().pipelines.registration
    source, target = as_open3d(scan), as_open3d(Cloud(surface.points, surface.normals))
    for gate in COARSE_M:
        method = tools.TransformationEstimationPointToPlane(tools.TukeyLoss(gate))
        matrix = tools.registration_icp(source, target, gate, matrix, method).transformation
    matrix = np.asarray(matrix, float)
    moved = scan.moved(matrix).points
    explained = _share(moved, surface.points, NEAR_M)
    return Placement(matrix, explained, _share(surface.points, moved, HELD_M))


def _share(points: Floats, others: Floats, within_m: float) -> float:
    """Return which share of the points above the floor have one of the others near; 0 when there are none."""
    high: Mask = points[:, 2] > LOW_M
    if not high.any():
        return 0.0
    away, _ = cKDTree(others).query(points[high], distance_upper_bound=within_m)
    return float(np.isfinite(away).mean())
