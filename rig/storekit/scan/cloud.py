"""Point clouds with normals, thinned out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from rig.storekit.boxes import Mask
from rig.storekit.scan.library import open3d

NEIGHBOURS = 30


@dataclass(frozen=True, slots=True)
class Cloud:
    """Points with normals.

    Args:
        points: (N, 3) metres.
        normals: (N, 3) unit; of a scan, either side may be outside.
    """

    points: Floats
    normals: Floats

    def take(self, mask: Mask | NDArray[np.int64]) -> Cloud:
        """Return some of the points."""
        return Cloud(self.points[mask], self.normals[mask])

    def moved(self, matrix: Floats) -> Cloud:
        """Return the cloud after a rigid motion (4, 4)."""
        return Cloud(self.points @ matrix[:3, :3].T + matrix[:3, 3], self.normals @ matrix[:3, :3].T)


def inverse(matrix: Floats) -> Floats:
    """Return the rigid motion (4, 4) back."""
    back = np.eye(4)
    back[:3, :3] = matrix[:3, :3].T
    back[:3, 3] = -matrix[:3, :3].T @ matrix[:3, 3]
    return back


def thinned(points: Floats, cell_m: float) -> Cloud:
    """Return one point for each cell of space, with normals from its surroundings."""
    library = open3d()
    cloud = library.geometry.PointCloud(library.utility.Vector3dVector(points)).voxel_down_sample(cell_m)
    search = library.geometry.KDTreeSearchParamHybrid(radius=max(3 * cell_m, 0.03), max_nn=NEIGHBOURS)
    cloud.estimate_normals(search)
    return Cloud(np.asarray(cloud.points), np.asarray(cloud.normals))


def as_open3d(cloud: Cloud) -> Any:
    """Return a cloud as Open3D's."""
    library = open3d()
    made = library.geometry.PointCloud(library.utility.Vector3dVector(cloud.points))
    made.normals = library.utility.Vector3dVector(cloud.normals)
    return made
